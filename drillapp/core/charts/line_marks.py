"""The marks of lines: one shape a line, so that lines are told apart without their colour."""

from __future__ import annotations

from math import cos, pi, sin
from typing import NamedTuple

from drillapp.core.charts.shapes import Point
from drillapp.core.charts.sheet import Sheet

_REACH = 4.4


class _Form(NamedTuple):
    corners: int
    turn: float = 0.0
    """By which part of the angle between two corners it is turned."""
    waist: float = 0.0
    """Of a star, how far its inner corners are from the middle, as a part of the outer ones."""


_FORMS = (
    _Form(4, 0.5),
    _Form(3),
    _Form(4),
    _Form(3, 0.5),
    _Form(5, 0.0, 0.42),
    _Form(6),
    _Form(4, 0.5, 0.35),
)
"""Square, triangle, diamond, triangle downwards, star, hexagon, cross."""


def draw_mark(sheet: Sheet, ink: int | None, at: Point, tone: str, *, is_open: bool = False) -> None:
    """The mark of the line with that ink, a dot for the main line, which has none; an open one: little is known."""
    fill = "surface" if is_open else tone
    if ink is None:
        sheet.dot(*at, 3.0, fill, stroke=tone, thickness=1.6)
        return
    form = _FORMS[ink % len(_FORMS)]
    corners: list[Point] = []
    for place in range(form.corners):
        corners.append(_corner(at, (place + form.turn) / form.corners, _REACH))
        if form.waist:
            corners.append(_corner(at, (place + form.turn + 0.5) / form.corners, _REACH * form.waist))
    sheet.outline(corners, tone, 1.2, fill=fill)


def _corner(at: Point, turn: float, reach: float) -> Point:
    angle = 2 * pi * turn - pi / 2
    return at[0] + reach * cos(angle), at[1] + reach * sin(angle)
