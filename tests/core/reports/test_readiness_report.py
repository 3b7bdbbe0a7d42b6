from __future__ import annotations

from datetime import date
from io import BytesIO

import msgspec
import pytest

from drillapp.core.readiness.formula import Value
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.reports.charts.series import Series, figure
from drillapp.core.reports.readiness_charts import Group, Placed, places
from drillapp.core.reports.readiness_report import (
    Gap,
    IndicatorScore,
    Lacking,
    Standing,
    UnitReadinessReport,
    conclusion,
    render_readiness_report,
)
from tests.core.reports.paper import picture, texts


def lacking(asked: str, text: str) -> tuple[Lacking, ...]:
    return (Lacking(asked, "预案管理办法第35条", 3, (Gap("安德里社区", text, "2026-06-30"),)),)


def community(number: int) -> UnitReadiness:
    """A community of which nothing is known but its cards, and nothing asked about teams."""
    nothing, unknown, half = (
        Value(10, 0, 0, 0, 0, 0, 0),
        Value(10, 0, 0, 3, 0, 0, 3),
        Value(10, 1, 2, 2, 1, 2, 2),
    )
    names = ("plans", "drills", "corrections", "supplies", "cards", "teams", "reporting")
    values = dict(zip(names, (unknown, half, half, half, half, nothing, half), strict=True))
    return UnitReadiness(
        number,
        1,
        f"C{number:02d}",
        f"社区{number:02d}",
        "community",
        60.0 - number,
        "D",
        values,
        0.7,
        (),
        1,
        1,
    )


REPORT = UnitReadinessReport(
    office="西城区应急管理局",
    as_of=date(2026, 8, 20),
    unit="德胜街道",
    score=62.5,
    grade="中",
    indicators=(
        IndicatorScore("预案", 75.0, 25, 3, 4, 5, "三年内经过评估", lacking("三年内评估", "DS-03 防汛预案")),
        IndicatorScore("演练", 50.0, 25, 1, 2, 2, "按频次演练", lacking("半年演练", "消防专项")),
        IndicatorScore("处置卡", None, 10, 0, 0, 0, "重点岗位持卡"),
    ),
    version="2026-2",
    why=("预案：3 ÷ 4 = 75.0", "合计 3,125 ÷ 50 = 62.5"),
    confidence="中（80 %）",
    coverage="58/61",
    floors=("没有现行有效的应急预案，等级不高于D",),
    peers=Series("全区平均", (70.0, 60.0, 80.0)),
    trend=((date(2026, 5, 31), 40.0, 1.0), (date(2026, 6, 30), None, 0.0), (date(2026, 7, 31), 58.0, 0.8)),
    below=(Group("社区", tuple(Placed(community(number)) for number in range(60))),),
)


def rendered(report: UnitReadinessReport) -> tuple[BytesIO, str]:
    pdf = BytesIO()
    render_readiness_report(report, pdf)
    return pdf, "".join(texts(pdf))


def test_the_score_is_explained_line_by_line() -> None:
    _pdf, text = rendered(REPORT)
    assert "预案：3÷4=75.0" in text
    assert "合计3,125÷50=62.5" in text
    assert "计算办法：2026-2版。" in text


def test_what_is_met_known_and_asked_stands_beside_the_value() -> None:
    _pdf, text = rendered(REPORT)
    assert "预案三年内经过评估3457525" in text


def test_floors_confidence_and_coverage_are_said_with_the_score() -> None:
    text = conclusion(REPORT)
    assert "触及底线：没有现行有效的应急预案，等级不高于D。" in text
    assert "数据可信度：中（80 %）。" in text
    assert "有数据的单位：58/61。" in text


def test_a_unit_without_any_data_has_no_score_but_is_not_said_to_have_no_duties() -> None:
    unknown = tuple(msgspec.structs.replace(each, value=None, met=0, known=0) for each in REPORT.indicators)
    text = conclusion(msgspec.structs.replace(REPORT, score=None, indicators=unknown))
    assert text == "德胜街道的应办事项均无数据，不评分。"


def test_the_conclusion_names_change_and_extremes() -> None:
    text = conclusion(REPORT)
    assert "就绪度为62.5分" in text
    assert "较2026年5月31日上升22.5分" in text
    assert "得分最高的指标为“预案”（75分），最低的为“演练”（50分）" in text


@pytest.mark.parametrize(("score", "words"), [(40.0, "持平"), (30.0, "下降10.0分")])
def test_the_change_may_be_none_or_downward(score: float, words: str) -> None:
    assert words in conclusion(msgspec.structs.replace(REPORT, score=score))


def test_what_is_missing_is_listed_by_rule_with_article_unit_and_day() -> None:
    _pdf, text = rendered(REPORT)
    assert (
        "（一）预案（3项）1.三年内评估（3项）依据：预案管理办法第35条"
        "序号单位缺项内容应完成日期1安德里社区DS-03防汛预案2026-06-30另有2项未列出" in text
    )
    assert "（二）演练（3项）1.半年演练（3项）" in text


def test_every_unit_below_is_in_the_heat_map_over_pages() -> None:
    pdf, text = rendered(REPORT)
    assert all(text.count(f"社区{number:02d}") == 1 for number in range(60))
    assert sum("总分预案演练" in page for page in texts(pdf)) >= 2


@pytest.mark.parametrize("gaps", range(1, 60, 3))
def test_the_signature_never_stands_alone_on_a_page(gaps: int) -> None:
    listed = tuple(Gap(REPORT.unit, f"缺项{number}") for number in range(gaps))
    rule = Lacking("三年内评估", "预案管理办法第35条", gaps, listed)
    indicator = msgspec.structs.replace(REPORT.indicators[0], lacking=(rule,))
    pdf, _text = rendered(
        msgspec.structs.replace(REPORT, indicators=(indicator,), below=(), trend=(), peers=None)
    )
    assert f"缺项{gaps - 1}" in texts(pdf)[-1]
    assert "编制人" in texts(pdf)[-1]


def test_a_unit_of_which_nothing_is_asked_has_no_score() -> None:
    indicators = tuple(
        msgspec.structs.replace(each, value=None, met=0, known=0, asked=0, lacking=())
        for each in REPORT.indicators
    )
    report = msgspec.structs.replace(
        REPORT, score=None, indicators=indicators, trend=(), below=(), peers=None
    )
    _pdf, text = rendered(report)
    assert "目前没有应办事项，不评分" in text
    assert "各项要求均已达到，无缺项。" in text
    assert "趋势" not in text


def test_equal_scores_share_a_place_and_no_score_has_none() -> None:
    assert places([90.0, 90.0, 80.0, None]) == ["1", "1", "3", "—"]


def test_the_conclusion_names_the_place_among_its_kind() -> None:
    report = msgspec.structs.replace(REPORT, standing=Standing(3, 15, "街道"))
    assert "在15个同级同类单位（街道）中排第3位。" in conclusion(report)


def test_a_heading_goes_with_the_table_under_it() -> None:
    for rows in range(12, 24):
        listed = tuple(Gap(REPORT.unit, f"缺项{number}") for number in range(rows))
        first = Lacking("三年内评估", "第35条", rows, listed)
        second = Lacking("发放处置卡", "第19条", 1, (Gap(REPORT.unit, "末项"),))
        indicators = (
            msgspec.structs.replace(REPORT.indicators[0], lacking=(first,)),
            msgspec.structs.replace(REPORT.indicators[1], lacking=(second,)),
        )
        pdf, _text = rendered(
            msgspec.structs.replace(REPORT, indicators=indicators, below=(), trend=(), peers=None)
        )
        (page,) = (page for page in texts(pdf) if "发放处置卡" in page)
        assert "（二）演练（1项）1.发放处置卡（1项）依据：第19条序号缺项内容1末项编制人" in page


def test_the_longer_bar_is_the_greater_value() -> None:
    low = picture(rendered(msgspec.structs.replace(REPORT, trend=(), below=()))[0])
    raised = tuple(msgspec.structs.replace(each, value=100.0) for each in REPORT.indicators)
    high = picture(rendered(msgspec.structs.replace(REPORT, indicators=raised, trend=(), below=()))[0])
    assert blue(high) > blue(low) * 1.4


def blue(image: object) -> int:
    """How many pixels have the colour of the bars."""
    pixels = image.convert("RGB").resize((400, 566)).tobytes()
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return sum(red < 80 and blue_part > 120 for red, _green, blue_part in triples)


@pytest.mark.parametrize(("value", "text"), [(None, "—"), (0.0, "0"), (100.0, "100"), (66.666, "66.7")])
def test_figures_are_shown_to_one_decimal(value: float | None, text: str) -> None:
    assert figure(value) == text
