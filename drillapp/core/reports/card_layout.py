"""Where the words of a disposal card stand, at the largest size at which all of them fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.reports.card_format import CardFormat
from drillapp.core.reports.fonts import Fonts, stack
from drillapp.core.reports.text import Line, shorten, wrap

STEPS = 12  # sizes tried between the largest and the smallest
STILL_LARGE = 0.9
_STOPS = "\u3002\uff0c\uff1b\uff01\uff1f.,;!?"


class Entry(msgspec.Struct, frozen=True):
    """One line or paragraph of the card: its mark before it, the text, and what to call it when it is too long."""

    mark: str
    text: str
    name: str


class Placed(msgspec.Struct, frozen=True):
    """An entry wrapped at the size that was found."""

    mark: str
    lines: tuple[Line, ...]
    gap: float


class Body(msgspec.Struct, frozen=True):
    """The wrapped text of a card."""

    size: float
    entries: tuple[Placed, ...]
    height: float


def fit_line(text: str, font: str, largest: float, smallest: float, width: float, name: str) -> float:
    """The size, not above the largest, at which the text stands on one line; raises InvalidInput below the smallest."""
    wide = unit_width(text, font)
    size = min(largest, width / wide) if wide else largest
    if size < smallest - 0.001:
        raise InvalidInput(
            _("{line} is too long for this size of card: “{text}”.").format(line=name, text=text),
            _("Shorten it, or print the card in a larger size."),
        )
    return size


def fit_body(
    entries: Sequence[Entry],
    layout: CardFormat,
    fonts: Fonts,
    room: tuple[float, float],
    largest: float,
    card: str,
) -> Body:
    """Wrap the entries at the largest size at which they fit; raises InvalidInput naming the longest when none does."""
    body = try_body(entries, layout, fonts, room, largest)
    if body is not None:
        return body
    longest = max(entries, key=lambda each: unit_width(each.text, fonts.sans))
    raise InvalidInput(
        _("Card {card}: the text does not fit this size of card; the longest is {line}: “{text}”.").format(
            card=card, line=longest.name, text=shorten(longest.text, fonts.sans, 1.0, 30.0)
        ),
        _("Shorten it, or print the card in a larger size."),
    )


def try_body(
    entries: Sequence[Entry], layout: CardFormat, fonts: Fonts, room: tuple[float, float], largest: float
) -> Body | None:
    """The entries wrapped at the largest size at which they fit into width and height; None when none does.

    A slightly smaller size is taken where fewer entries then end in a line of a character or two.
    """
    best: Body | None = None
    for body in _bodies(entries, layout, fonts, room, largest):
        if best is None or orphans(body) < orphans(best):
            best = body
        if not orphans(best) or body.size < best.size * STILL_LARGE:
            break
    return best


def orphans(body: Body) -> int:
    """How many entries end in a line of a character or two."""
    return sum(len(each.lines) > 1 and len(each.lines[-1].text.rstrip(_STOPS)) <= 2 for each in body.entries)


def _bodies(
    entries: Sequence[Entry], layout: CardFormat, fonts: Fonts, room: tuple[float, float], largest: float
) -> Iterator[Body]:
    """The entries at each size at which they fit, the largest first."""
    width, height = room
    measures = [(unit_width(each.mark, fonts.bold), unit_width(each.text, fonts.sans)) for each in entries]
    for size in sizes(largest, layout.smallest_text):
        if estimate(measures, layout, size, width) > height:
            continue
        placed = tuple(
            Placed(each.mark, wrap(each.text, fonts.sans, size, width - mark * size), layout.gap * size)
            for each, (mark, _text) in zip(entries, measures, strict=True)
        )
        tall = sum(len(each.lines) * layout.leading * size + each.gap for each in placed)
        if tall <= height:
            yield Body(size, placed, tall)


@lru_cache(maxsize=16384)
def unit_width(text: str, font: str) -> float:
    """Width of the text at size 1: the same steps and contacts stand on many cards."""
    return stack(font).stringWidth(text, 1.0)


def sizes(largest: float, smallest: float) -> Iterator[float]:
    """The sizes to try, the largest first."""
    fall = (largest - smallest) / (STEPS - 1)
    return (largest - fall * step for step in range(STEPS if fall > 0.001 else 1))


def estimate(measures: Sequence[tuple[float, float]], layout: CardFormat, size: float, width: float) -> float:
    """The least height that the entries can take: a quick look before they are wrapped."""
    lines = sum([max(1, ceil(text * size / max(width - mark * size, size) - 0.5)) for mark, text in measures])
    return (lines * layout.leading + len(measures) * layout.gap) * size
