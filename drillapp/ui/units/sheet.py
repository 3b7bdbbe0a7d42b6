"""A unit's sheet: how ready it is, what is asked of it, and everything that is kept about it."""

from __future__ import annotations

from typing import Any

from drillapp.core.cards.queries import CARDS
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.office import Office
from drillapp.core.plans.queries import PLANS
from drillapp.core.readiness.formula import Floor, Value, formula
from drillapp.core.readiness.queries import readiness_of
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.queries import obligations
from drillapp.core.supplies.listings import STOCK
from drillapp.core.teams.queries import TEAMS
from drillapp.core.units.queries import PEOPLE, POSTS
from drillapp.ui.parts import record_lines as lines
from drillapp.ui.parts import tones
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section
from drillapp.ui.readiness import said
from drillapp.ui.session import Target

_URGENCY = {"overdue": 0, "no_data": 1, "due": 2, "met": 3}


def duties(office: Office, row: Any) -> list[Section]:
    """Readiness with its indicators, then what the rules ask of the unit itself, what is late first, then what nothing is known of."""
    sections = [_readiness(row, found) for found in readiness_of(office, row.id, {row.id}, office.as_of)]
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
    """The score with the units below, what caps its grade, and each indicator as met of what is known."""
    here = Target("readiness", "units", row.id)
    score = _("{score} of 100").format(score=found.score) if found.score is not None else _("nothing asked")
    told = (said.confidence_words(found.confidence), said.coverage_words(found) if found.units > 1 else "")
    words = " · ".join(part for part in told if part)
    head = RecordLine(
        _("Score: {score}").format(score=score),
        words,
        said.grade_words(found.grade),
        tones.GRADE,
        here,
        wraps=True,
    )
    floors = [_floor(row, floor) for floor in said.broken_floors(found)]
    values = [_indicator(row, one.name, one.title, found.indicators[one.name]) for one in formula().indicator]
    return Section(_("Readiness"), [head, *floors, *values], total=0)


def _floor(row: Any, floor: Floor) -> RecordLine:
    """A floor that the unit breaks; leads to what breaks it."""
    choices = {"settled_by": frozenset({floor.broken_by}), "state": frozenset({"overdue", "no_data"})}
    words = _("the grade is not better than {grade}").format(grade=floor.cap)
    return RecordLine(floor.title, words, _("floor"), "problem", _rows(row, choices, own=True))


def _indicator(row: Any, name: str, title: str, value: Value) -> RecordLine:
    """An indicator; leads to its rows. What is not known is neither met nor missed."""
    target = _rows(row, {"indicator": frozenset({name})})
    share = value.value
    shown = title if share is None else f"{title}  {share:.0%}"
    return RecordLine(shown, said.value_words(value), target=target, share=share)


def _rows(row: Any, choices: dict[str, frozenset[str]], *, own: bool = False) -> Target:
    values: dict[str, object] = {"unit_name": row.name, "own": own}
    return Target("readiness", "obligations", row.id, choices=choices, values=values)
