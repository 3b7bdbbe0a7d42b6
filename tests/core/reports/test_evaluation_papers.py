"""The evaluation report and the evaluators' sheets from an office: their words, and nothing left out."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import insert

from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.evaluation.forms import evaluation_form
from drillapp.core.drills.evaluation.objectives import Judgement, judge_objectives
from drillapp.core.drills.evaluation.rows import Answer, SheetEntry
from drillapp.core.drills.evaluation.sheets import add_sheet, save_answers, submit_sheet
from drillapp.core.drills.evaluation.verdict import VerdictEntry, give_verdict
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.model import DrillObjective
from drillapp.core.errors import NotFound
from drillapp.core.i18n import use_language
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from tests.core.reports.paper import read, texts
from tests.core.reports.small_office import START


@pytest.fixture
def evaluated(filled: Office) -> Office:
    """The drill of the small office, evaluated by two: one of them of a third party."""
    drill = drill_named(filled, "D-1")
    _add_objectives(filled, drill)
    _add_injects(filled, drill)
    groups = ("B1", "B2", "B4")
    _fill(
        filled, drill, "王䶮", {"B4.6": "只有一名指挥员"}, groups=groups, comment="总体有序，指挥岗位缺后备。"
    )
    outside = {"institution": "北京安评中心", "qualification": "甲级", "contract": "合同2026-7"}
    _fill(
        filled,
        drill,
        "陈𠮷",
        {"B4.6": "总指挥无人替换", "B1.7": "超过十分钟才上报"},
        groups=groups,
        place="指挥部",
        **outside,
    )
    give_verdict(
        filled, drill,
        VerdictEntry(rating="good", decided_by="刘主任", decided_on=date(2026, 6, 15), reason="首次启用新预案"),
    )  # fmt: skip
    return filled


def _fill(
    office: Office, drill: int, who: str, faults: dict[str, str], comment: str = "", **head: object
) -> None:
    saved = add_sheet(office, drill, SheetEntry(form="yjt9009_live", evaluator=who, **head))  # type: ignore[arg-type]
    groups = head["groups"]
    assert isinstance(groups, tuple)
    codes = [item.code for group in evaluation_form("yjt9009_live").chosen(groups) for item in group.item]
    answers = {code: Answer("yes") for code in codes} | {"B2.5": Answer("na")}
    answers |= {code: Answer("no", reason) for code, reason in faults.items()}
    saved = save_answers(office, saved.id, saved.revision, answers, comment)
    submit_sheet(office, saved.id, saved.revision, day=date(2026, 6, 13))


def _add_objectives(office: Office, drill: int) -> None:
    with office.write("objectives") as work:
        for position, task in enumerate(("十分钟内上报", "三十分钟内转移"), 1):
            values = {"drill_id": drill, "position": position, "task": task, "who": "值班室"}
            work.connection.execute(insert(DrillObjective).values(values))
    judge_objectives(office, drill, [Judgement(1, "partly", "用了十二分钟"), Judgement(2, "met")])


def _add_injects(office: Office, drill: int) -> None:
    entry = InjectEntry(
        number="1",
        content="积水三十厘米",
        offset_seconds=0,
        addressee="值班室",
        expected_action="上报区应急局",
        within_seconds=600,
    )
    save_injects(office, drill, [entry])
    (inject,) = injects_of(office, drill)
    conduct.release(office, drill, inject.id, at=START, regardless=True)
    conduct.done(office, drill, inject.id, at=START.replace(minute=12))


def test_the_report_has_the_five_chapters(evaluated: Office, target: Path) -> None:
    assert write_report(evaluated, "evaluation_report", target, number="D-1") == []
    text = read(target)
    chapters = [
        "一、演练基本情况",
        "二、演练评估过程",
        "三、演练情况分析",
        "四、改进的意见和建议",
        "五、评估结论",
    ]
    assert [text.index(one) for one in chapters] == sorted(text.index(one) for one in chapters)
    for words in (
        "德胜街道防汛综合应急演练评估报告",
        "参加评估的人员共2名，其中第三方1名。",
        "北京安评中心作为第三方参加评估（资质：甲级；合同：合同2026-7）",
        "B4指挥和协调",
        "王䶮：否，只有一名指挥员",
        "超过十分钟才上报",
        "上报区应急局",
        "10分",
        "12分",
        "超时完成",
        "值班室；十分钟内上报",
        "部分达到",
        "用了十二分钟",
        "王䶮现场点评：总体有序，指挥岗位缺后备。",
        "集合点没有标志",
        "本次演练评定等级为“良”，由刘主任于2026年6月15日评定。",
        "按规则评定应为“中”。另作评定的理由：首次启用新预案",
        "评估组组长",
        "YJ/T9009-2015（原AQ/T9009-2015）附录A",
    ):
        assert words in text, words


def test_a_drill_that_nobody_evaluated_says_so(filled: Office, target: Path) -> None:
    write_report(filled, "evaluation_report", target, number="D-1")
    text = read(target)
    assert "尚无评估人员填写评估表。" in text
    assert "尚未作出评价，无法评定等级。" in text
    with pytest.raises(NotFound):
        write_report(filled, "evaluation_report", target, number="D-9")


def test_sheets_are_printed_as_they_were_filled_in(evaluated: Office, target: Path) -> None:
    assert write_report(evaluated, "evaluation_sheet", target, number="D-1") == []
    text = read(target)
    for words in ("评估人王䶮", "评估人陈𠮷", "北京安评中心、甲级、合同2026-7", "B1B2B4；指挥部", "B4.6", "☑否", "只有一名指挥员",
                  "B2.2★", "☑不适用", "总体有序，指挥岗位缺后备。"):  # fmt: skip
        assert words in text, words
    assert "A1.1" not in text
    assert text.count("☑") == 2 * 24


def test_blank_sheets_have_every_row_and_no_tick(evaluated: Office, target: Path) -> None:
    write_report(evaluated, "evaluation_sheet_blank", target, number="D-1")
    text = read(target)
    assert "☑" not in text
    assert "只有一名指挥员" not in text
    assert text.count("B4.6") == 2
    write_report(evaluated, "evaluation_sheet_blank", target, number="D-2")
    pages = texts(BytesIO(target.read_bytes()))
    whole = "".join(pages)
    assert all(whole.count(code) >= 1 for code in evaluation_form("yjt9009_live").items)
    assert f"第1页共{len(pages)}页" in pages[0].replace("，", "")


def test_every_kind_of_answer_has_its_boxes(filled: Office, target: Path) -> None:
    drill = drill_named(filled, "D-1")
    saved = add_sheet(filled, drill, SheetEntry(form="gbt46792", evaluator="李"))
    save_answers(
        filled, saved.id, 1, {"G1.1": Answer("mostly"), "G2.1": Answer("4"), "G1.3": Answer("no", "缺脚本")}
    )
    write_report(filled, "evaluation_sheet", target, number="D-1")
    text = read(target)
    assert "□A☑B□C□D□/" in text
    assert "□5☑4□3□2□1□0□/" in text
    assert "□是☑否□不适用" in text


def test_the_english_papers_are_english(evaluated: Office, target: Path) -> None:
    use_language("en")
    write_report(evaluated, "evaluation_report", target, number="D-1")
    assert "Decided" not in read(target)
    assert "Thedrillisrated“good”,decidedby刘主任" in read(target)
    write_report(evaluated, "evaluation_sheet", target, number="D-1")
    assert "Tickoneboxineachrow." in read(target)
