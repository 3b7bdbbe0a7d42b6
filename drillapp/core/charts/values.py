"""How charts say a value: shares of 0 to 1 as points of 100."""

from __future__ import annotations

from drillapp.core.i18n import _

LOW_CONFIDENCE = 0.6
"""Below this share of what is known of what is asked, a value is drawn as an uncertain one."""


def points(value: float | None) -> str:
    """A share in points of 100 to one decimal, a dash where there is none."""
    return "–" if value is None else f"{100 * value:.1f}"


def change(value: float | None, earlier: float | None) -> str:
    """How many points a share went up or down, nothing where one of both is missing."""
    if value is None or earlier is None:
        return ""
    difference = round(100 * (value - earlier), 1)
    if not difference:
        return "＝"
    return f"{'▲' if difference > 0 else '▼'} {abs(difference):.1f}"


def signed(value: float, earlier: float) -> str:
    """The same with a sign, for sentences."""
    return f"{100 * (value - earlier):+.1f}"


def is_unsure(confidence: float) -> bool:
    """Whether too little is known for the value to be drawn as a certain one."""
    return confidence < LOW_CONFIDENCE


def missing(is_asked: bool) -> str:
    """Why there is no value, in words."""
    return _("no data") if is_asked else _("nothing is asked")


def known(confidence: float) -> str:
    """How much is known, as a line of words; nothing where all is."""
    if confidence >= 1:
        return ""
    return _("known: {share} % of what is asked").format(share=f"{100 * confidence:.0f}")


def lines(*parts: str) -> str:
    """The parts that say something, each on a line."""
    return "\n".join(part for part in parts if part)
