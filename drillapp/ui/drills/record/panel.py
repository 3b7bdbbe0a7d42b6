"""A drill's record in the panel beside the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drillapp.core import enumerations
from drillapp.core.drills.record.costs import cost_sums
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import CostRow, DrillRecord, FileRow, PartyRow, SupplyRow
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section
from drillapp.ui.session import Target

_MET = {"met": "green", "partly": "neutral", "not_met": "neutral"}


def design_sections(office: Office, row: Any) -> list[Section]:
    """What the drill is to be: its texts, objectives and what it tests."""
    record = drill_record(office, row.id)
    objectives = [
        RecordLine(
            one.task,
            " · ".join(part for part in (one.who, one.condition, one.standard) if part),
            enumerations.label("objective_met", one.met) if one.met else "",
            _MET.get(one.met or "", "neutral"),
            wraps=True,
        )
        for one in record.objectives
    ]
    tested = [
        RecordLine(
            one.section or one.plan_title,
            one.plan_title if one.section else one.version,
            target=_plan(one.plan_number),
        )
        for one in record.tested
    ]
    return [
        Section(
            _("Design"), list(_texts(record)), empty=_("Nothing is said yet; 'Edit' opens the whole record.")
        ),
        Section(_("Objectives"), objectives),
        Section(_("Tested sections"), tested),
    ]


def people_sections(office: Office, row: Any) -> list[Section]:
    """Who takes part, and how many stand on the roll."""
    record = drill_record(office, row.id)
    roll = record.roll
    words = _("{people} people in {lines} lines · {present} checked in")
    told = words.format(people=f"{roll.people:,}", lines=f"{roll.lines:,}", present=f"{roll.present:,}")
    return [
        Section(_("Taking part"), [_party(one) for one in record.parties]),
        Section(
            _("Roll"), [RecordLine(told)] if roll.lines else [], total=0, empty=_("Nobody is on the roll yet")
        ),
    ]


def means_sections(office: Office, row: Any) -> list[Section]:
    """Supplies, costs and files."""
    record = drill_record(office, row.id)
    *_kinds, total = cost_sums(record.costs)
    costs = [_cost(one) for one in record.costs]
    if record.costs:
        words = _("Planned {planned} yuan, actual {actual} yuan")
        costs.append(
            RecordLine(_("In all"), words.format(planned=f"{total.planned:,}", actual=f"{total.actual:,}"))
        )
    return [
        Section(_("Supplies"), [_supply(one) for one in record.supplies]),
        Section(_("Costs"), costs, total=len(record.costs)),
        Section(_("Files"), [_file(one) for one in record.files]),
    ]


def _texts(record: DrillRecord) -> Iterator[RecordLine]:
    design = record.design
    budget = None if design.budget is None else f"{design.budget:,}"
    for words, text in (
        (_("Organiser"), design.organiser),
        (_("Response level"), design.level),
        (_("Scenario"), design.scenario),
        (_("Subjects"), " · ".join(record.subjects)),
        (_("Safety measures"), design.safety),
        (_("Conditions for stopping"), design.stop_conditions),
        (_("Budget (yuan)"), budget),
    ):
        if text:
            yield RecordLine(words, text, wraps=True)


def _party(one: PartyRow) -> RecordLine:
    counts = (
        _("{count} expected").format(count=one.expected) if one.expected is not None else "",
        _("{count} came").format(count=one.present) if one.present is not None else "",
    )
    role = enumerations.label("drill_role", one.role) if one.role else ""
    words = " · ".join(part for part in (role, *counts) if part)
    target = None if one.unit_id is None else Target("units", "units", one.unit_id)
    return RecordLine(one.name, words, target=target)


def _supply(one: SupplyRow) -> RecordLine:
    unit = one.unit_of_measure or ""
    told = _("{quantity} {unit} set aside").format(quantity=number_words(one.reserved), unit=unit)
    if one.used is not None:
        told = _("{used} {unit} used, {left} came back").format(
            used=number_words(one.used), unit=unit, left=number_words(one.left or 0)
        )
    words = " · ".join(part for part in (told, one.lot, one.storehouse_name, one.document) if part)
    return RecordLine(one.item_name, words)


def _cost(one: CostRow) -> RecordLine:
    amounts = (
        _("planned {amount}").format(amount=f"{one.planned:,}") if one.planned is not None else "",
        _("actual {amount}").format(amount=f"{one.actual:,}") if one.actual is not None else "",
    )
    words = " · ".join(part for part in (*amounts, one.payee, one.note) if part)
    return RecordLine(enumerations.label("drill_cost", one.kind), words)


def _file(one: FileRow) -> RecordLine:
    return RecordLine(one.name, enumerations.label("drill_file", one.kind))


def _plan(number: str) -> Target:
    return Target("plans", "plans", choices={"number": frozenset((number,))})
