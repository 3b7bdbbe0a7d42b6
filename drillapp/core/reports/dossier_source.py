"""What the dossier of a unit says: its own records from every ledger, without those of the units below it."""

from __future__ import annotations

from drillapp.core.dates import months_before
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.drills.rows import DrillRow, FindingRow
from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, rows
from drillapp.core.office import Office
from drillapp.core.plans.queries import PLANS, PlanRow
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.dossier import Dossier, Part, Section
from drillapp.core.reports.dossier_duties import obligation_section, readiness_section
from drillapp.core.reports.dossier_rows import DAY, day_words, filled, own_rows
from drillapp.core.reports.dossier_stock import card_section, stock_section, team_section
from drillapp.core.reports.drill_cover import Cover
from drillapp.core.reports.form import Fact
from drillapp.core.reports.plan_source import kind_words, scope_of
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column
from drillapp.core.units.queries import PEOPLE, POSTS, UNITS, UnitRow

_MONTHS = 24
"""Drills and findings of so many months are in it."""


def dossier(office: Office, unit_code: str | None, progress: Progress = SILENT) -> Dossier:
    """The dossier of a unit, the office's own when none is named; raises NotFound for an unknown unit."""
    key, name = scope_of(office, unit_code)
    found: list[UnitRow] = rows(office, UNITS, [key])
    if not found:
        raise NotFound(_("There is no unit '{value}'.").format(value=unit_code or name))
    (unit,) = found
    sections: list[Section] = []
    for make in (_facts, _people, _plans, _drills, _findings, stock_section, team_section, card_section):
        progress.step(len(sections), None, unit.name)
        sections.append(make(office, unit))
    sections += [obligation_section(office, unit), readiness_section(office, unit, progress)]
    return Dossier(office.name, unit.name, office.as_of, _cover(office, unit), tuple(sections))


def _cover(office: Office, unit: UnitRow) -> Cover:
    facts = (
        Fact(_("Unit code"), unit.code), Fact(_("Kind"), label("unit_kind", unit.kind)),
        Fact(_("Superior unit"), unit.parent_name or "", is_wide=True),
        Fact(_("As of"), long_date(office.as_of)), Fact(_("Filed by"), " "),
    )  # fmt: skip
    return Cover(office.name, _("Emergency dossier of a unit"), unit.name, facts, long_date(office.as_of))


def _facts(office: Office, unit: UnitRow) -> Section:
    sectors = _(", ").join(label("sector", code) for code in (unit.sectors or "").split(",") if code)
    marks = [
        words
        for words, is_so in ((_("High risk"), unit.high_risk), (_("Crowded place"), unit.crowded))
        if is_so
    ]
    facts = (
        Fact(_("Unit"), unit.name, is_wide=True), Fact(_("Unit code"), unit.code),
        Fact(_("Kind"), label("unit_kind", unit.kind)), Fact(_("Superior unit"), unit.parent_name or "", is_wide=True),
        Fact(_("Address"), unit.address or "", is_wide=True), Fact(_("Sectors"), sectors, is_wide=True),
        Fact(_("Headcount"), "" if unit.headcount is None else f"{unit.headcount:,}"),
        Fact(_("Special duties as"), _(", ").join(marks)),
        Fact(_("Valid from"), day_words(unit.valid_from)), Fact(_("Valid to"), day_words(unit.valid_to)),
    )  # fmt: skip
    return Section(_("Who it is"), facts=facts)


def _people(office: Office, unit: UnitRow) -> Section:
    yes = label("yes_no", "yes")
    people = [
        (one.name, one.post or "", one.phone or "", yes if one.key_person else "")
        for one in own_rows(office, PEOPLE, unit)
    ]
    posts = [
        (one.name, label("sector", one.sector), yes if one.key_post else "")
        for one in own_rows(office, POSTS, unit)
    ]
    parts = (
        Part(
            (Column(_("Name"), 90), Column(_("Post")), Column(_("Phone"), 110), Column(_("Key person"), 60, "centre")),
            people, _("People ({count})").format(count=len(people)),
        ),
        Part(
            (Column(_("Post")), Column(_("Sector")), Column(_("Key post"), 60, "centre")), posts,
            _("Posts ({count})").format(count=len(posts)),
        ),
    )  # fmt: skip
    return Section(_("People and posts"), parts=filled(*parts))


def _plans(office: Office, unit: UnitRow) -> Section:
    found: list[PlanRow] = own_rows(office, PLANS, unit)
    columns = (
        Column(_("Plan number"), 84), Column(_("Plan title")), Column(_("Tier and kind"), 64), Column(_("State"), 54, "centre"),
        Column(_("Published on"), DAY, "centre"), Column(_("Assessed on"), DAY, "centre"), Column(_("Filing"), 72),
    )  # fmt: skip
    lines = [
        (
            one.number, one.title, kind_words(one.tier, one.kind), label("plan_state", one.state),
            day_words(one.published_on), day_words(one.assessed_on), _filing(one),
        )
        for one in found
    ]  # fmt: skip
    return Section(_("Plans"), parts=filled(Part(columns, lines)))


def _filing(plan: PlanRow) -> str:
    words = label("filing_state", plan.filing_state)
    if plan.filed_on:
        return "\n".join(filter(None, (words, plan.filed_on.isoformat(), plan.filing_number)))
    return words if plan.filing_due_on is None else f"{words}\n{_('by {day}').format(day=plan.filing_due_on)}"


def _drills(office: Office, unit: UnitRow) -> Section:
    since = months_before(office.as_of, _MONTHS)
    found: list[DrillRow] = own_rows(
        office, DRILLS, unit, Condition("planned_on", ">=", since), sort=(("planned_on", True),)
    )
    columns = (
        Column(_("Drill number"), 86), Column(_("Title of the drill")), Column(_("Planned on"), DAY, "centre"),
        Column(_("State"), 48, "centre"), Column(_("Content, form"), 70), Column(_("Taking part"), 46, "right"),
        Column(_("Evaluation"), 56, "centre"), Column(_("Reported on"), DAY, "centre"),
    )  # fmt: skip
    lines = [
        (
            one.number, one.title, day_words(one.planned_on), label("drill_state", one.state),
            "\n".join(filter(None, (label("drill_content", one.content), label("drill_form", one.form)))),
            _taking_part(one), label("drill_rating", one.rating) or "—", day_words(one.reported_on),
        )
        for one in found
    ]  # fmt: skip
    return Section(_("Drills of two years"), parts=filled(Part(columns, lines)))


def _taking_part(drill: DrillRow) -> str:
    if drill.participants is None:
        return "—"
    return f"{drill.participants:,}/{drill.expected:,}" if drill.expected else f"{drill.participants:,}"


def _findings(office: Office, unit: UnitRow) -> Section:
    found: list[FindingRow] = own_rows(office, FINDINGS, unit)
    since = months_before(office.as_of, _MONTHS)
    shown = [one for one in found if one.verified_on is None or one.verified_on >= since]
    columns = (
        Column(_("Found by the drill"), 92), Column(_("What was found")), Column(_("Corrective action")),
        Column(_("Owner"), 46, "centre"), Column(_("Due on"), DAY, "centre"), Column(_("Done on"), DAY, "centre"),
        Column(_("State"), 50, "centre"),
    )  # fmt: skip
    lines = [
        (
            f"{one.drill_number} #{one.number}", one.text, one.action or "", one.owner or "", day_words(one.due_on),
            day_words(one.done_on), label("finding_state", one.state),
        )
        for one in shown
    ]  # fmt: skip
    return Section(_("Findings and corrections"), parts=filled(Part(columns, lines)))
