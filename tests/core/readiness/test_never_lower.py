"""Raising any input never lowers a score; only a floor may hold a grade down."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.formula import Value, formula, score
from drillapp.core.readiness.queries import readiness
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.entries import MovementEntry
from tests.core.rules.district import LAST, random_facts
from tests.core.rules.entering import ITEMS, enter

MISSED = ("overdue", "no_data")


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    """How much is met, known and asked."""
    asked = draw(st.integers(0, 6))
    known = draw(st.integers(0, asked))
    return draw(st.integers(0, known)), known, asked


@st.composite
def values(draw: st.DrawFn) -> dict[str, Value]:
    """The indicators of a unit."""
    share = draw(st.sampled_from([None, 0.3, 0.5, 1.0]))
    found = {}
    for one in formula().indicator:
        own, below = draw(counts()), draw(counts())
        found[one.name] = Value(one.weight, *map(sum, zip(own, below, strict=True)), *own, share)
    return found


@given(values(), st.data())
def test_a_duty_that_is_met_after_all_never_lowers_a_score(
    told: dict[str, Value], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(told)))
    is_own, was_known = data.draw(st.booleans()), data.draw(st.booleans())
    old = told[name]
    met, known, asked = old.met, old.known, old.asked
    if is_own:
        met, known, asked = old.own_met, old.own_known, old.own_asked
    else:
        met, known, asked = met - old.own_met, known - old.own_known, asked - old.own_asked
    if (known if was_known else asked) == (met if was_known else known):
        return  # nothing of this sort is missed
    change = {"met": old.met + 1, "known": old.known + (not was_known)}
    if is_own:
        change |= {"own_met": old.own_met + 1, "own_known": old.own_known + (not was_known)}
    raised = {**told, name: msgspec.structs.replace(old, **change)}
    before, after = score(told), score(raised)
    assert after is not None
    assert before is None or after >= before
    grades = [step.code for step in formula().grade]
    place = [grades.index(formula().grade_of(one) or grades[-1]) for one in (before, after)]
    assert place[1] <= place[0]


@given(st.floats(0, 100), st.sets(st.sampled_from([floor.name for floor in formula().floor])))
def test_a_floor_never_raises_a_grade_and_holds_it_whatever_the_score(
    points: float, broken: set[str]
) -> None:
    grades = [step.code for step in formula().grade]
    caps = {floor.name: grades.index(floor.cap) for floor in formula().floor}
    free, capped = formula().grade_of(points), formula().grade_of(points, broken)
    assert free is not None
    assert capped is not None
    assert grades.index(capped) == max([grades.index(free), *(caps[name] for name in broken)])


def settle(office: Office, row: Obligation, number: str) -> bool:
    """Do what is missed, today; False where this test knows no way."""
    today = office.as_of
    begin = datetime(today.year, today.month, today.day, 9, tzinfo=BEIJING)
    match row.settled_by:
        case "drill_held":
            plan = row.evidence[0] if row.subject_kind == "plans" and row.evidence else None
            entry = DrillEntry(
                number=number, unit_code=row.unit, title=number, planned_on=today, hazard="火灾", evacuation=True,
                started_at=begin, ended_at=begin + timedelta(hours=1), plan_number=plan if plan and "-P" in plan else None,
            )  # fmt: skip
            save_drills(office, [entry])
        case "plan_assessed":
            save_plans(
                office,
                [PlanEntry(number=row.subject, title=row.subject, unit_code=row.unit, assessed_on=today)],
            )
        case "finding_corrected":
            drill = row.evidence[0]
            save_findings(
                office,
                [FindingEntry(drill_number=drill, number=row.subject, text=row.subject, done_on=today)],
            )
        case "level_met":
            code = next(code for code, name in ITEMS.items() if name == row.subject)
            entry_in = {"kind": "in", "storehouse": row.unit, "item_code": code, "quantity": 99}
            save_movements(office, [MovementEntry(document=number, occurred_on=today, **entry_in)])
        case "card_issued" if row.subject_kind == "posts":
            card = {"number": number, "unit_code": row.unit, "post": row.subject}
            save_cards(office, [CardEntry(**card, issued_on=today)])
        case _:
            return False
    return True


def test_what_is_done_at_last_lowers_no_score_of_anybody(office: Office) -> None:
    enter(office, random_facts(Random(3)))
    done: dict[str, Obligation] = {}
    before = {row.unit: row for row in readiness(office)}
    first = before
    for row in obligations(office, states=MISSED):
        if row.settled_by not in done and settle(office, row, f"N{len(done)}"):
            done[row.settled_by] = row
            after = {row.unit: row for row in readiness(office)}
            for unit, now in after.items():
                earlier = before[unit].score
                assert earlier is None or (now.score is not None and now.score >= earlier), (unit, row)
            before = after
    assert office.as_of == LAST
    assert len(done) >= 4
    raised = {unit for unit, row in before.items() if row.score != first[unit].score}
    # What was put right late stays missed.
    assert raised >= {row.unit for row in done.values() if row.settled_by != "finding_corrected"}
    assert "110102" in raised
