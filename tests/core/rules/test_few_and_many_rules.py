"""Offices that ask for nothing, for as many rules of their own as they can have, and for rules that end in mid-year."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.home.queries import home_figures
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.advice import advice
from drillapp.core.readiness.compared import compared
from drillapp.core.readiness.months import trend
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.why import why
from drillapp.core.rules.book import national_rules
from drillapp.core.rules.changing import MOST_LOCAL, save_local_rule, switch_off
from drillapp.core.rules.drill_duties import drill_duties
from drillapp.core.rules.due import due_keys
from drillapp.core.rules.local import LocalRule
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry


@pytest.fixture(autouse=True)
def units(office: Office) -> None:
    save_units(
        office,
        [
            UnitEntry(code="S", name="西街道", parent_code="110102", kind="street"),
            UnitEntry(code="O", name="协会", parent_code="S", kind="other"),
        ],
    )


def own(serial: int = 1, **more: object) -> LocalRule:
    told = {"window": "cal_quarter"} | more
    return LocalRule(id=f"LOCAL-{serial}", zh="街道演练", article="文", kinds=("street",), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last_day", "ends"),
    [
        (date(2026, 6, 30), [(3, 31), (6, 30)]),
        (date(2026, 6, 29), [(3, 31)]),
        (None, [(3, 31), (6, 30), (9, 30), (12, 31)]),
    ],
)
def test_a_rule_that_ends_within_the_year_asks_for_no_drill_after_it(
    office: Office, last_day: date | None, ends: list[tuple[int, int]]
) -> None:
    save_local_rule(office, own(valid_to=last_day))
    found = [one.ends_on for one in drill_duties(office, None, 2026) if one.rule == "LOCAL-1"]
    assert found == [date(2026, *end) for end in ends]


def test_a_rolling_rule_that_ends_within_the_year_asks_for_no_drill_after_it(office: Office) -> None:
    ended = own(window=None, months=3, valid_from=date(2026, 1, 1), valid_to=date(2026, 7, 31))
    save_local_rule(office, ended)
    found = [one.ends_on for one in drill_duties(office, None, 2026) if one.rule == "LOCAL-1"]
    assert found == [date(2026, 4, 1), date(2026, 7, 1)]


def test_no_key_post_is_missed_where_no_rule_asks_for_a_plan(office: Office) -> None:
    entry = PlanEntry(number="O", title="预案", unit_code="O", approved_on=date(2026, 1, 1))
    save_plans(office, [entry])
    cards: tuple[Settlement, ...] = ("card_issued",)
    assert obligations(office, settled_by=cards) == [], "an association need not have a plan"
    switch_off(office, "PL-FORCE", "why")
    assert obligations(office, settled_by=cards) == []


def test_as_many_own_rules_as_an_office_can_have_are_all_asked(office: Office) -> None:
    for serial in range(MOST_LOCAL):
        save_local_rule(office, own(serial, hazards=(f"险{serial}",)))
    asked = [row.rule for row in obligations(office) if row.rule.startswith("LOCAL-") and row.unit == "S"]
    assert len(asked) == MOST_LOCAL
    assert len({one.rule for one in drill_duties(office, None, 2026)} & set(asked)) == MOST_LOCAL
    assert readiness(office)[0].indicators["drills"].asked >= MOST_LOCAL
    with pytest.raises(InvalidInput, match=str(MOST_LOCAL)):
        save_local_rule(office, own(MOST_LOCAL))
    save_local_rule(office, own(0, hazards=("another",)))


def test_an_office_that_asks_for_nothing_has_no_scores_and_no_failures(office: Office) -> None:
    for rule in national_rules():
        switch_off(office, rule.id, "why")
    assert obligations(office) == []
    assert due_keys(office, None) == []
    assert drill_duties(office, None, 2026) == []
    rows = readiness(office)
    assert {(row.score, row.grade, row.broken, row.units) for row in rows} == {(None, None, (), 0)}
    district = rows[0].unit_id
    assert why(office, district).exact is None
    assert advice(office, district) == []
    assert compared(office, district, date(2026, 1, 1), date(2026, 6, 1)).moved == ()
    assert [point.readiness.score for point in trend(office, district, 3)] == [None] * 3
    assert home_figures(office, None) is not None
