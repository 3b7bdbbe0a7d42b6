"""What an office decides about rules: it is checked, kept with its reason, journaled, and figures follow at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.reporting.queries import late_reports
from drillapp.core.drills.reporting.rules import report_rules
from drillapp.core.errors import Denied, DrillappError, InvalidInput, NotFound
from drillapp.core.home.figures import remembered_figures
from drillapp.core.home.queries import home_figures
from drillapp.core.journal.model import JournalEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.remembered import recall, remember
from drillapp.core.rules.book import rule_book
from drillapp.core.rules.changing import (
    retire_local_rule,
    save_local_rule,
    set_term,
    switch_off,
    switch_on,
)
from drillapp.core.rules.local import LocalRule
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

OWN = LocalRule(
    id="LOCAL-1", zh="街道每季度演练一次", en="street offices: a drill a quarter", article="京应急发〔2025〕1号第6条",
    kinds=("street",), window="cal_quarter",
)  # fmt: skip


@pytest.fixture
def street(office: Office) -> Office:
    """A district with one street and its community; the day is 2026-11-24."""
    save_units(
        office,
        [
            UnitEntry(code="S", name="West street", parent_code="110102", kind="street"),
            UnitEntry(code="C", name="West community", parent_code="S", kind="community"),
        ],
    )
    return office


def asked(office: Office, unit: str) -> set[str]:
    return {row.rule for row in obligations(office) if row.unit == unit}


def last_entry(office: Office) -> tuple[str, str]:
    with office.read() as connection:
        newest = select(JournalEntry.command, JournalEntry.content).order_by(JournalEntry.id.desc()).limit(1)
        return tuple(connection.execute(newest).one())  # type: ignore[return-value]


def test_a_rule_that_is_switched_off_is_asked_of_nobody_until_it_is_switched_on(street: Office) -> None:
    assert "DR-18" in asked(street, "C")
    switch_off(street, "DR-18", " 本区由街道统一组织 ")
    assert "DR-18" not in asked(street, "C")
    assert rule_book(street).off == {"DR-18": "本区由街道统一组织"}
    switch_on(street, "DR-18")
    assert "DR-18" in asked(street, "C")
    assert rule_book(street).off == {}


def test_each_decision_is_in_the_journal_with_what_was_before(street: Office) -> None:
    switch_off(street, "DR-18", "one reason")
    switch_off(street, "DR-18", "another")
    assert last_entry(street)[0] == "switch rule off"
    assert '"rules.off.DR-18":["one reason","another"]' in last_entry(street)[1]
    set_term(street, "SU-06", 6)
    assert '"rules.terms.SU-06":[null,6]' in last_entry(street)[1]
    save_local_rule(street, OWN)
    assert last_entry(street)[0] == "save local rule"
    assert '"rules.local.LOCAL-1":[null,{' in last_entry(street)[1]


def test_what_changes_nothing_is_not_journaled(street: Office) -> None:
    save_local_rule(street, OWN)
    before = last_entry(street)
    changes = [save_local_rule(street, OWN), switch_on(street, "DR-18"), set_term(street, "SU-06", None)]
    assert last_entry(street) == before
    assert not any(one.kinds for one in changes)


def test_a_decision_tells_the_pages(street: Office) -> None:
    assert switch_off(street, "DR-18", "why").touches("rules")
    assert set_term(street, "DR-06", 5).touches("rules")


@pytest.mark.parametrize(
    "decide",
    [
        lambda office: switch_off(office, "DR-18", "why"),
        lambda office: set_term(office, "SU-06", 1),
        lambda office: set_term(office, "DR-06S", 1),
        lambda office: save_local_rule(office, OWN),
    ],
)
def test_remembered_figures_do_not_survive_it(street: Office, decide: Callable[[Office], object]) -> None:
    home_figures(street, street.unit_id)
    remember(street, "count", lambda: 1)
    decide(street)
    assert remembered_figures(street, street.unit_id) is None
    assert recall(street, "count", int) is None


def test_no_decision_is_taken_in_an_office_that_is_only_read(street: Office) -> None:
    save_local_rule(street, OWN)
    street.is_read_only = True
    decisions: list[Callable[[], object]] = [
        lambda: switch_off(street, "DR-18", "why"),
        lambda: switch_on(street, "DR-18"),
        lambda: set_term(street, "SU-06", 6),
        lambda: set_term(street, "DR-06", 6),
        lambda: save_local_rule(street, replace(OWN, id="LOCAL-2")),
        lambda: retire_local_rule(street, "LOCAL-1", date(2026, 12, 31)),
    ]
    for decide in decisions:
        with pytest.raises(Denied):
            decide()
    assert rule_book(street).off == {}


@pytest.mark.parametrize("reason", ["", "  ", "\ud800", "x" * 100_000])
def test_a_reason_must_be_given(street: Office, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        switch_off(street, "DR-18", reason)
    assert refused.value.field == "reason"


def test_only_rules_that_there_are_can_be_decided_about(street: Office) -> None:
    decisions: list[Callable[[], object]] = [
        lambda: switch_off(street, "DR-99", "why"),
        lambda: switch_on(street, "DR-99"),
        lambda: set_term(street, "DR-99", 5),
        lambda: retire_local_rule(street, "DR-18", date(2026, 12, 31)),
    ]
    for decide in decisions:
        with pytest.raises(NotFound):
            decide()


def test_a_term_that_no_law_sets_is_the_offices_own_until_it_is_given_back(street: Office) -> None:
    def months() -> int:
        return rule_book(street).known["SU-06"].months

    usual = months()
    set_term(street, "SU-06", 6)
    assert months() == 6 != usual
    set_term(street, "SU-06", None)
    assert months() == usual


@pytest.mark.parametrize(
    ("rule", "term", "field"),
    [("SU-06", 0, "term"), ("SU-06", 121, "term"), ("DR-19", 366, "term"), ("DR-01", 12, "term"), ("DR-06", 0, "days"),
     ("DR-06", 366, "days")],
)  # fmt: skip
def test_a_term_that_cannot_be_is_refused(street: Office, rule: str, term: int, field: str) -> None:
    before = rule_book(street).known[rule]
    with pytest.raises(InvalidInput) as refused:
        set_term(street, rule, term)
    assert refused.value.field == field
    assert rule_book(street).known[rule] == before


def test_the_days_for_reporting_drills_are_kept_in_one_place(street: Office) -> None:
    set_term(street, "DR-06S", 4)
    assert {rule.id: rule.days for rule in report_rules(street)}["DR-06S"] == 4
    assert rule_book(street).known["DR-06S"].days == 4
    set_term(street, "DR-06S", None)
    assert rule_book(street).known["DR-06S"].days == 10


def test_a_rule_on_reporting_that_is_switched_off_is_not_asked_by_the_list_of_reports_either(
    street: Office,
) -> None:
    ended = datetime(2026, 6, 5, 11, tzinfo=BEIJING)
    drill = DrillEntry(number="D", unit_code="S", title="Drill", planned_on=date(2026, 6, 5), ended_at=ended)
    save_drills(street, [replace(drill, started_at=ended.replace(hour=9))])
    assert late_reports(street, None) == 1
    for rule in ("DR-06", "DR-06C", "DR-06S"):
        switch_off(street, rule, "why")
    assert late_reports(street, None) == 0
    assert report_rules(street) == []


def test_a_rule_of_the_offices_own_is_asked_of_the_units_it_names(street: Office) -> None:
    save_local_rule(street, OWN)
    assert "LOCAL-1" in asked(street, "S")
    assert "LOCAL-1" not in asked(street, "C")
    [row] = [row for row in obligations(street) if row.rule == "LOCAL-1"]
    assert (row.mark, row.article, row.state) == ("L", OWN.article, "no_data")


def test_a_drill_settles_it_as_it_says(street: Office) -> None:
    save_local_rule(street, replace(OWN, hazards=("火灾",)))
    began = datetime(2026, 11, 5, 9, tzinfo=BEIJING)
    drill = DrillEntry(
        number="D", unit_code="S", title="Drill", planned_on=began.date(), started_at=began, ended_at=began.replace(hour=11),
    )  # fmt: skip
    save_drills(street, [replace(drill, hazard="洪水")])
    assert {row.state for row in obligations(street) if row.rule == "LOCAL-1"} != {"met"}
    save_drills(street, [replace(drill, number="E", hazard="火灾")])
    assert {row.state for row in obligations(street) if row.rule == "LOCAL-1"} == {"met"}


def test_it_is_changed_under_its_id(street: Office) -> None:
    save_local_rule(street, OWN)
    save_local_rule(street, replace(OWN, kinds=("community",), window=None, months=6))
    assert "LOCAL-1" in asked(street, "C")
    assert "LOCAL-1" not in asked(street, "S")
    assert LocalRule.of(rule_book(street).known["LOCAL-1"]).months == 6


def test_without_english_words_the_chinese_ones_stand_for_them(street: Office) -> None:
    save_local_rule(street, replace(OWN, en=" "))
    assert rule_book(street).known["LOCAL-1"].en == OWN.zh


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"id": "DR-01"}, "id"),
    ({"id": "LOCAL-"}, "id"),
    ({"id": "LOCAL-a"}, "id"),
    ({"id": "LOCAL-" + "1" * 25}, "id"),
    ({"zh": " "}, "zh"),
    ({"article": ""}, "article"),
    ({"article": "\ud800"}, "article"),
    ({"kinds": ("castle",)}, "kinds"),
    ({"sectors": ("magic",)}, "sectors"),
    ({"plan_kinds": ("secret",)}, "plan_kinds"),
    ({"hazards": ("\x00",)}, "hazards"),
    ({"months": 6}, "months"),
    ({"window": None}, "months"),
    ({"window": None, "months": 121}, "months"),
    ({"window": None, "months": -1}, "months"),
    ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)}, "valid_to"),
]


def test_what_cannot_be_is_refused_with_its_field(street: Office) -> None:
    for changes, field in WRONG:
        with pytest.raises(InvalidInput) as refused:
            save_local_rule(street, replace(OWN, **changes))
        assert (changes, refused.value.field) == (changes, field)
        assert OWN.id not in rule_book(street).known


def test_all_that_is_wrong_is_said_at_once(street: Office) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_local_rule(street, replace(OWN, id="1", zh="", article=""))
    assert {problem.field for problem in refused.value.problems} == {"id", "zh", "article"}


def test_a_rule_that_is_retired_stays_in_force_as_of_earlier_days(street: Office) -> None:
    save_local_rule(street, OWN)
    retire_local_rule(street, "LOCAL-1", date(2026, 11, 23))
    assert "LOCAL-1" not in asked(street, "S")
    street.as_of = date(2026, 11, 23)
    assert "LOCAL-1" in asked(street, "S")


def test_it_cannot_end_before_it_begins(street: Office) -> None:
    save_local_rule(street, replace(OWN, valid_from=date(2027, 1, 1)))
    with pytest.raises(InvalidInput) as refused:
        retire_local_rule(street, "LOCAL-1", date(2026, 12, 31))
    assert refused.value.field == "last_day"
    retire_local_rule(street, "LOCAL-1", date(2027, 1, 1))
    assert rule_book(street).known["LOCAL-1"].valid_to == date(2027, 1, 1)


def test_every_refusal_is_said_in_words(street: Office) -> None:
    with pytest.raises(DrillappError) as refused:
        retire_local_rule(street, "DR-18", date(2026, 12, 31))
    assert refused.value.message
    assert refused.value.hint
