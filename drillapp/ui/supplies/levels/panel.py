"""What the panels of units and scenarios show: their items, what is short first."""

from __future__ import annotations

from typing import Any

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, Listing, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.levels.listings import SCENARIO_RATES
from drillapp.core.supplies.levels.requirements import REQUIREMENTS
from drillapp.ui.parts import tones
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section
from drillapp.ui.session import Target

_MOST = 200
_SHORT_FIRST = (("state", True), ("share", False), ("id", False))


def unit_sections(office: Office, row: Any) -> list[Section]:
    """The items that a unit must have."""
    found = _found(office, REQUIREMENTS, Condition("unit_id", "=", row.unit_id))
    lines = [_line(one, Target("supplies", "requirements", one.id), one.storehouse_name) for one in found]
    chosen = {"unit_name": frozenset((row.unit_name,)), "unit_code": frozenset((row.unit_code,))}
    everything = Target("supplies", "requirements", choices=chosen)
    return [Section(_("Must be there"), lines, everything=everything)]


def scenario_sections(office: Office, row: Any) -> list[Section]:
    """How far the stock goes, and the items that the scenario takes."""
    found = _found(office, SCENARIO_RATES, Condition("scenario", "=", row.code))
    lines = [_line(one, Target("supplies", "scenario_rates", one.id), _reach(one)) for one in found]
    everything = Target("supplies", "scenario_rates", choices={"scenario": frozenset((row.code,))})
    new = Target("supplies", "scenario_rates", action="new", values={"scenario": row.code})
    add = RecordLine(
        _("Add an item to the scenario"),
        _("What a scenario takes by head, by head and day, or in all"),
        target=new,
    )
    empty = _("Say what it takes, then it is seen how far the stock goes.")
    return [
        Section(_("For how much it suffices"), _suffices(row), total=0, empty=empty),
        Section(_("It takes"), lines, everything=everything, empty=empty),
        Section("", [add], total=0),
    ]


def _found(office: Office, listing: Listing, condition: Condition) -> list[Any]:
    return first_rows(office, listing, View(conditions=(condition,), sort=_SHORT_FIRST), _MOST)


def _line(one: Any, target: Target, more: str | None) -> RecordLine:
    unit = one.unit_of_measure or ""
    words = _("{available} of {required} {unit}").format(
        available=number_words(one.available), required=number_words(one.required), unit=unit
    )
    subtitle = " · ".join(part for part in (words.strip(), more) if part)
    mark = enumerations.label("fulfilment_state", one.state)
    if one.missing:
        mark = _("{quantity} missing").format(quantity=number_words(one.missing))
    tone = tones.tone(tones.FULFILMENT, one.state)
    return RecordLine(one.item_name, subtitle, mark, tone, target, share=one.share / 100)


def _reach(one: Any) -> str:
    told = []
    if one.people_served is not None:
        told.append(_("for {people} people").format(people=f"{one.people_served:,}"))
    if one.hours_lasting is not None:
        told.append(_("for {hours} hours").format(hours=f"{one.hours_lasting:,}"))
    return " · ".join(told)


def _suffices(row: Any) -> list[RecordLine]:
    lines = []
    for reached, wanted, title, unit in (
        (row.people_served, row.people, _("People to supply"), _("What goes by head, over all the hours")),
        (row.hours_lasting, row.hours, _("Hours"), _("What is used up by day, for all the people")),
    ):
        if reached is not None:
            mark = _("{reached} of {wanted}").format(reached=f"{reached:,}", wanted=f"{wanted:,}")
            tone = "green" if reached >= wanted else "red"
            lines.append(RecordLine(title, unit, mark, tone, share=min(1.0, reached / wanted)))
    return lines
