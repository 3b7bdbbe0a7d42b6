"""How far the grade of the scope can be relied on, and what floors it breaks, in words."""

from __future__ import annotations

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.rows import UnitReadiness


def standing_words(ready: UnitReadiness | None) -> str:
    """The confidence of the grade, and that floors cap it; empty where nothing is asked."""
    if ready is None or ready.confidence is None:
        return ""
    code = formula().confidence_of(ready.confidence)
    words = _("confidence {confidence}").format(
        confidence=enumerations.label("readiness_confidence", code)
        if code
        else f"{100 * ready.confidence:.0f} %"
    )
    titles = _titles(ready)
    if not titles:
        return words
    capped = (
        _("capped: {floor}").format(floor=titles[0])
        if len(titles) == 1
        else _("capped by {count} floors").format(count=len(titles))
    )
    return f"{capped} · {words}"


def floor_words(ready: UnitReadiness | None) -> str:
    """The floors that the unit itself breaks, a line each, with the best grade that each leaves."""
    if ready is None:
        return ""
    caps = {one.name: one for one in formula().floor}
    words = _("{floor}: not better than {grade}")
    return "\n".join(
        words.format(floor=caps[name].title, grade=enumerations.label("grade", caps[name].cap))
        for name in ready.broken
        if name in caps
    )


def _titles(ready: UnitReadiness) -> list[str]:
    return [one.title for one in formula().floor if one.name in ready.broken]
