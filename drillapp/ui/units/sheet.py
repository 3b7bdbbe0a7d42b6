"""A unit's sheet: how ready it is, what is asked of it, and everything that is kept about it."""

from __future__ import annotations

from typing import Any

from drillapp.core import enumerations
from drillapp.core.cards.queries import CARDS
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.office import Office
from drillapp.core.plans.queries import PLANS
from drillapp.core.readiness.formula import Value, formula
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.queries import obligations
from drillapp.core.supplies.listings import STOCK
from drillapp.core.teams.queries import TEAMS
from drillapp.core.units.queries import PEOPLE, POSTS
from drillapp.ui.parts import record_lines as lines
from drillapp.ui.parts import tones
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section
from drillapp.ui.session import Target

_URGENCY = {"overdue": 0, "due": 1, "met": 2}


def duties(office: Office, row: Any) -> list[Section]:
    """Readiness with its indicators, then what the rules ask of the unit itself, what is late first."""
    sections = [_readiness(row, found) for found in readiness(office, row.id)[:1]]
    asked = sorted(obligations(office, row.id, own_only=True), key=lambda one: _URGENCY[one.state])
    nothing = _("No rule asks anything of this unit.")
    sections.append(Section(_("Obligations"), [lines.obligation_line(one) for one in asked], empty=nothing))
    return sections


def records(office: Office, row: Any) -> list[Section]:
    """What is kept about the unit itself."""
    of_unit = (Condition("unit_id", "=", row.id),)
    open_ones = (*of_unit, Condition("state", "in", ["open", "overdue"]))

    def all_of(page: str, kind: str) -> Target:
        chosen = {"unit_name": frozenset((row.name,)), "unit_code": frozenset((row.code,))}
        return Target(page, kind, choices=chosen)

    newest = (("planned_on", True),)
    return [
        lines.records_section(office, _("Plans"), PLANS, of_unit, lines.plan_line, all_of("plans", "plans")),
        lines.records_section(
            office, _("Drills"), DRILLS, of_unit, lines.drill_line, all_of("drills", "drills"), newest
        ),
        lines.records_section(
            office, _("Open findings"), FINDINGS, open_ones, lines.finding_line, all_of("drills", "findings")
        ),
        lines.records_section(
            office, _("Stock"), STOCK, of_unit, lines.stock_line, all_of("supplies", "stock")
        ),
        lines.records_section(office, _("Cards"), CARDS, of_unit, lines.card_line, all_of("cards", "cards")),
        lines.records_section(office, _("Teams"), TEAMS, of_unit, lines.team_line, all_of("units", "teams")),
        lines.records_section(office, _("Posts"), POSTS, of_unit, lines.post_line, all_of("units", "posts")),
        lines.records_section(
            office, _("People"), PEOPLE, of_unit, lines.person_line, all_of("units", "people")
        ),
    ]


def _readiness(row: Any, found: UnitReadiness) -> Section:
    """The score with the units below, and each indicator as met of asked."""
    here = Target("readiness", "units", row.id)
    score = _("{score} of 100").format(score=found.score) if found.score is not None else _("nothing asked")
    grade = enumerations.label("grade", found.grade) if found.grade else ""
    head = RecordLine(
        _("Score: {score}").format(score=score), _("with all units below it"), grade, tones.GRADE, here
    )
    values = [_indicator(one.title, found.indicators[one.name], here) for one in formula().indicator]
    return Section(_("Readiness"), [head, *values], total=0)


def _indicator(title: str, value: Value, target: Target) -> RecordLine:
    if value.value is None:
        return RecordLine(title, _("nothing asked"), target=target)
    words = _("{met} of {asked} met").format(met=f"{value.met:,}", asked=f"{value.asked:,}")
    return RecordLine(f"{title}  {value.value:.0%}", words, target=target, share=value.value)
