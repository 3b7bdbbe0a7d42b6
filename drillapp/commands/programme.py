"""Commands on annual drill programmes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    UnitCode,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_rows,
    print_structs,
    print_table,
    scope,
    tell_written,
)
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.drills.programme.rows import ItemRow, ProgrammeRow
    from drillapp.core.office import Office

group = typer.Typer(name="programme", help="Annual drill programmes.", no_args_is_help=True)
_command = commands_of(group)

Year = Annotated[int, typer.Argument(metavar="YEAR", help="The calendar year.")]
Items = Annotated[list[int], typer.Argument(metavar="ITEM…", help="As `programme items` numbers them.")]
Reason = Annotated[str, typer.Option(help="Why; needed once the programme is approved.")]
On = Annotated[str | None, typer.Option(help="Day YYYY-MM-DD; default: the date.")]


def _chosen(office: Office, year: int, unit: str | None) -> ProgrammeRow:
    """The own programme of the unit, or of the office's own one."""
    from drillapp.core.drills.programme.queries import programme_of

    key = scope(office, unit)
    return programme_of(office, key if key is not None else office.unit_id, year)


@_command
def create(year: Year, unit: UnitCode = None, reason: Reason = "", json: Json = False) -> None:
    """Draw up a programme from what the rules ask, or add to it what it lacks; what people changed stays."""
    from drillapp.core.programming import draw_up

    with open_office("write") as office:
        drawn = draw_up(office, scope(office, unit), year, reason=reason, progress=Bar())
    if json:
        print_json({"added": drawn.added, "settled": drawn.settled})
    else:
        text = _("{added} drills added; they and those that were there settle {settled} more duties.")
        print(text.format(added=drawn.added, settled=drawn.settled))


@_command
def show(year: Year, unit: UnitCode = None, json: Json = False) -> None:
    """A programme: its state, and how far it is."""
    from drillapp.core.drills.programme.progress import progress_by_month
    from drillapp.core.programming import uncovered

    with open_office("read") as office:
        programme = _chosen(office, year, unit)
        months = progress_by_month(office, programme.id)
        lacking = len(uncovered(office, programme.unit_id, year))
    said = {name: getattr(programme, name) for name in programme.__struct_fields__ if not name.endswith("id")}
    said = {name: said[name] for name in said if name not in ("revision", "retired_on")}
    states = ("planned", "scheduled", "held", "late", "dropped")
    said |= {name: sum(getattr(one, name) for one in months) for name in states}
    said["uncovered"] = lacking
    print_json(said) if json else print_table([said])


@_command
def list_(unit: UnitCode = None, json: Json = False) -> None:
    """The programmes there are."""
    from drillapp.commands.frame import print_listing
    from drillapp.core.drills.programme.queries import PROGRAMMES

    print_listing(PROGRAMMES, unit, json)


@_command
def items(year: Year, unit: UnitCode = None, json: Json = False) -> None:
    """The drills of a programme by day, with the numbers that other commands know them by."""
    from drillapp.core.drills.programme.queries import items_of, rules_by_item

    with open_office("read") as office:
        programme = _chosen(office, year, unit)
        found = items_of(office, programme.id)
        rules = rules_by_item(office, programme.id)
    print_rows([_item(row) | {"rules": rules.get(row.id, [])} for row in found], json)


def _item(row: ItemRow) -> dict[str, Any]:
    names = [
        name for name in row.__struct_fields__ if name not in ("id", "programme_id", "unit_id", "settles")
    ]
    return {"item": row.id} | {name: getattr(row, name) for name in names}


@_command
def uncovered(year: Year, unit: UnitCode = None, json: Json = False) -> None:
    """The duties of the year that neither a drill nor a programme settles."""
    from drillapp.core.programming import uncovered as lacking

    with open_office("read") as office:
        found = lacking(office, scope(office, unit), year)
    names = ("unit", "unit_name", "rule", "title", "article", "begins_on", "ends_on", "plan_number")
    print_rows([{name: getattr(row, name) for name in names} for row in found], json)


@_command
def approve(
    year: Year, unit: UnitCode = None, on: On = None, by: Annotated[str, typer.Option()] = ""
) -> None:
    """Record the approval; from then on every change needs a reason."""
    from drillapp.core.drills.programme.approving import approve as record

    with open_office("write") as office:
        record(office, _chosen(office, year, unit).id, day=day_of(on, office), by=by)
    print(_("The programme is approved."))


@_command
def publish(
    year: Year, unit: UnitCode = None, on: On = None,
    document: Annotated[str, typer.Option(help="Number of the document.")] = "",
) -> None:  # fmt: skip
    """Record the publication."""
    from drillapp.core.drills.programme.approving import publish as record

    with open_office("write") as office:
        record(office, _chosen(office, year, unit).id, day=day_of(on, office), document=document)
    print(_("The programme is published."))


@_command
def add(
    year: Year,
    title: str,
    on: Annotated[str, typer.Option(help="Day YYYY-MM-DD, or month YYYY-MM.")],
    unit: UnitCode = None,
    holder: Annotated[
        str | None, typer.Option(help="Code of the unit that holds it; default: the programme's.")
    ] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="FIELD=VALUE, as often as needed.")] = None,
    reason: Reason = "",
) -> None:
    """Add a drill to a programme."""
    from drillapp.core.drills.programme.commands import save_items
    from drillapp.core.drills.programme.entries import ItemEntry

    with open_office("write") as office:
        programme = _chosen(office, year, unit)
        day, is_fixed = _day_or_month(on)
        entry = ItemEntry(
            programme_id=programme.id, title=title, unit_code=holder or programme.unit_code, planned_on=day,
            is_day_fixed=is_fixed, reason=reason, **_fields(set_ or []),
        )  # fmt: skip
        saved = save_items(office, [entry])
    print(_("Added as item {item}.").format(item=saved.ids[0]))


@_command
def change(
    item: Annotated[int, typer.Argument(help="As `programme items` numbers it.")],
    on: Annotated[str | None, typer.Option(help="Another day YYYY-MM-DD, or month YYYY-MM.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="FIELD=VALUE, as often as needed.")] = None,
    reason: Reason = "",
) -> None:
    """Change an item: its day, title, unit_code, content, form, plan_number, place, expected, budget, leader, …"""
    from drillapp.core.drills.programme.commands import save_items
    from drillapp.core.drills.programme.entries import ItemEntry
    from drillapp.core.drills.programme.queries import item_named
    from drillapp.core.saving import Editing, Saving

    with open_office("write") as office:
        row = item_named(office, item)
        said: dict[str, Any] = {"title": row.title, "unit_code": row.unit_code, "planned_on": row.planned_on}
        if on is not None:
            said["planned_on"], said["is_day_fixed"] = _day_or_month(on)
        said |= _fields(set_ or [])
        entry = ItemEntry(programme_id=row.programme_id, reason=reason, **said)
        saved = save_items(office, [entry], Saving(editing=Editing(row.id, row.revision)))
    print(_("Saved") if saved.updated else _("Nothing was changed"))


@_command
def drop(items: Items, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Take items out of their programme."""
    from drillapp.core.drills.programme.commands import drop_items

    with open_office("write") as office:
        drop_items(office, items, reason)
    print(_("Dropped: {count}").format(count=len(items)))


@_command
def restore(items: Items, reason: Reason = "") -> None:
    """Put dropped items back."""
    from drillapp.core.drills.programme.commands import restore_items

    with open_office("write") as office:
        restore_items(office, items, reason)
    print(_("Put back: {count}").format(count=len(items)))


@_command
def repeat(
    item: Annotated[int, typer.Argument(help="As `programme items` numbers it.")],
    every: Annotated[str, typer.Argument(help="weekly, monthly, quarterly or half_yearly.")],
    until: Annotated[str | None, typer.Option(help="Last day YYYY-MM-DD; default: the year's end.")] = None,
    reason: Reason = "",
) -> None:
    """Add the same drill again for each further period of the year."""
    from drillapp.core.drills.programme.recurrence import repeat_item

    with open_office("write") as office:
        last = None if until is None else day_of(until, office)
        repeat_item(office, item, every, until=last, reason=reason)
    print(_("Saved"))


@_command
def schedule(
    year: Year,
    items: Annotated[list[int] | None, typer.Argument(metavar="[ITEM]…")] = None,
    month: Annotated[int | None, typer.Option(help="All of a month that wait.")] = None,
    on: Annotated[str | None, typer.Option(help="Another day YYYY-MM-DD.")] = None,
    unit: UnitCode = None,
    json: Json = False,
) -> None:
    """Make drills of items, or of all of a month."""
    from drillapp.core.drills.programme.scheduling import items_of_month, schedule_items

    if not items and month is None:
        raise typer.BadParameter("programme schedule YEAR ITEM…, or --month MONTH")
    with open_office("write") as office:
        chosen = items or items_of_month(office, _chosen(office, year, unit).id, month or 0)
        scheduled = schedule_items(office, chosen, day=None if on is None else day_of(on, office))
    if json:
        print_json({"numbers": scheduled.numbers, "refused": scheduled.refused})
        return
    print(_("Scheduled: {count}").format(count=len(scheduled.numbers)))
    for line in (*scheduled.numbers, *scheduled.refused):
        print(line)


@_command
def ics(year: Year, output: Output, unit: UnitCode = None) -> None:
    """Write a programme as a calendar file that calendar programs read."""
    from drillapp.core.drills.programme.icalendar import write_calendar

    with open_office("read") as office:
        write_calendar(office, _chosen(office, year, unit).id, output)
    tell_written(output)


@_command
def progress(
    year: Year, unit: UnitCode = None,
    by_unit: Annotated[bool, typer.Option("--by-unit", help="By unit instead of by month.")] = False,
    json: Json = False,
) -> None:  # fmt: skip
    """How many drills of a programme are planned, scheduled, held, late, dropped: by month or by unit."""
    from drillapp.core.drills.programme.progress import progress_by_month, progress_by_unit

    with open_office("read") as office:
        programme = _chosen(office, year, unit)
        rows = progress_by_unit(office, programme.id) if by_unit else progress_by_month(office, programme.id)
    print_structs(rows, json)


@_command
def changes(year: Year, unit: UnitCode = None, json: Json = False) -> None:
    """What was changed after the approval, by whom and why, the latest first."""
    from drillapp.core.drills.programme.queries import changes_of

    with open_office("read") as office:
        print_structs(changes_of(office, _chosen(office, year, unit).id), json)


def _day_or_month(text: str) -> tuple[date, bool]:
    """A day, and whether it is settled: of a month alone, its middle."""
    try:
        if len(text) == len("2026-05"):
            return date.fromisoformat(f"{text}-15"), False
        return date.fromisoformat(text), True
    except ValueError:
        message = _("'{value}' is neither a day (YYYY-MM-DD) nor a month (YYYY-MM).").format(value=text)
        raise InvalidInput(message, field="on") from None


def _fields(pairs: list[str]) -> dict[str, Any]:
    """What `--set` says, as the entry's fields take it."""
    import msgspec

    from drillapp.core import enumerations
    from drillapp.core.drills.programme.entries import ItemEntry

    known = {one.name: one for one in msgspec.structs.fields(ItemEntry)}
    choices = {"content": "drill_content", "form": "drill_form", "purpose": "drill_purpose"}
    found: dict[str, Any] = {}
    for pair in pairs:
        name, _sign, value = pair.partition("=")
        if name not in known or name in ("programme_id", "reason", "planned_on") or not _sign:
            allowed = " ".join(one for one in known if one not in ("programme_id", "reason", "planned_on"))
            raise InvalidInput(
                _("'{value}' is not FIELD=VALUE.").format(value=pair),
                _("Allowed: {codes}").format(codes=allowed),
            )
        if name in choices:
            value = enumerations.parse(choices[name], value) or value
        if name in ("evacuation", "is_day_fixed"):
            value = "true" if enumerations.parse("yes_no", value) == "yes" else "false"
        try:
            found[name] = msgspec.convert(value or None, known[name].type, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidInput(f"{name}: {error}", field=name) from error
    return found
