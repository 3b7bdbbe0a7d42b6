"""Events in any order against the plainest telling of a plan's life: nothing forbidden passes, states are the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.life import life_of
from drillapp.core.plans.life_rules import event_rules
from drillapp.core.plans.lifecycle import EventEntry, possible_events, record_event, withdraw_event
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import begin_version, version_in_force, versions_of
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.workdays.calendar import add_working_days
from tests.core.plans.life_reference import Life, Told, begin, in_force, is_filed, is_sound, state

FIRST = date(2026, 9, 1)
UNITS = {"government": ("110102", "special"), "unit": ("U", "comprehensive"), "high risk": ("H", "on_site")}
CONCLUSIONS = {
    "reviewed": ("passed", "rejected", ""),
    "appraised": ("passed", "rejected", ""),
    "filing_answered": ("complete", "incomplete"),
    "assessed": ("keep", "revise"),
    "revision_triggered": ("law",),
}
NATURAL = (
    "drafted", "risk_assessed", "resources_surveyed", "reviewed", "approved", "published", "filed", "filing_answered",
    "assessed", "revision_triggered",
)  # fmt: skip
_examples = count(1)


@st.composite
def doings(draw: st.DrawFn) -> list[tuple[str, int, str, int, str]]:
    """Things to try: mostly an event of the newest version near the natural order, and now and then anything else."""
    tried: list[tuple[str, int, str, int, str]] = []
    for turn in range(draw(st.integers(5, 22))):
        what = draw(st.sampled_from(("event",) * 12 + ("begin", "begin", "withdraw", "retire")))
        natural = NATURAL[min(turn * 2 // 3, len(NATURAL) - 1)]
        kind = draw(st.one_of(st.just(natural), st.sampled_from(tuple(STAGES))))
        back = draw(st.sampled_from((0, 0, 0, 1, 2)))
        day = max(0, turn + draw(st.integers(-2, 3)))
        tried.append((what, back, kind, day, draw(st.sampled_from(CONCLUSIONS.get(kind, ("",))))))
    return tried


STAGES = event_rules()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(tuple(UNITS)), doings())
def test_any_order_of_events_is_as_the_plain_telling_has_it(
    office: Office, family: str, tried: list[tuple[str, int, str, int, str]]
) -> None:
    office.as_of = None
    life, plan, number = begun(office, family)
    for turn, (what, back, kind, days, conclusion) in enumerate(tried):
        day = FIRST + timedelta(days=days)
        if what == "begin":
            life = try_to_begin(office, plan, life)
        elif what == "retire":
            life = try_to_retire(office, life, day, number) if turn > 8 else life
        elif what == "withdraw":
            life = try_to_withdraw(office, plan, life, back)
        else:
            version = max(1, life.versions - back)
            life = try_event(office, plan, life, Told(day, turn, version, kind, conclusion))
    check_days(office, plan, life, number)
    check_possible(office, plan, life)


def begun(office: Office, family: str) -> tuple[Life, int, str]:
    turn = next(_examples)
    save_units(
        office,
        [
            UnitEntry(code="U", name="商场", kind="enterprise"),
            UnitEntry(code="H", name="气站", kind="enterprise", high_risk=True),
        ],
    )
    code, kind = UNITS[family]
    number = f"P{turn}"
    (plan,) = save_plans(office, [PlanEntry(number=number, title="预案", unit_code=code, kind=kind)]).ids
    assert plan is not None
    return Life(family, 1, [], None), plan, number


def version_ids(office: Office, plan: int) -> list[int]:
    return [row.id for row in reversed(versions_of(office, plan))]


def try_event(office: Office, plan: int, life: Life, told: Told) -> Life:
    after = life._replace(events=[*life.events, told])
    entry = EventEntry(
        version_id=version_ids(office, plan)[told.version - 1], kind=told.kind, happened_on=told.day,
        conclusion=told.conclusion, people="专家甲", authority="区应急局",
    )  # fmt: skip
    if is_sound(after):
        record_event(office, entry)
        return after
    with pytest.raises(InvalidInput):
        record_event(office, entry)
    return life


def try_to_begin(office: Office, plan: int, life: Life) -> Life:
    if begin(life, life.versions) is not None and life.retired_on is None:
        begin_version(office, plan)
        return life._replace(versions=life.versions + 1)
    with pytest.raises(InvalidInput):
        begin_version(office, plan)
    return life


def try_to_retire(office: Office, life: Life, day: date, number: str) -> Life:
    # Retirement is a date of the plan's own; it may be told at any time, for a day when nothing happened after.
    if any(event.day > day for event in life.events):
        return life
    code, _kind = UNITS[life.family]
    save_plans(office, [PlanEntry(number=number, title="预案", unit_code=code, retired_on=day)])
    return life._replace(retired_on=day)


def try_to_withdraw(office: Office, plan: int, life: Life, back: int) -> Life:
    """Try it with one of the last events, of whatever version."""
    if back >= len(life.events):
        return life
    told = sorted(life.events)[-1 - back]
    after = life._replace(events=[event for event in life.events if event is not told])
    row = next(row for row in reversed(life_of(office, plan)) if is_told(row, told))
    if told == life.of(told.version)[-1] and is_sound(after):
        withdraw_event(office, row.id, "记错")
        return after
    with pytest.raises(InvalidInput):
        withdraw_event(office, row.id, "记错")
    return life


def is_told(row: object, told: Told) -> bool:
    return (row.kind, row.happened_on, row.version_ordinal) == (told.kind, told.day, told.version)  # type: ignore[attr-defined]


def check_days(office: Office, plan: int, life: Life, number: str) -> None:
    """On every day of interest the office says what the events up to it, told again, give."""
    days = {
        day + timedelta(days=more)
        for day in (FIRST, *(e.day for e in life.events))
        for more in (-1, 0, 1, 35)
    }
    for day in sorted({*days, life.retired_on or FIRST}):
        office.as_of = day
        rows = {row.ordinal: row for row in versions_of(office, plan)}
        assert {n: row.state for n, row in rows.items()} == {n: state(life, n, day) for n in rows}, day
        current = in_force(life, day)
        assert version_in_force(office, plan) == (rows[current].id if current else None)
        told = [(row.version_ordinal, row.kind, row.happened_on) for row in life_of(office, plan)]
        assert told == [(e.version, e.kind, e.day) for e in sorted(life.events) if e.day <= day]
        check_filing(office, life, day, number)
    office.as_of = None


def check_filing(office: Office, life: Life, day: date, number: str) -> None:
    """The list works with one day before which terms are over; here the term of the one plan is counted."""
    shown = [
        row for row in first_rows(office, PLANS, View(text=number, retired=True), 99) if row.number == number
    ]
    current = next((n for n in range(life.versions, 0, -1) if (begin(life, n) or date.max) <= day), None)
    published = [e.day for e in life.of(current) if e.kind == "published"] if current else []
    if not published:
        expected = "not_asked"
    elif is_filed(life, current or 0, day):
        expected = "filed"
    else:
        is_late = life.family != "unit" and add_working_days(office, published[0], 20).day < day
        expected = "late" if is_late else "due"
    assert [row.filing_state for row in shown] == [expected], day


def check_possible(office: Office, plan: int, life: Life) -> None:
    office.as_of = FIRST + timedelta(days=30)
    for ordinal, version in enumerate(version_ids(office, plan), 1):
        for possible in possible_events(office, version):
            earlier = {event.day for event in life.of(ordinal) if event.day < office.as_of}
            sound = [
                day for day in (office.as_of, *earlier) if is_sound_with(life, day, ordinal, possible.kind)
            ]
            assert possible.latest_on == max(sound, default=None), possible
            assert possible.allowed == bool(sound) == (possible.why_not == "")


def is_sound_with(life: Life, day: date, version: int, kind: str) -> bool:
    return is_sound(life._replace(events=[*life.events, Told(day, 99, version, kind)]))


def test_what_was_forgotten_can_still_be_told(office: Office) -> None:
    version = version_of(office, "government")
    record_event(office, EventEntry(version_id=version, kind="risk_assessed", happened_on=FIRST))
    approved_on = FIRST + timedelta(days=9)
    record_event(office, EventEntry(version_id=version, kind="approved", happened_on=approved_on))
    office.as_of = FIRST + timedelta(days=30)
    appraised = next(one for one in possible_events(office, version) if one.kind == "appraised")
    assert appraised.allowed
    assert appraised.latest_on == approved_on


def version_of(office: Office, family: str) -> int:
    _life, plan, _number = begun(office, family)
    return version_ids(office, plan)[0]


def test_the_refusal_names_what_is_missing_and_the_article(office: Office) -> None:
    version = version_of(office, "high risk")
    with pytest.raises(InvalidInput) as refusal:
        record_event(office, EventEntry(version_id=version, kind="approved", happened_on=FIRST))
    assert "风险评估" in refusal.value.message
    assert "第10条" in refusal.value.hint
    record_event(office, EventEntry(version_id=version, kind="risk_assessed", happened_on=FIRST))
    record_event(office, EventEntry(version_id=version, kind="resources_surveyed", happened_on=FIRST))
    with pytest.raises(InvalidInput) as refusal:
        record_event(office, EventEntry(version_id=version, kind="approved", happened_on=FIRST))
    assert "第21条" in refusal.value.hint


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "exploded"}, "kind"),
        ({"kind": "reviewed"}, "people"),
        ({"kind": "reviewed", "people": "甲", "conclusion": "keep"}, "conclusion"),
        ({"kind": "drafted", "conclusion": "keep"}, "conclusion"),
        ({"kind": "drafted", "note": "\x00"}, "note"),
        ({"kind": "drafted", "happened_on": date(2026, 11, 25)}, "happened_on"),
    ],
)
def test_an_event_says_what_it_must(office: Office, said: dict[str, object], field: str) -> None:
    version = version_of(office, "government")
    with pytest.raises(InvalidInput) as refusal:
        record_event(office, EventEntry(**{"version_id": version, "happened_on": FIRST} | said))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_withdrawal_gives_its_reason_and_takes_only_the_last(office: Office) -> None:
    _life, plan, _number = begun(office, "government")
    (version,) = version_ids(office, plan)
    for kind in ("drafted", "risk_assessed"):
        record_event(office, EventEntry(version_id=version, kind=kind, happened_on=FIRST))
    drafted, assessed = life_of(office, plan)
    for key, reason in ((drafted.id, "记错"), (assessed.id, " ")):
        with pytest.raises(InvalidInput):
            withdraw_event(office, key, reason)
    withdraw_event(office, assessed.id, "记错")
    withdraw_event(office, drafted.id, "记错")
    assert life_of(office, plan) == []
    with pytest.raises(NotFound):
        withdraw_event(office, drafted.id, "记错")
    with pytest.raises(NotFound):
        record_event(office, EventEntry(version_id=999, kind="drafted", happened_on=FIRST))


def test_old_records_lack_things_and_go_on_all_the_same(office: Office) -> None:
    """A ledger gives dates without reviews; what comes after is checked for what it adds."""
    code, kind = UNITS["high risk"]
    begun(office, "high risk")
    entry = PlanEntry(
        number="OLD",
        title="预案",
        unit_code=code,
        kind=kind,
        approved_on=FIRST,
        published_on=FIRST,
        filed_on=FIRST,
    )
    (plan,) = save_plans(office, [entry]).ids
    assert plan is not None
    (version,) = version_ids(office, plan)
    later = FIRST + timedelta(days=9)
    answer = EventEntry(version_id=version, kind="filing_answered", happened_on=later, conclusion="complete")
    record_event(office, answer)
    # What the old record lacks can be added for the day on which it was.
    record_event(office, EventEntry(version_id=version, kind="risk_assessed", happened_on=FIRST))
    with pytest.raises(InvalidInput):
        record_event(office, EventEntry(version_id=version, kind="resources_surveyed", happened_on=later))
