"""What is set aside for drills is never more than lies there; what was used is in the stock ledger, once and correctable."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.check import check
from drillapp.core.drills.record.available import Offer, offers
from drillapp.core.drills.record.cancelling import cancel_drill
from drillapp.core.drills.record.parts import RecordParts, SupplyLine
from drillapp.core.drills.record.reserving import suggest
from drillapp.core.drills.record.rows import SupplyRow
from drillapp.core.drills.record.saving import save_record
from drillapp.core.drills.record.settling import settle_supplies
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.queries import stock_as_of
from tests.core.drills.record.recorded import DAY, drill, move, of, stock

HELD = datetime(2026, 12, 8, 9, tzinfo=BEIJING)
SOON, LATE, GONE = date(2027, 1, 31), date(2029, 1, 1), date(2026, 12, 1)


def line(offer: Offer, quantity: float) -> SupplyLine:
    return SupplyLine(storehouse_id=offer.storehouse_id, lot_id=offer.lot_id, reserved=quantity)


def again(supply: SupplyRow, quantity: float) -> SupplyLine:
    return SupplyLine(
        id=supply.id, storehouse_id=supply.storehouse_id, lot_id=supply.lot_id, reserved=quantity
    )


def reserve(office: Office, drill_id: int, quantity: float, lot: str = "A") -> None:
    (offer,) = [one for one in offers(office, drill_id) if (one.lot or "") == lot]
    revision = of(office, drill_id).drill.revision
    save_record(office, drill_id, revision, RecordParts(supplies=(line(offer, quantity),)))


def settle(office: Office, drill_id: int, *used: float, day: date | None = None) -> None:
    record = of(office, drill_id)
    quantities = {one.id: quantity for one, quantity in zip(record.supplies, used, strict=True)}
    settle_supplies(office, drill_id, record.drill.revision, quantities, day=day)


def held(office: Office, number: str = "D") -> int:
    return drill(office, number, started_at=HELD, ended_at=HELD + timedelta(hours=1))


def refused(refusal: pytest.ExceptionInfo[InvalidInput]) -> str:
    return refusal.value.problems[0].message


def test_what_expires_first_is_offered_first_and_what_is_past_its_date_not_at_all(office: Office) -> None:
    stock(office, ("A", 10, LATE), ("B", 5, SOON), ("C", 7, None), ("D", 3, GONE))
    key = drill(office)
    assert [(one.lot, one.available) for one in offers(office, key)] == [("B", 5), ("A", 10), ("C", 7)]
    found = suggest(office, key, {"1": 12.5})
    assert [(one.lot, one.available) for one in found] == [("B", 5), ("A", 7.5)]
    assert [one.available for one in suggest(office, key, {"1": 100})] == [5, 10, 7]


def test_what_is_set_aside_is_not_there_for_another_drill(office: Office) -> None:
    stock(office, ("A", 10, SOON))
    one, two = drill(office), drill(office, "D2", planned_on=DAY + timedelta(days=1))
    reserve(office, one, 6)
    assert [offer.available for offer in offers(office, two)] == [4]
    with pytest.raises(InvalidInput) as refusal:
        reserve(office, two, 5)
    assert refused(refusal) == (
        "Supplies, line 1: 5 are too many: only 4 are there on the day and not set aside for other drills."
    )
    reserve(office, two, 4)
    (supply,) = of(office, one).supplies
    assert (supply.reserved, supply.available, supply.used, supply.left) == (6, 6, None, None)


def test_a_drill_before_another_does_not_take_what_that_one_needs_later(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    reserve(office, drill(office, "LATER", planned_on=DAY + timedelta(days=30)), 8)
    earlier = drill(office, "EARLIER")
    assert [one.available for one in offers(office, earlier)] == [2]
    move(office, ("A", 20, "in", DAY + timedelta(days=10), LATE))
    # On the day itself there are ten; of the twenty that come later the other drill can live.
    assert [one.available for one in offers(office, earlier)] == [10]


def test_what_comes_after_the_day_is_not_there_on_it(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    move(office, ("A", 20, "in", DAY + timedelta(days=1), LATE), ("A", 3, "out", DAY, LATE))
    assert [one.available for one in offers(office, drill(office))] == [7]


def test_a_drill_that_is_called_off_or_retired_gives_back(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    one, two, three = drill(office), drill(office, "D2"), drill(office, "D3")
    reserve(office, one, 6)
    reserve(office, two, 4)
    assert offers(office, three) == []
    cancel_drill(office, one, "雨")
    retire(office, "drills", [two], office.as_of)
    assert [offer.available for offer in offers(office, three)] == [10]
    reserve(office, three, 10)
    retire(office, "drills", [two], None)
    assert of(office, two).supplies == ()


def test_a_drill_is_not_moved_to_a_day_on_which_its_supplies_are_not_there(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    move(office, ("A", 5, "in", DAY, LATE))
    key = drill(office)
    reserve(office, key, 15)
    with pytest.raises(InvalidInput) as refusal:
        drill(office, planned_on=DAY - timedelta(days=1))
    assert refused(refusal) == "The supplies that are set aside for the drill D are not free on 2026-12-07."
    drill(office, planned_on=DAY + timedelta(days=1))
    assert of(office, key).drill.planned_on == DAY + timedelta(days=1)


def test_wrong_quantities_and_repeated_lots_are_refused(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    key = drill(office)
    (offer,) = offers(office, key)
    for lines in ((line(offer, 0),), (line(offer, -1),), (line(offer, 0.0001),), (line(offer, 1), line(offer, 1)),
                  (SupplyLine(storehouse_id=9, lot_id=9, reserved=1),), (line(offer, 1e300),)):  # fmt: skip
        with pytest.raises(InvalidInput):
            save_record(office, key, 1, RecordParts(supplies=lines))
    assert of(office, key).supplies == ()


def test_what_was_used_is_posted_and_the_rest_is_free_again(office: Office) -> None:
    stock(office, ("A", 10, LATE), ("", 4, None))
    key = held(office)
    found = suggest(office, key, {"1": 14})
    save_record(office, key, 1, RecordParts(supplies=tuple(line(one, one.available) for one in found)))
    settle(office, key, 3.5, 0)
    one, two = of(office, key).supplies
    assert (one.used, one.left, one.document, two.used, two.document) == (3.5, 6.5, "CK20261208-01", 0, None)
    (row,) = [row for row in first_rows(office, MOVEMENTS, View(), 10) if row.kind == "out"]
    assert (row.document, row.quantity, row.reference, row.reason) == (
        "CK20261208-01", 3.5, "D", "Drill: 消防演练",
    )  # fmt: skip
    assert row.occurred_on == DAY
    other = drill(office, "D2", planned_on=DAY + timedelta(days=5))
    assert sorted(offer.available for offer in offers(office, other)) == [4, 6.5]
    assert check(office).ok


def test_a_used_quantity_is_set_right_by_a_further_document(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    key = held(office)
    reserve(office, key, 8)
    settle(office, key, 5)
    settle(office, key, 7)
    assert of(office, key).supplies[0].document == "CK20261208-02"
    settle(office, key, 2)
    settle(office, key, 2)
    supply = of(office, key).supplies[0]
    assert (supply.used, supply.document) == (2, "GH20261208-01")
    lines = [
        (row.kind, row.quantity) for row in first_rows(office, MOVEMENTS, View(), 10) if row.kind != "in"
    ]
    assert sorted(lines) == [("out", 2), ("out", 5), ("return", 5)]
    office.as_of = DAY
    assert [row.quantity for row in stock_as_of(office)] == [8]
    assert check(office).ok


def test_only_what_was_set_aside_is_used_and_only_after_the_drill(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    key = drill(office)
    reserve(office, key, 3)
    with pytest.raises(InvalidInput) as early:
        settle(office, key, 1)
    assert early.value.message == "The drill D has not ended."
    drill(office, started_at=HELD, ended_at=HELD)
    with pytest.raises(InvalidInput) as refusal:
        settle(office, key, 4)
    assert refused(refusal) == "Supplies, line 1: Only 3 were set aside: set aside more first."
    for quantity in (-1, 0.0001):
        with pytest.raises(InvalidInput):
            settle(office, key, quantity)
    with pytest.raises(InvalidInput):
        settle_supplies(office, key, of(office, key).drill.revision, {10**6: 1})
    with pytest.raises(Conflict):
        settle_supplies(office, key, 1, {})
    assert of(office, key).supplies[0].used is None


def test_what_was_used_stays_in_the_record(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    key = held(office)
    reserve(office, key, 8)
    settle(office, key, 5)
    (supply,) = of(office, key).supplies
    revision = of(office, key).drill.revision
    for lines in ((), (again(supply, 4),)):
        with pytest.raises(InvalidInput):
            save_record(office, key, revision, RecordParts(supplies=lines))
    save_record(office, key, revision, RecordParts(supplies=(again(supply, 10),)))
    assert of(office, key).supplies[0].available == 10


def test_stock_that_went_elsewhere_meanwhile_is_not_posted_below_zero(office: Office) -> None:
    stock(office, ("A", 10, LATE))
    key = held(office)
    reserve(office, key, 8)
    move(office, ("A", 9, "out", DAY, LATE))
    assert of(office, key).supplies[0].available == 1
    with pytest.raises(InvalidInput) as refusal:
        settle(office, key, 2)
    assert "only 1 are there" in refused(refusal)
    settle(office, key, 1)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("reserve", "settle", "cancel", "move", "in")),
        st.integers(0, 2),
        st.integers(1, 9),
        st.integers(-3, 3),
    ),
    max_size=12,
)


@pytest.mark.sqlite_only("many offices in turn; the statements are the same ones as above")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_never_more_is_set_aside_than_lies_there_on_any_day(
    office: Office, steps: list[tuple[str, int, int, int]]
) -> None:
    """Whatever is tried in whatever order: on each day all reservations until then fit into the stock of that day."""
    world = _World(office)
    for kind, number, quantity, days in steps:
        world.attempt(kind, number, quantity, days)
        world.hold_true()


class _World:
    """Three drills and a lot of their own in an office that other examples used before; a plain model beside it."""

    _count = 0

    def __init__(self, office: Office) -> None:
        _World._count += 1
        self.office = office
        self.lot = f"L{_World._count}"
        if _World._count == 1 or not stock_as_of(office):
            stock(office, ("BASE", 1, LATE))
        self.entries: list[tuple[date, float]] = []
        self.move("in", 10, DAY - timedelta(days=20))
        self.drills = [
            drill(
                office, f"{self.lot}-{i}", planned_on=DAY + timedelta(days=i), started_at=HELD, ended_at=HELD
            )
            for i in range(3)
        ]

    def move(self, kind: str, quantity: float, day: date) -> None:
        move(self.office, (self.lot, quantity, kind, day, LATE))

    def attempt(self, kind: str, number: int, quantity: int, days: int) -> None:
        key = self.drills[number]
        record = of(self.office, key)
        try:
            if kind == "reserve":
                known = [again(one, quantity) for one in record.supplies]
                found = [one for one in offers(self.office, key) if one.lot == self.lot]
                lines = known or [line(one, quantity) for one in found]
                save_record(self.office, key, record.drill.revision, RecordParts(supplies=tuple(lines)))
            elif kind == "settle" and record.supplies:
                settle(self.office, key, quantity, day=DAY + timedelta(days=days))
            elif kind == "cancel":
                retire(self.office, "drills", [key], DAY)
            elif kind == "move":
                drill(self.office, f"{self.lot}-{number}", planned_on=DAY + timedelta(days=days))
            elif kind == "in":
                self.move("in", quantity, DAY + timedelta(days=days + number * 10 + quantity * 100))
        except InvalidInput:
            pass

    def hold_true(self) -> None:
        moved = [
            row for row in first_rows(self.office, MOVEMENTS, View(text=self.lot), 100) if row.lot == self.lot
        ]
        entries = [(row.occurred_on, -row.quantity if row.kind == "out" else row.quantity) for row in moved]
        records = [of(self.office, key) for key in self.drills]
        asked = [
            (record.drill.planned_on, one.reserved)
            for record in records
            for one in record.supplies
            if one.used is None
        ]
        for day in {day for day, _quantity in [*entries, *asked]}:
            there = sum(quantity for at, quantity in entries if at <= day)
            assert sum(quantity for at, quantity in asked if at <= day) <= there


def test_what_is_past_its_date_on_the_day_can_neither_be_set_aside_nor_settled(office: Office) -> None:
    stock(office, ("A", 10, SOON))
    key = drill(office)
    (offer,) = offers(office, key)
    later = drill(office, "LATER", planned_on=SOON + timedelta(days=1))
    with pytest.raises(InvalidInput):
        save_record(office, later, of(office, later).drill.revision, RecordParts(supplies=(line(offer, 1),)))
    save_record(office, key, of(office, key).drill.revision, RecordParts(supplies=(line(offer, 1),)))
