"""Records of each kind as lines that lead to them: the same on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, Listing, View, count, first_rows
from drillapp.core.office import Office
from drillapp.core.rules.rows import Obligation
from drillapp.ui.parts import tones
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section
from drillapp.ui.session import Target

_SHOWN = 8


def plan_line(row: Any) -> RecordLine:
    """A plan: title, number, state."""
    mark = enumerations.label("plan_state", row.state)
    target = Target("plans", "plans", row.id)
    return RecordLine(row.title, row.number, mark, tones.tone(tones.PLANS, row.state), target)


def drill_line(row: Any) -> RecordLine:
    """A drill: title, day, form, state."""
    form = enumerations.label("drill_form", row.form)
    words = " · ".join(part for part in (row.planned_on.isoformat(), form, row.number) if part)
    mark = enumerations.label("drill_state", row.state)
    target = Target("drills", "drills", row.id)
    return RecordLine(row.title, words, mark, tones.tone(tones.DRILLS, row.state), target)


def finding_line(row: Any) -> RecordLine:
    """A finding: what was found, by when and by whom, state."""
    due = _("due {day}").format(day=row.due_on) if row.due_on else ""
    words = " · ".join(part for part in (due, row.owner, row.unit_name) if part)
    mark = enumerations.label("finding_state", row.state)
    target = Target("drills", "findings", row.id)
    return RecordLine(row.text, words, mark, tones.tone(tones.FINDINGS, row.state), target)


def card_line(row: Any) -> RecordLine:
    """A disposal card: title, post and person, state."""
    words = " · ".join(part for part in (row.post, row.person, row.number) if part)
    mark = enumerations.label("card_state", row.state)
    target = Target("cards", "cards", row.id)
    return RecordLine(row.title or row.post, words, mark, tones.tone(tones.CARDS, row.state), target)


def stock_line(row: Any) -> RecordLine:
    """What lies of a lot: item and quantity, storehouse, expiry."""
    quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
    expires = _("expires {day}").format(day=row.expires_on) if row.expires_on else ""
    words = " · ".join(part for part in (row.storehouse_name, row.lot, expires) if part)
    in_date = row.state == "in_date"
    mark = "" if in_date else enumerations.label("stock_state", row.state)
    target = Target("supplies", "stock", row.id)
    return RecordLine(f"{row.item_name}  {quantity}", words, mark, tones.tone(tones.STOCK, row.state), target)


def movement_line(row: Any) -> RecordLine:
    """A line of the stock ledger: what, how much, when, why."""
    kind = enumerations.label("movement_kind", row.kind)
    quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
    words = " · ".join(part for part in (row.occurred_on.isoformat(), row.document, row.reason) if part)
    return RecordLine(f"{kind}  {quantity}", words, target=Target("supplies", "movements", row.id))


def team_line(row: Any) -> RecordLine:
    """A rescue team: name, leader, how many, whether it meets its standard."""
    people = _("{count} members").format(count=row.people) if row.people is not None else ""
    kind = enumerations.label("team_kind", row.kind)
    words = " · ".join(part for part in (kind, row.leader, people) if part)
    mark = enumerations.label("standard_state", row.state)
    target = Target("units", "teams", row.id)
    return RecordLine(row.name, words, mark, tones.TEAMS["state"].get(row.state or "", "neutral"), target)


def post_line(row: Any) -> RecordLine:
    """A post: name, sector, whether it is a key post."""
    sector = enumerations.label("sector", row.sector)
    mark = _("Key post") if row.key_post else ""
    return RecordLine(row.name, sector, mark, "accent", Target("units", "posts", row.id))


def person_line(row: Any) -> RecordLine:
    """A person: name, post and phone."""
    words = " · ".join(part for part in (row.post, row.phone) if part)
    return RecordLine(row.name, words, target=Target("units", "people", row.id))


def obligation_line(row: Obligation) -> RecordLine:
    """What a rule asks: its words, the article and the day, whether it is met."""
    due = _("due {day}").format(day=row.due_on) if row.due_on else ""
    subject = "" if row.subject == row.unit_name else row.subject
    words = " · ".join(part for part in (subject, due, row.article) if part)
    mark = enumerations.label("obligation_state", row.state)
    return RecordLine(row.title, words, mark, tones.tone(tones.OBLIGATIONS, row.state), subject_target(row))


def subject_target(row: Obligation) -> Target:
    """Where what an obligation is about is shown."""
    page = {"plans": "plans", "findings": "drills", "items": "supplies"}.get(row.subject_kind, "units")
    return Target(page, row.subject_kind, row.subject_id)


def records_section(
    office: Office,
    title: str,
    listing: Listing,
    conditions: tuple[Condition, ...],
    line: Callable[[Any], RecordLine],
    everything: Target,
    sort: tuple[tuple[str, bool], ...] = (),
) -> Section:
    """The first records of a list that fulfil conditions, and the way to all of them."""
    view = View(conditions=conditions, sort=sort)
    rows = first_rows(office, listing, view, _SHOWN)
    total = len(rows) if len(rows) < _SHOWN else count(office, listing, view)
    return Section(title, [line(row) for row in rows], total, everything)
