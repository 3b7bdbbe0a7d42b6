"""Taking back what was booked wrongly: by further lines, and only where nothing that was booked later needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import aliased

from drillapp.core import enumerations
from drillapp.core.database.base import AnySelect, in_blocks
from drillapp.core.errors import InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.balance import Lines, timelines
from drillapp.core.supplies.booked import Entry, append_booked
from drillapp.core.supplies.documents import BookedDocument, book_lines
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.line_names import is_reversed, read_line_name
from drillapp.core.supplies.model import Holding, Item, Movement, Storehouse

_IN_A_SENTENCE = 20
"""So many lines are told in the sentence; all of them in its problems."""


class Dependent(NamedTuple):
    """A booked line that another one cannot be reversed without."""

    movement_id: int
    document: str
    line: int
    day: date
    kind: str
    storehouse: str
    storehouse_name: str
    item: str
    item_name: str
    quantity: float


def reverse_movements(
    office: Office, movement_ids: Sequence[int], reason: str, *, day: date | None = None, approved_by: str | None = None
) -> BookedDocument:  # fmt: skip
    """Take back lines by one document of reversing lines, as of the first moment of each; `day` is the document's.

    Raises NotFound for unknown lines; InvalidInput without a reason, for lines that are reversed already or reverse
    others, and, naming all of them at once, when lines that were booked later depend on them: would take more than is
    there, bring back what was lent, or receive what was sent.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why it is reversed."), field="reason")
    with office.write("reverse movements") as work:
        entries = _reversals(work.connection, movement_ids, reason, day or office.as_of, approved_by)
        _refuse_if_needed(dependents_in(work.connection, movement_ids))
        return book_lines(office, work, entries)


def reversal_entries(
    office: Office, movement_ids: Sequence[int], reason: str, day: date | None = None
) -> list[MovementEntry]:
    """The lines that would reverse these, to look at what they would change; raises NotFound for unknown lines."""
    with office.read() as connection:
        return _reversals(connection, movement_ids, reason, day or office.as_of, None)


def movements_of(office: Office, document: str) -> list[int]:
    """The lines of a document that can still be reversed; raises NotFound for one without lines."""
    rows = _document(office, document)
    return [row.id for row in rows if row.kind != "reverse" and not row.is_reversed]


def lines_named(office: Office, name: str) -> list[int]:
    """The line called DOCUMENT/LINE, or those of the document with this number that can be reversed; raises NotFound."""
    line = read_line_name(name)
    if line is not None:
        found = [row.id for row in _document(office, line.document, must=False) if row.line == line.line]
        if found:
            return found
    return movements_of(office, name)


def _document(office: Office, document: str, *, must: bool = True) -> Sequence[Row[Any]]:
    statement: AnySelect = (
        select(Movement.id, Movement.line, Movement.kind, is_reversed(Movement.id).label("is_reversed"))
        .where(Movement.document == document, Movement.owner_id == office.id)
        .order_by(Movement.line)
    )
    with office.read() as connection:
        rows = connection.execute(statement).all()
    if must and not rows:
        raise NotFound(
            _("There is no document '{document}' in the ledger.").format(document=document),
            _("Look at the list of movements."),
        )
    return rows


def _reversals(
    connection: Connection, movement_ids: Sequence[int], reason: str, day: date, approved_by: str | None
) -> list[MovementEntry]:
    storehouse, target = aliased(Storehouse), aliased(Storehouse)
    statement = (
        select(
            Movement.id, Movement.document, Movement.line, Movement.quantity, Movement.occurred_on,
            storehouse.code.label("storehouse"), target.code.label("to_storehouse"), Item.code.label("item"),
        )
        .join(storehouse, storehouse.id == Movement.storehouse_id)
        .join(Item, Item.id == Movement.item_id)
        .outerjoin(target, target.id == Movement.to_storehouse_id)
    )  # fmt: skip
    found = {row.id: row for row in in_blocks(connection, statement, Movement.id, movement_ids)}
    if not movement_ids or any(key not in found for key in movement_ids):
        raise NotFound(_("There is no such line in the ledger."), _("Look at the list of movements."))
    # A document has one day: not before that of any line it takes back.
    day = max(day, *(row.occurred_on for row in found.values()))
    return [_reversal(found[key], reason, day, approved_by) for key in movement_ids]


def _reversal(row: Row[Any], reason: str, day: date, approved_by: str | None) -> MovementEntry:
    return MovementEntry(
        document="", kind="reverse", storehouse=row.storehouse, item_code=row.item, quantity=row.quantity, occurred_on=day,
        to_storehouse=row.to_storehouse, reason=reason, cause="correction", approved_by=approved_by,
        reverses=f"{row.document}/{row.line}",
    )  # fmt: skip


def _refuse_if_needed(needed: Sequence[Dependent]) -> None:
    if not needed:
        return
    problems = needed_problems(needed)
    named = "; ".join(problem.message for problem in problems[:_IN_A_SENTENCE])
    if len(problems) > _IN_A_SENTENCE:
        named = _("{lines}; {count} in all").format(lines=named, count=len(problems))
    raise InvalidInput(
        _("What was booked later depends on it: {lines}.").format(lines=named),
        _("Reverse these first, or together with it."),
        field="reverses",
        problems=problems,
    )


def needed_problems(needed: Sequence[Dependent]) -> list[Problem]:
    """A problem for each line that would have to be reversed too."""
    words = _("{kind} {document}, line {line}, of {day}: {item} {quantity} at {storehouse}")
    return [
        Problem(
            0, "reverses", f"{one.document}/{one.line}",
            words.format(
                kind=enumerations.label("movement_kind", one.kind), document=one.document, line=one.line, day=one.day,
                item=one.item_name, quantity=one.quantity, storehouse=one.storehouse_name,
            ),
        )
        for one in needed
    ]  # fmt: skip


def dependents_in(connection: Connection, movement_ids: Collection[int]) -> list[Dependent]:
    """What cannot stay without these lines, and without those that cannot stay without them, the oldest first."""
    gone = set(movement_ids)
    books: dict[int, _Book] = {}
    while more := (_answering(connection, gone) | _overdrawn(connection, books, gone)) - gone:
        gone |= more
    return _told(connection, gone.difference(movement_ids))


def _answering(connection: Connection, movement_ids: Collection[int]) -> set[int]:
    statement = select(Movement.id).where(~is_reversed(Movement.id))
    return {row.id for row in in_blocks(connection, statement, Movement.answers_id, movement_ids)}


class _Book(NamedTuple):
    """The lines of a holding in order, each with its movement."""

    lines: Lines
    entries: Sequence[Entry]
    order: Sequence[int]


def _overdrawn(connection: Connection, books: dict[int, _Book], gone: set[int]) -> set[int]:
    """The lines that take more than is there in the holdings of those that are gone."""
    found: set[int] = set()
    for holding in _holdings(connection, gone):
        if holding not in books:
            lines = Lines()
            entries = append_booked(connection, lines, {holding: 0})
            books[holding] = _Book(lines, entries, timelines(lines, 1)[0])
        found |= _taking_too_much(books[holding], gone)
    return found


def _holdings(connection: Connection, movement_ids: Iterable[int]) -> set[int]:
    there = (Holding.storehouse_id == Movement.storehouse_id) | (
        Holding.storehouse_id == Movement.to_storehouse_id
    )
    statement = select(Holding.id).join(Movement, (Movement.lot_id == Holding.lot_id) & there)
    return {row.id for row in in_blocks(connection, statement, Movement.id, list(movement_ids))}


def _taking_too_much(book: _Book, gone: set[int]) -> set[int]:
    lines = book.lines
    found: set[int] = set()
    balance = 0
    for row in book.order:
        if book.entries[row].movement_id in gone:
            continue
        effect, quantity = lines.effects[row], lines.quantities[row]
        after = balance + effect * quantity if effect else quantity
        if after < 0:
            found.add(book.entries[row].movement_id)
        else:
            balance = after
    return found


def _told(connection: Connection, movement_ids: Collection[int]) -> list[Dependent]:
    statement = (
        select(
            Movement.id, Movement.document, Movement.line, Movement.occurred_on, Movement.kind, Storehouse.code,
            Storehouse.name, Item.code, Item.name, Movement.quantity,
        )
        .join(Storehouse, Storehouse.id == Movement.storehouse_id)
        .join(Item, Item.id == Movement.item_id)
    )  # fmt: skip
    rows = in_blocks(connection, statement, Movement.id, movement_ids)
    return sorted((Dependent(*tuple(row)) for row in rows), key=lambda one: (one.day, one.document, one.line))
