"""The sub-districts of a district as tiles in their rough position: short name, figure, grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import sqrt
from typing import Any, NamedTuple

import msgspec

from drillapp.core.charts import tones
from drillapp.core.charts.figure import Figure
from drillapp.core.charts.sheet import BODY, SMALL, Sheet
from drillapp.core.charts.values import change, is_unsure, known, lines, missing, points, signed
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.i18n import _, language
from drillapp.core.resources import resource_path

_FOLDER = "charts"
_GAP, _PAD, _NARROW_PAD = 6.0, 8.0, 5.0
_NARROW = 90.0
"""Width below which a tile has the narrow edge."""
_SCORE, _LOW_SCORE = 20.0, 16.0
"""Sizes of a tile's figure, in pixels."""
_WIDEST, _HIGHEST = 190.0, 96.0
_FOOT = 24.0
_BREAK = "\u00ad"
"""The soft hyphen: where a long name may be broken."""
_TWO_LINES, _BREAKS = 46.0, 50.0
"""Heights of a tile from which it has two lines of words, and may have its name on two of three."""
_LEAST_WHOLE = 11.0
"""To this size a name is set smaller before it is broken."""
_TWO_MORE = 33.0
"""Height from which two lines fit below the name."""
_ROOMY = 46.0
"""Height from which the figure above a short one is set large; alone it needs half."""


class TilePlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the tile of a unit stands, counted from the north-west corner, and how it is called in short.

    A soft hyphen in the name says where a narrow tile may break it.
    """

    code: str
    zh: str
    en: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """Its short name in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class TileMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of resources/charts: `source` and `mark` say where the positions are from and how far to trust them."""

    source: str
    mark: str
    tile: tuple[TilePlace, ...]


def read_tile_map(name: str) -> TileMap:
    """A file below resources/charts; raises Damaged for two tiles of one unit or on one place."""
    return read_data_file(f"{_FOLDER}/{name}", TileMap, _check)


def _check(content: TileMap) -> None:
    seen: set[object] = set()
    for place, tile in enumerate(content.tile):
        if tile.code in seen:
            raise BadField(f"tile[{place}].code", _("Stands there twice."))
        if (tile.row, tile.column) in seen or tile.row < 0 or tile.column < 0:
            raise BadField(f"tile[{place}].row", _("Another tile has this place, or there is no such place."))
        seen |= {tile.code, (tile.row, tile.column)}


@cache
def tile_places() -> Mapping[str, TilePlace]:
    """The place of each unit that is in a file of resources/charts, by its code."""
    files = sorted(path.name for path in resource_path(_FOLDER).glob("tiles_*.toml"))
    return {tile.code: tile for name in files for tile in read_tile_map(name).tile}


class Tile(msgspec.Struct, frozen=True):
    """One unit; values are shares of 0 to 1."""

    key: Any
    code: str
    """The unit's code, by which it is found on the map."""
    name: str
    value: float | None
    grade: str = ""
    """Its letter, one of those that the map knows."""
    grade_words: str = ""
    earlier: float | None = None
    is_asked: bool = True
    confidence: float = 1.0
    capped: str = ""
    """Which floor caps the grade, in words; empty where none does."""
    beside: str = ""
    """A short figure below, such as how many units reported."""


class _Place(NamedTuple):
    row: float
    column: int


class Tiles(Figure):
    """A spot is a tile; units that no file places stand below the map in reading order."""

    least = (420.0, 320.0)

    def __init__(
        self,
        tiles: Sequence[Tile],
        *,
        grades: Sequence[str] = ("A", "B", "C", "D"),
        earlier_words: str = "",
        places: Mapping[str, TilePlace] | None = None,
    ) -> None:
        """`grades` are the letters, the best first; `earlier_words` say of which day the earlier values are."""
        self.tiles = tuple(tiles)
        self.grades = tuple(grades)
        self.earlier_words = earlier_words
        self._known = tile_places() if places is None else places
        self._places = self._lay_out()
        self.columns = 1 + max((place.column for place in self._places), default=0)
        self.lines = 1 + max((place.row for place in self._places), default=0)

    def count(self) -> int:
        return len(self.tiles)

    def key(self, spot: int) -> Any:
        return self.tiles[spot].key

    def words(self, spot: int) -> str:
        tile = self.tiles[spot]
        if tile.value is None:
            return lines(f"{tile.name}: {missing(tile.is_asked)}", tile.beside)
        text = _("{unit}: {score} of 100").format(unit=tile.name, score=points(tile.value))
        before = ""
        if tile.earlier is not None:
            before = f"{self.earlier_words}: {points(tile.earlier)} ({signed(tile.value, tile.earlier)})"
        grade = tile.grade_words or tile.grade
        return lines(
            ", ".join(filter(None, (text, grade))), tile.capped, before, known(tile.confidence), tile.beside
        )

    def summary(self) -> str:
        counts = [(letter, sum(tile.grade == letter for tile in self.tiles)) for letter in self.grades]
        said = ", ".join(f"{letter}: {count}" for letter, count in counts)
        return _("Map of {count} units by grade; {grades}").format(count=len(self.tiles), grades=said)

    def step(self, spot: int, across: int, down: int) -> int:
        """The nearest tile in that direction, or the same where there is none."""
        here = self._places[spot]
        ahead: list[tuple[float, int]] = []
        for place, there in enumerate(self._places):
            to_right, below = there.column - here.column, there.row - here.row
            forward, aside = (to_right * across, below) if across else (below * down, to_right)
            if forward > 0:
                ahead.append((forward + 2 * abs(aside), place))
        return min(ahead, default=(0.0, spot))[1]

    def _lay_out(self) -> list[_Place]:
        """Those on the map in their place, the others below it."""
        placed = [self._known.get(tile.code) for tile in self.tiles]
        columns = max([place.column + 1 for place in placed if place], default=0)
        below = max([place.row + 1 for place in placed if place], default=0)
        wide = columns or _even_columns(len(placed))
        gap = 0.35 if columns else 0.0
        found, others = [], 0
        for place in placed:
            if place:
                found.append(_Place(place.row, place.column))
            else:
                found.append(_Place(below + gap + others // wide, others % wide))
                others += 1
        return found

    def draw(self, sheet: Sheet) -> None:
        if not self.tiles:
            return
        wide = min(_WIDEST, (sheet.width - _GAP) / self.columns)
        high = min(_HIGHEST, (sheet.height - _FOOT - _GAP) / self.lines)
        left = (sheet.width - wide * self.columns) / 2
        for number, (tile, place) in enumerate(zip(self.tiles, self._places, strict=True)):
            x, y = left + place.column * wide + _GAP / 2, place.row * high + _GAP / 2
            sheet.spot(number, x, y, wide - _GAP, high - _GAP)
            self._draw_tile(sheet, tile, x, y, wide - _GAP, high - _GAP)
        self._draw_foot(sheet, left + _GAP / 2)

    def _tone(self, tile: Tile) -> str:
        if tile.value is None or tile.grade not in self.grades:
            return ""
        return tones.grade(self.grades.index(tile.grade))

    def _draw_tile(self, sheet: Sheet, tile: Tile, x: float, y: float, wide: float, high: float) -> None:
        tone = self._tone(tile)
        ink = tones.on(tone) if tone else "text"
        sheet.box(x, y, wide, high, tone or "surface", stroke="border_strong", radius=4)
        if tile.value is None and tile.is_asked:
            sheet.hatch(x, y, wide, high, "border_strong")
        if tone and is_unsure(tile.confidence):
            sheet.box(x + 3, y + 3, wide - 6, high - 6, stroke=ink, radius=3)
        known_place = self._known.get(tile.code)
        name = known_place.name if known_place else tile.name
        letter = tile.grade + ("↓" if tile.capped else "")
        pad = _PAD if wide >= _NARROW else _NARROW_PAD
        left, right = x + pad, x + wide - pad
        if high < _TWO_LINES:
            _draw_line(sheet, tile, name, letter, ink, (left, right, y + high / 2))
            return
        taken = _draw_name(sheet, name, ink, (left, y, right, y + high))
        _draw_figures(sheet, tile, letter, ink, (left, y + taken, right, y + high))

    def _draw_foot(self, sheet: Sheet, left: float) -> None:
        y, x = sheet.height - _FOOT / 2, left
        for place, letter in enumerate(self.grades):
            tone = tones.grade(place)
            sheet.box(x, y - 8, 22, 16, tone, stroke="border_strong", radius=2)
            sheet.word(x + 11, y, 20, letter, tones.on(tone), bold=True, side="centre")
            x += 26
        for text in self._signs():
            wide = sheet.measure(text, SMALL, False)
            if x + 10 + wide > sheet.width:  # half a sentence explains nothing; the hover says it all
                break
            sheet.word(x + 10, y, wide + 1, text, "muted")
            x += 18 + wide

    def _signs(self) -> list[str]:
        """What the signs in the tiles mean, as far as there are such."""
        signs = []
        if any(tile.capped for tile in self.tiles):
            signs.append(_("↓ a floor caps the grade"))
        if any(tile.earlier is not None for tile in self.tiles):
            signs.append(_("▲ ▼ since {day}").format(day=self.earlier_words))
        if any(is_unsure(tile.confidence) for tile in self.tiles):
            signs.append(_("framed: little is known"))
        return signs


def _draw_line(
    sheet: Sheet, tile: Tile, name: str, letter: str, ink: str, place: tuple[float, float, float]
) -> None:
    """A low tile: name, figure and letter on one line."""
    left, right, middle = place
    sheet.word(right, middle, 30, letter, ink, size=BODY, bold=True, side="right")
    beside = 4 + sheet.measure(letter, BODY, True)
    sheet.word(right - beside - 4, middle, 40, points(tile.value), ink, size=BODY, bold=True, side="right")
    room = right - left - beside - 46
    sheet.word(left, middle, room, name.replace(_BREAK, ""), ink, size=BODY, shrinks=True)


def _draw_name(sheet: Sheet, name: str, ink: str, place: tuple[float, float, float, float]) -> float:
    """The name across the tile, on two lines where a long one may be broken; how high that is."""
    left, top, right, bottom = place
    whole, room = name.replace(_BREAK, ""), right - left
    halves = name.split(_BREAK)
    if len(halves) < 2 or bottom - top < _BREAKS or sheet.measure(whole, _LEAST_WHOLE, False) <= room:
        sheet.word(left, top + 14, room, whole, ink, size=BODY, shrinks=True)
        return 20.0
    sheet.word(left, top + 12, room, f"{halves[0]}-", ink, shrinks=True)
    sheet.word(left, top + 24, room, "".join(halves[1:]), ink, shrinks=True)
    return 31.0


def _draw_figures(
    sheet: Sheet, tile: Tile, letter: str, ink: str, place: tuple[float, float, float, float]
) -> None:
    """Value, change and letter below the name, and the short figure below them where there is room."""
    left, top, right, bottom = place
    has_third = bottom - top >= _TWO_MORE and bool(tile.beside)
    is_low = bottom - top < (_ROOMY if has_third else _ROOMY / 2)
    size = _LOW_SCORE if is_low or right - left < _NARROW - 2 * _NARROW_PAD else _SCORE
    middle = top + (bottom - top - (18 if has_third else 0)) / 2
    sheet.word(right, middle, 30, letter, ink, size=BODY, bold=True, side="right")
    room = right - left - (sheet.measure(letter, BODY, True) + _GAP if letter else 0)
    if tile.value is None:
        sheet.word(left, middle, room, missing(tile.is_asked), "muted")
    else:
        sheet.word(left, middle, room, points(tile.value), ink, size=size, bold=True, shrinks=True)
        said = change(tile.value, tile.earlier)
        wide = sheet.measure(said, SMALL, False) + _GAP
        if sheet.measure(points(tile.value), size, True) + wide <= room:
            sheet.word(left + room, middle + 2, wide, said, ink, side="right")
        elif has_third and sheet.measure(tile.beside, SMALL, False) + wide <= right - left:
            sheet.word(right, bottom - 12, wide, said, ink, side="right")
    if has_third:
        sheet.word(left, bottom - 12, right - left, tile.beside, ink)


def _even_columns(count: int) -> int:
    """Columns of a field that is a little wider than high."""
    return max(1, min(8, round(sqrt(count * 1.3))))
