"""Commands on the parts of a drill's record: each lists its lines, adds one, or takes one away by its number."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    Run,
    UnitCode,
    commands_of,
    open_office,
    print_json,
    print_rows,
    scope,
    tell_written,
)
from drillapp.core import plain
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the drill.")]
Line = Annotated[int, typer.Argument(metavar="LINE", help="As `list` numbers it.")]
Role = Annotated[
    str | None, typer.Option(help="commander player controller evaluator support publicity observer")
]


def _group(name: str, help_: str) -> typer.Typer:
    return typer.Typer(name=name, help=help_, no_args_is_help=True)


party = _group("party", "Who takes part: units, teams, outside bodies.")
objective = _group("objective", "What the drill is measured by.")
tested = _group("tested", "Versions and sections of plans that are tested.")
person = _group("person", "The roll, line by line.")
roll = _group("roll", "The roll as a whole.")
file = _group("file", "Photographs, scans and other files.")
supply = _group("supply", "What is set aside and used of the stores.")
cost = _group("cost", "Costs and compensation.")
groups = (party, objective, tested, person, roll, file, supply, cost)


def shown(row: msgspec.Struct) -> dict[str, Any]:
    """A row without keys of the database, which are nobody's business."""
    return {
        name: getattr(row, name)
        for name in row.__struct_fields__
        if name not in ("id", "position") and not name.endswith("_id")
    }


def numbered(rows: Sequence[msgspec.Struct]) -> list[dict[str, Any]]:
    """Rows with the numbers by which commands know them."""
    return [{"line": place, **shown(row)} for place, row in enumerate(rows, 1)]


def amount(text: str) -> float:
    """A quantity or an amount of money as it was typed."""
    try:
        return float(text)
    except ValueError:
        raise InvalidInput(_("'{value}' is not a number.").format(value=text)) from None


def _record(office: Any, number: str, *, people: bool = False) -> Any:
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.reading import drill_record

    return drill_record(office, drill_named(office, number), with_people=people)


def _rewrite(number: str, part: str, keep: str, change: Callable[[Any, Any, list[Any]], list[Any]]) -> None:
    """Hand a part in again with its lines changed: `change(office, record, lines)`."""
    from drillapp.core.drills.record import keeping
    from drillapp.core.drills.record.parts import RecordParts
    from drillapp.core.drills.record.saving import save_record

    with open_office("write") as office:
        record = _record(office, number)
        lines = change(office, record, list(getattr(keeping, keep)(record)))
        parts = msgspec.structs.replace(RecordParts(), **{part: tuple(lines)})
        save_record(office, record.drill.id, record.drill.revision, parts)
    print(_("The drill {number} is saved.").format(number=number))


def _at(lines: Sequence[Any], line: int) -> Any:
    if not 1 <= line <= len(lines):
        raise NotFound(_("There is no line {line}: there are {count}.").format(line=line, count=len(lines)))
    return lines[line - 1]


def _command(group: typer.Typer, name: str) -> Callable[[Run], Run]:
    """Makes a function a command of a group under a name that others have in theirs."""

    def command(function: Run) -> Run:
        function.__name__ = name
        return commands_of(group)(function)

    return command


def _add_usual(group: typer.Typer, part: str, keep: str, what: str) -> None:
    """The commands that all parts have alike."""

    def show(number: Number, json: Json = False) -> None:
        with open_office("read") as office:
            record = _record(office, number, people=part == "people")
        print_rows(numbered(getattr(record, part)), json)

    def remove(number: Number, line: Line) -> None:
        def change(_office: Any, _record: Any, lines: list[Any]) -> list[Any]:
            _at(lines, line)
            return lines[: line - 1] + lines[line:]

        _rewrite(number, part, keep, change)

    show.__doc__ = f"List {what}."
    _command(group, "list")(show)
    if keep:
        remove.__doc__ = "Take a line away."
        _command(group, "remove")(remove)


for _group_of, _part, _keep, _what in (
    (party, "parties", "party_lines", "who takes part"),
    (objective, "objectives", "objective_lines", "the objectives"),
    (tested, "tested", "section_lines", "what is tested"),
    (person, "people", "", "the people on the roll"),
    (file, "files", "", "the files"),
    (supply, "supplies", "supply_lines", "what is set aside and used"),
    (cost, "costs", "cost_lines", "the costs"),
):
    _add_usual(_group_of, _part, _keep, _what)


@_command(party, "add")
def _add_party(
    number: Number,
    unit: Annotated[str | None, typer.Option(help="Code of a unit.")] = None,
    team: Annotated[str | None, typer.Option(help="Name of a team; --unit where several have it.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of an outside body.")] = None,
    role: Role = None,
    expected: Annotated[int | None, typer.Option(help="How many are expected.")] = None,
    present: Annotated[int | None, typer.Option(help="How many came.")] = None,
) -> None:
    """Add a unit, a team or an outside body."""
    from drillapp.core.drills.record.drilled import team_named
    from drillapp.core.drills.record.parts import PartyLine

    def change(office: Any, _record: Any, lines: list[Any]) -> list[Any]:
        team_id = None if team is None else team_named(office, team, unit)
        unit_id = scope(office, unit) if team is None else None
        line = PartyLine(
            unit_id=unit_id, team_id=team_id, name=name, role=role, expected=expected, present=present
        )
        return [*lines, line]

    _rewrite(number, "parties", "party_lines", change)


@_command(objective, "add")
def _add_objective(
    number: Number,
    task: Annotated[str, typer.Argument(help="What is to be done.")],
    who: Annotated[str | None, typer.Option(help="By whom.")] = None,
    condition: Annotated[str | None, typer.Option(help="Under which condition.")] = None,
    standard: Annotated[str | None, typer.Option(help="How well, or how fast.")] = None,
) -> None:
    """Add an objective."""
    from drillapp.core.drills.record.parts import ObjectiveLine

    line = ObjectiveLine(who=who, condition=condition, task=task, standard=standard)
    _rewrite(number, "objectives", "objective_lines", lambda _office, _record, lines: [*lines, line])


@_command(objective, "met")
def _met_objective(
    number: Number,
    line: Line,
    met: Annotated[str, typer.Argument(help="met, partly or not_met.")],
    note: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Say whether an objective was met."""

    def change(_office: Any, _record: Any, lines: list[Any]) -> list[Any]:
        judged = msgspec.structs.replace(_at(lines, line), met=met, note=note)
        return [judged if place == line else one for place, one in enumerate(lines, 1)]

    _rewrite(number, "objectives", "objective_lines", change)


@_command(tested, "add")
def _add_tested(
    number: Number,
    plan: Annotated[str | None, typer.Option(help="Number of a plan; default: the drill's own.")] = None,
    section: Annotated[
        list[str] | None, typer.Option(help="Title or number of a section, as often as needed; default: all.")
    ] = None,
) -> None:
    """Test the version of a plan that is in force on the drill's day, or sections of it."""
    from drillapp.core.drills.commands import drill_day
    from drillapp.core.drills.record.drilled import drilled_plan
    from drillapp.core.drills.record.parts import SectionLine
    from drillapp.core.plans.naming import section_named

    def change(office: Any, record: Any, lines: list[Any]) -> list[Any]:
        chosen = plan or record.drill.plan_number or ""
        day = drill_day(record.drill.planned_on, record.drill.started_at)
        found = drilled_plan(office, chosen, day)
        if found is None:
            raise InvalidInput(
                _("The plan {number} is not in force on {day}.").format(number=chosen, day=day)
            )
        sections: list[int | None] = [
            section_named(office, found.version_id, name).id for name in section or ()
        ]
        return [
            *lines,
            *(SectionLine(version_id=found.version_id, section_id=key) for key in sections or [None]),
        ]

    _rewrite(number, "tested", "section_lines", change)


@_command(person, "add")
def _add_person(
    number: Number,
    name: Annotated[str, typer.Argument(help="Name; of a group what it is called.")],
    organisation: Annotated[str | None, typer.Option()] = None,
    post: Annotated[str | None, typer.Option()] = None,
    role: Role = None,
    phone: Annotated[str | None, typer.Option()] = None,
    count: Annotated[int, typer.Option(help="How many people the line stands for.")] = 1,
) -> None:
    """Put somebody on the roll, or a group."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.roll import PersonEntry, enrol

    entry = PersonEntry(name=name, organisation=organisation, post=post, role=role, phone=phone, count=count)
    with open_office("write") as office:
        _tell_enrolled(enrol(office, drill_named(office, number), [entry]))


@_command(person, "remove")
def _remove_person(number: Number, line: Line) -> None:
    """Take a line off the roll."""
    from drillapp.core.drills.record.roll import strike

    with open_office("write") as office:
        record = _record(office, number, people=True)
        strike(office, record.drill.id, [_at(record.people, line).id])
    print(_("The drill {number} is saved.").format(number=number))


@_command(roll, "import")
def _import_roll(
    number: Number,
    file: Path,
    present: Annotated[bool, typer.Option("--present", help="All of them were there.")] = False,
    json: Json = False,
) -> None:
    """Bring in a sign-in list: .xlsx, .xls or .csv; who stands on the roll already is left."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.ledgers.sign_in import import_sign_in

    with open_office("write") as office:
        result = import_sign_in(office, drill_named(office, number), file, present=present, progress=Bar())
    if json:
        print_json(plain.import_result(result))
    for error in result.errors[:100]:
        print(plain.import_error(error), file=sys.stderr)
    if result.errors:
        print(_("Nothing was written. Correct these cells."), file=sys.stderr)
        raise typer.Exit(1)
    if not json:
        print(
            _("{added} put on the roll, {known} stood there already.").format(
                added=result.created, known=result.unchanged
            )
        )


@_command(roll, "units")
def _roll_units(number: Number, unit: UnitCode = None, role: Role = "player") -> None:
    """Put the people of a unit on the roll; by default those of all units that take part."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.roll import enrol_units

    with open_office("write") as office:
        key = scope(office, unit)
        _tell_enrolled(
            enrol_units(office, drill_named(office, number), None if key is None else [key], role=role)
        )


def _tell_enrolled(enrolled: Any) -> None:
    print(
        _("{added} put on the roll, {known} stood there already.").format(
            added=enrolled.added, known=enrolled.known
        )
    )


@_command(file, "add")
def _add_file(
    number: Number,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    kind: Annotated[
        str | None, typer.Option(help="photo sign_in plan log evaluation summary contract other")
    ] = None,
) -> None:
    """Keep files with the drill; those that cannot be kept are named, the others are kept all the same."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.files import add_files

    with open_office("write") as office:
        added = add_files(office, drill_named(office, number), files, kind, Bar())
    print(_("{count} files added").format(count=len(added.ids)))
    for refusal in added.refused:
        print(f"{refusal.name}: {refusal.message}", file=sys.stderr)
    if added.refused:
        raise typer.Exit(1)


@_command(file, "take")
def _take_file(number: Number, line: Line, output: Output) -> None:
    """Write a file of the drill to the disk."""
    from drillapp.core.attachments.store import content_of
    from drillapp.core.files import write_whole

    with open_office("read") as office:
        write_whole(output, content_of(office, _at(_record(office, number).files, line).digest))
    tell_written(output)


@_command(file, "remove")
def _remove_file(number: Number, line: Line) -> None:
    """Take a file away."""
    from drillapp.core.drills.record.files import remove_file

    with open_office("write") as office:
        remove_file(office, _at(_record(office, number).files, line).id)
    print(_("The drill {number} is saved.").format(number=number))


@_command(supply, "offers")
def _offers(
    number: Number,
    item: Annotated[str | None, typer.Option(help="Code of an item.")] = None,
    unit: UnitCode = None,
    json: Json = False,
) -> None:
    """What can be set aside, what expires first at the top."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.record.available import offers

    with open_office("read") as office:
        found = offers(office, drill_named(office, number), unit_id=scope(office, unit), item_code=item)
    print_rows([shown(offer) for offer in found], json)


@_command(supply, "add")
def _add_supply(
    number: Number,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Code of the item.")],
    quantity: Annotated[float, typer.Argument()],
    unit: UnitCode = None,
) -> None:
    """Set so much of an item aside in all, from the lots that expire first."""
    from drillapp.core.drills.record.parts import SupplyLine
    from drillapp.core.drills.record.reserving import suggest

    def change(office: Any, record: Any, lines: list[Any]) -> list[Any]:
        found = suggest(office, record.drill.id, {item: quantity}, unit_id=scope(office, unit))
        there = sum(offer.available for offer in found)
        if round(there, 3) < quantity:
            words = _("Only {quantity} of the item {item} are free on {day}.")
            day = record.drill.planned_on
            raise InvalidInput(words.format(quantity=f"{there:g}", item=item, day=day))
        known = {(row.storehouse_id, row.lot_id): row for row in record.supplies}
        replaced = {row.id for row in record.supplies if row.item == item and row.used is None}
        kept = [line for line in lines if line.id not in replaced]
        for offer in found:
            row = known.get((offer.storehouse_id, offer.lot_id))
            kept.append(
                SupplyLine(
                    id=None if row is None else row.id,
                    storehouse_id=offer.storehouse_id,
                    lot_id=offer.lot_id,
                    reserved=offer.available,
                )
            )
        return kept

    _rewrite(number, "supplies", "supply_lines", change)


@_command(cost, "add")
def _add_cost(
    number: Number,
    kind: Annotated[
        str,
        typer.Argument(
            help="staff supplies venue equipment evaluation publicity catering compensation other"
        ),
    ],
    planned: Annotated[float | None, typer.Option(help="Yuan.")] = None,
    actual: Annotated[float | None, typer.Option(help="Yuan.")] = None,
    payee: Annotated[str | None, typer.Option(help="Who is paid.")] = None,
    note: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Add a cost."""
    from drillapp.core.drills.record.parts import CostLine

    line = CostLine(kind=kind, planned=planned, actual=actual, payee=payee, note=note)
    _rewrite(number, "costs", "cost_lines", lambda _office, _record, lines: [*lines, line])
