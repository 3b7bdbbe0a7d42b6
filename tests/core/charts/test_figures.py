"""What charts show of their values: what is not known, not asked, uncertain, capped, or higher than there is room for."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.charts import tones
from drillapp.core.charts.due import Bucket, DueAxis, Span, count_by_month
from drillapp.core.charts.figure import Figure
from drillapp.core.charts.heat_map import Cell, HeatMap, HeatRow
from drillapp.core.charts.pairs import Pair, Pairs
from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar, Ranking, Step
from drillapp.core.charts.shapes import HATCHED, Box, Cells, Dot, Hatch, Line, Word
from drillapp.core.charts.sheet import Sheet
from drillapp.core.charts.trend import Series, Trend
from tests.core.charts.recorded import drawn, extent, filled, measure, of_kind, said

STEPS = (Step("A", 0.85), Step("B", 0.7), Step("C", 0.55), Step("D", 0))
DAYS = [date(2025, 1, 28) + timedelta(days=30 * place) for place in range(12)]
shares = st.none() | st.floats(0, 1)


def test_the_longer_bar_is_the_greater_value() -> None:
    sheet = drawn(Ranking([Bar(1, "One", 0.5), Bar(2, "Two", 0.25), Bar(3, "Three", None)], STEPS))
    half, quarter = filled(sheet, "accent")
    assert half.width == pytest.approx(2 * quarter.width)
    assert "no data" in said(sheet)


def test_a_bar_of_which_little_is_known_is_hatched() -> None:
    sheet = drawn(Ranking([Bar(1, "One", 0.5, confidence=0.3)], STEPS))
    assert filled(sheet, "accent") == []
    assert len(of_kind(sheet, Hatch)) == 2  # the bar, and the sign in the foot
    assert "little is known" in said(sheet)


def test_the_words_of_a_bar_say_change_floor_and_confidence() -> None:
    bar = Bar(
        1, "One", 0.61, "D", "D (not ready)", 0.56, confidence=0.4, capped="No plan", beside="3/9 reported"
    )
    figure = Ranking(
        [bar, Bar(2, "Two", None), Bar(3, "Three", None, is_asked=False)], STEPS, earlier_words="2026-08-24"
    )
    assert figure.words(0) == (
        "One: 61.0 of 100, D (not ready)\nNo plan\n2026-08-24: 56.0 (+5.0)\nknown: 40 % of what is asked\n3/9 reported"
    )
    assert figure.words(1) == "Two: no data"
    assert figure.words(2) == "Three: nothing is asked"


def test_grades_are_said_in_words_where_there_is_room_and_by_letter_where_not() -> None:
    figure = Ranking([Bar(1, "One", 0.9, "A", "A (ready)", 0.8, beside="12/15")], STEPS)
    assert {"A (ready)", "12/15"} <= set(said(drawn(figure, 800)))
    assert "A (ready)" not in said(drawn(figure, 420))
    assert "12/15" not in said(drawn(figure, 360))


@given(st.lists(shares, min_size=1, max_size=6), st.floats(300, 1500))
def test_no_figure_of_a_ranking_lies_upon_another(values: list[float | None], width: float) -> None:
    bars = [Bar(i, f"Unit {i}", one, "A", "A (ready)", one, beside="12/15") for i, one in enumerate(values)]
    sheet = drawn(Ranking(bars, STEPS, earlier_words="2026-08-24"), width)
    rows: dict[float, list[tuple[float, float]]] = {}
    for word in of_kind(sheet, Word):
        if 30 < word.y < 30 + 34 * len(values):
            rows.setdefault(word.y, []).append(extent(word))
    for places in rows.values():
        places.sort()
        assert all(one[1] <= other[0] + 0.01 for one, other in itertools.pairwise(places))
        assert places[-1][1] <= width


def heat(*cells: Cell) -> HeatMap:
    return HeatMap([f"C{place}" for place in range(len(cells))], [HeatRow("key", "Unit", cells)])


def body(figure: HeatMap, height: float = 28.0) -> Sheet:
    sheet = Sheet(800, 400, measure)
    figure.draw_rows(sheet, range(figure.rows()), 0.0, height)
    return sheet


def test_what_is_not_known_is_hatched_and_what_is_not_asked_is_blank() -> None:
    assert [type(shape) for shape in body(heat(Cell(None))).shapes] == [Word, Hatch]
    assert [type(shape) for shape in body(heat(Cell(None, is_asked=False))).shapes] == [Word]
    sheet = body(heat(Cell(0.25)))
    assert [type(shape) for shape in sheet.shapes] == [Word, Box, Word]
    assert said(sheet) == ["Unit", "25"]


def test_the_further_from_100_the_fuller_the_cell() -> None:
    boxes = of_kind(body(heat(Cell(1.0), Cell(0.5), Cell(0.0))), Box)
    assert [box.fill for box in boxes] == [tones.heat(0), tones.heat(0.5), tones.heat(1)]


def test_a_cell_of_which_little_is_known_has_a_corner_cut_off() -> None:
    assert len(of_kind(body(heat(Cell(0.5, confidence=0.5))), Line)) == 2
    assert of_kind(body(heat(Cell(0.5, confidence=0.7))), Line) == []


def test_low_rows_are_one_field_of_cells_that_keeps_the_signs() -> None:
    [cells] = of_kind(body(heat(Cell(0.5), Cell(None), Cell(None, is_asked=False)), 4.0), Cells)
    assert cells.tones == (tones.heat(0.5), HATCHED, "")


def test_exact_columns_have_a_decimal() -> None:
    rows = [HeatRow(1, "Unit", (Cell(0.6666), Cell(0.6666)))]
    assert said(body(HeatMap(["Score", "Plans"], rows, exact={0}))) == ["Unit", "66.7", "67"]


def dashed(sheet: Sheet) -> list[Line]:
    return [line for line in of_kind(sheet, Line) if line.tone == "accent" and line.dash]


def whole(sheet: Sheet) -> list[Line]:
    return [line for line in of_kind(sheet, Line) if line.tone == "accent" and not line.dash]


def test_a_line_is_dashed_where_little_is_known_and_broken_where_nothing_is() -> None:
    values = (0.1, 0.2, 0.3, None, 0.5, 0.6, *(None,) * 6)
    sheet = drawn(Trend(DAYS, [Series("Score", values, (0.2, 0.2, *(1.0,) * 10))]))
    assert [len(line.points) for line in dashed(sheet)] == [3]  # to the first day that is certain
    assert [len(line.points) for line in whole(sheet)] == [2]
    assert "60.0 Score" in said(sheet)


@given(st.lists(shares, min_size=12, max_size=12), st.lists(st.floats(0, 1), min_size=12, max_size=12))
def test_strokes_join_just_the_neighbours_that_both_have_a_value(
    values: list[float | None], confidence: list[float]
) -> None:
    sheet = drawn(Trend(DAYS, [Series("Score", tuple(values), tuple(confidence))]))
    joined = sum(len(line.points) - 1 for line in dashed(sheet) + whole(sheet))
    assert joined == sum(one is not None and other is not None for one, other in itertools.pairwise(values))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_names_of_lines_that_end_together_do_not_lie_upon_each_other(ends: list[float]) -> None:
    series = [Series(f"Line {place}", (end,) * 12, ink=place) for place, end in enumerate(ends)]
    sheet = drawn(Trend(DAYS, series))
    places = sorted(word.y for word in of_kind(sheet, Word) if "Line" in word.text)
    assert all(other - one >= 14.9 for one, other in itertools.pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 400


def test_each_line_has_a_mark_of_its_own_shape() -> None:
    shapes = set()
    for ink in range(tones.LINES):
        sheet = drawn(Trend(DAYS, [Series("Line", (0.5, *(None,) * 11), ink=ink)]))
        [mark] = [line for line in of_kind(sheet, Line) if line.tone == tones.ink(ink)]
        x, y = mark.points[0]
        shapes.add(tuple((round(px - x, 3), round(py - y, 3)) for px, py in mark.points))
    assert len(shapes) == tones.LINES


def test_the_radar_does_not_draw_what_is_unknown_as_zero() -> None:
    sides = [Side(i, f"S{i}", value) for i, value in enumerate((0.8, 0.6, None, 0.4))]
    sheet = drawn(Radar(sides, now_words="now"), 400, 300)
    [shape] = [line for line in of_kind(sheet, Line) if line.tone == "accent"]
    assert len(shape.points) == 3
    assert len(of_kind(sheet, Dot)) == 3
    assert "no data" in said(sheet)


def test_a_long_side_of_a_narrow_radar_is_said_on_two_lines() -> None:
    names = ("Plans", "Drills", "Corrective actions", "Supplies", "Disposal cards", "Teams", "Reporting")
    shown = said(drawn(Radar([Side(name, name, 0.5) for name in names]), 260, 214))
    assert {"Corrective", "actions"} <= set(shown)
    assert not [text for text in shown if "…" in text]
    assert "Corrective actions" in said(drawn(Radar([Side(name, name, 0.5) for name in names]), 500, 300))


def test_every_side_of_the_radar_can_be_pointed_at() -> None:
    sides = [Side(i, f"S{i}", None, is_asked=i != 2) for i in range(7)]
    assert {spot.number for spot in drawn(Radar(sides), 400, 300).spots} == set(range(7))


AS_OF = date(2026, 11, 26)


@given(st.lists(st.dates(date(2025, 1, 1), date(2030, 1, 1))), st.integers(1, 36))
def test_every_dated_thing_is_in_the_one_bucket_whose_days_hold_it(days: list[date], months: int) -> None:
    buckets = count_by_month(days, AS_OF, months)
    assert len(buckets) == months + 2
    for bucket in buckets:
        begin, end = bucket.key
        held = [day for day in days if (begin is None or begin <= day) and (end is None or day < end)]
        assert bucket.count == len(held)
    assert sum(bucket.count for bucket in buckets) == len(days)


def test_due_today_is_not_overdue_and_a_month_ends_with_its_last_day() -> None:
    days = [AS_OF - timedelta(days=1), AS_OF, date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1)]
    buckets = count_by_month(days, AS_OF, 2)
    assert [bucket.count for bucket in buckets] == [1, 2, 1, 1]
    assert buckets[-1].key == Span(date(2027, 1, 1), None)
    figure = DueAxis(buckets, AS_OF)
    assert [figure.words(place) for place in range(4)] == [
        "overdue: 1",
        "2026-11: 2",
        "2026-12: 1",
        "from 2027-01 on: 1",
    ]


def test_months_stand_in_their_alert_colours_and_what_is_overdue_at_the_left() -> None:
    sheet = drawn(
        DueAxis(count_by_month([AS_OF + timedelta(days=30 * n) for n in range(-1, 7)], AS_OF, 6), AS_OF)
    )
    assert [box.fill for box in of_kind(sheet, Box)] == [
        "red",
        "orange",
        "orange",
        *["yellow"] * 2,
        *["neutral"] * 3,
    ]
    assert filled(sheet, "red")[0].x == min(box.x for box in of_kind(sheet, Box))


def test_a_bar_that_is_far_higher_than_the_months_is_cut() -> None:
    buckets = [Bucket(0, None, 500), Bucket(1, date(2026, 12, 1), 10), Bucket(2, date(2027, 1, 1), 5)]
    sheet = drawn(DueAxis(buckets, AS_OF), 800, 300)
    past, first, second = of_kind(sheet, Box)
    assert past.height == first.height == pytest.approx(2 * second.height)
    assert len([line for line in of_kind(sheet, Line) if line.tone == "surface"]) == 2
    assert "500" in said(sheet)


def test_pairs_say_both_days_and_point_from_the_earlier_to_the_later() -> None:
    figure = Pairs(
        [Pair(1, "One", 0.4, 0.7, "Drills"), Pair(2, "Two", None, 0.5, was_asked=False)],
        before_words="August", after_words="November",
    )  # fmt: skip
    assert figure.words(0) == "One\nAugust: 40.0\nNovember: 70.0 (+30.0)\nDrills"
    assert figure.words(1) == "Two\nAugust: nothing is asked\nNovember: 50.0"
    assert figure.summary() == "2 rows compared: 1 went up, 0 down"
    sheet = drawn(figure)
    [tip] = [line for line in of_kind(sheet, Line) if line.fill == "muted"]
    before, after = of_kind(sheet, Dot)[:2]
    assert before.x < tip.points[1][0] < tip.points[0][0] < after.x


@pytest.mark.parametrize(
    "figure",
    [
        Ranking([]), HeatMap([], []), Trend([], []), Radar([]), Pairs([], before_words="", after_words=""),
        DueAxis([], AS_OF), Trend(DAYS[:1], [Series("Score", (0.5,))]), Radar([Side(1, "One", 0.5)]),
    ],
    ids=lambda figure: type(figure).__name__,
)  # fmt: skip
@pytest.mark.parametrize("size", [(800.0, 400.0), (60.0, 40.0)])
def test_charts_of_little_or_nothing_in_any_room_are_drawn(figure: Figure, size: tuple[float, float]) -> None:
    for shape in drawn(figure, *size).shapes:
        if isinstance(shape, Box | Hatch):
            assert shape.width >= 0
            assert shape.height >= 0
    assert isinstance(figure.summary(), str)
