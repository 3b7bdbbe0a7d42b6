"""The evaluation as a whole: response times from the log, objectives, verdict, findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.conduct.response import InjectResponse, LevelResponse, ResponseTimes
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.evaluation.objectives import Judgement, judge_objectives
from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.evaluation.responses import late_actions, responses
from drillapp.core.drills.evaluation.rows import SheetEntry
from drillapp.core.drills.evaluation.sheets import add_sheet, reopen_sheet
from drillapp.core.drills.evaluation.stored import sheet_numbered
from drillapp.core.drills.evaluation.verdict import VerdictEntry, give_verdict
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.queries import DRILLS
from drillapp.core.drills.rows import DrillRow
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from tests.core.drills.evaluation.conftest import START
from tests.core.drills.evaluation.filling import FORM, evaluate


def judge(office: Office, drill: int, *met: str) -> None:
    objectives = evaluation_of(office, drill).objectives
    judge_objectives(
        office,
        drill,
        [Judgement(one.id, word, "晚了两分钟") for one, word in zip(objectives, met, strict=True)],
    )


def verdict(**said: Any) -> VerdictEntry:
    return VerdictEntry(
        **{"rating": "excellent", "decided_by": "王䶮", "decided_on": date(2026, 11, 23)} | said
    )


def row(office: Office, drill: int) -> DrillRow:
    (found,) = rows(office, DRILLS, [drill])
    return found


def test_a_drill_without_sheets_is_not_rated(office: Office, drill: int) -> None:
    found = evaluation_of(office, drill)
    assert (found.rating.code, found.sheets, found.verdict, found.has_ended) == (None, (), None, True)
    assert len(found.unjudged) == 2
    with pytest.raises(NotFound):
        evaluation_of(office, 99)


def test_the_evaluation_of_a_drill_taken_off_the_list_can_still_be_read(office: Office, drill: int) -> None:
    evaluate(office, drill, "李")
    retire(office, "drills", [drill], date(2026, 11, 24))
    assert len(evaluation_of(office, drill).sheets) == 1


def test_two_evaluators_make_one_rating(office: Office, drill: int) -> None:
    evaluate(office, drill, "李")
    evaluate(office, drill, "王", {"S2.2": "十五分钟才报告", "S4.3": "没有记录"}, institution="安评中心")
    judge(office, drill, "met", "met")
    found = evaluation_of(office, drill)
    # Two items at 50 % are faults, one of them critical: of 14 items 14.3 %.
    assert (found.rating.figures.faults, found.rating.figures.critical) == (2, 1)
    assert found.rating.code == "fair"
    assert [item.item.code for item in found.disputed] == ["S2.2", "S4.3"]
    assert found.is_third_party


def response_drill(office: Office, drill: int) -> None:
    """Three injects: one action in time, one late, one never done."""
    entries = [
        InjectEntry(number=str(place), content=f"情况{place}", offset_seconds=60 * place, addressee="值班室",
                    expected_action=f"行动{place}", within_seconds=120)
        for place in (1, 2, 3)
    ]  # fmt: skip
    save_injects(office, drill, [*entries, InjectEntry(number="4", content="背景声", offset_seconds=300)])
    injects = injects_of(office, drill)
    for place, inject in enumerate(injects):
        conduct.release(office, drill, inject.id, at=START + timedelta(minutes=place), regardless=True)
    conduct.done(office, drill, injects[0].id, at=START + timedelta(seconds=90))
    conduct.done(office, drill, injects[1].id, at=START + timedelta(seconds=60 + 150))


def test_response_times_come_from_the_log(office: Office, drill: int) -> None:
    response_drill(office, drill)
    found = evaluation_of(office, drill).responses
    assert [(one.source, one.within, one.taken, one.state) for one in found] == [
        ("1", 120, 90.0, "done"), ("2", 120, 150.0, "done_late"), ("3", 120, None, "late"),
    ]  # fmt: skip
    evaluate(office, drill, "李")
    judge(office, drill, "met", "met")
    rating = evaluation_of(office, drill).rating
    assert (rating.figures.late, rating.code) == (2, "good")


def test_the_limits_of_the_plans_level_are_held_against_the_log(office: Office, drill: int) -> None:
    level = LevelResponse("三级响应", "值班室", "报告区应急局", 60, START, 90.0)
    unseen = LevelResponse("三级响应", None, "封闭道路", 60, None, None)
    inject = InjectResponse(1, "1", None, "报告区应急局", None, START, START, 90.0, 80, "done_late")
    both = responses(ResponseTimes((inject,), (level, unseen)))
    assert [(one.source, one.state, one.is_late) for one in both] == [
        ("1", "done_late", True), ("三级响应", "done_late", True), ("三级响应", "", False),
    ]  # fmt: skip
    assert late_actions(both) == 1  # one action, late by both limits
    assert late_actions(responses(ResponseTimes((), (level,)))) == 1


def test_objectives_are_judged_with_a_note_where_something_was_missing(office: Office, drill: int) -> None:
    first, second = evaluation_of(office, drill).objectives
    with pytest.raises(InvalidInput, match="五分钟内上报"):
        judge_objectives(office, drill, [Judgement(first.id, "partly")])
    with pytest.raises(InvalidInput):
        judge_objectives(office, drill, [Judgement(first.id, "perhaps", "x")])
    with pytest.raises(NotFound):
        judge_objectives(office, drill, [Judgement(99, "met")])
    changes = judge_objectives(
        office, drill, [Judgement(first.id, "met"), Judgement(second.id, "not_met", "用了二十分钟")]
    )
    assert changes.touches("drill_objectives", "drills")
    found = evaluation_of(office, drill)
    assert [(one.met, one.note) for one in found.objectives] == [("met", None), ("not_met", "用了二十分钟")]
    assert (found.rating.figures.met, found.rating.figures.unmet) == (1, 1)
    assert not judge_objectives(office, drill, [Judgement(first.id, "met")]).kinds


def test_the_verdict_goes_to_the_drill(office: Office, drill: int) -> None:
    evaluate(office, drill, "李", institution="安评中心")
    judge(office, drill, "met", "met")
    changes = give_verdict(office, drill, verdict())
    assert (row(office, drill).rating, row(office, drill).third_party) == ("excellent", True)
    assert changes.touches("drills")
    with pytest.raises(InvalidInput) as refused:
        give_verdict(office, drill, verdict(rating="good"))
    assert refused.value.field == "reason"
    give_verdict(office, drill, verdict(rating="good", reason="情景过于简单"))
    found = evaluation_of(office, drill).verdict
    assert found is not None
    assert (found.rating, found.computed, found.reason) == ("good", "excellent", "情景过于简单")
    assert row(office, drill).rating == "good"
    sheet = sheet_numbered(office, drill, 1)
    with pytest.raises(InvalidInput, match="2026-11-23"):
        reopen_sheet(office, sheet.id, sheet.revision)


Make = Callable[[Office, int], None]


def _open(office: Office, drill: int) -> None:
    add_sheet(office, drill, SheetEntry(form=FORM, evaluator="赵"))


@pytest.mark.parametrize(
    ("said", "before", "field"),
    [
        ({"rating": "superb"}, None, "rating"),
        ({"decided_by": " "}, None, "decided_by"),
        ({"decided_on": date(2026, 11, 25)}, None, "decided_on"),
        ({"decided_on": date(2026, 11, 19)}, None, "decided_on"),
        ({"reason": "x" * 5000}, None, "reason"),
        ({}, _open, "rating"),
        ({}, lambda office, drill: judge_objectives(office, drill, [Judgement(1, None)]), "rating"),
    ],
)
def test_a_verdict_waits_for_all(
    office: Office, drill: int, said: dict[str, Any], before: Make | None, field: str
) -> None:
    evaluate(office, drill, "李")
    judge(office, drill, "met", "met")
    if before is not None:
        before(office, drill)
    with pytest.raises(InvalidInput) as refused:
        give_verdict(office, drill, verdict(**said))
    assert refused.value.field == field
    assert row(office, drill).rating is None


def test_a_drill_that_runs_is_not_rated(office: Office, drill: int) -> None:
    _, running = drill, _running(office)
    evaluate(office, running, "李")
    with pytest.raises(InvalidInput, match="not ended"):
        give_verdict(office, running, verdict())


def _running(office: Office) -> int:
    saved = save_drills(
        office,
        [DrillEntry(number="D-2", unit_code="110102", title="x", planned_on=date(2026, 11, 23), started_at=START)],
    )  # fmt: skip
    assert saved.ids[0] is not None
    return saved.ids[0]
