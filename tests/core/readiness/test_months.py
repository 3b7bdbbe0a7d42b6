"""The trend of many units at once is what readiness says of each month's end."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.dates import month_ends
from drillapp.core.office import Office
from drillapp.core.readiness.months import monthly, trend
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.sweeping import Sweep
from drillapp.core.rules.changing import switch_off
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that test_random_districts asks of both databases")


@pytest.fixture(params=[7, 8])
def office(office_location: str, clock: FixedClock, request: pytest.FixtureRequest) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        enter(opened, random_facts(Random(request.param)))
        yield opened


def test_all_units_at_once_are_as_on_each_month_end(office: Office) -> None:
    said = {
        day: {row.unit_id: row for row in readiness(office, on=day)} for day in month_ends(office.as_of, 30)
    }
    units = {key for rows in said.values() for key in rows}
    found = monthly(office, units, 30)
    assert set(found) == units
    for key, points in found.items():
        assert [point.as_of for point in points] == [day for day, rows in said.items() if key in rows]
        for point in points:
            assert point.readiness == said[point.as_of][key]


@pytest.mark.parametrize("units", [1, 3])
def test_how_many_units_are_swept_together_makes_no_difference(
    office: Office, monkeypatch: pytest.MonkeyPatch, units: int
) -> None:
    keys = [row.unit_id for row in readiness(office)]
    together = monthly(office, keys, 30)
    parts: list[Sweep] = []
    sweep_in_parts = Sweep.parts

    def few(sweep: Sweep, _units: int) -> Iterator[Sweep]:
        for part in sweep_in_parts(sweep, units):
            parts.append(part)
            yield part

    monkeypatch.setattr(Sweep, "parts", few)
    assert monthly(office, keys, 30) == together
    assert len(parts) > len(keys) // (units + 1)


def test_one_unit_is_as_among_many(office: Office) -> None:
    units = {row.unit: row.unit_id for row in readiness(office)}
    together = monthly(office, units.values(), 3)
    for code in ("110102", "C"):
        if code in units:
            assert trend(office, units[code], 3) == together[units[code]]


def test_a_rule_that_is_not_asked_is_not_counted_in_any_month(office: Office) -> None:
    district = next(row.unit_id for row in readiness(office) if row.unit == "110102")
    before = trend(office, district, 12)
    assert any(point.readiness.indicators["corrections"].asked for point in before)
    for rule in ("CA-01", "CA-02"):
        switch_off(office, rule, "不再使用")
    after = trend(office, district, 12)
    assert not any(point.readiness.indicators["corrections"].asked for point in after)
