"""Two days compared: the figures are those of each day, and what moved adds up to the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from sqlalchemy import select

from drillapp.core.clock import FixedClock
from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.readiness.compared import Compared, compared
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that test_random_districts asks of both databases")

BEFORE, AFTER = date(2024, 12, 31), date(2026, 6, 30)


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        enter(opened, random_facts(Random(3)))
        yield opened


def test_two_days_stand_beside_each_other_and_what_moved_adds_up(office: Office) -> None:
    """The district, its street, which was not there on the first day, and units that were there on either."""
    before, after = ({row.unit_id: row for row in readiness(office, on=day)} for day in (BEFORE, AFTER))
    units = {row.unit: row.unit_id for rows in (before, after) for row in rows.values()}
    found = [compared(office, units[code], BEFORE, AFTER) for code in ("110102", "S", "C", "E", "F")]
    assert any(one.below for one in found)
    assert {moved.cause for one in found for moved in one.moved} >= {"met", "missed", "asked", "gone"}
    asked = {day: obligations(office, on=day) for day in (BEFORE, AFTER)}
    below = {key: below_of(office, key) for key in units.values()}
    for one in found:
        stands_beside(one, before, after)
        adds_up(one)
        counts_each_once(one, {day: [row for row in rows if row.unit_id in below[one.whole.unit.unit_id]]
                               for day, rows in asked.items()})  # fmt: skip


def below_of(office: Office, unit_id: int) -> set[int]:
    """The unit and all below it."""
    with office.read() as connection:
        return set(connection.scalars(select(Unit.id).where(in_scope(Unit.id, unit_id))))


def stands_beside(one: Compared, before: dict[int, UnitReadiness], after: dict[int, UnitReadiness]) -> None:
    for pair in (one.whole, *one.below):
        assert pair.before == before.get(pair.unit.unit_id)
        assert pair.after == after.get(pair.unit.unit_id)
    right_below = {
        row.unit_id for row in (*before.values(), *after.values()) if row.parent_id == one.whole.unit.unit_id
    }
    assert {pair.unit.unit_id for pair in one.below} == right_below


def adds_up(one: Compared) -> None:
    """The points of what moved to the difference."""
    moved = sum(each.points for each in one.moved)
    assert moved == pytest.approx((one.exact_after or 0) - (one.exact_before or 0), abs=1e-9)
    for exact, row in ((one.exact_before, one.whole.before), (one.exact_after, one.whole.after)):
        if row is not None and row.score is not None:
            assert exact is not None
            assert round(exact, 1) == row.score


def counts_each_once(one: Compared, asked: dict[date, list[Obligation]]) -> None:
    """Each moved duty by what happened to it."""
    before, after = (
        {
            (row.rule, row.unit_id, row.subject_kind, row.subject_id): _counted(row.state, row.late, row.rule)
            for row in asked[day]
            if row.state != "due" and there is not None
        }
        for day, there in ((BEFORE, one.whole.before), (AFTER, one.whole.after))
    )
    expected: Counter[tuple[str, str]] = Counter()
    for key in {*before, *after}:
        if before.get(key) != after.get(key):
            expected[key[0], _cause(before.get(key), after.get(key))] += 1
    assert {(moved.rule, moved.cause): moved.count for moved in one.moved} == expected
    for moved in one.moved:
        assert 0 < len(moved.rows) <= moved.count
        assert {row.rule for row in moved.rows} == {moved.rule}


def test_a_unit_that_was_not_there_is_all_newly_asked(office: Office) -> None:
    save_units(
        office,
        [UnitEntry(code="N", name="新", kind="enterprise", parent_code="S", valid_from=date(2026, 1, 1))],
    )
    (new,) = (row for row in readiness(office) if row.unit == "N")
    one = compared(office, new.unit_id, BEFORE, AFTER)
    assert one.whole.before is None
    assert {moved.cause for moved in one.moved} == {"asked"}
    with pytest.raises(NotFound):
        compared(office, new.unit_id, date(2020, 1, 1), BEFORE)


def _counted(state: str, late: bool, rule: str) -> str:
    return "overdue" if state == "met" and late and rule in ("CA-01",) else state


def _cause(old: str | None, new: str | None) -> str:
    if new is None:
        return "gone"
    if old is None:
        return "asked"
    if new == "met":
        return "met"
    return "missed" if old == "met" else "known"
