"""Documents of a drill: drafted from the record, written on, filled anew, approved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from drillapp.core import i18n
from drillapp.core.drills.conduct.commands import log_entry
from drillapp.core.drills.papers.commands import (
    approve_paper,
    discard_paper,
    draft_paper,
    save_paper,
    withdraw_approval,
)
from drillapp.core.drills.papers.content import PaperSection, in_chinese, numbered
from drillapp.core.drills.papers.redrafting import changes_of_redraft, redraft_paper
from drillapp.core.drills.papers.stored import Paper, paper_of, papers_of
from drillapp.core.drills.papers.templates import templates
from drillapp.core.drills.record.parts import Design, RecordParts
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.saving import save_record
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.plans.content import Grid, Paragraph, text_of
from tests.core.drills.papers.whole import START, whole
from tests.core.drills.record import recorded


def said(paper: Paper) -> str:
    return "\n".join(f"{each.heading}\n{text_of(each.blocks)}" for each in paper.sections)


def drafted(office: Office, drill: int, kind: str) -> Paper:
    draft_paper(office, drill, kind)
    return paper_of(office, drill, kind)


def section(paper: Paper, key: str) -> PaperSection:
    (found,) = (each for each in paper.sections if each.key == key)
    return found


def with_section(paper: Paper, key: str, **changes: object) -> list[PaperSection]:
    return [replace(each, **changes) if each.key == key else each for each in paper.sections]  # type: ignore[arg-type]


def test_seven_kinds_can_be_drafted() -> None:
    assert list(templates()) == [
        "working_plan", "script", "evaluation_plan", "support_plan", "handbook", "publicity_plan", "summary",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", templates())
def test_what_the_record_does_not_say_is_a_gap_and_nothing_is_invented(office: Office, kind: str) -> None:
    paper = drafted(office, recorded.drill(office), kind)
    assert paper.gaps
    assert "None" not in said(paper)
    assert all(gap.endswith("待补】") for _heading, gap in paper.gaps)


def test_a_working_plan_says_what_the_record_says(office: Office) -> None:
    paper = drafted(office, whole(office), "working_plan")
    for words in ("《火灾预案》（P）", "属单项演练，按形式属桌面演练", "三层配电间起火", "值班员；报警；两分钟内", "总指挥：王䶮",
                  "计划参演40人", "2026年11月20日", "三层会议室", "1. 报警", "参演：物业公司。", "设安全员", "有人受伤",
                  "3000元"):  # fmt: skip
        assert words in said(paper), words
    (table,) = (block for block in section(paper, "steps_injects").blocks if isinstance(block, Grid))
    assert table.rows[1] == ("1", "+0:00:00", "三层烟感报警", "值班员", "到场核实", "2分")
    assert [row[0] for row in table.rows[1:]] == ["1", "2"]
    assert [gap for _heading, gap in paper.gaps] == ["【使用物资待补】"]


def test_the_language_of_the_window_does_not_matter(office: Office) -> None:
    drill = whole(office)
    english = drafted(office, drill, "summary").sections
    i18n.use_language("zh_CN")
    assert not [each for each in changes_of_redraft(office, drill, "summary") if each.state != "removed"]
    assert english == paper_of(office, drill, "summary").sections


def test_a_summary_tells_the_course_by_the_lines_that_hold(office: Office) -> None:
    paper = drafted(office, whole(office), "summary")
    (course,) = (block for block in section(paper, "course").blocks if isinstance(block, Grid))
    texts = [row[2] for row in course.rows[1:]]
    assert "三层起火" in texts
    assert not {"二层起火", "误记一行"} & set(texts)
    assert not any("作废" in text for text in texts)
    for words in ("历时25分（不含暂停）", "集合点没有标志\t较大\t设施场地缺陷", "补装标志", "评定等级为“中”，由刘评定",
                  "超时完成", "集合点无人", "达到"):  # fmt: skip
        assert words in said(paper), words
    assert [gap for _heading, gap in paper.gaps] == ["【实际参演人数待补】", "【现场点评待补】"]


def test_of_a_long_log_a_summary_tells_the_steps(office: Office) -> None:
    drill = whole(office)
    for minute in range(90):
        log_entry(office, drill, f"第{minute}条", at=START + timedelta(seconds=minute))
    text = said(drafted(office, drill, "summary"))
    assert "第89条" not in text
    assert "【注入】火势扩大" in text
    assert "其余91条记录见应急演练记录表。" in text


def test_a_drill_is_drafted_once(office: Office) -> None:
    drill = recorded.drill(office)
    draft_paper(office, drill, "script")
    with pytest.raises(InvalidInput, match="has a script already"):
        draft_paper(office, drill, "script")
    with pytest.raises(InvalidInput, match="no template for 'evaluation_report'"):
        draft_paper(office, drill, "evaluation_report")
    with pytest.raises(NotFound):
        draft_paper(office, 99, "script")
    with pytest.raises(NotFound, match="no observers' handbook"):
        paper_of(office, drill, "handbook")


def test_saving_counts_and_refuses_an_older_revision(office: Office) -> None:
    drill = recorded.drill(office)
    paper = drafted(office, drill, "script")
    written = with_section(paper, "scenario", blocks=(Paragraph("起火"),))
    assert save_paper(office, drill, "script", 1, written).revision == 2
    assert save_paper(office, drill, "script", 2, written).revision == 2
    with pytest.raises(Conflict):
        save_paper(office, drill, "script", 1, paper.sections)
    with pytest.raises(InvalidInput, match="Section 1 has no heading"):
        save_paper(office, drill, "script", 2, [PaperSection("  ")])
    with pytest.raises(InvalidInput, match="at most 500000"):
        save_paper(office, drill, "script", 2, [PaperSection("长", blocks=(Paragraph("字" * 500_000),))])


def test_filling_anew_keeps_what_was_written(office: Office) -> None:
    drill = recorded.drill(office)
    paper = drafted(office, drill, "handbook")
    own = PaperSection("停车", blocks=(Paragraph("东门外"),))
    written = [own, *with_section(paper, "safety", blocks=(Paragraph("不要跑"),))]
    written = [each for each in written if each.key != "parts"]
    save_paper(office, drill, "handbook", 1, written)
    design = Design(scenario="起火", subjects="报警", safety="设安全员")
    save_record(office, drill, drill_record(office, drill).drill.revision, RecordParts(design=design))

    states = {each.key: each.state for each in changes_of_redraft(office, drill, "handbook")}
    assert states == {"scenario": "refreshed", "parts": "removed", "safety": "edited"}
    redraft_paper(office, drill, "handbook", 2)
    after = paper_of(office, drill, "handbook")
    assert [each.key for each in after.sections] == ["", "when_where", "about", "scenario", "safety"]
    assert section(after, "scenario").blocks == (Paragraph("起火"),)
    assert section(after, "safety").blocks == (Paragraph("不要跑"),)

    redraft_paper(office, drill, "handbook", 3, {"safety", "parts"})
    after = paper_of(office, drill, "handbook")
    assert [each.key for each in after.sections] == ["", "when_where", "about", "scenario", "parts", "safety"]
    assert "设安全员" in said(after)
    assert not changes_of_redraft(office, drill, "handbook")


def test_an_approved_document_stays_until_its_approval_is_taken_back(office: Office) -> None:
    drill = recorded.drill(office)
    paper = drafted(office, drill, "script")
    day = office.clock.today()
    with pytest.raises(InvalidInput, match="still has a gap") as refused:
        approve_paper(office, drill, "script", 1, day, "王")
    assert len(refused.value.problems) == len(paper.gaps)
    save_paper(office, drill, "script", 1, [PaperSection("情景", blocks=(Paragraph("起火"),))])
    with pytest.raises(InvalidInput, match="Say who"):
        approve_paper(office, drill, "script", 2, day, " ")
    with pytest.raises(InvalidInput, match="still to come"):
        approve_paper(office, drill, "script", 2, day + timedelta(days=1), "王")
    approve_paper(office, drill, "script", 2, day, "王")
    state = {each.kind: each for each in papers_of(office, drill)}
    assert (state["script"].state, state["script"].approved_by, state["handbook"].state) == (
        "approved",
        "王",
        "none",
    )
    for change in (
        lambda: save_paper(office, drill, "script", 3, paper.sections),
        lambda: redraft_paper(office, drill, "script", 3),
        lambda: approve_paper(office, drill, "script", 3, day, "李"),
    ):
        with pytest.raises(InvalidInput, match="was approved on"):
            change()
    withdraw_approval(office, drill, "script", 3)
    with pytest.raises(InvalidInput, match="not approved"):
        withdraw_approval(office, drill, "script", 4)
    assert save_paper(office, drill, "script", 4, paper.sections).revision == 5


def test_a_draft_is_thrown_away_and_drafted_again(office: Office) -> None:
    drill = recorded.drill(office)
    draft_paper(office, drill, "script")
    with pytest.raises(Conflict):
        discard_paper(office, drill, "script", 7)
    assert "drill_papers" in discard_paper(office, drill, "script", 1).kinds
    assert all(each.state == "none" for each in papers_of(office, drill))
    assert draft_paper(office, drill, "script").revision == 1


def test_numbers_follow_the_levels_and_leave_own_numbers_alone() -> None:
    sections = [
        PaperSection("目的"), PaperSection("背景", 2), PaperSection("要求", 2), PaperSection("细节", 3),
        PaperSection("附件1 名单"), PaperSection("组织"), PaperSection("分工", 2),
    ]  # fmt: skip
    assert [each.number for each in numbered(sections)] == [
        "一、",
        "（一）",
        "（二）",
        "1.",
        "",
        "二、",
        "（一）",
    ]
    assert [in_chinese(n) for n in (1, 10, 11, 20, 21, 99, 100)] == [
        "一", "十", "十一", "二十", "二十一", "九十九", "100",
    ]  # fmt: skip


def test_names_of_papers_do_not_say_the_unit_twice(office: Office) -> None:
    paper = drafted(
        office, recorded.drill(office, title=f"{office.name}演练", planned_on=date(2026, 12, 1)), "script"
    )
    assert paper.name == f"{office.name}演练脚本"
