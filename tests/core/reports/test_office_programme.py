"""The annual plan of drills when it is written from the office's programme."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from drillapp.core.drills.programme.approving import approve, publish
from drillapp.core.drills.programme.commands import drop_items, save_items
from drillapp.core.drills.programme.entries import ItemEntry
from drillapp.core.drills.programme.queries import items_of
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.programming import draw_up
from drillapp.core.reports.annual_programme import render_annual_programme
from drillapp.core.reports.annual_programme_source import annual_programme
from drillapp.core.reports.registry import write_report
from tests.core.drills.programme.street import YEAR, fill, key_of, programme
from tests.core.reports.paper import read, texts


@pytest.fixture
def planned(office: Office) -> Office:
    fill(office)
    draw_up(office, key_of(office, "S"), YEAR)
    save_items(
        office,
        [
            ItemEntry(
                programme_id=programme(office).id, unit_code="C", title="地下室防汛处置", planned_on=date(YEAR, 5, 12),
                is_day_fixed=True, content="single", form="tabletop", purpose="demonstration", place="安德里活动站",
                leader="赵𠮷祥", expected=1200, budget=3500, note="邀请媒体",
            )
        ],
    )  # fmt: skip
    return office


def test_it_has_the_columns_of_the_usual_form_and_what_the_programme_says(
    planned: Office, tmp_path: Path
) -> None:
    path = tmp_path / "plan.pdf"
    assert write_report(planned, "annual_programme", path, unit_code="S", number=str(YEAR)) == []
    said = read(path)
    for head in (
        "序号", "演练科目", "情景构建／对应预案", "演练类型", "计划时间", "牵头责任单位", "责任单位", "演练地点", "参演人数", "经费", "责任人",
        "依据", "备注",
    ):  # fmt: skip
        assert head in said, head
    for words in (
        "德胜街道2027年度应急演练计划", "编制中", "地下室防汛处置", "5月12日", "单项演练桌面演练", "示范性", "安德里活动站", "赵𠮷祥",
        "1,200", "3,500", "邀请媒体", "街道防汛应急预案", "编制人：", "审核人：", "批准人：",
    ):  # fmt: skip
        assert words in said, words


def test_each_drill_names_the_articles_it_is_asked_by(planned: Office) -> None:
    paper = annual_programme(planned, "S", str(YEAR))
    assert any("生产安全事故应急条例第8条" in article for article in paper.articles)
    drawn = [line for line in paper.lines if line.basis]
    assert len(drawn) == len(paper.lines) - 1
    assert {place for line in drawn for place in line.basis} == set(range(1, len(paper.articles) + 1))


def test_what_was_dropped_is_left_out_and_changes_after_the_approval_are_told(planned: Office) -> None:
    key = programme(planned).id
    approve(planned, key, day=date(2026, 11, 20))
    publish(planned, key, day=date(2026, 11, 23), document="德街发〔2026〕8号")
    before = annual_programme(planned, "S", str(YEAR))
    assert before.standing == "2026年11月23日发布（德街发〔2026〕8号）"
    drop_items(planned, [items_of(planned, key)[0].id], "场地不具备条件")
    after = annual_programme(planned, "S", str(YEAR))
    assert len(after.lines) == len(before.lines) - 1
    assert "变更1次" in after.changes


def test_a_long_plan_goes_over_pages_with_its_head_on_each(planned: Office) -> None:
    data = annual_programme(planned, "S", str(YEAR))
    import msgspec

    target = BytesIO()
    long = msgspec.structs.replace(data, lines=list(data.lines) * 20)
    rendered = render_annual_programme(long, target)
    pages = texts(target)
    assert len(pages) == rendered.pages > 10
    assert all("演练科目" in page for page in pages[:-1])


def test_an_unknown_year_or_programme_is_said(planned: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        write_report(planned, "annual_programme", tmp_path / "x.pdf", unit_code="S", number="2031")
    with pytest.raises(InvalidInput):
        write_report(planned, "annual_programme", tmp_path / "x.pdf", unit_code="S", number="soon")
