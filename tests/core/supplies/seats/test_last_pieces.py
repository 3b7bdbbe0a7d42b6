"""Two seats of one server issue the last ten pieces at once: never eleven are issued."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from datetime import date, timedelta
from multiprocessing.context import BaseContext

from sqlalchemy import select

from drillapp.core.check import check
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.model import Lot, Movement
from tests.core.supplies.ledger import book, furnish, stock
from tests.core.supplies.seats.seat import ITEMS, issue, pieces

ROUNDS = 1000
PIECES = 10
FIRST_DAY = date(2026, 2, 1)
DAYS = 200
"""The rounds are spread over so many days, so that the documents of each are few."""
PATIENCE = 300

# A process that is forked from one with everything imported need not import it.
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def test_two_seats_never_issue_more_than_there_is(office_url: str) -> None:
    chance = random.Random()
    # In every second round each of them wants most of what is there; in the others both may get what they want.
    wanted = [(chance.randint(6, 10), chance.randint(5, 10)) for _ in range(ROUNDS // 2)]
    wanted += [(chance.randint(1, 9), chance.randint(1, 9)) for _ in range(ROUNDS - len(wanted))]
    chance.shuffle(wanted)
    with Office.open(office_url) as office:
        furnish(office)
        save_items(office, [ItemEntry(code=f"I{number}", name=f"物资{number}") for number in range(ITEMS)])
        book(office, *(pieces(number, "in", PIECES, "2026-01-05", "RK1") for number in range(ROUNDS)))

    first, second = issue_together(office_url, wanted)

    with Office.open(office_url) as office:
        issued = _issued(office)
        left = {
            int(lot): quantity
            for (_house, _item, lot, _day), quantity in stock(office, "2026-12-31").items()
            if lot
        }
        found = check(office)
    both = 0
    for number, (mine, yours) in enumerate(wanted):
        got = mine * (first[number] is not None), yours * (second[number] is not None)
        assert sum(got) == issued[number] <= PIECES
        assert left.get(number, 0) == PIECES - sum(got)
        if mine + yours <= PIECES:
            assert got == (mine, yours)
            both += 1
        else:
            assert got in ((mine, 0), (0, yours))
    assert 0 < both < ROUNDS
    assert found.ok, found.faults[:3]
    # Whoever came second in a round that both won has a number of its own.
    documents = [document for document in (*first, *second) if document is not None]
    assert len(documents) == len(set(documents)) == ROUNDS + both


def issue_together(url: str, wanted: list[tuple[int, int]]) -> tuple[list[str | None], list[str | None]]:
    """Let two processes issue at once, round by round; returns the documents of each."""
    context: BaseContext = multiprocessing.get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(["tests.core.supplies.seats.seat"])
    days = [str(FIRST_DAY + timedelta(number % DAYS)) for number in range(ROUNDS)]
    together = context.Barrier(2, timeout=PATIENCE)
    seats = []
    for quantities in zip(*wanted, strict=True):
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=issue, args=(url, days, quantities, together, sending))
        process.start()
        sending.close()
        seats.append((process, receiving))
    said = []
    for process, receiving in seats:
        with receiving:
            said.append(receiving.recv())
        process.join()
    return said[0], said[1]


def _issued(office: Office) -> Counter[int]:
    """How many pieces the ledger says were issued of each round's lot."""
    statement = (
        select(Lot.code, Movement.quantity).join(Lot, Lot.id == Movement.lot_id).where(Movement.kind == "out")
    )
    pieces: Counter[int] = Counter()
    with office.read() as connection:
        for code, quantity in connection.execute(statement):
            pieces[int(code)] += int(quantity)
    return pieces
