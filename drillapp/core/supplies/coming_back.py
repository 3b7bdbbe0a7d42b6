"""Loans that come back, some of it broken, and consignments that arrive, some of it lost: booked whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from msgspec import Struct
from sqlalchemy import select

from drillapp.core.changes import Changes
from drillapp.core.database.base import in_blocks
from drillapp.core.errors import InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.listing import rows as rows_of
from drillapp.core.office import Office
from drillapp.core.supplies.answering import receipt_lines, return_lines
from drillapp.core.supplies.documents import book_lines
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.model import Holding, Movement
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS, ConsignmentRow, LoanRow
from drillapp.core.supplies.quarantine import set_aside_in
from drillapp.core.work import Work

_Row = TypeVar("_Row", LoanRow, ConsignmentRow)


class Part(NamedTuple):
    """What comes of a line that lent or sent."""

    id: int
    """The key of that line."""
    quantity: float
    """What comes, with what is broken or lost."""
    bad: float = 0
    """How much of it is broken or lost."""


class Coming(NamedTuple):
    """What is said of all parts."""

    day: date
    handler: str | None = None
    quarantined: bool = False
    """What is broken goes into quarantine; otherwise it is scrapped, as what is lost always is."""
    approved_by: str | None = None
    """Who approved that it is scrapped."""
    reason: str | None = None


class Came(Struct, frozen=True):
    """The document under which it was booked."""

    document: str
    lines: int
    changes: Changes


def returning(office: Office, parts: Sequence[Part], coming: Coming) -> list[MovementEntry]:
    """The lines that take loans back: returns, then what is scrapped of them.

    Raises NotFound for lines that lent nothing; InvalidInput, with a problem for each, for parts of which more is broken
    than comes, and when nothing comes.
    """
    rows = _rows(rows_of(office, LOANS, [part.id for part in parts]), parts)
    _check(parts)
    quantities = {part.id: part.quantity for part in parts}
    back = return_lines(list(rows.values()), coming.day, quantities, handler=coming.handler)
    if coming.quarantined:
        return _some(back)
    scrapped = [
        _scrap(loan.storehouse, loan, part.bad, "damaged", coming)
        for loan, part in _bad(rows, parts)
    ]  # fmt: skip
    return _some([*back, *scrapped])


def arriving(office: Office, parts: Sequence[Part], coming: Coming) -> list[MovementEntry]:
    """The lines that take consignments in: receipts, then what of them is scrapped because it was lost; raises alike."""
    rows = _rows(rows_of(office, CONSIGNMENTS, [part.id for part in parts]), parts)
    _check(parts)
    quantities = {part.id: part.quantity for part in parts}
    come = receipt_lines(list(rows.values()), coming.day, quantities, handler=coming.handler)
    lost = [_scrap(sent.to_storehouse, sent, part.bad, "lost", coming) for sent, part in _bad(rows, parts)]
    return _some([*come, *lost])


def take_back(office: Office, parts: Sequence[Part], coming: Coming) -> Came:
    """Book what comes back of loans, and scrap or set aside what of it is broken.

    Raises what `returning` raises, and what booking raises; nothing is booked then.
    """
    entries = returning(office, parts, coming)
    with office.write("take back") as work:
        booked = book_lines(office, work, entries)
        if coming.quarantined:
            _set_aside(work, [part for part in parts if part.bad > 0], coming)
        return Came(booked.document, len(entries), work.changes)


def take_in(office: Office, parts: Sequence[Part], coming: Coming) -> Came:
    """Book what arrives of consignments, and that the rest of it was lost; raises alike."""
    entries = arriving(office, parts, coming)
    with office.write("take in") as work:
        booked = book_lines(office, work, entries)
        return Came(booked.document, len(entries), work.changes)


def _rows(found: Sequence[_Row], parts: Sequence[Part]) -> dict[int, _Row]:
    rows = {row.id: row for row in found}
    if any(part.id not in rows for part in parts):
        raise NotFound(
            _("Nothing of it is still out or under way."),
            _("Look at the lists of loans and of consignments."),
        )
    return rows


def _check(parts: Sequence[Part]) -> None:
    problems = [
        Problem(
            place, "bad", str(part.bad), _("More is broken or lost than comes: {bad} of {quantity}.").format(
                bad=part.bad, quantity=part.quantity
            ),
        )
        for place, part in enumerate(parts)
        if not 0 <= part.bad <= part.quantity
    ]  # fmt: skip
    if problems:
        raise InvalidInput(problems[0].message, field="bad", problems=problems)


def _some(entries: list[MovementEntry]) -> list[MovementEntry]:
    if not entries:
        raise InvalidInput(_("Nothing comes."), _("Enter how much of each line comes."), field="quantity")
    return entries


def _bad(rows: Mapping[int, _Row], parts: Sequence[Part]) -> Iterator[tuple[_Row, Part]]:
    return ((rows[part.id], part) for part in parts if part.bad > 0)


def _scrap(
    storehouse: str, row: LoanRow | ConsignmentRow, quantity: float, cause: str, coming: Coming
) -> MovementEntry:
    # In the same document, after the line by which it comes: before that it is not there to be scrapped.
    return MovementEntry(
        document="", kind="scrap", storehouse=storehouse, item_code=row.item_code, lot=row.lot, expires_on=row.expires_on,
        quantity=quantity, occurred_on=coming.day, cause=cause, handler=coming.handler, approved_by=coming.approved_by,
        reason=coming.reason or _("of document {document}").format(document=row.document),
    )  # fmt: skip


def _set_aside(work: Work, parts: Sequence[Part], coming: Coming) -> None:
    statement = (
        select(Movement.id, Movement.document, Holding.id.label("holding_id"))
        .join(Holding, (Holding.storehouse_id == Movement.storehouse_id) & (Holding.lot_id == Movement.lot_id))
    )  # fmt: skip
    keys = [part.id for part in parts]
    found = {row.id: row for row in in_blocks(work.connection, statement, Movement.id, keys)}
    for part in parts:
        lent = found[part.id]
        reason = coming.reason or _("of document {document}").format(document=lent.document)
        set_aside_in(work, lent.holding_id, part.bad, "damaged", reason, coming.day)
