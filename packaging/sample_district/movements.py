"""Movements of three years in their order: stocking, use, transfers, loans, renewals, stocktakes."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from sample_district.district import TODAY, District, day_between, quality, working_day
from sample_district.ledger import Row, Value
from sample_district.stock import Place, Stock
from sample_district.supplies import Item, Storehouse, items
from sample_district.words import words

_LETTERS = {
    "in": "RK", "out": "CK", "transfer": "DB", "lend": "JC", "return": "GH", "scrap": "BF", "count": "PD"
}  # fmt: skip
_BEGINS = {"district": date(2024, 2, 1), "street": date(2024, 4, 1), "point": date(2024, 6, 1)}
_CAUSES = {
    "initial": "purchase", "bought": "purchase", "renewal": "rotation", "duty": "event", "drill": "drill", "snow": "event",
    "handed": "issue", "allotted": "allocation", "expired": "expired", "stocktake": "stocktake",
}  # fmt: skip
_LENT_FOR = 30
"""Days."""
_SNOW = (12, 1, 2)
_FLOOD = (6, 7, 8, 9)
Lines = Iterable[tuple[Place, int]]


def movement_rows(district: District, stores: list[Storehouse]) -> list[Row]:
    """The movements' ledger in the order in which balances follow."""
    return _Movements(district, stores).run()


class _Movements:
    def __init__(self, district: District, stores: list[Storehouse]) -> None:
        self._dice = district.dice("movements")
        self._stores = stores
        self._items = items()
        self._by_code = {item.code: item for item in self._items}
        self._stock = Stock()
        self._queue: list[tuple[date, datetime, int, Callable[[date, datetime], None]]] = []
        self._moments: set[datetime] = set()
        self._serials: Counter[str] = Counter()
        self._rows: list[Row] = []

    def run(self) -> list[Row]:
        for store in self._stores:
            self._schedule(store)
        while self._queue:
            day, moment, _, act = heapq.heappop(self._queue)
            act(day, moment)
        return self._rows

    def _at(self, day: date, act: Callable[[date, datetime], None]) -> None:
        """Have something happen on the day; one in twenty is put on record only days later."""
        if day > TODAY:
            return
        late = self._dice.randint(2, 9) if self._dice.random() < 0.05 else 0
        clerk = min(working_day(day + timedelta(days=late)), TODAY)
        moment = datetime.combine(clerk, time(self._dice.randint(9, 16), self._dice.randint(0, 59)))
        while moment in self._moments:
            moment += timedelta(seconds=1)
        self._moments.add(moment)
        heapq.heappush(self._queue, (day, moment, len(self._moments), act))

    def _schedule(self, store: Storehouse) -> None:
        first = working_day(
            day_between(self._dice, _BEGINS[store.size], _BEGINS[store.size] + timedelta(days=75))
        )
        self._at(first, lambda day, moment: self._fill(store, day, moment))
        self._every(store, first, {"district": 90, "street": 185, "point": 640}[store.size], self._count)
        if store.size == "district":
            self._every(store, first, 45, self._use)
            return
        self._every(store, first, {"street": 90, "point": 330}[store.size], self._use)
        self._every(store, first, {"street": 170, "point": 300}[store.size], self._replenish)
        self._every(store, first, {"street": 210, "point": 900}[store.size], self._allot)
        if store.size == "street":
            self._every(store, first, 240, self._lend)

    def _every(
        self, store: Storehouse, first: date, days: int, act: Callable[[Storehouse, date, datetime], None]
    ) -> None:
        day = first
        while (day := day + timedelta(days=round(days * self._dice.uniform(0.7, 1.3)))) <= TODAY:
            self._at(working_day(day), lambda on, moment: act(store, on, moment))

    def _write(
        self, kind: str, day: date, moment: datetime, lines: Lines, reason: str, *, to: str = "", reference: str = "",
        dated: bool = False, **said: Value,
    ) -> str:  # fmt: skip
        """Book a document of some lines and carry the stock along; gives the document's number."""
        serial = f"{_LETTERS[kind]}{day:%Y%m%d}"
        self._serials[serial] += 1
        document = f"{serial}-{self._serials[serial]:02}"
        for place, quantity in lines:
            self._book(kind, place, quantity, to)
            self._rows.append(
                {
                    "document": document, "kind": kind, "storehouse": place[0], "item_code": place[1],
                    "lot": place[2], "quantity": quantity, "occurred_on": day, "recorded_at": moment,
                    "to_storehouse": to, "reason": words("supplies")["reasons"][reason], "reference": reference,
                    "cause": _CAUSES.get(reason, ""),
                }
                | said
                | (self._dates(place) if dated else {})
            )  # fmt: skip
        return document

    def _book(self, kind: str, place: Place, quantity: int, to: str) -> None:
        if kind == "count":
            self._stock.set(place, quantity)
            return
        self._stock.add(place, quantity if kind in ("in", "return") else -quantity)
        if to:
            self._stock.add((to, place[1], place[2]), quantity)

    def _dates(self, place: Place) -> dict[str, Value]:
        item = self._by_code[place[1]]
        if not place[2]:
            return {}
        produced = date.fromisoformat(place[2])
        return {"produced_on": produced, "expires_on": _months_after(produced, item.shelf_life_months)}

    def _lot(self, item: Item, day: date) -> str:
        """A lot fresh enough to be taken in, named for its day of production; items that keep have none."""
        if not item.shelf_life_months:
            return ""
        produced = day - timedelta(days=self._dice.randint(10, 20 + 4 * item.shelf_life_months))
        lot = f"{produced:%Y%m%d}"
        self._stock.know_lot(item.code, lot, _months_after(produced, item.shelf_life_months))
        return lot

    def _fill(self, store: Storehouse, day: date, moment: datetime) -> None:
        good = quality(store.unit, day)
        lines: list[tuple[Place, int]] = []
        for item in self._items:
            usual = item.usual(store.size)
            if usual and self._dice.random() < self._keeps(store, item) * (0.55 + 0.5 * good):
                quantity = max(1, round(usual * self._dice.uniform(0.5 + 0.4 * good, 1.05 + 0.15 * good)))
                lines.append(((store.code, item.code, self._lot(item, day)), quantity))
        self._write("in", day, moment, lines, "initial", dated=True)
        for place, quantity in lines:
            self._watch(store, place, quantity)

    def _keeps(self, store: Storehouse, item: Item) -> float:
        """A point keeps little beyond what it must."""
        return 1.0 if store.size != "point" or item.code in words("supplies")["levels"]["point"] else 0.05

    def _watch(self, store: Storehouse, place: Place, quantity: int) -> None:
        """Renew a lot before it expires and scrap it after, if the unit looks after its stock."""
        if not place[2]:
            return
        expires = self._dates(place)["expires_on"]
        assert isinstance(expires, date)
        good = quality(store.unit, min(expires, TODAY))
        if self._dice.random() < 0.1 + 0.85 * good:
            on = working_day(expires - timedelta(days=self._dice.randint(-25 if good < 0.6 else 2, 30)))
            self._at(on, lambda day, moment: self._renew(store, place, quantity, day, moment))
        if self._dice.random() < 0.3 + 0.6 * good:
            on = working_day(expires + timedelta(days=self._dice.randint(3, 60)))
            self._at(on, lambda day, moment: self._scrap(place, day, moment))

    def _renew(self, store: Storehouse, old: Place, quantity: int, day: date, moment: datetime) -> None:
        item = self._by_code[old[1]]
        new = (store.code, item.code, self._lot(item, day))
        if new == old:
            return
        self._write("in", day, moment, [(new, quantity)], "renewal", reference=f"HT{day:%Y%m}", dated=True)
        self._watch(store, new, quantity)

    def _scrap(self, place: Place, day: date, moment: datetime) -> None:
        if left := self._stock.at(place):
            self._write("scrap", day, moment, [(place, left)], "expired")

    def _use(self, store: Storehouse, day: date, moment: datetime) -> None:
        season = "duty" if day.month in _FLOOD else "snow" if day.month in _SNOW else "drill"
        reason = self._dice.choice((season, season, "handed"))
        lines = [
            (place, max(1, self._stock.at(place) * self._dice.randint(2, 9) // 100))
            for place in self._some_usable(store, day, 3)
        ]
        if lines:
            self._write("out", day, moment, lines, reason)

    def _some_usable(self, store: Storehouse, day: date, most: int) -> list[Place]:
        kept = [item for item in self._items if item.usual(store.size) >= 2]
        chosen = self._dice.sample(kept, min(len(kept), self._dice.randint(1, most)))
        places = [self._stock.oldest(store.code, item, day) for item in chosen]
        return [place for place in places if place is not None]

    def _replenish(self, store: Storehouse, day: date, moment: datetime) -> None:
        """Buy what has fallen short of the usual stock, as far as the unit looks after it."""
        good = quality(store.unit, day)
        short = {
            item: missing
            for item in self._items
            if self._keeps(store, item) == 1.0 and (missing := self._missing(store, item, day))
        }
        lines = [
            ((store.code, item.code, self._lot(item, day)), missing)
            for item, missing in short.items()
            if self._dice.random() < good**3
        ]
        if lines:
            self._write("in", day, moment, lines, "bought", reference=f"HT{day:%Y%m}", dated=True)
        for place, quantity in lines:
            self._watch(store, place, quantity)

    def _missing(self, store: Storehouse, item: Item, day: date) -> int:
        """How much to buy; nothing while there is most of the usual stock, in date for another month."""
        usual = item.usual(store.size)
        left = self._stock.usable(store.code, item, day + timedelta(days=30))
        return usual - left if left < 0.85 * usual else 0

    def _allot(self, store: Storehouse, day: date, moment: datetime) -> None:
        """The district hands some of its stock down."""
        main = self._stores[0]
        kept = [item for item in self._items if item.usual(store.size) and item.district >= 100]
        places = [
            self._stock.oldest(main.code, item, day) for item in self._dice.sample(kept, min(2, len(kept)))
        ]
        lines = []
        for place in places:
            usual = self._by_code[place[1]].usual(store.size) if place else 0
            quantity = max(1, usual * self._dice.randint(8, 20) // 100)
            if place and self._stock.at(place) > 4 * quantity:
                lines.append((place, quantity))
        if lines:
            self._write("transfer", day, moment, lines, "allotted", to=store.code)

    def _lend(self, store: Storehouse, day: date, moment: datetime) -> None:
        kept = [item for item in self._items if not item.shelf_life_months and 2 <= item.street <= 12]
        place = self._stock.oldest(store.code, self._dice.choice(kept), day)
        if place is None or self._stock.at(place) < 2:
            return
        quantity = self._dice.randint(1, max(1, self._stock.at(place) // 3))
        borrowers = words("supplies")["names"]["borrowers"]
        document = self._write(
            "lend", day, moment, [(place, quantity)], "lent", due_on=working_day(day + timedelta(days=_LENT_FOR)),
            counterparty=borrowers[len(self._rows) % len(borrowers)],
        )  # fmt: skip
        if self._dice.random() < 0.3 + 0.65 * quality(store.unit, day):
            on = working_day(day + timedelta(days=self._dice.randint(7, 45)))
            self._at(on, lambda back, at: self._give_back(place, quantity, document, back, at))

    def _give_back(self, place: Place, quantity: int, document: str, day: date, moment: datetime) -> None:
        # A loan has one line.
        self._write(
            "return",
            day,
            moment,
            [(place, quantity)],
            "returned",
            reference=document,
            answers=f"{document}/1",
        )

    def _count(self, store: Storehouse, day: date, moment: datetime) -> None:
        held = self._stock.places(store.code)
        chosen = sorted(
            self._dice.sample(held, min(len(held), {"district": 6, "street": 4, "point": 3}[store.size]))
        )
        found = [(place, self._found(self._stock.at(place))) for place in chosen]
        if found:
            self._write("count", day, moment, found, "stocktake")

    def _found(self, book: int) -> int:
        off = self._dice.choice((0, 0, 0, 0, 0, 0, -1, -1, 1, -2)) if book >= 8 else 0
        return max(0, book + off)


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, not past the 28th."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
