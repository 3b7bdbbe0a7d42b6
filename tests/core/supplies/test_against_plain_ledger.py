"""Random ledgers of all kinds, back-dated, answered, reversed, against the plain telling of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import Condition, View, keys, rows
from drillapp.core.office import Office
from drillapp.core.supplies.card import ledger_card
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.documents import book_document
from drillapp.core.supplies.entries import ItemEntry, MovementEntry
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS
from drillapp.core.supplies.preview import preview
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.supplies.reversing import dependents_in, lines_named
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import furnish, line
from tests.core.supplies.plain_ledger import PlainLedger, PlainLine

FIRST = date(2026, 5, 1)
DAYS = 5
_numbers = count(1)
Drawn = tuple[str, int, int, int, int, int]
"""Kind, which quantity, day, storehouse, lot, which earlier line is named."""

KINDS = (
    "in", "in", "in", "out", "transfer", "send", "receive", "receive", "lend", "return", "return", "scrap", "count",
    "reverse", "reverse",
)  # fmt: skip


def documents(kinds: Sequence[str]) -> st.SearchStrategy[list[list[Drawn]]]:
    small = st.integers(0, 30)
    one = st.tuples(
        st.sampled_from(kinds), small, st.integers(0, DAYS - 1), st.integers(0, 1), st.integers(0, 2), small
    )
    return st.lists(st.lists(one, min_size=1, max_size=2), min_size=4, max_size=16)


class Told:
    """The ledger of one item, in the office and plainly."""

    def __init__(self, office: Office) -> None:
        number = next(_numbers)
        self.office, self.item, self.plain = office, f"I{number}", PlainLedger()
        if number == 1 or not rows_of_items(office):
            furnish(office)
        save_items(office, [ItemEntry(code=self.item, name=self.item)])

    def entries(self, drawn: Sequence[Drawn], number: int) -> list[MovementEntry]:
        return [self._entry(one, f"{self.item}{'BAC'[number % 3]}{number:02}") for one in drawn]

    def _entry(self, drawn: Drawn, document: str) -> MovementEntry:
        kind, size, day, house, lot, named = drawn
        if (
            kind in ("receive", "return")
            and not self.plain.open({"receive": "send", "return": "lend"}[kind])
            and named
        ):
            kind = {"receive": "send", "return": "lend"}[kind]  # rather what can be answered later
        if kind == "in":
            day //= 2  # mostly before what is taken
        said: dict[str, Any] = {
            "storehouse": ("S1", "S2")[house], "item_code": self.item, "lot": ("L1", "L1", None)[lot],
            "reference": str(next(_numbers)),
        }  # fmt: skip
        quantity = ((8, 20, 40.5) if kind == "in" else (1, 2.5, 4))[size % 3]
        if kind in ("transfer", "send"):
            said["to_storehouse"] = ("S2", "S1")[house]
        day = FIRST + timedelta(days=day)
        if kind in ("receive", "return", "reverse"):
            quantity, day = self._name(kind, quantity, day, named, said)
        return line(kind, quantity, day.isoformat(), document, **said)

    def _name(
        self, kind: str, quantity: float, day: date, named: int, said: dict[str, Any]
    ) -> tuple[float, date]:
        """Let a line name an earlier one, mostly as it should."""
        wanted = {"receive": "send", "return": "lend"}.get(kind)
        lines = [one for one in self.plain.lines if wanted is None or one.kind == wanted]
        if not lines:
            said.update({"answers": "X/1"} if wanted else {"reverses": "X/1"})
            return quantity, day
        other = lines[named % len(lines)]
        del said["lot"]
        if wanted:
            said["answers"] = other.name
            said["storehouse"] = other.target or said["storehouse"]
            return quantity, max(day, other.day) if named % 5 else day
        said |= {"reverses": other.name, "storehouse": other.storehouse}
        return other.quantity / 1000, max(day, other.day)

    def book(self, entries: Sequence[MovementEntry]) -> None:
        """Book a document in both; they must agree whether that is possible."""
        lines = self.plain.read(entries)
        possible = PlainLedger([*self.plain.lines, *lines]).is_possible()
        seen = preview(self.office, entries)
        assert bool(seen.problems) != possible
        try:
            book_document(self.office, entries)
        except InvalidInput:
            assert not possible
            self.check_dependents(entries)
            return
        assert possible
        self.plain.lines += lines
        self.check_preview(seen)

    def check_preview(self, seen: Any) -> None:
        """What was foreseen for today has come about."""
        last = FIRST + timedelta(days=DAYS)
        assert last <= self.office.as_of
        now = self.plain.balances() or {}
        for change in seen.holdings:
            assert round(change.today_after * 1000) == now.get((change.storehouse, change.lot or ""), 0)

    def check_dependents(self, entries: Sequence[MovementEntry]) -> None:
        """Without the lines that are named as depending on a reversed one it can be reversed."""
        by_name = {one.name: one for one in self.plain.live()}
        chosen = [by_name[entry.reverses] for entry in entries if entry.reverses in by_name]
        if len(entries) != 1 or not chosen:
            return
        with self.office.read() as connection:
            found = dependents_in(connection, lines_named(self.office, chosen[0].name))
        names = {chosen[0].name, *(f"{one.document}/{one.line}" for one in found)}
        assert len(names) > 1
        last = FIRST + timedelta(days=DAYS)
        assert PlainLedger([*self.plain.lines, *(back(by_name[name], last) for name in names)]).is_possible()

    def check(self) -> None:
        for days in range(DAYS + 1):
            self.office.as_of = day = FIRST + timedelta(days=days)
            found = stock_as_of(self.office, item_code=self.item)
            stock = {(row.storehouse, row.lot or ""): round(row.quantity * 1000) for row in found}
            assert stock == self.plain.balances(day)
            for listing, kind, left in ((CONSIGNMENTS, "send", "under_way"), (LOANS, "lend", "outstanding")):
                view = View(conditions=(Condition("item_code", "=", self.item),))
                told = rows(self.office, listing, keys(self.office, listing, view))
                assert {f"{row.document}/{row.line}": round(getattr(row, left) * 1000) for row in told} == (
                    self.plain.open(kind, day)
                )
            card = ledger_card(self.office, self.item, newest_first=False, limit=None)
            assert round(card.closing * 1000) == sum(stock.values())
            assert [row.balance for row in card.rows][-1:] in ([], [card.closing])
        self.office.as_of = None
        with self.office.read() as connection:
            assert wrong_entries(connection) == []


def back(one: PlainLine, day: date) -> PlainLine:
    """The line that reverses another."""
    return PlainLine(
        f"back {one.name}",
        "Z",
        0,
        "reverse",
        one.storehouse,
        one.target,
        one.lot,
        one.quantity,
        day,
        "",
        one.name,
    )


def rows_of_items(office: Office) -> bool:
    from drillapp.core.supplies.listings import ITEMS

    return bool(len(keys(office, ITEMS, View())))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(KINDS))
@example([
    [("in", 2, 0, 0, 0, 0)], [("send", 2, 1, 0, 0, 0), ("lend", 1, 1, 0, 0, 0)], [("receive", 0, 2, 0, 0, 6)],
    [("return", 0, 2, 0, 0, 6)], [("count", 2, 2, 0, 0, 0)], [("out", 2, 3, 0, 0, 0)], [("reverse", 0, 3, 0, 0, 0)],
    [("reverse", 0, 3, 0, 0, 1)], [("reverse", 0, 3, 0, 0, 5)], [("in", 0, 0, 0, 0, 0)], [("transfer", 0, 1, 0, 0, 0)],
])  # fmt: skip
def test_the_ledger_is_what_its_lines_say(office: Office, drawn: list[list[Drawn]]) -> None:
    told = Told(office)
    # A server answers as many short questions more slowly: fewer lines of each ledger.
    for number, lines in enumerate(drawn[:5] if office.is_server else drawn):
        told.book(told.entries(lines, number))
    told.check()


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(("in", "transfer", "transfer", "send", "send", "receive", "receive", "reverse")))
def test_what_is_moved_is_neither_more_nor_less(office: Office, drawn: list[list[Drawn]]) -> None:
    told = Told(office)
    for number, lines in enumerate(drawn):
        told.book(told.entries(lines, number))
    for days in range(DAYS + 1):
        office.as_of = day = FIRST + timedelta(days=days)
        stock = sum(row.quantity for row in stock_as_of(office, item_code=told.item))
        view = View(conditions=(Condition("item_code", "=", told.item),))
        under_way = sum(row.under_way for row in rows(office, CONSIGNMENTS, keys(office, CONSIGNMENTS, view)))
        bought = sum(one.quantity for one in told.plain.live() if one.kind == "in" and one.day <= day)
        assert round((stock + under_way) * 1000) == bought
    office.as_of = None
