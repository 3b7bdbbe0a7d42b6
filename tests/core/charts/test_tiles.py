"""The tile map: the sub-districts of Xicheng in their rough position, everything else in reading order below."""

from __future__ import annotations

from pathlib import Path

import pytest

from drillapp.core import resources
from drillapp.core.charts import tones
from drillapp.core.charts.shapes import Box, Hatch
from drillapp.core.charts.tiles import Tile, Tiles, read_tile_map, tile_places
from drillapp.core.errors import Damaged
from drillapp.core.i18n import use_language
from drillapp.core.supplies.aid.distance import read_adjacency
from tests.core.charts.recorded import drawn, of_kind, said

XICHENG = read_tile_map("tiles_xicheng.toml")


def tile(code: str, value: float | None = 0.5, grade: str = "D", **more: object) -> Tile:
    return Tile(code, code, f"Unit {code}", value, grade, **more)  # type: ignore[arg-type]


def test_all_fifteen_sub_districts_have_their_place_and_the_file_says_how_sure_it_is() -> None:
    streets = read_adjacency("110102.toml").street
    assert {one.code for one in XICHENG.tile} == {street.code for street in streets}
    assert len(XICHENG.tile) == 15
    assert all(street.name.startswith(tile_places()[street.code].zh) for street in streets)
    assert XICHENG.mark == "rough position"


def test_sub_districts_that_touch_lie_near_each_other() -> None:
    places = tile_places()
    for street in read_adjacency("110102.toml").street:
        here = places[street.code]
        for code in street.neighbours:
            there = places[code]
            assert max(abs(here.row - there.row), abs(here.column - there.column)) <= 2


def spots(figure: Tiles) -> dict[str, tuple[float, float]]:
    return {figure.key(spot.number): (spot.x, spot.y) for spot in drawn(figure, 800, 600).spots}


def test_north_is_above_and_west_is_left() -> None:
    found = spots(Tiles([tile(one.code) for one in XICHENG.tile]))
    desheng, yuetan, baizhifang, tianqiao = (
        found[code] for code in ("110102010", "110102007", "110102019", "110102014")
    )
    assert desheng[1] < yuetan[1] < baizhifang[1]
    assert yuetan[0] < desheng[0] < tianqiao[0]


def test_units_of_no_file_follow_below_in_reading_order() -> None:
    found = spots(Tiles([tile("x"), tile("110102019"), tile("y"), tile("110102013"), *map(tile, "abc")]))
    lowest = found["110102019"][1]
    others = [found[code] for code in ("x", "y", "a", "b", "c")]
    assert all(place[1] > lowest for place in others)
    assert others == sorted(others, key=lambda place: (place[1], place[0]))
    assert len({place[1] for place in others}) == 2  # four columns, as above


def test_units_of_no_file_alone_fill_a_field() -> None:
    found = spots(Tiles([tile(str(place)) for place in range(12)]))
    assert len(set(found.values())) == 12
    assert len({x for x, _y in found.values()}) == 4


def test_a_tile_has_the_tone_of_its_grade_and_says_name_figure_and_letter() -> None:
    figure = Tiles(
        [tile("110102010", 0.9, "A"), tile("110102013", 0.3, "D", capped="No plan"), tile("x", None, "")]
    )
    sheet = drawn(figure, 800, 600)
    grounds = {box.fill for box in of_kind(sheet, Box) if box.width > 100}
    assert grounds == {tones.grade(0), tones.grade(3), "surface"}
    assert {"Desheng", "90.0", "A", "Dashilan", "30.0", "D↓", "Unit x", "no data"} <= set(said(sheet))
    assert len(of_kind(sheet, Hatch)) == 1
    assert figure.words(1) == "Unit 110102013: 30.0 of 100, D\nNo plan"
    assert figure.summary() == "Map of 3 units by grade; A: 1, B: 0, C: 0, D: 1"


def test_the_short_name_is_in_the_language_spoken() -> None:
    use_language("zh_CN")
    assert "德胜" in said(drawn(Tiles([tile("110102010")]), 800, 600))


@pytest.mark.parametrize(
    ("was", "now", "named"),
    [
        ('code = "110102009"', 'code = "110102010"', r"tile\[1\]\.code"),
        ("row = 1\ncolumn = 0", "row = 0\ncolumn = 2", r"tile\[1\]\.row"),
    ],
)
def test_a_file_with_two_tiles_on_one_place_or_of_one_unit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, now: str, named: str
) -> None:
    text = resources.resource_path("charts/tiles_xicheng.toml").read_text(encoding="utf-8")
    name = f"tiles_{tmp_path.name}.toml"
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / name).write_text(text.replace(was, now, 1), encoding="utf-8")
    monkeypatch.setattr(resources, "_root", lambda: tmp_path)
    with pytest.raises(Damaged, match=named):
        read_tile_map(name)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("high", [330, 370, 500])
def test_no_name_is_cut_where_the_map_is_as_narrow_as_at_1366(language: str, high: int) -> None:
    use_language(language)
    sheet = drawn(Tiles([tile(one.code, 0.5, "D", capped="No plan") for one in XICHENG.tile]), 320, high)
    assert not [text for text in said(sheet) if "…" in text]


def test_a_long_name_is_broken_where_it_may_be_and_only_in_a_narrow_tile() -> None:
    narrow, wide = (drawn(Tiles([tile("110102020"), tile("110102014")]), width, 500) for width in (320, 800))
    assert {"Guang'an-", "menwai"} <= set(said(narrow))
    assert "Guang'anmenwai" in said(wide)
