"""Lines that name another one: returns, receipts of a consignment, reversals, and what they must have in common with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, select, type_coerce

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import from_thousandths
from drillapp.core.i18n import _
from drillapp.core.supplies.booked import chosen
from drillapp.core.supplies.line_names import LineName, is_reversed, read_line_name
from drillapp.core.supplies.model import Movement

ANSWERED = {"return": "lend", "receive": "send"}
"""Which kind of line a line of a kind answers."""


class Named(NamedTuple):
    """The line that another one names: in the ledger already, or handed in together with it."""

    entry: int | None
    """Its place among the entries."""
    movement_id: int | None
    name: LineName
    kind: str
    storehouse_id: int
    to_storehouse_id: int | None
    item_id: int
    lot_id: int | None
    """None for one that is handed in together with it: its lot may not be written yet."""
    quantity: int
    occurred_on: date
    recorded_at: datetime | None
    is_reversed: bool

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others."""
        return ("new", self.entry) if self.entry is not None else ("booked", self.movement_id or 0)


class Refusal(NamedTuple):
    """Why an entry cannot be booked."""

    entry: int
    field: str
    message: str


@dataclass
class Links:
    """Which entries answer and reverse which lines."""

    answers: dict[int, Named] = field(default_factory=dict)
    reverses: dict[int, Named] = field(default_factory=dict)
    answered: dict[int, dict[int, int]] = field(default_factory=dict)
    """For each booked line the lines in the ledger that answer it and still count, with their quantities."""

    def __bool__(self) -> bool:
        return bool(self.answers or self.reverses)

    def refusals(self, gone: Mapping[int, object]) -> list[Refusal]:
        """What cannot be booked since what it names is refused, is reversed, or has come back already."""
        live = {entry: named for entry, named in self.reverses.items() if entry not in gone}
        found = [
            Refusal(entry, name, _("The line that it names cannot be booked."))
            for name, links in (("answers", self.answers), ("reverses", live))
            for entry, named in links.items()
            if entry not in gone and named.entry is not None and named.entry in gone
        ]
        reversed_by = {named.key: entry for entry, named in live.items()}
        return found + self._overdrawn(reversed_by, gone)

    def _overdrawn(
        self, reversed_by: Mapping[tuple[str, int], int], gone: Mapping[int, object]
    ) -> list[Refusal]:
        found: list[Refusal] = []
        answering: dict[tuple[str, int], list[int]] = defaultdict(list)
        for entry, named in self.answers.items():
            if entry not in gone and ("new", entry) not in reversed_by:
                answering[named.key].append(entry)
        for key, entries in answering.items():
            named = self.answers[entries[0]]
            if key in reversed_by or named.is_reversed:
                message = _("Line {line} was reversed.").format(line=named.name)
                found += [Refusal(entry, "answers", message) for entry in entries]
        for key, entry in reversed_by.items():
            if key not in answering and self._open(key, reversed_by):
                message = _("Other lines answer line {line}: reverse them first.")
                found.append(Refusal(entry, "reverses", message.format(line=self.reverses[entry].name)))
        for key, entries in answering.items():
            if key not in reversed_by:
                found += self._beyond(entries, self._open(key, reversed_by))
        return found

    def _open(self, key: tuple[str, int], reversed_by: Mapping[tuple[str, int], int]) -> int:
        """How much of a line the booked ones have answered."""
        booked = self.answered.get(key[1], {}) if key[0] == "booked" else {}
        return sum(quantity for answer, quantity in booked.items() if ("booked", answer) not in reversed_by)

    def _beyond(self, entries: list[int], answered: int) -> Iterator[Refusal]:
        named = self.answers[entries[0]]
        left = named.quantity - answered
        for entry in entries:
            if self.quantities[entry] > left:
                message = _("Of line {line} only {quantity} are still to come.")
                yield Refusal(
                    entry, "quantity", message.format(line=named.name, quantity=from_thousandths(left))
                )
            else:
                left -= self.quantities[entry]

    quantities: dict[int, int] = field(default_factory=dict)
    """How much each answering entry brings, in thousandths."""


def find_links(batch: Batch, rows: list[int], numbers: Mapping[int, int], thousandths: list[int]) -> Links:
    """Find the lines that the new rows name; refuse those that name none, or one that they cannot answer or reverse."""
    links = Links()
    wanted = {name: _wanted(batch, name, rows) for name in ("answers", "reverses")}
    names = {name for of_field in wanted.values() for name in of_field.values()}
    if not names:
        return links
    known = _booked(batch.connection, batch.owner_id, names) | _handed_in(
        batch, rows, numbers, thousandths, {name.document for name in names}
    )
    seen: set[LineName] = set()
    for name, of_field in wanted.items():
        for entry, line in of_field.items():
            named = known.get(line)
            fault = _fault(batch, name, entry, named, thousandths[entry])
            if name == "reverses" and not fault and line in seen:
                fault = Refusal(entry, name, _("Line {line} was reversed already.").format(line=line))
            if fault or named is None:
                batch.refuse(*(fault or Refusal(entry, name, "")))
                continue
            if name == "reverses":
                seen.add(line)
                batch.columns["to_storehouse_id"][entry] = named.to_storehouse_id
            getattr(links, name)[entry] = named
    links.quantities = {entry: thousandths[entry] for entry in links.answers}
    links.answered = _answered(batch.connection, links)
    return links


def _wanted(batch: Batch, name: str, rows: list[int]) -> dict[int, LineName]:
    texts = batch.columns.get(name)
    if texts is None:
        return {}
    found = {}
    for entry in rows:
        if text := texts[entry]:
            line = read_line_name(str(text))
            if line is None:
                batch.refuse(entry, name, _("'{value}' names no line: DOCUMENT/LINE.").format(value=text))
            else:
                found[entry] = line
    return found


_LINES: AnySelect = select(
    Movement.id, Movement.document, Movement.line, Movement.kind, Movement.storehouse_id, Movement.to_storehouse_id,
    Movement.item_id, Movement.lot_id, type_coerce(Movement.quantity, BigInteger).label("thousandths"),
    Movement.occurred_on, Movement.recorded_at, is_reversed(Movement.id).label("is_reversed"),
).where(Movement.owner_id == bindparam("owner_id"))  # fmt: skip
_ANSWERS: AnySelect = select(
    Movement.answers_id, Movement.id, type_coerce(Movement.quantity, BigInteger).label("thousandths")
).where(~is_reversed(Movement.id))


def _booked(connection: Connection, owner_id: int, names: set[LineName]) -> dict[LineName, Named]:
    documents = {name.document for name in names}
    found = {}
    for row in chosen(connection, _LINES, Movement.document, documents, owner_id=owner_id):
        name = LineName(row.document, row.line)
        if name in names:
            found[name] = Named(
                None, row.id, name, row.kind, row.storehouse_id, row.to_storehouse_id, row.item_id, row.lot_id,
                row.thousandths, row.occurred_on, row.recorded_at, bool(row.is_reversed),
            )  # fmt: skip
    return found


def _handed_in(
    batch: Batch, rows: list[int], numbers: Mapping[int, int], thousandths: list[int], documents: set[str]
) -> dict[LineName, Named]:
    given, columns = batch.given, batch.columns
    found = {}
    for i in rows:
        if given["document"][i] in documents:
            name = LineName(given["document"][i], numbers[i])
            found[name] = Named(
                i, None, name, given["kind"][i], columns["storehouse_id"][i], columns["to_storehouse_id"][i],
                columns["item_id"][i], None, thousandths[i], given["occurred_on"][i], None, False,
            )  # fmt: skip
    return found


def _fault(batch: Batch, name: str, entry: int, named: Named | None, quantity: int) -> Refusal | None:
    if named is None:
        message = _("There is no line {line} in the ledger: DOCUMENT/LINE.")
        return Refusal(entry, name, message.format(line=batch.columns[name][entry]))
    if batch.given["occurred_on"][entry] < named.occurred_on:
        message = _("Lies before line {line} of {day}, which it names.")
        return Refusal(entry, "occurred_on", message.format(line=named.name, day=named.occurred_on))
    for column, shown in (("item_id", "item_code"), ("storehouse_id", "storehouse")):
        if column == "storehouse_id" and name == "answers":
            continue
        if batch.columns[column][entry] != getattr(named, column):
            return _differs(entry, shown, named)
    return (
        _answer_fault(batch, entry, named)
        if name == "answers"
        else _reversal_fault(batch, entry, named, quantity)
    )


def _answer_fault(batch: Batch, entry: int, named: Named) -> Refusal | None:
    kind = batch.given["kind"][entry]
    if named.kind != ANSWERED[kind]:
        message = _("Line {line} is no loan.") if kind == "return" else _("Line {line} is no consignment.")
        return Refusal(entry, "answers", message.format(line=named.name))
    if kind == "receive" and batch.columns["storehouse_id"][entry] != named.to_storehouse_id:
        message = _("Line {line} was sent to another storehouse.")
        return Refusal(entry, "storehouse", message.format(line=named.name))
    return None


def _reversal_fault(batch: Batch, entry: int, named: Named, quantity: int) -> Refusal | None:
    if named.kind == "reverse":
        message = _("Line {line} is a reversal itself: book the right line anew instead.")
        return Refusal(entry, "reverses", message.format(line=named.name))
    if named.is_reversed:
        return Refusal(entry, "reverses", _("Line {line} was reversed already.").format(line=named.name))
    if quantity != named.quantity:
        return _differs(entry, "quantity", named)
    if batch.columns["to_storehouse_id"][entry] not in (None, named.to_storehouse_id):
        return _differs(entry, "to_storehouse", named)
    return None


def _differs(entry: int, shown: str, named: Named) -> Refusal:
    return Refusal(
        entry, shown, _("Says otherwise than line {line}, which it names.").format(line=named.name)
    )


def _answered(connection: Connection, links: Links) -> dict[int, dict[int, int]]:
    """The lines in the ledger that answer those that are answered or reversed."""
    keys = {named.movement_id for named in (*links.answers.values(), *links.reverses.values())} - {None}
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in chosen(connection, _ANSWERS, Movement.answers_id, keys):
        found[row.answers_id][row.id] = row.thousandths
    return found
