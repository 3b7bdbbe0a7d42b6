"""Colours of charts are told apart by eyes that do not see red and green, and in grey print."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise

import pytest

from drillapp.core.charts import tones
from drillapp.core.charts.tones import PAPER, chart_tones, contrast, lightness
from drillapp.ui import theme

LIGHT, DARK = theme.LIGHT._asdict(), theme.DARK._asdict()
GROUNDS = pytest.mark.parametrize("base", [LIGHT, DARK], ids=["light", "dark"])
# What is left of red, green and blue for eyes without the green cone, in linear light: Viénot, Brettel and Mollon 1999,
# "Digital video colourmaps for checking the legibility of displays by dichromats".
DEUTERANOPIA = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))


def seen(colour: str) -> str:
    """The colour as deuteranopic eyes see it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    mixed = [max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))) for row in DEUTERANOPIA]
    back = [part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in mixed]
    return "#" + "".join(f"{round(255 * min(1.0, part)):02x}" for part in back)


def grades(base: Mapping[str, str]) -> list[str]:
    made = chart_tones(base)
    return [made[tones.grade(place)] for place in range(tones.GRADES)]


def test_the_simulation_takes_red_and_green_together() -> None:
    assert abs(int(seen("#c00000")[1:3], 16) - int(seen("#c00000")[3:5], 16)) <= 1
    assert seen("#808080") == "#808080"


@GROUNDS
def test_neighbouring_grades_differ_in_lightness_for_all_eyes(base: Mapping[str, str]) -> None:
    for colours in (grades(base), [seen(colour) for colour in grades(base)]):
        steps = [lightness(one) - lightness(other) for one, other in pairwise(colours)]
        assert min(map(abs, steps)) >= 10
        assert len({step > 0 for step in steps}) == 1  # in one order, so that grey print keeps it


@GROUNDS
def test_shades_of_the_heat_map_keep_their_order_for_all_eyes(base: Mapping[str, str]) -> None:
    made = chart_tones(base)
    shades = [made[tones.heat(step / tones.STEPS)] for step in range(tones.STEPS + 1)]
    for colours in (shades, [seen(colour) for colour in shades]):
        values = [lightness(colour) for colour in colours]
        assert values == sorted(values, reverse=base is LIGHT)
        assert abs(values[-1] - values[0]) > 45


@GROUNDS
def test_words_on_a_shade_can_be_read(base: Mapping[str, str]) -> None:
    made = chart_tones(base)
    grounds = [tones.heat(step / tones.STEPS) for step in range(tones.STEPS + 1)]
    grounds += [tones.grade(place) for place in range(tones.GRADES)]
    assert min(contrast(made[ground], made[tones.on(ground)]) for ground in grounds) >= 4.5


@GROUNDS
def test_lines_are_seen_on_their_ground_and_differ_from_each_other(base: Mapping[str, str]) -> None:
    made = chart_tones(base)
    inks = [made[tones.ink(place)] for place in range(tones.LINES)]
    assert min(contrast(ink, base["surface"]) for ink in inks) >= 3
    assert len(set(inks)) == tones.LINES


def test_the_alert_colours_are_no_colours_of_grades_or_lines() -> None:
    made = chart_tones(PAPER)
    used = {made[tones.ink(place)] for place in range(tones.LINES)} | set(grades(PAPER))
    assert used.isdisjoint(PAPER[name] for name in ("red", "orange", "yellow", "blue", "green"))


def test_a_share_beyond_its_ends_has_the_shade_of_the_end() -> None:
    assert tones.heat(-1) == tones.heat(0)
    assert tones.heat(2) == tones.heat(1)
    assert all(
        one != other for one, other in combinations((tones.heat(0), tones.heat(0.5), tones.heat(1)), 2)
    )


def test_paper_has_the_colours_of_the_light_window() -> None:
    assert {name: LIGHT[name] for name in PAPER} == PAPER
