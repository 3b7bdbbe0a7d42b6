"""The list of all rules says of each what it asks of whom, where that is written, and what the office decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from drillapp.core.i18n import language, use_language
from drillapp.core.law import CALENDAR
from drillapp.core.office import Office
from drillapp.core.rules.book import national_rules
from drillapp.core.rules.changing import retire_local_rule, save_local_rule, set_term, switch_off
from drillapp.core.rules.listed import RuleRow, rule_rows
from drillapp.core.rules.local import LocalRule


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)


def listed(office: Office) -> dict[str, RuleRow]:
    return {row.rule: row for row in rule_rows(office)}


def test_every_rule_is_listed_once_under_a_key_of_its_own(office: Office) -> None:
    rows = rule_rows(office)
    assert [row.rule for row in rows] == sorted(rule.id for rule in national_rules())
    assert len({row.id for row in rows}) == len(rows)


def test_each_says_of_whom_by_what_and_how_far_it_was_verified(office: Office) -> None:
    for row in rule_rows(office):
        assert row.subject, row.rule
        assert row.term, row.rule
        assert row.settled, row.rule
        assert row.article, row.rule
        assert row.verified, row.rule


@pytest.mark.parametrize(
    ("rule", "subject", "term", "settled", "verified"),
    [
        ("DR-05", "High risk", "each calendar half-year", "a drill", "verified"),
        ("DR-01", "city, district, department, sub-district", "every 24 months", "a drill", "verified"),
        ("DR-07", "city, district, department, sub-district, with a plan: special, with a plan: departmental",
         "every 36 months, each of these plans", "a drill, of such a plan: special or departmental", "not verified"),
        ("DR-15", "school", "each calendar year", "a drill, for 地震 or 防震, with people evacuated", "verified"),
        ("DR-19", "All units", "within 15 working days", "evaluation of the drill", "second-hand"),
        ("DR-21", "All units", "at least 80 %", "taking part in a drill", "convention"),
        ("CA-01", "All units", "within 30 days", "putting a finding right", "convention"),
        ("PL-09", "All units", "every 36 months", "assessment of the plan", "not verified"),
        ("PL-11", "All units", "within 6 months", "revision of the plan", "verified"),
        ("SU-01", "All units", "at all times", "stock of critical items", "convention"),
        ("SU-02", "All units", "as often as each item says", "inspection and maintenance", "verified"),
        ("SU-07", "All units", "by the agreed day", "return of a loan", "convention"),
        ("SU-06", "All units", "every 3 months", "a stocktake", "convention"),
    ],
)  # fmt: skip
def test_a_rule_in_words(
    office: Office, rule: str, subject: str, term: str, settled: str, verified: str
) -> None:
    row = listed(office)[rule]
    assert (row.subject, row.term, row.settled, row.verified) == (subject, term, settled, verified)


def test_months_that_belong_to_the_one_before_are_named(office: Office) -> None:
    row = listed(office)["DR-13"]
    assert row.term == "each calendar month, months 2 7 8 count with the one before"
    assert "named '小学'" in row.subject


def test_every_window_has_its_word(office: Office) -> None:
    for window in CALENDAR:
        save_local_rule(office, LocalRule(id="LOCAL-1", zh="演练", article="文", window=window))  # type: ignore[arg-type]
        assert listed(office)["LOCAL-1"].term.startswith("each calendar")


def test_what_the_office_decided_stands_with_the_rule(office: Office) -> None:
    switch_off(office, "DR-18", "done by the street")
    set_term(office, "SU-06", 6)
    set_term(office, "DR-06", 5)
    rows = listed(office)
    assert (rows["DR-18"].state, rows["DR-18"].reason) == ("off", "done by the street")
    assert (rows["SU-06"].own_term, rows["SU-06"].usual_term, rows["SU-06"].counts) == (6, 3, "months")
    assert rows["SU-06"].term == "every 6 months"
    assert (rows["DR-06"].own_term, rows["DR-06"].usual_term, rows["DR-06"].counts) == (5, 10, "working_days")
    assert (rows["DR-01"].state, rows["DR-01"].reason, rows["DR-01"].counts) == ("in_force", "", "")
    assert rows["CA-01"].counts == "days"


def test_a_rule_of_the_offices_own_comes_last_with_its_time(office: Office) -> None:
    rule = LocalRule(id="LOCAL-1", zh="演练", article="文", months=6, valid_from=date(2026, 3, 1))
    save_local_rule(office, rule)
    retire_local_rule(office, "LOCAL-1", date(2026, 10, 31))
    states = {}
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 10, 31), date(2026, 11, 1)):
        office.as_of = day
        row = rule_rows(office)[-1]
        assert (row.rule, row.is_local, row.verified) == ("LOCAL-1", True, "own rule")
        states[day.isoformat()] = row.state
    assert list(states.values()) == ["to_come", "in_force", "in_force", "ended"]
