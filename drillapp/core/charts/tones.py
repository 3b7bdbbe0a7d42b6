"""The colours of charts: all are made from the palette of what they are painted on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

STEPS = 20
"""Shades of a share: 0 for none, STEPS for the whole."""
GRADES = 4
_GRADE_SHARES = (0.08, 0.36, 0.66, 1.0)
PAPER = {
    "surface": "#ffffff", "sunken": "#f6f7fa", "hover": "#eef0f6", "border": "#e2e5ec", "border_strong": "#c8cdd9",
    "text": "#1b1f2a", "muted": "#596172", "faint": "#858c9b", "accent": "#4b49c4", "accent_soft": "#ececfb",
    "accent_text": "#403eb4", "on_accent": "#ffffff", "red": "#c2272d", "orange": "#b04c08", "yellow": "#846200",
    "blue": "#1763bd", "green": "#1c7643",
}  # fmt: skip
"""The palette of papers and of saved pictures: that of the light window, which a test holds."""
LINES = 7
_LINES = {
    False: ("#0b7285", "#a61e6b", "#7a5c2e", "#3b3f4a", "#8f6bb8", "#5c7f8a", "#b06a86"),
    True: ("#4fc3d6", "#f080bd", "#cfae7a", "#c7cbd6", "#b79be0", "#86aab5", "#dba1b8"),
}
"""Inks of lines on a light and a dark ground: apart from the alert colours; each line has its own mark besides."""


def heat(share: float) -> str:
    """The tone of a share from 0 to 1: the larger, the fuller."""
    return f"heat{round(max(0.0, min(1.0, share)) * STEPS)}"


def on(tone: str) -> str:
    """The tone of words upon a shade or a grade."""
    return f"on_{tone}"


def grade(place: int) -> str:
    """The tone of a grade by its place, the best first: the worse, the fuller."""
    return f"grade{max(0, min(GRADES - 1, place))}"


def ink(place: int) -> str:
    """The tone of a line by its place."""
    return f"line{place % LINES}"


def chart_tones(base: Mapping[str, str]) -> dict[str, str]:
    """All tones that charts use, from a palette such as PAPER: name and #rrggbb."""
    return dict(_tones(tuple(sorted((name, base[name]) for name in PAPER))))


@cache
def _tones(base: tuple[tuple[str, str], ...]) -> dict[str, str]:
    tones = dict(base)
    is_dark = lightness(tones["surface"]) < 50
    tones["track"] = mixed(tones["surface"], tones["border"], 0.75)
    tones["neutral"] = mixed(tones["surface"], tones["muted"], 0.45)
    tones["wash"] = mixed(tones["surface"], tones["accent"], 0.16)
    shades = {f"heat{step}": step / STEPS for step in range(STEPS + 1)}
    shades |= {f"grade{place}": share for place, share in enumerate(_GRADE_SHARES)}
    for name, share in shades.items():
        tones[name] = mixed(tones["sunken"], tones["accent_text"], share)
        tones[on(name)] = _readable(tones[name], (tones["text"], tones["on_accent"]))
    for place, colour in enumerate(_LINES[is_dark]):
        tones[ink(place)] = colour
    return tones


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two of the form #rrggbb; share 0 is the first, 1 the second."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def lightness(colour: str) -> float:
    """How light a colour looks, 0 to 100 (L* of CIELAB)."""
    light = luminance(colour)
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def luminance(colour: str) -> float:
    """The light that comes from a colour, 0 to 1 (WCAG 2, relative luminance)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well one colour is read on the other, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(ground: str, usual: tuple[str, ...]) -> str:
    """The first of the usual colours of words that can be read there (WCAG 2, AA), else black or white."""
    readable = (words for words in usual if contrast(words, ground) >= 4.5)
    return next(readable, max("#ffffff", "#000000", key=lambda words: contrast(words, ground)))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
