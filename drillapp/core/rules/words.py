"""What a rule says, in words: of whom it asks, how often or by when, and what settles it."""

from __future__ import annotations

from collections.abc import Iterator

from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.law import Mark, Rule

_RECURRING = ("drill_held", "plan_assessed", "stocktake_done")
"""What has to be done again and again: its months run from one time to the next."""
_ONCE = ("plan_revised",)
"""What has so many months' time. Elsewhere months only say how far back is looked."""
_BY_ITSELF = ("upkeep_done", "loan_returned")
"""What has its day by a record of its own, not by the rule."""


def subject_words(rule: Rule) -> str:
    """Of which units it is asked."""
    parts = [label("unit_kind", kind) for kind in rule.kinds]
    parts += [_("named '{word}'").format(word=word) for word in rule.names]
    parts += [label("sector", sector) for sector in rule.sectors]
    parts += [_("not {sector}").format(sector=label("sector", one)) for one in rule.without_sectors]
    parts += [_("with a plan: {kind}").format(kind=label("plan_kind", kind)) for kind in rule.plan_kinds]
    if rule.high_risk is not None:
        parts.append(_("High risk") if rule.high_risk else _("not high risk"))
    if rule.crowded is not None:
        parts.append(_("Crowded place") if rule.crowded else _("not crowded"))
    return _(", ").join(parts) or _("All units")


def term_words(rule: Rule) -> str:
    """How often, or by when."""
    return _(", ").join(_terms(rule)) or _("at all times")


def _terms(rule: Rule) -> Iterator[str]:
    if rule.percent:
        yield _("at least {percent} %").format(percent=rule.percent)
    if rule.window:
        yield label("rule_window", rule.window)
    elif rule.days:
        within = _("within {days} working days") if rule.working_days else _("within {days} days")
        yield within.format(days=rule.days)
    elif rule.months and rule.settled_by in _RECURRING:
        yield _("every {months} months").format(months=rule.months)
    elif rule.months and rule.settled_by in _ONCE:
        yield _("within {months} months").format(months=rule.months)
    if rule.settled_by in _BY_ITSELF:
        yield _("as often as each item says") if rule.settled_by == "upkeep_done" else _("by the agreed day")
    if rule.per == "plan":
        yield _("each of these plans")
    if rule.holidays:
        months = " ".join(map(str, rule.holidays))
        yield _("months {months} count with the one before").format(months=months)


def settled_words(rule: Rule) -> str:
    """What settles it."""
    parts = [label("settlement", rule.settled_by)]
    if rule.settled_by == "drill_held" and rule.plan_kinds:
        kinds = _(" or ").join(label("plan_kind", kind) for kind in rule.plan_kinds)
        parts.append(_("of such a plan: {kinds}").format(kinds=kinds))
    if rule.hazards:
        parts.append(_("for {hazards}").format(hazards=_(" or ").join(rule.hazards)))
    if rule.evacuation:
        parts.append(_("with people evacuated"))
    return _(", ").join(parts)


def mark_sentence(mark: Mark) -> str:
    """How far a rule was verified, as a sentence."""
    return {
        "V": _("Read in the text itself."),
        "V2": _("Read second-hand, not in the text itself."),
        "M": _("Could not be verified in a text: look it up before you rely on it."),
        "C": _("A convention: no text asks for it."),
        "L": _("Entered by this office."),
    }[mark]
