"""The readiness bulletin: what it says of units, changes and what is overdue, and how it is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.bulletins.queries import bulletin_content, bulletin_named
from drillapp.core.readiness.bulletins.rows import BulletinEntry
from drillapp.core.readiness.formula import Value, formula
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.reports.bulletin import (
    BulletinPaper,
    OverdueLine,
    OverdueUnit,
    render_bulletin,
)
from drillapp.core.reports.bulletin_issue import issue
from drillapp.core.reports.bulletin_source import bulletin_paper
from drillapp.core.reports.comparison import MovedLine
from drillapp.core.reports.readiness_charts import Placed, grouped
from drillapp.core.reports.registry import write_report
from drillapp.core.units.model import Unit
from drillapp.core.units.references import unit_id
from tests.core.reports.paper import picture, read, texts

QUARTER_AGO = date(2026, 8, 24)
LONG = "北京市西城区德胜街道新风中直社区居民委员会应急物资储备与志愿消防综合服务站"


def unit(code: str, name: str, score: float | None, kind: str = "community", **more: object) -> UnitReadiness:
    """A unit of which half is met, or nothing known where it has no score."""
    known = 0 if score is None else 2
    value = Value(10, known // 2, known, 2, known // 2, known, 2)
    values: Mapping[str, Value] = {one.name: value for one in formula().indicator}
    grade = None if score is None else formula().grade_of(score)
    row = UnitReadiness(
        int(code), 1, code, name, kind, score, grade, dict(values), 0.0 if score is None else 0.9, (), 1,
        int(score is not None),
    )  # fmt: skip
    return msgspec.structs.replace(row, **more)


def paper(count: int = 3) -> BulletinPaper:
    below = [
        Placed(unit(f"{number:03d}", f"社区{number:02d}", 90.0 - number), unit(f"{number:03d}", "", 80.0))
        for number in range(count)
    ]
    silent = Placed(unit("900", "无数据社区", None))
    long = Placed(unit("901", LONG, 12.0, broken=("no_plan",)), unit("901", LONG, 40.0))
    line = OverdueLine(
        LONG, "没有现行有效的应急预案", "有现行有效的应急预案", "突发事件应对法第26条", "始终保持", "—"
    )
    return BulletinPaper(
        office="西城区应急管理局", unit="德胜街道", number="西应急通〔2026〕3号",
        title="关于德胜街道截至2026年11月24日\n应急准备就绪度情况的通报", addressees="各社区：",
        as_of=date(2026, 11, 24), issued_on=date(2026, 11, 25), compared_with=QUARTER_AGO, version="2026-2",
        whole=Placed(unit("1", "德胜街道", 81.5, "street"), unit("1", "德胜街道", 79.0, "street")),
        opening="截至2026年11月24日，德胜街道应急准备就绪度为81.5分。", groups=grouped([*below, silent, long]),
        moved=(MovedLine("新落实", "队伍", "应急队伍达到建队标准", 3, "+1.20", "上升1.20分", ("甲：一队",)),),
        more="另有4项原因未列出，合计上升0.10分。",
        overdue=(OverdueUnit(LONG, 7, (line,)),), overdue_words="共有7项逾期。",
        good=("社区00上升10.0分。",), bad=(f"{LONG}下降28.0分。",), reliance=("5个单位中，4个有数据。",),
        unverified=("现行预案三年内评估过（未核对）",),
    )  # fmt: skip


def rendered(data: BulletinPaper) -> tuple[BytesIO, list[str]]:
    pdf = BytesIO()
    assert render_bulletin(data, pdf).missing == ()
    return pdf, texts(pdf)


def test_the_parts_of_an_official_document_stand_in_their_order() -> None:
    _pdf, pages = rendered(paper())
    text = "".join(pages)
    parts = (
        "西应急通〔2026〕3号", "关于德胜街道截至2026年11月24日应急准备就绪度情况的通报", "各社区：", "一、排名",
        "二、变化情况及原因", "三、逾期", "四、突出情况", "五、数据覆盖与可信度", "附件：1.各单位指标一览",
        "2.各单位逾期事项3.就绪度计算办法", "西城区应急管理局2026年11月25日", "附件1", "附件2", "附件3",
        "2026年11月25日印发",
    )  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_how_it_is_worked_out_and_by_which_version_is_on_the_last_page() -> None:
    last = rendered(paper())[1][-1]
    assert "就绪度计算办法" in last
    assert "本办法为2026-2版" in last
    assert "下列规则未核对原文，引用前请查证：现行预案三年内评估过（未核对）。" in last
    assert "没有现行有效的应急预案，等级不高于D" in last


def test_each_unit_has_score_last_score_change_and_place() -> None:
    text = "".join(rendered(paper())[1])
    assert "1社区0090.080.0+10.0A1/1" in text
    assert f"4{LONG}12.040.0−28.0D1/1" in text
    assert "—无数据社区————0/1低（0%）" in text


def test_what_is_overdue_stands_with_unit_article_and_day() -> None:
    text = "".join(rendered(paper())[1])
    assert (
        f"1.{LONG}（逾期7项）有现行有效的应急预案没有现行有效的应急预案突发事件应对法第26条始终保持—" in text
    )
    assert "另有6项" in text


def test_a_draft_has_no_number_and_no_imprint() -> None:
    text = "".join(rendered(msgspec.structs.replace(paper(), number=""))[1])
    assert "（未编号稿）" in text
    assert "印发" not in text


def test_a_serial_number_is_called_one() -> None:
    text = rendered(msgspec.structs.replace(paper(), number="110102-TB-2026-01"))[1][0]
    assert text.startswith("编号：110102-TB-2026-01")


@pytest.mark.parametrize("count", [1, 4, 7, 11, 14, 17, 20])
def test_no_heading_stands_at_the_foot_of_a_page(count: int) -> None:
    for page in rendered(paper(count))[1]:
        body = page.rsplit("—", 2)[0] if page.endswith("—") else page
        assert not body.endswith(
            ("一、排名", "四、突出情况", "（一）成效突出", "（二）需要整改", "三、逾期", "因")
        )


def test_units_on_the_map_are_drawn_as_tiles_and_others_are_not() -> None:
    streets = grouped([
        Placed(unit("110102010", "德胜街道", 88.0, "street")),
        Placed(unit("110102012", "什刹海街道", 40.0, "street")),
    ])  # fmt: skip
    assert "街道方位示意" in "".join(rendered(msgspec.structs.replace(paper(), groups=streets))[1])
    assert "方位示意" not in "".join(rendered(paper())[1])


def test_a_fuller_bar_leaves_more_ink() -> None:
    def ink(score: float) -> int:
        group = grouped([Placed(unit(f"{number:03d}", "社区", score)) for number in range(6)])
        image = picture(rendered(msgspec.structs.replace(paper(), groups=group))[0]).convert("RGB")
        pixels = image.resize((400, 566)).tobytes()
        triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
        return sum(red < 100 and blue > 120 for red, _green, blue in triples)

    assert ink(90.0) > 1.5 * ink(30.0)


def test_the_english_bulletin_is_english() -> None:
    use_language("en")
    text = "".join(rendered(paper())[1])
    assert "Attachments:1.Indicatorsoftheunits2.Whatisoverdue,byunit3.Howthefiguresareworkedout" in text
    assert "2.Changesandtheircauses" in text


def entry(office: Office, **more: object) -> BulletinEntry:
    assert office.unit_id is not None
    return msgspec.structs.replace(BulletinEntry(office.unit_id, office.as_of, QUARTER_AGO), **more)


def test_a_bulletin_of_the_office_says_what_its_figures_say(filled: Office, target: Path) -> None:
    data = bulletin_paper(filled, entry(filled))
    assert write_report(filled, "bulletin", target, number=QUARTER_AGO.isoformat()) == []
    text = read(target)
    now = data.whole.now
    assert f"应急准备就绪度为{now.score:.1f}分" in text
    assert "（未编号稿）" in text
    assert "没有现行有效的应急预案，等级不高于D" in text
    assert "䶮里社区" in text
    assert sum(unit.count for unit in data.overdue) == int(data.overdue_words.split("共有")[1].split("项")[0])


def test_what_the_unit_itself_owes_is_not_taken_for_all_below_it(filled: Office) -> None:
    with filled.read() as connection:
        own, code = connection.execute(select(Unit.name, Unit.code).where(Unit.id == filled.unit_id)).one()
    old = PlanEntry(number="OLD-1", title="总体预案", unit_code=code, published_on=date(2015, 1, 1))
    KINDS["plans"].save(filled, [old])
    rows = bulletin_paper(filled, entry(filled)).overdue
    assert own not in {row.unit for row in rows}
    [mine] = [row for row in rows if row.unit == f"{own}本级"]
    assert {line.unit for line in mine.lines} == {mine.unit}


def test_all_points_of_the_causes_add_up_to_the_change(filled: Office) -> None:
    data = bulletin_paper(filled, entry(filled))
    before = data.whole.before.score if data.whole.before else None
    listed = sum(float(line.points.replace("−", "-")) for line in data.moved)
    assert not data.more
    assert listed == pytest.approx((data.whole.now.score or 0) - (before or 0), abs=0.1)


@pytest.mark.parametrize("count", range(1, 24, 3))
def test_office_and_date_never_stand_on_a_page_without_text(count: int) -> None:
    (page,) = (page for page in rendered(paper(count))[1] if "附件：1." in page)
    assert "5个单位中，4个有数据。附件：1." in page
    assert "西城区应急管理局2026年11月25日" in page


def test_a_unit_without_duties_and_an_earlier_formula_make_bulletins_too(filled: Office) -> None:
    with filled.read() as connection:
        alone = unit_id(connection, "O")
    data = bulletin_paper(filled, entry(filled, unit_id=alone))
    assert data.opening == "老年协会目前没有应办事项，不评分。"
    assert "五、" not in "".join(rendered(data)[1])
    earlier = bulletin_paper(filled, entry(filled, version="2026-1"))
    text = "".join(rendered(earlier)[1])
    assert "本办法为2026-1版" in text
    assert "队伍" not in text.split("各单位指标一览")[2].split("附件2")[0]


def test_an_issued_bulletin_carries_its_number_and_is_printed_as_it_was(filled: Office, target: Path) -> None:
    issued = issue(filled, entry(filled))
    assert issued.number == "110102-TB-2026-01"
    write_report(filled, "bulletin", target, number=issued.number)
    assert target.read_bytes() == bulletin_content(filled, bulletin_named(filled, issued.number).id)
    text = read(target)
    assert text.startswith("编号：110102-TB-2026-01")
    assert "印发" in text


def test_what_is_no_bulletin_and_no_earlier_day_is_refused(filled: Office, target: Path) -> None:
    with pytest.raises(NotFound):
        write_report(filled, "bulletin", target, number="110102-TB-2020-09")
    with pytest.raises(InvalidInput) as caught:
        write_report(filled, "bulletin", target, number="2030-01-01")
    assert caught.value.field == "number"


def test_the_day_that_the_paper_compares_with_is_kept_although_none_was_named(filled: Office) -> None:
    issued = issue(filled, entry(filled, compared_with=None))
    assert bulletin_named(filled, issued.number).compared_with == QUARTER_AGO
