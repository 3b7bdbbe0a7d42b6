"""A seat that issues pieces from one round to the next, together with another one."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import Connection
from threading import Barrier

from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.supplies.documents import book_document
from drillapp.core.supplies.entries import MovementEntry
from tests.core.supplies.ledger import line

ITEMS = 50


def pieces(round_number: int, kind: str, quantity: float, day: str, document: str = "") -> MovementEntry:
    """A line for the lot of a round."""
    item = f"I{round_number % ITEMS}"
    return line(kind, quantity, day, document, item_code=item, lot=str(round_number))


def issue(
    url: str, days: Sequence[str], quantities: Sequence[int], together: Barrier, say: Connection
) -> None:
    """Issue so many pieces of the lot of each round; say which document each became, None where it was refused."""
    try:
        with Office.open(url) as office:
            say.send([_issued(office, line, together) for line in _lines(days, quantities)])
    except BaseException:
        together.abort()
        raise


def _lines(days: Sequence[str], quantities: Sequence[int]) -> list[MovementEntry]:
    rounds = enumerate(zip(days, quantities, strict=True))
    return [pieces(number, "out", quantity, day) for number, (day, quantity) in rounds]


def _issued(office: Office, entry: MovementEntry, together: Barrier) -> str | None:
    together.wait()
    try:
        return book_document(office, [entry]).document
    except InvalidInput:
        return None
