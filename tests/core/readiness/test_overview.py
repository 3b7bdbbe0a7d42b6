"""What the readiness page shows is what readiness says of each day, remembered whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.dates import months_before
from drillapp.core.office import Office
from drillapp.core.readiness.months import trend
from drillapp.core.readiness.overview import QUARTER, Overview, overview
from drillapp.core.readiness.queries import readiness, readiness_of
from drillapp.core.remembered import recall
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.references import or_all
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        enter(opened, random_facts(Random(2)))
        yield opened


@pytest.fixture
def keys(office: Office) -> dict[str, int]:
    return {row.unit: row.unit_id for row in readiness(office)}


@pytest.mark.parametrize("code", [None, "110102", "S"])
def test_it_holds_all_units_now_and_the_near_ones_a_quarter_earlier(
    office: Office, keys: dict[str, int], code: str | None
) -> None:
    scope = keys[code] if code else None
    found = overview(office, scope)
    assert found.rows == readiness(office, scope)
    assert found.earlier_on == months_before(office.as_of, QUARTER)
    top = found.rows[0].unit_id
    near = [row for row in found.rows if row.unit_id == top or row.parent_id == top]
    earlier = {row.unit_id: row for row in readiness(office, scope, found.earlier_on)}
    assert {row.unit_id for row in found.earlier} == {row.unit_id for row in near}
    assert all(row == earlier[row.unit_id] for row in found.earlier)


def test_it_is_remembered_as_it_was_worked_out(office: Office, keys: dict[str, int]) -> None:
    found = overview(office, keys["S"])
    assert recall(office, f"readiness {keys['S']}", Overview) == found


def test_many_chosen_units_are_answered_like_few(
    office: Office, keys: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {keys["S"], keys["C"], keys["F"]}
    few = readiness_of(office, None, chosen, office.as_of)
    monkeypatch.setattr("drillapp.core.database.base._FEW", 1)
    many = readiness_of(office, None, chosen, office.as_of)
    assert {row.unit_id for row in few} == chosen
    assert sorted(few, key=lambda row: row.unit_id) == sorted(many, key=lambda row: row.unit_id)


def test_what_is_below_a_unit_not_in_effect_counts_for_those_above_it(
    office: Office, keys: dict[str, int]
) -> None:
    save_units(office, [UnitEntry(code="C", name="社区", valid_to=date(2026, 11, 1))])
    save_units(office, [UnitEntry(code="N", name="铺面", kind="school", parent_code="C")])
    (row,) = readiness_of(office, None, {keys["S"], keys["C"]}, office.as_of)
    assert row == next(one for one in readiness(office) if one.unit == "S")
    assert trend(office, keys["S"], 1)[-1].readiness == row


def test_only_a_unit_above_all_others_stands_for_all(office: Office, keys: dict[str, int]) -> None:
    with office.read() as connection:
        assert or_all(connection, keys["110102"]) is None
        assert or_all(connection, keys["S"]) == keys["S"]
    save_units(office, [UnitEntry(code="X", name="另一家")])
    with office.read() as connection:
        assert or_all(connection, keys["110102"]) == keys["110102"]
        assert or_all(connection, None) is None
