"""The response levels of a plan's version in force, or of its newest one, ready for the wall."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.phones import is_phone
from drillapp.core.plans.versions import read_content
from drillapp.core.reports.plan_source import plan_file
from drillapp.core.reports.response_sheet import Caller, ResponseSheet, SheetAction, SheetLevel


def response_sheet(office: Office, number: str, size: str) -> ResponseSheet:
    """What the sheet says; raises NotFound for a number that no plan has."""
    plan = plan_file(office, number)
    content = read_content(office, plan.shown.id)
    levels = [
        SheetLevel(
            level.name,
            level.trigger,
            level.starter,
            tuple(SheetAction(each.action, each.actor, each.within_minutes) for each in level.actions),
        )
        for level in content.levels
    ]
    roster = [Caller(each.role, each.name, each.phone) for each in content.roster if is_phone(each.phone)]
    contacts = [
        Caller(each.organisation or each.role, each.name, each.phone)
        for each in content.contacts
        if is_phone(each.phone)
    ]
    return ResponseSheet(
        office=office.name,
        title=_("{plan}: response levels").format(plan=plan.title),
        number=plan.number,
        version=plan.shown.label or "",
        unit=plan.unit,
        as_of=office.as_of,
        levels=tuple(levels),
        callers=tuple(dict.fromkeys((*roster, *contacts))),
        size=size,
    )
