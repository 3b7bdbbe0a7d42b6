"""Commands on one drill: its record as a whole, set, copied, called off, its supplies settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from drillapp.commands import drill_papers, drill_parts, drill_word
from drillapp.commands.drill_parts import Number, shown
from drillapp.commands.frame import Json, commands_of, day_of, open_office, print_json, print_rows
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.drills.entries import DrillEntry
    from drillapp.core.drills.record.parts import Design
    from drillapp.core.drills.record.rows import DrillRecord
    from drillapp.core.office import Office

group = typer.Typer(name="drill", help="One drill: its whole record.", no_args_is_help=True)
for _part in (*drill_parts.groups, drill_papers.paper):
    group.add_typer(_part)
_command = commands_of(group)
_command(drill_word.record_from_word)

On = Annotated[str | None, typer.Option(help="Day YYYY-MM-DD.")]


@_command
def show(
    number: Number,
    people: Annotated[bool, typer.Option("--people", help="With the roll itself.")] = False,
    json: Json = False,
) -> None:
    """The whole record of a drill."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.reading import drill_record

    with open_office("read") as office:
        told = _whole(drill_record(office, drill_named(office, number), with_people=people))
    if json:
        print_json(told)
        return
    rows = [{"field": name, "value": value} for name, value in _facts(told)]
    print_rows(rows, json=False)


def _whole(record: DrillRecord) -> dict[str, Any]:
    from drillapp.core import plain
    from drillapp.core.drills.record.costs import cost_sums, over_budget
    from drillapp.core.kinds import KINDS

    parts = ("parties", "objectives", "tested", "people", "files", "supplies", "costs")
    told = plain.record(KINDS["drills"], record.drill)
    told |= shown(record.design) | {"subjects": list(record.subjects)}
    told |= {name: drill_parts.numbered(getattr(record, name)) for name in parts}
    told["roll"] = msgspec.to_builtins(record.roll)
    told["cost_sums"] = msgspec.to_builtins(cost_sums(record.costs))
    told["over_budget"] = over_budget(record.costs, record.design.budget)
    return told


def _facts(told: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """What fits into a line; of lists how long they are."""
    for name, value in told.items():
        yield name, len(value) if isinstance(value, list) else value


@_command
def set_(
    number: Number,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="Nothing after = empties it.")],
) -> None:
    """Set facts of a drill (as in its ledger) and of its design: organiser, scenario, subjects, safety,
    stop_conditions, budget, level (by its name)."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.parts import RecordParts
    from drillapp.core.drills.record.reading import drill_record
    from drillapp.core.drills.record.saving import save_drill
    from drillapp.core.saving import Editing, Saving

    said = _pairs(fields)
    with open_office("write") as office:
        record = drill_record(office, drill_named(office, number))
        entry = _entry(record, said)
        parts = RecordParts(design=_design(office, entry, said))
        if said:
            allowed = ", ".join((*_ledger_fields(), *_design_fields()))
            raise InvalidInput(
                _("A drill has no field '{name}'.").format(name=next(iter(said))),
                _("There are: {names}").format(names=allowed),
            )
        drill = record.drill
        save_drill(office, entry, Saving(editing=Editing(drill.id, drill.revision)), parts)
    print(_("The drill {number} is saved.").format(number=entry.number))


def _pairs(fields: list[str]) -> dict[str, str]:
    if any("=" not in field for field in fields):
        raise typer.BadParameter("FIELD=VALUE")
    return {name.strip(): value.strip() for name, value in (field.split("=", 1) for field in fields)}


def _ledger_fields() -> dict[str, Any]:
    from drillapp.core.ledgers.layout import layout

    return {field.name: field for field in layout("drills").field}


def _design_fields() -> tuple[str, ...]:
    return ("organiser", "scenario", "subjects", "safety", "stop_conditions", "budget", "level")


def _entry(record: DrillRecord, said: dict[str, str]) -> DrillEntry:
    """The drill as it is to be; what is taken from `said` is taken out of it."""
    from drillapp.core.drills.entries import DrillEntry
    from drillapp.core.ledgers.values import Column, Fault

    required = ("number", "unit_code", "title", "planned_on")
    values: dict[str, Any] = {name: getattr(record.drill, name) for name in required}
    for name, field in _ledger_fields().items():
        if name in said:
            text = said.pop(name)
            (value,) = Column(field).read([text])
            if isinstance(value, Fault):
                raise InvalidInput(f"{name}: {value.message}", field=name)
            values[name] = None if value is msgspec.UNSET else value
    return DrillEntry(**values)


def _design(office: Office, entry: DrillEntry, said: dict[str, str]) -> Design | msgspec.UnsetType:
    from drillapp.core.drills.record.parts import Design

    values: dict[str, Any] = {
        name: said.pop(name) or None for name in _design_fields() if name in said and name != "level"
    }
    if values.get("budget"):
        values["budget"] = drill_parts.amount(values["budget"])
    if values.get("subjects"):
        values["subjects"] = values["subjects"].replace(";", "\n").replace("；", "\n")
    if "level" in said:
        name = said.pop("level")
        values["level_id"] = _level(office, entry, name) if name else None
    return Design(**values) if values else msgspec.UNSET


def _level(office: Office, entry: DrillEntry, name: str) -> int:
    from drillapp.core.drills.commands import drill_day
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.drilled import level_named
    from drillapp.core.drills.record.reading import drill_record

    drill = drill_record(office, drill_named(office, entry.number)).drill
    plan = drill.plan_number if entry.plan_number is msgspec.UNSET else entry.plan_number
    started = drill.started_at if entry.started_at is msgspec.UNSET else entry.started_at
    return level_named(office, plan, drill_day(entry.planned_on, started), name)


@_command
def copy(
    number: Number,
    day: Annotated[str, typer.Argument(metavar="DAY", help="YYYY-MM-DD of the new drill.")],
    as_: Annotated[str, typer.Option("--as", help="Its number; default: the next.")] = "",
    json: Json = False,
) -> None:
    """Plan a new drill like this one."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.copying import copy_drill

    with open_office("write") as office:
        copied = copy_drill(office, drill_named(office, number), day_of(day, office), as_)
    if json:
        print_json({"number": copied.number, "told": copied.told})
        return
    print(_("The drill {number} is planned.").format(number=copied.number))
    for sentence in copied.told:
        print(sentence)


@_command
def cancel(
    number: Number, reason: Annotated[str, typer.Option(help="Why; it stands in the log.")], on: On = None
) -> None:
    """Call a drill off; what was set aside for it is given back."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.cancelling import cancel_drill

    with open_office("write") as office:
        cancel_drill(office, drill_named(office, number), reason, day=day_of(on, office))
    print(_("The drill {number} is called off.").format(number=number))


@_command
def settle(
    number: Number,
    used: Annotated[
        list[str], typer.Argument(metavar="LINE=QUANTITY…", help="As `drill supply list` has it.")
    ],
    on: On = None,
) -> None:
    """Say how much was used of each line of the supplies: it is posted to the stock ledger, the rest is free again."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.reading import drill_record
    from drillapp.core.drills.record.settling import settle_supplies

    with open_office("write") as office:
        record = drill_record(office, drill_named(office, number))
        lines = {str(row.position + 1): row.id for row in record.supplies}
        quantities: dict[int, float] = {}
        for line, quantity in _pairs(used).items():
            if line not in lines:
                raise NotFound(_("The drill has no line {line} of supplies.").format(line=line))
            quantities[lines[line]] = drill_parts.amount(quantity)
        day = None if on is None else day_of(on, office)
        settle_supplies(office, record.drill.id, record.drill.revision, quantities, day=day)
    print(_("The supplies of the drill {number} are settled.").format(number=number))
