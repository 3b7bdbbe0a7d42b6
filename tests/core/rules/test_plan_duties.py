"""What is asked of each plan in force: filed, complete, reviewed, revised; to the day, on any day, by version."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple

import msgspec
import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import insert

from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Block, Content, Grid, Paragraph, Picture, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.gaps import gaps_of
from drillapp.core.plans.model import PlanEvent, PlanVersion
from drillapp.core.plans.outline import outline_for, starting_content
from drillapp.core.plans.versions import versions_of, write_content
from drillapp.core.plans.writing import store_content
from drillapp.core.readiness.queries import readiness
from drillapp.core.rules.changing import switch_off
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.references import unit_id
from drillapp.core.workdays.calendar import Calendar

BEFORE_NATIONAL_DAY = date(2026, 9, 25)
DUE = date(2026, 10, 29)
"""Its twentieth working day: the week of the National Day lies between, and a Saturday is worked."""


@pytest.fixture(autouse=True)
def units(office: Office) -> None:
    save_units(office, [
        UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
        UnitEntry(code="C", name="安德里社区", kind="community", parent_code="S"),
        UnitEntry(code="E", name="商场", kind="enterprise", parent_code="S", high_risk=True),
        UnitEntry(code="G", name="加油站", kind="station", parent_code="S", high_risk=True, sectors="hazardous_chemicals"),
        UnitEntry(code="M", name="剧院", kind="site", parent_code="S", crowded=True),
        UnitEntry(code="F", name="书店", kind="enterprise", parent_code="S"),
        UnitEntry(code="N", name="新店", kind="enterprise", parent_code="S", high_risk=True, valid_from=date(2026, 10, 1)),
    ])  # fmt: skip


def plan(office: Office, unit: str, begin: date, **fields: object) -> int:
    """A plan that was approved and published on a day; the key of its version."""
    said = {"number": f"{unit}-1", "title": "预案", "approved_on": begin, "published_on": begin, **fields}
    (key,) = save_plans(office, [PlanEntry(unit_code=unit, **said)]).ids
    assert key is not None
    return versions_of(office, key)[0].id


def happened(office: Office, version: int, kind: str, day: date, conclusion: str | None = None) -> None:
    with office.write("test") as work:
        of_version = PlanVersion.__table__.c.id == version
        key = work.connection.execute(PlanVersion.__table__.select().where(of_version)).one().plan_id
        values = {"plan_id": key, "version_id": version, "kind": kind, "happened_on": day}
        work.connection.execute(insert(PlanEvent).values(conclusion=conclusion, **values))


def further(office: Office, version: int, begin: date) -> int:
    """The next version of a plan, approved and published on a day; its key."""
    with office.write("test") as work:
        table = PlanVersion.__table__
        old = work.connection.execute(table.select().where(table.c.id == version)).one()
        values = {"plan_id": old.plan_id, "ordinal": old.ordinal + 1, "owner_id": old.owner_id}
        new = work.connection.execute(
            insert(PlanVersion).values(uid=f"{old.plan_id:030x}{old.ordinal:02x}", **values)
        )
        (key,) = new.inserted_primary_key
    for kind in ("approved", "published"):
        happened(office, key, kind, begin)
    return int(key)


def asked(office: Office, settled_by: Settlement, day: date) -> dict[str, Obligation]:
    """What is asked on a day, by unit."""
    return {row.unit: row for row in obligations(office, settled_by=(settled_by,), on=day)}


def told(office: Office, settled_by: Settlement, day: date, unit: str = "E") -> tuple[str, date | None, bool]:
    row = asked(office, settled_by, day)[unit]
    assert (row.subject_kind, row.subject, row.evidence) == ("plans", "预案", [f"{unit}-1"])
    return row.state, row.due_on, row.late


# Filing ------------------------------------------------------------------------------------------------------------------


def test_over_the_national_day_a_plan_is_filed_in_time_or_a_day_late(office: Office) -> None:
    version = plan(office, "E", BEFORE_NATIONAL_DAY)
    assert told(office, "plan_filed", DUE) == ("due", DUE, False)
    assert told(office, "plan_filed", DUE + timedelta(1)) == ("overdue", DUE, False)
    assert not asked(office, "plan_filed", DUE)["E"].is_estimated
    assert not asked(office, "plan_filed", BEFORE_NATIONAL_DAY - timedelta(1))
    happened(office, version, "filed", DUE + timedelta(1))
    assert told(office, "plan_filed", DUE) == ("due", DUE, False)
    assert told(office, "plan_filed", DUE + timedelta(1)) == ("met", DUE, True)


def test_filed_on_the_last_day_is_not_late(office: Office) -> None:
    happened(office, plan(office, "E", BEFORE_NATIONAL_DAY), "filed", DUE)
    assert told(office, "plan_filed", DUE) == ("met", DUE, False)


def test_a_term_into_a_year_not_announced_is_estimated(office: Office) -> None:
    office.clock.moment = datetime(2026, 12, 20, 4, tzinfo=UTC)  # type: ignore[attr-defined]
    plan(office, "E", date(2026, 12, 18))
    row = asked(office, "plan_filed", date(2026, 12, 20))["E"]
    assert (row.state, row.due_on, row.is_estimated) == (
        "due",
        Calendar({}).after(date(2026, 12, 18), 20).day,
        True,
    )


def test_what_was_sent_back_is_to_be_filed_again(office: Office) -> None:
    version = plan(office, "E", BEFORE_NATIONAL_DAY)
    happened(office, version, "filed", date(2026, 10, 10))
    happened(office, version, "filing_answered", date(2026, 10, 15), "incomplete")
    assert told(office, "plan_filed", date(2026, 10, 14))[0] == "met"
    assert told(office, "plan_filed", date(2026, 10, 15))[0] == "due"
    assert told(office, "plan_filed", date(2026, 10, 30))[0] == "overdue"
    happened(office, version, "filed", date(2026, 11, 2))
    assert told(office, "plan_filed", date(2026, 11, 2)) == ("met", DUE, True)


def test_each_plan_is_filed_by_the_first_rule_that_concerns_it(office: Office) -> None:
    for unit in ("110102", "S", "C", "E", "G", "M", "F"):
        plan(office, unit, date(2026, 9, 1))
    rules = {unit: row.rule for unit, row in asked(office, "plan_filed", date(2026, 11, 1)).items()}
    assert rules == {
        "110102": "PL-03-OVERALL", "S": "PL-04", "C": "PL-05", "E": "PL-01", "G": "PL-02", "M": "PL-01-CROWDED", "F": "PL-06"
    }  # fmt: skip
    switch_off(office, "PL-01", "由市局受理")
    left = asked(office, "plan_filed", date(2026, 11, 1))
    assert left.keys() == rules.keys() - {"E"}
    # The readiness of a unit counts the same rows: what is not asked any more is not missed either.
    with office.read() as connection:
        mall, station = unit_id(connection, "E"), unit_id(connection, "G")
    plans = {row.unit_id: row.indicators["plans"] for row in readiness(office, on=date(2026, 11, 1))}
    assert plans[station].own_known == plans[mall].own_known + 1


def test_without_a_term_a_plan_is_due_until_it_is_filed(office: Office) -> None:
    version = plan(office, "F", date(2024, 1, 2))
    assert told(office, "plan_filed", date(2026, 11, 24), "F") == ("due", None, False)
    happened(office, version, "filed", date(2026, 11, 20))
    assert told(office, "plan_filed", date(2026, 11, 24), "F") == ("met", None, False)


def test_only_what_is_published_in_force_and_of_a_unit_in_effect_is_to_be_filed(office: Office) -> None:
    plan(office, "E", date(2026, 3, 2), published_on=None)
    plan(office, "G", date(2026, 3, 2), retired_on=date(2026, 9, 1))
    plan(office, "N", date(2026, 3, 2))
    assert asked(office, "plan_filed", date(2026, 8, 31)).keys() == {"G"}
    assert asked(office, "plan_filed", date(2026, 9, 1)).keys() == set()
    assert asked(office, "plan_filed", date(2026, 10, 1)).keys() == {"N"}


def test_a_revised_plan_is_filed_anew(office: Office) -> None:
    version = plan(office, "E", date(2026, 3, 2), filed_on=date(2026, 3, 10))
    further(office, version, BEFORE_NATIONAL_DAY)
    assert told(office, "plan_filed", BEFORE_NATIONAL_DAY - timedelta(1))[0] == "met"
    assert told(office, "plan_filed", BEFORE_NATIONAL_DAY) == ("due", DUE, False)
    assert told(office, "plan_filed", DUE + timedelta(1)) == ("overdue", DUE, False)


# Text --------------------------------------------------------------------------------------------------------------------


def test_a_plan_is_complete_once_every_section_of_its_outline_says_something(office: Office) -> None:
    whole = starting_content(outline_for("overall", "street"))
    said = tuple(msgspec.structs.replace(one, blocks=(Paragraph("内容。"),)) for one in whole.sections)
    of_street = {"tier": "street", "kind": "overall"}
    _nothing, headings, written = (
        plan(office, "S", date(2026, 3, 2), number=number, **of_street) for number in ("无", "标题", "全")
    )
    assert outlined(office, date(2026, 11, 24)) == {"无": "no_data", "标题": "no_data", "全": "no_data"}
    write_content(office, headings, 1, whole)
    write_content(office, written, 1, Content(said))
    assert outlined(office, date(2026, 11, 24)) == {"无": "no_data", "标题": "overdue", "全": "met"}
    further(office, written, date(2026, 11, 1))
    assert outlined(office, date(2026, 11, 1))["全"] == "no_data"
    assert outlined(office, date(2026, 10, 31))["全"] == "met"


def outlined(office: Office, day: date) -> dict[str, str]:
    rows = obligations(office, settled_by=("plan_outlined",), on=day)
    return {row.evidence[0]: row.state for row in rows}


SILENT: tuple[tuple[Block, ...], ...] = (
    (),
    (Paragraph(""),),
    (Paragraph(" \u3000\n"),),
    (Grid((("", " "),)),),
)
SPEAKING: tuple[tuple[Block, ...], ...] = (
    (Paragraph("内容。"),), (Paragraph(""), Paragraph("内容。")), (Grid((("", "3"),)),), (Picture("00"),),
    (Paragraph("“引”"),), (Paragraph("\\"),),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_complete_is_what_the_page_of_a_plan_finds_no_gap_in(office: Office, seed: int) -> None:
    random, versions = Random(seed), {}
    outline = starting_content(outline_for("on_site", None))
    for unit in ("S", "C", "E", "G", "M", "F"):
        versions[unit] = plan(office, unit, date(2026, 3, 2), kind="on_site")
        silent = random.choice((0.0, 0.1))
        sections = [_written(random, one, silent) for one in outline.sections if random.random() > silent / 5]
        with office.write("test") as work:  # past the check that pictures are kept
            store_content(work.connection, versions[unit], Content(tuple(sections)))
    office.as_of = date(2026, 11, 24)
    lacking = {
        unit for unit, version in versions.items()
        if {"section_missing", "section_empty", "no_content"} & {gap.kind for gap in gaps_of(office, version)}
    }  # fmt: skip
    rows = asked(office, "plan_outlined", office.as_of)
    assert {unit for unit, row in rows.items() if row.state == "overdue"} == lacking
    assert {unit for unit, row in rows.items() if row.state == "met"} == versions.keys() - lacking


def _written(random: Random, section: Section, silent: float) -> Section:
    blocks = random.choice(SILENT if random.random() < silent else SPEAKING)
    return msgspec.structs.replace(section, blocks=blocks)


# Review and revision -----------------------------------------------------------------------------------------------------


def test_key_units_have_their_plans_reviewed_before_they_are_signed(office: Office) -> None:
    signed = date(2026, 5, 20)
    versions = {unit: plan(office, unit, signed) for unit in ("E", "G", "F")}
    other = plan(office, "E", signed, number="E-2", title="预案二")
    assert {unit: row.state for unit, row in asked(office, "plan_reviewed", signed).items()} == {
        "E": "no_data", "G": "no_data"
    }  # fmt: skip
    happened(office, other, "reviewed", signed, "rejected")
    happened(office, versions["G"], "appraised", signed, "passed")
    rows = obligations(office, settled_by=("plan_reviewed",), on=signed)
    assert {(row.unit, row.subject, row.state) for row in rows} == {
        ("E", "预案", "overdue"), ("E", "预案二", "overdue"), ("G", "预案", "met"),
    }  # fmt: skip
    happened(office, versions["E"], "reviewed", signed + timedelta(1), "passed")
    assert told(office, "plan_reviewed", signed + timedelta(1), "G")[0] == "met"
    late = obligations(office, settled_by=("plan_reviewed",), on=signed + timedelta(1))
    assert {row.state for row in late if row.unit == "E"} == {"overdue"}, "signed first, reviewed then"


def test_a_plan_with_cause_is_revised_within_the_months(office: Office) -> None:
    version = plan(office, "E", date(2025, 3, 2))
    cause, due = date(2025, 8, 31), date(2026, 2, 28)
    assert not asked(office, "plan_revised", cause)
    happened(office, version, "revision_triggered", cause, "law")
    happened(office, version, "revision_triggered", cause + timedelta(40), "drill")
    assert not asked(office, "plan_revised", cause - timedelta(1))
    assert told(office, "plan_revised", due) == ("due", due, False)
    assert told(office, "plan_revised", due + timedelta(1)) == ("overdue", due, False)
    further(office, further(office, version, due + timedelta(45)), date(2026, 6, 1))
    done = told(office, "plan_revised", date(2026, 7, 1))
    assert done == ("met", (cause + timedelta(40)) + relativedelta(months=6), True)
    assert told(office, "plan_revised", due + timedelta(44))[0] == "overdue"


# All at once -------------------------------------------------------------------------------------------------------------


class Event(NamedTuple):
    ordinal: int
    kind: str
    day: date
    conclusion: str


@pytest.mark.parametrize("seed", range(3))
def test_on_any_day_it_is_what_a_person_would_find_in_the_records(office: Office, seed: int) -> None:
    random = Random(seed)
    plans = {unit: _random_life(random, office, unit) for unit in ("S", "C", "E", "G", "M", "F")}
    seen = set()
    for day in (date(2025, 1, 1) + timedelta(random.randrange(690)) for _ in range(12)):
        for settled_by, judge in (
            ("plan_filed", _filed),
            ("plan_revised", _revised),
            ("plan_reviewed", _reviewed),
        ):
            expected = {unit: judge(unit, events, day) for unit, events in plans.items()}
            found = {unit: row.state for unit, row in asked(office, settled_by, day).items()}  # type: ignore[arg-type]
            assert found == {unit: state for unit, state in expected.items() if state}, (settled_by, day)
            seen |= {(settled_by, state) for state in found.values()}
    assert {("plan_filed", "met"), ("plan_filed", "overdue"), ("plan_filed", "due")} <= seen


def _random_life(random: Random, office: Office, unit: str) -> list[Event]:
    events, day = [], date(2025, 1, 1) + timedelta(random.randrange(60))
    version = plan(office, unit, day)
    for ordinal in (1, 2, 3):
        events += [Event(ordinal, "approved", day, ""), Event(ordinal, "published", day, "")]
        own = [(random.choice(("reviewed", "appraised")), day - timedelta(random.randrange(-1, 9)), "passed")]
        own += [("filed", day + timedelta(random.randrange(1, 50)), "")]
        own += [
            (
                "filing_answered",
                own[1][1] + timedelta(random.randrange(5)),
                random.choice(("incomplete", "complete")),
            )
        ]
        own += [("revision_triggered", day + timedelta(random.randrange(60)), "law")]
        for kind, when, conclusion in random.sample(own, random.randrange(5)):
            happened(office, version, kind, when, conclusion)
            events.append(Event(ordinal, kind, when, conclusion))
        if ordinal == 3 or random.random() < 0.4:
            break
        day += timedelta(random.randrange(60, 300))
        version = further(office, version, day)
    return events


def _current(events: list[Event], day: date) -> tuple[int, date] | None:
    begun = [(event.ordinal, event.day) for event in events if event.kind == "published" and event.day <= day]
    return max(begun, default=None)


def _filed(unit: str, events: list[Event], day: date) -> str:
    current = _current(events, day)
    if current is None:
        return ""
    own = [event for event in events if event.ordinal == current[0] and event.day <= day]
    filed = [event for event in own if event.kind == "filed"]
    # On one day the filing comes before its answer, whichever was written first.
    back = [event for event in own if event.kind == "filing_answered" and event.conclusion == "incomplete"]
    stands = [
        one
        for one in filed
        if not any(answer.day >= one.day and _is_after(events, answer, one) for answer in back)
    ]
    if stands:
        return "met"
    over = unit != "F" and Calendar({}).after(current[1], 20).day < day
    return "overdue" if over else "due"


def _is_after(events: list[Event], answer: Event, filing: Event) -> bool:
    return answer.day > filing.day or events.index(answer) > events.index(filing)


def _revised(_unit: str, events: list[Event], day: date) -> str:
    current = _current(events, day)
    causes = [event for event in events if event.kind == "revision_triggered" and event.day <= day]
    if current is None or not causes:
        return ""
    open_since = min((event.day for event in causes if event.ordinal == current[0]), default=None)
    if open_since is None:
        return "met"
    return "overdue" if open_since + relativedelta(months=6) < day else "due"


def _reviewed(unit: str, events: list[Event], day: date) -> str:
    current = _current(events, day)
    if current is None or unit not in "EG":
        return ""
    reviews = [event for event in events if event.kind in ("reviewed", "appraised") and event.day <= day]
    if any(event.ordinal == current[0] and event.day <= current[1] for event in reviews):
        return "met"
    return "overdue" if reviews else "no_data"
