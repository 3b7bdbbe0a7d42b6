"""Where the words of a disposal card stand, at the largest size at which all of them fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from drillapp.core.reports.card_format import CardFormat
from drillapp.core.reports.card_text import Card, Entry, Group, groups, too_long
from drillapp.core.reports.fonts import Fonts, stack
from drillapp.core.reports.text import Line, wrap

LABEL_SIZE = 0.86  # times the size of the text, as are all lengths below
NUMBER = 2.0  # box to tick and number of a step
SIGN = 1.1
AFTER_LEAD = 0.5
AIRY = 0.7  # so much of the room that is left goes below each entry
SIZES = 15  # tried between the largest and the smallest
_ROUNDING = 0.01


class Region(msgspec.Struct, frozen=True):
    """A part of a face that text flows into; `left` and `top` from the upper left corner of the face, downwards."""

    face: int
    left: float
    top: float
    width: float
    height: float


class Placed(msgspec.Struct):
    """An entry at its place."""

    region: int
    top: float
    """Below the top of its region."""
    height: float
    group: Group
    entry: Entry
    lines: tuple[Line, ...]
    is_labelled: bool
    """Not where the group only goes on."""
    label_width: float
    """What the label takes of the first line."""
    lead_width: float


class Style(msgspec.Struct, frozen=True):
    """How the text is set."""

    layout: CardFormat
    fonts: Fonts
    size: float
    column: float
    """Width of the column with the words left of the text, times the size; 0 where they stand in it."""


class Body(msgspec.Struct, frozen=True):
    """The text of a card at the size that was found."""

    style: Style
    placed: tuple[Placed, ...]


def fit_body(card: Card, layout: CardFormat, fonts: Fonts, regions: Sequence[Region]) -> Body:
    """The text at the largest size at which it fits; raises InvalidInput naming the longest line when none does."""
    said = groups(card, runs_on=layout.runs_on)
    column = 0.0 if layout.runs_on else max((_label_width(each, fonts) for each in said), default=0.0)
    styles = [Style(layout, fonts, size, column) for size in _sizes(layout.text, layout.smallest_text)]
    style = _largest(said, styles, regions)
    if style is None:
        entries = [entry for group in said for entry in group.entries]
        raise too_long(card, max(entries, key=lambda each: unit_width(each.text, fonts.sans)))
    arranged = (_arranged(each, style) for each in _arrangements(said, regions))
    placed = next(found for found in arranged if found is not None)
    _spread(placed, regions, style.size)
    return Body(style, tuple(placed))


def fit_lines(
    card: Card, entry: Entry, font: str, sizes: tuple[float, float], room: tuple[float, int]
) -> tuple[float, tuple[Line, ...]]:
    """The largest of the sizes at which a text takes no more lines than that; raises InvalidInput when none does."""
    (largest, smallest), (width, most) = sizes, room
    for size in _sizes(largest, smallest):
        lines = wrap(entry.text, font, size, width)
        if len(lines) <= most:
            return size, lines
    raise too_long(card, entry)


@lru_cache(maxsize=16384)
def unit_width(text: str, font: str) -> float:
    """Width of the text at size 1: the same steps and contacts stand on many cards."""
    return stack(font).stringWidth(text, 1.0)


def _sizes(largest: float, smallest: float) -> list[float]:
    """The sizes to try, the largest first."""
    fall = (largest - smallest) / (SIZES - 1)
    return [largest - fall * step for step in range(SIZES)]


def _largest(said: Sequence[Group], styles: Sequence[Style], regions: Sequence[Region]) -> Style | None:
    """The first style in which the text fits; halving, since what fits at one size fits at smaller ones."""
    too_large, fits = -1, len(styles)
    while fits - too_large > 1:
        middle = (too_large + fits) // 2
        if _flow(said, range(len(regions)), regions, styles[middle]) is None:
            too_large = middle
        else:
            fits = middle
    return styles[fits] if fits < len(styles) else None


Arrangement = Sequence[tuple[Sequence[Group], range, Sequence[Region]]]


def _arrangements(said: Sequence[Group], regions: Sequence[Region]) -> Iterator[Arrangement]:
    """Ways to part the groups among the regions, the best first; the last is one flow through all."""
    last, count = len(regions) - 1, len(regions)
    aside = [group for group in said if group.is_aside]
    before = [group for group in said if not group.is_aside]
    has_back = regions[0].face != regions[last].face
    if has_back:
        back = [group for group in before if group.is_back]
        front = [group for group in before if not group.is_back]
        yield (
            (front, range(1), regions),
            (back, range(1, last), regions),
            (aside, range(last, count), regions),
        )
    yield (before, range(last), regions), (aside, range(last, count), regions)
    yield ((said, range(count), regions),)


def _arranged(arrangement: Arrangement, style: Style) -> list[Placed] | None:
    placed: list[Placed] = []
    for said, places, regions in arrangement:
        part = _flow(said, places, regions, style)
        if part is None:
            return None
        placed += part
    return placed


def _flow(
    said: Sequence[Group], places: range, regions: Sequence[Region], style: Style
) -> list[Placed] | None:
    """The groups one below the other through the regions; None when they do not fit."""
    layout, size = style.layout, style.size
    placed: list[Placed] = []
    here, used = iter(places), 0.0
    region = next(here)
    for group in said:
        used += layout.group_gap * size if used else 0.0
        is_begun = False
        for entry in group.entries:
            found = _entry(group, entry, style, regions[region].width, labelled=not is_begun)
            while used + found.height > regions[region].height + _ROUNDING:
                following = next(here, None)
                if following is None:
                    return None
                region, used = following, 0.0
                found = _entry(group, entry, style, regions[region].width, labelled=True)
            found.region, found.top = region, used
            placed.append(found)
            used += found.height + layout.entry_gap * size
            is_begun = True
    return placed


def _entry(group: Group, entry: Entry, style: Style, width: float, *, labelled: bool) -> Placed:
    fonts, size = style.fonts, style.size
    label = _label_width(group, fonts) * size if labelled and not style.column else 0.0
    lead = (unit_width(entry.lead, fonts.bold) + AFTER_LEAD) * size if entry.lead else 0.0
    room = width - (style.column + (NUMBER if entry.number else 0.0)) * size
    lines = wrap(entry.text, fonts.sans, size, room, label + lead)
    height = len(lines) * style.layout.leading * size
    return Placed(0, 0.0, height, group, entry, lines, labelled, label, lead)


def _label_width(group: Group, fonts: Fonts) -> float:
    """Of the word and its sign and the space behind it, at size 1."""
    return unit_width(group.label, fonts.bold) * LABEL_SIZE + (SIGN if group.sign else 0.0) + AFTER_LEAD


def _spread(placed: Sequence[Placed], regions: Sequence[Region], size: float) -> None:
    """Let some of the room that is left in a region stand between its entries."""
    for place, region in enumerate(regions):
        here = [each for each in placed if each.region == place]
        if not here:
            continue
        spare = region.height - here[-1].top - here[-1].height
        extra = min(spare / len(here), AIRY * size)
        for count, each in enumerate(here):
            each.top += count * extra
