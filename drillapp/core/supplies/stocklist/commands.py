"""Bringing in a list of stock: items and shelves that are missing are entered, and each line is booked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import UNSET, structs
from sqlalchemy import update

from drillapp.core.batch import Batch, Target
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.types import from_thousandths
from drillapp.core.i18n import _
from drillapp.core.numbering import free_document
from drillapp.core.office import Office
from drillapp.core.saving import Abandoned, Saved, Saving, refuse_if_any
from drillapp.core.supplies.book import book_movements
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.model import Movement, Storehouse
from drillapp.core.supplies.quantities import check_quantities
from drillapp.core.supplies.references import look_up_storehouses
from drillapp.core.supplies.stocklist.booked import Goods, balances, booked_lines, fill_lots, holdings_of
from drillapp.core.supplies.stocklist.entries import StockLineEntry
from drillapp.core.supplies.stocklist.goods import find_goods
from drillapp.core.supplies.stores.commands import save_shelves_within
from drillapp.core.supplies.stores.entries import ShelfEntry
from drillapp.core.supplies.stores.shelving import put_holdings
from drillapp.core.work import Work

_STOCK = Target(
    kind="stock",
    table=table_of(Movement),
    key=("id",),
    fields=(),
    required=("storehouse", "quantity", "occurred_on"),
    choices={"kind": "movement_kind", "cause": "movement_cause"},
)
_KINDS = ("count", "in")


class _Line(NamedTuple):
    """What is booked for one or several rows of the same goods."""

    rows: list[int]
    goods: Goods
    thousandths: int


def save_stock(office: Office, entries: Sequence[StockLineEntry], saving: Saving = Saving()) -> Saved:
    """Book what a list says lies in storehouses: as a count of its day, or (kind `in`) as receipts.

    Rows of the same goods are added up. Items and shelves that there are not are entered; that and what is worth a
    thought stands in `notes`. What is booked already, or is there in just that quantity, is unchanged. Raises
    InvalidInput, unless `partial`, for what `save_movements` refuses, unknown storehouses, and items that are unclear.
    """
    if not entries:
        return Saved()
    result = Saved()
    try:
        with office.write("save stock") as work:
            work.origin = saving.origin
            result = _List(office, work, entries, saving).book()
            if saving.dry_run:
                raise Abandoned
    except Abandoned:
        return structs.replace(result, changes=Changes())
    return result


class _List:
    """A list on its way into the ledger."""

    def __init__(self, office: Office, work: Work, entries: Sequence[StockLineEntry], saving: Saving) -> None:
        self._office = office
        self._work = work
        self._saving = saving
        self._batch = Batch(work.connection, office.id, office.as_of, _STOCK, entries)
        self._thousandths: list[int] = []

    def book(self) -> Saved:
        """Check all rows, enter what is missing, book what is new."""
        self._check()
        self._enter_shelves()
        lines = self._lines()
        fresh = self._fresh(lines)
        ids = self._book(fresh)
        refuse_if_any(self._sorted_problems(), self._saving.partial)
        moved = self._put_on_shelves(lines)
        self._note_keepers()
        return self._saved(lines, fresh, ids, moved)

    def _check(self) -> None:
        batch = self._batch
        batch.check_texts()
        batch.check_choice("kind", _KINDS)
        batch.given["kind"] = [kind if kind in _KINDS else "count" for kind in batch.given["kind"]]
        look_up_storehouses(batch)
        find_goods(self._office, self._work, batch, self._saving)
        self._thousandths = check_quantities(batch)

    def _enter_shelves(self) -> None:
        """Enter the shelves that the list names, where a storehouse does not have them."""
        batch = self._batch
        named = {
            (batch.given["storehouse"][i], shelf): i
            for i, shelf in reversed(list(enumerate(batch.given["shelf"])))
            if isinstance(shelf, str) and shelf and i not in batch.refused
        }
        entries = [ShelfEntry(storehouse=storehouse, code=shelf) for storehouse, shelf in named]
        if not entries:
            return
        saved = save_shelves_within(self._office, self._work, entries)
        new = set(self._work_created(saved))
        for (_storehouse, shelf), i, key in zip(named, named.values(), saved.ids, strict=True):
            if key in new:
                batch.note(i, "shelf", _("New shelf {shelf}.").format(shelf=shelf))

    def _work_created(self, saved: Saved) -> list[int]:
        keys = sorted(key for key in saved.ids if key is not None)
        return keys[len(keys) - saved.created :]

    def _lines(self) -> list[_Line]:
        """The rows by what they book: rows of the same goods are one line."""
        batch = self._batch
        rows = [i for i in range(len(batch.entries)) if i not in batch.refused]
        lines: dict[Any, _Line] = {}
        for i, goods in zip(rows, fill_lots(batch, rows), strict=True):
            line = lines.get(goods.key)
            if line is None:
                lines[goods.key] = _Line([i], goods, self._thousandths[i])
                continue
            lines[goods.key] = line._replace(
                rows=[*line.rows, i], thousandths=line.thousandths + self._thousandths[i]
            )
            told = _("The same goods as above: added up to {quantity}.")
            batch.note(i, "quantity", told.format(quantity=from_thousandths(lines[goods.key].thousandths)))
        return list(lines.values())

    def _fresh(self, lines: Sequence[_Line]) -> list[_Line]:
        """The lines that are neither booked already nor just what the book says."""
        there = booked_lines(self._work.connection, [line.goods for line in lines], self._reference)
        book = balances(self._work.connection, [line.goods for line in lines])
        fresh = []
        for line, balance in zip(lines, book, strict=True):
            is_booked = (line.goods.key, line.thousandths) in there
            if not is_booked and not (line.goods.kind == "count" and balance == line.thousandths):
                fresh.append(line)
        return fresh

    @property
    def _reference(self) -> str | None:
        return self._saving.origin.name if self._saving.origin is not None else None

    def _book(self, lines: Sequence[_Line]) -> dict[int, int]:
        """Book these lines; returns the movement of each row that was booked."""
        batch = self._batch
        documents: dict[tuple[int, str, date], str] = {}
        entries = []
        for line in lines:
            goods, i = line.goods, line.rows[0]
            place = goods.storehouse_id, goods.kind, goods.day
            if place not in documents:
                documents[place] = self._document(goods, set(documents.values()))
            entries.append(self._entry(documents[place], line, batch, i))
        if not entries:
            return {}
        saved = book_movements(
            self._office, self._work, entries, Saving(partial=True, origin=self._saving.origin)
        )
        for problem in saved.problems:
            for i in lines[problem.index].rows:
                field = {"item_code": "item_name"}.get(problem.field, problem.field)
                batch.refuse(i, field if field in batch.given else "quantity", problem.message)
        return {
            i: key for line, key in zip(lines, saved.ids, strict=True) if key is not None for i in line.rows
        }

    def _document(self, goods: Goods, taken: set[str]) -> str:
        number = free_document(self._work.connection, goods.kind, goods.day)
        while number in taken:
            head, dash, tail = number.rpartition("-")
            number = f"{head}{dash}{int(tail) + 1:0{len(tail)}}"
        return number

    def _entry(self, document: str, line: _Line, batch: Batch, i: int) -> MovementEntry:
        given, goods = batch.given, line.goods
        counterparty, keeper, note = (_text(given[name][i]) for name in ("counterparty", "keeper", "note"))
        usual = "opening" if goods.kind == "count" else "donation" if counterparty else None
        return MovementEntry(
            document=document, kind=goods.kind, storehouse=goods.storehouse, item_code=goods.item,
            lot=goods.lot or UNSET, quantity=from_thousandths(line.thousandths), occurred_on=goods.day,
            produced_on=goods.produced_on or UNSET, expires_on=goods.expires_on or UNSET,
            reason=note or UNSET, reference=self._reference or UNSET, cause=_text(given["cause"][i]) or usual or UNSET,
            counterparty=counterparty or UNSET, handler=keeper or UNSET,
        )  # fmt: skip

    def _put_on_shelves(self, lines: Sequence[_Line]) -> set[int]:
        """Let goods lie on the shelf that the list names first for them; returns the rows whose goods moved."""
        batch = self._batch
        keys = holdings_of(self._work.connection, [line.goods for line in lines])
        shelves: dict[int, str | None] = {}
        rows: dict[int, int] = {}
        for line, key in zip(lines, keys, strict=True):
            said = [(i, batch.given["shelf"][i]) for i in line.rows if _text(batch.given["shelf"][i])]
            if key is None or not said or line.rows[0] in batch.refused:
                continue
            shelves[key], rows[key] = said[0][1], line.rows[0]
            for i, shelf in said[1:]:
                if shelf != said[0][1]:
                    told = _("A lot lies on one shelf: it is kept as lying on {shelf}.")
                    batch.note(i, "shelf", told.format(shelf=said[0][1]))
        moved = put_holdings(self._work, shelves) if shelves else []
        return {rows[key] for key in moved}

    def _note_keepers(self) -> None:
        """A storehouse without a keeper gets the one that all its rows name."""
        batch = self._batch
        named: dict[int, set[tuple[str, str | None]]] = {}
        first: dict[int, int] = {}
        for i, keeper in enumerate(batch.given["keeper"]):
            if i not in batch.refused and (name := _text(keeper)):
                storehouse = batch.columns["storehouse_id"][i]
                named.setdefault(storehouse, set()).add((name, _text(batch.given["phone"][i])))
                first.setdefault(storehouse, i)
        for storehouse, keepers in named.items():
            if len(keepers) != 1:
                continue
            [(keeper, phone)] = keepers
            table = table_of(Storehouse)
            empty = (table.c.id == storehouse) & table.c.keeper.is_(None)
            values = {"keeper": keeper} | ({"phone": phone} if phone else {})
            statement = update(table).where(empty).values(values | {"revision": table.c.revision + 1})
            if self._work.connection.execute(statement).rowcount:
                changed = {name: (None, value) for name, value in values.items()}
                self._work.changed("storehouses", storehouse, changed)
                batch.note(first[storehouse], "keeper", _("Entered as the storehouse's keeper."))

    def _sorted_problems(self) -> list[Any]:
        return sorted(self._batch.problems, key=lambda problem: problem.index)

    def _saved(
        self, lines: Sequence[_Line], fresh: Sequence[_Line], ids: dict[int, int], moved: set[int]
    ) -> Saved:
        batch = self._batch
        new = {i for line in fresh for i in line.rows} - batch.refused
        updated = moved - new
        accepted = len(batch.entries) - len(batch.refused)
        work = self._work
        return Saved(
            created=len(new),
            updated=len(updated),
            unchanged=accepted - len(new) - len(updated),
            problems=tuple(self._sorted_problems()),
            notes=tuple(sorted(batch.notes, key=lambda note: note.index)),
            changes=work.changes,
            ids=tuple(ids.get(i) for i in range(len(batch.entries))),
            new=tuple(sorted(new)),
            changed={i: {} for i in updated},
        )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
