"""Writing accepted lines: lots, holdings, movements, what each does to the stock, and the counts that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection, bindparam, select, update

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.database.few import FEW, few_rows
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.types import from_thousandths
from drillapp.core.database.uid import new_uid
from drillapp.core.i18n import _
from drillapp.core.progress import Progress
from drillapp.core.supplies.balance import Lines
from drillapp.core.supplies.booked import Entry
from drillapp.core.supplies.checks import SAID
from drillapp.core.supplies.halves import HalfSums, half_of
from drillapp.core.supplies.links import Links, Named
from drillapp.core.supplies.lots import KnownLot
from drillapp.core.supplies.model import Holding, Lot, Movement, StockEntry, Storehouse
from drillapp.core.work import Work

_BLOCK = 50_000
"""Lines written at once; more would only take memory."""
_FEW = 1000
"""Up to so many lines the journal keeps field by field, and the units concerned are named."""

_UNITS: AnySelect = select(Storehouse.unit_id).where(
    Storehouse.id.in_(bindparam("storehouses", expanding=True))
)


@dataclass
class Booking:
    """Entries on their way into the stock ledger."""

    batch: Batch
    now: datetime
    actor: str
    recorded: list[datetime | None] = field(default_factory=list)
    booked: dict[int, int] = field(default_factory=dict)
    """Entries that are in the ledger already, with the movement's key."""
    line_numbers: dict[int, int] = field(default_factory=dict)
    """The number within its document of each entry that is not in the ledger yet."""
    links: Links = field(default_factory=Links)
    rows: list[int] = field(default_factory=list)
    """The entry of each new line."""
    lots: dict[int, KnownLot] = field(default_factory=dict)
    """The lot of each entry that is to be booked."""
    lines: Lines = field(default_factory=Lines)
    places: list[tuple[int, KnownLot]] = field(default_factory=list)
    """Storehouse and lot of each numbered holding."""
    holding_ids: list[int | None] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    """The stock entries of the booked lines."""
    accepted: list[int] = field(default_factory=list)
    """The new lines that are to be written."""
    movement_ids: list[int] = field(default_factory=list)
    """Their keys, once they are written."""
    silent: set[int] = field(default_factory=set)
    """The new lines that do nothing: reversed, or reversing another."""
    _numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    _entry_keys: dict[int, int] = field(default_factory=dict)

    def recorded_at(self, entry: int) -> datetime:
        """When a line was recorded: now where it is not said."""
        return self.recorded[entry] or self.now

    def number(self, storehouse_id: int, lot: KnownLot) -> int:
        """The number of a holding among those touched."""
        number = self._numbers.setdefault((storehouse_id, lot.key), len(self.places))
        if number == len(self.places):
            self.places.append((storehouse_id, lot))
        return number

    def key_of(self, named: Named | None) -> int | None:
        """The key of a line that another names."""
        if named is None or named.entry is None:
            return None if named is None else named.movement_id
        return self._keys()[named.entry]

    def _keys(self) -> dict[int, int]:
        """The key of each accepted entry."""
        if not self._entry_keys:
            rows = zip(self.accepted, self.movement_ids, strict=True)
            self._entry_keys = {self.rows[row]: key for row, key in rows}
        return self._entry_keys

    def number_lines(self, last_lines: dict[str, int]) -> None:
        """Number the entries that are not in the ledger on within their documents, given where these end.

        Refused ones keep their number, so that what names a line means the same one whatever becomes of the others.
        """
        for i, document in enumerate(self.batch.given["document"]):
            if i not in self.booked:
                self.line_numbers[i] = last_lines[document] = last_lines.get(document, 0) + 1


def post(work: Work, booking: Booking, progress: Progress) -> None:
    """Write the accepted lines."""
    if not booking.accepted:
        return
    _write_lots(work, booking)
    _write_holdings(work.connection, booking)
    booking.movement_ids = next_ids(work.connection, table_of(Movement), len(booking.accepted))
    _silence_reversed(booking)
    for start in range(0, len(booking.accepted), _BLOCK):
        progress.step(start, len(booking.accepted), _("Writing"))
        _write_block(work, booking, start)
    _write_late_links(work.connection, booking)
    _follow_counts(work.connection, booking)
    _follow_halves(work.connection, booking)
    _tell(work, booking)


def _write_lots(work: Work, booking: Booking) -> None:
    lots = {id(lot): lot for row in booking.accepted if (lot := booking.lots[booking.rows[row]])}.values()
    new = [lot for lot in lots if lot.key < 0]
    changed = [lot for lot in lots if lot.key > 0 and lot.before is not None]
    for lot, key in zip(new, next_ids(work.connection, table_of(Lot), len(new)) if new else (), strict=True):
        lot.key = key
    columns = ("item_id", "code", "produced_on", "expires_on")
    values = {name: [getattr(lot, name) for lot in new] for name in columns}
    insert_rows(work.connection, table_of(Lot), {"id": [lot.key for lot in new], **values})
    for lot in changed:
        dates = {"produced_on": lot.produced_on, "expires_on": lot.expires_on}
        work.connection.execute(update(Lot).where(Lot.id == lot.key).values(dates))
        old = dict(zip(dates, lot.before or (), strict=True))
        work.changed(
            "lots", lot.key, {name: (old[name], value) for name, value in dates.items() if value != old[name]}
        )


def _write_holdings(connection: Connection, booking: Booking) -> None:
    lines = booking.lines
    used = {lines.holdings[row] for row in booking.accepted} | {
        lines.targets[row] for row in booking.accepted
    } - {-1}
    new = sorted(number for number in used if booking.holding_ids[number] is None)
    keys = next_ids(connection, table_of(Holding), len(new)) if new else []
    places = [booking.places[number] for number in new]
    insert_rows(
        connection,
        table_of(Holding),
        {
            "id": keys,
            "storehouse_id": [storehouse for storehouse, _lot in places],
            "item_id": [lot.item_id for _storehouse, lot in places],
            "lot_id": [lot.key for _storehouse, lot in places],
        },
    )
    for number, key in zip(new, keys, strict=True):
        booking.holding_ids[number] = key


def _write_block(work: Work, booking: Booking, start: int) -> None:
    rows = booking.accepted[start : start + _BLOCK]
    ids = booking.movement_ids[start : start + _BLOCK]
    entries = [booking.rows[row] for row in rows]
    given, columns = booking.batch.given, booking.batch.columns
    written: dict[str, list[Any]] = {
        "id": ids,
        "uid": [new_uid() for _id in ids],
        "owner_id": [work.office_id] * len(ids),
        "revision": [1] * len(ids),
        "line": [booking.line_numbers[i] for i in entries],
        "lot_id": [booking.lots[i].key for i in entries],
        "recorded_at": [booking.recorded_at(i) for i in entries],
    }
    for name in ("document", "kind", "quantity", "occurred_on"):
        written[name] = [given[name][i] for i in entries]
    for name in ("storehouse_id", "item_id", "to_storehouse_id", *SAID):
        if name in columns:
            written[name] = [columns[name][i] for i in entries]
    if "recorded_by" in written:
        written["recorded_by"] = [said or booking.actor for said in written["recorded_by"]]
    else:
        written["recorded_by"] = [booking.actor] * len(ids)
    written |= _links(booking, entries, ids)
    insert_rows(work.connection, table_of(Movement), written)
    _write_entries(work.connection, booking, rows, ids)


def _links(booking: Booking, entries: list[int], ids: list[int]) -> dict[str, list[Any]]:
    """The lines that are named, as far as they are written before those that name them."""
    found: dict[str, list[Any]] = {}
    for name, links in (("answers_id", booking.links.answers), ("reverses_id", booking.links.reverses)):
        if links:
            keys = (booking.key_of(links.get(i)) for i in entries)
            found[name] = [key if key and key < own else None for key, own in zip(keys, ids, strict=True)]
    return found


def _write_late_links(connection: Connection, booking: Booking) -> None:
    """Lines that stand in a file before those that they name."""
    if not booking.links:
        return
    for name, links in (("answers_id", booking.links.answers), ("reverses_id", booking.links.reverses)):
        rows = [
            {"_id": own, "_key": key}
            for row, own in zip(booking.accepted, booking.movement_ids, strict=True)
            if (key := booking.key_of(links.get(booking.rows[row]))) and key > own
        ]
        if rows:
            statement = update(table_of(Movement)).where(Movement.id == bindparam("_id"))
            connection.execute(statement.values({name: bindparam("_key")}), rows)


def _silence_reversed(booking: Booking) -> None:
    """A reversed line and the one that reverses it do nothing."""
    if not booking.links.reverses:
        return
    lines, reverses = booking.lines, booking.links.reverses
    accepted = {booking.rows[row] for row in booking.accepted}
    taken_back = {named.key for i, named in reverses.items() if i in accepted}
    for row in booking.accepted:
        i = booking.rows[row]
        if i in reverses or ("new", i) in taken_back:
            lines.deltas[row] = 0
            booking.silent.add(row)
    for row, entry in enumerate(booking.entries, lines.first_booked):
        if ("booked", entry.movement_id) in taken_back:
            lines.deltas[row] = 0


def _write_entries(connection: Connection, booking: Booking, rows: list[int], ids: list[int]) -> None:
    lines, days, holding_ids = booking.lines, booking.batch.given["occurred_on"], booking.holding_ids
    arrivals = [(row, key) for row, key in zip(rows, ids, strict=True) if lines.targets[row] >= 0]
    both = [*rows, *(row for row, _key in arrivals)]
    deltas = [lines.deltas[row] for row in rows]
    deltas += [0 if row in booking.silent else lines.quantities[row] for row, _key in arrivals]
    numbers = [lines.holdings[row] for row in rows] + [lines.targets[row] for row, _key in arrivals]
    written: dict[str, list[Any]] = {
        "id": next_ids(connection, table_of(StockEntry), len(both)),
        "movement_id": [*ids, *(key for _row, key in arrivals)],
        "holding_id": [holding_ids[number] for number in numbers],
        "occurred_on": [days[booking.rows[row]] for row in both],
        "delta": [delta / 1000 for delta in deltas],
    }
    insert_rows(connection, table_of(StockEntry), written)


def _follow_counts(connection: Connection, booking: Booking) -> None:
    """A booked count still finds what it found; what it adds or takes follows from the lines before it."""
    lines = booking.lines
    followed = [
        {"_id": entry.id, "_delta": from_thousandths(lines.deltas[row])}
        for row, entry in enumerate(booking.entries, lines.first_booked)
        if lines.deltas[row] != entry.delta
    ]
    if followed:
        statement = update(table_of(StockEntry)).where(StockEntry.id == bindparam("_id"))
        connection.execute(statement.values(delta=bindparam("_delta")), followed)


def _follow_halves(connection: Connection, booking: Booking) -> None:
    """The sums of half-years follow what was written to the entries."""
    lines, days, sums = booking.lines, booking.batch.given["occurred_on"], HalfSums()
    for row in booking.accepted:
        half = half_of(days[booking.rows[row]])
        sums.add(booking.holding_ids[lines.holdings[row]] or 0, half, lines.deltas[row])
        if lines.targets[row] >= 0:
            arrived = 0 if row in booking.silent else lines.quantities[row]
            sums.add(booking.holding_ids[lines.targets[row]] or 0, half, arrived)
    for row, entry in enumerate(booking.entries, lines.first_booked):
        if lines.deltas[row] != entry.delta:
            holding = booking.holding_ids[lines.holdings[row]] or 0
            sums.add(holding, half_of(lines.day(row)), lines.deltas[row] - entry.delta, entries=0)
    sums.write(connection)


def _tell(work: Work, booking: Booking) -> None:
    if work.origin is not None or len(booking.accepted) > _FEW:
        work.created("movements", booking.movement_ids)
    else:
        for row, key in zip(booking.accepted, booking.movement_ids, strict=True):
            entry = booking.batch.entries[booking.rows[row]]
            said = {name: getattr(entry, name) for name in entry.__struct_fields__}
            fields = {
                name: (None, value)
                for name, value in said.items()
                if value is not None and value is not UNSET
            }
            work.changed("movements", key, fields)
    work.touched("movements", _units(work.connection, booking) if len(booking.accepted) <= _FEW else None)


def _units(connection: Connection, booking: Booking) -> list[int]:
    lines = booking.lines
    numbers = {lines.holdings[row] for row in booking.accepted} | {
        lines.targets[row] for row in booking.accepted
    } - {-1}
    storehouses = {booking.places[number][0] for number in numbers}
    if len(storehouses) <= FEW:
        return [row[0] for row in few_rows(connection, _UNITS, storehouses=list(storehouses))]
    return list(connection.execute(_UNITS, {"storehouses": list(storehouses)}).scalars())
