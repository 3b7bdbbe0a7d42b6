"""A plan is assessed on the form, with a conclusion that the answers bear out."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from sqlalchemy import func, select

from drillapp.core import enumerations
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.assessment import (
    Answer,
    AssessmentEntry,
    assessment_form,
    newest_assessment,
    save_assessment,
)
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import withdraw_event
from drillapp.core.plans.model import PlanAssessment
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import versions_of

PUBLISHED = date(2023, 3, 1)


@pytest.fixture
def entry(office: Office) -> AssessmentEntry:
    """The form of a plan in force, filled in."""
    saved = save_plans(
        office,
        [
            PlanEntry(
                number="P-1", title="预案", unit_code="110102", approved_on=PUBLISHED, published_on=PUBLISHED
            )
        ],
    )
    assert saved.ids[0] is not None
    return AssessmentEntry(
        version_id=versions_of(office, saved.ids[0])[0].id,
        happened_on=date(2026, 3, 2),
        assessors="王䶮（组长）\n刘洋",
        conclusion="revise",
        answers=(Answer("people", True, "电话已变更"), Answer("law", False)),
        basis="办法第35条",
        process="查阅资料、访谈、核对物资。",
        suggestions="更新名册。",
    )


def test_the_form_has_the_six_groups_and_its_triggers_are_known() -> None:
    form = assessment_form()
    assert [group.zh for group in form.group] == [
        "应急预案管理要求", "组织机构与职责", "主要事故风险", "应急资源", "应急预案衔接", "实施反馈",
    ]  # fmt: skip
    triggers = {item.trigger for item in form.items.values()} - {""}
    assert triggers == set(enumerations.codes("revision_trigger"))


def test_what_was_found_is_kept_with_the_event(office: Office, entry: AssessmentEntry) -> None:
    changes = save_assessment(office, entry)
    assert changes.touches("plan_events")
    found = newest_assessment(office, 1)
    assert (found.conclusion, found.happened_on) == ("revise", date(2026, 3, 2))
    assert found.assessors == ("王䶮（组长）", "刘洋")
    assert found.answers == entry.answers
    assert (found.basis, found.process, found.suggestions) == (entry.basis, entry.process, entry.suggestions)
    (row,) = first_rows(office, PLANS, View(), 5)
    assert row.assessed_on == date(2026, 3, 2)


def test_an_assessment_is_seen_from_its_day_on(office: Office, entry: AssessmentEntry) -> None:
    save_assessment(office, entry)
    save_assessment(office, msgspec.structs.replace(entry, happened_on=date(2026, 9, 1), conclusion="keep"))
    assert newest_assessment(office, 1).conclusion == "keep"
    office.as_of = date(2026, 8, 31)
    assert newest_assessment(office, 1).conclusion == "revise"
    office.as_of = date(2026, 3, 1)
    with pytest.raises(NotFound):
        newest_assessment(office, 1)


def test_an_assessment_of_a_ledger_has_no_answers(office: Office, entry: AssessmentEntry) -> None:
    save_plans(
        office, [PlanEntry(number="P-1", title="预案", unit_code="110102", assessed_on=date(2026, 2, 1))]
    )
    found = newest_assessment(office, 1)
    assert (found.answers, found.assessors, found.conclusion) == ((), (), "")
    assert entry.version_id == found.version_id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"assessors": " \n"}, "assessors"),
        ({"conclusion": ""}, "conclusion"),
        ({"conclusion": "perhaps"}, "conclusion"),
        ({"happened_on": date(2026, 11, 25)}, "happened_on"),
        ({"happened_on": date(2023, 2, 28)}, "happened_on"),
        ({"answers": (Answer("weather", True),)}, "answers"),
        ({"answers": (Answer("law", True), Answer("law", False))}, "answers"),
        ({"answers": (Answer("law", True, "x" * 4001),)}, "answers"),
        ({"conclusion": "keep", "suggestions": ""}, "suggestions"),
        ({"answers": (Answer("law", False),), "suggestions": " "}, "suggestions"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_written(
    office: Office, entry: AssessmentEntry, change: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_assessment(office, msgspec.structs.replace(entry, **change))
    assert refused.value.field == field
    with pytest.raises(NotFound):
        newest_assessment(office, 1)


def test_a_withdrawn_assessment_takes_its_form_along(office: Office, entry: AssessmentEntry) -> None:
    save_assessment(office, entry)
    withdraw_event(office, newest_assessment(office, 1).event_id, "登记有误")
    with office.read() as connection:
        assert connection.execute(select(func.count()).select_from(PlanAssessment)).scalar_one() == 0
