"""Commands that conduct a drill: each writes one line of its log, or shows how it stands."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import Bar, Json, commands_of, open_office, print_json, print_table
from drillapp.core import enumerations, plain
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment

if TYPE_CHECKING:
    from drillapp.core.drills.conduct.lines import Entered
    from drillapp.core.drills.conduct.queries import ConductView
    from drillapp.core.office import Office

group = typer.Typer(
    name="conduct", help="A drill while it runs: clock, injects, log, check-in.", no_args_is_help=True
)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the drill.")]
Inject = Annotated[str, typer.Argument(metavar="INJECT", help="Number of the inject.")]
Line = Annotated[int, typer.Argument(metavar="LINE", help="Place of the line, as `conduct state` has it.")]
At = Annotated[str | None, typer.Option("--at", help="YYYY-MM-DDTHH:MM:SS; default: now.")]
Text = Annotated[str, typer.Option("--text", help="Words of the line; default: the usual ones.")]
Who = Annotated[str, typer.Option("--who", help="Who said or did it.")]


@_command
def start(number: Number, text: Text = "", at: At = None) -> None:
    """Start the clock."""
    from drillapp.core.drills.conduct.commands import start as run

    _enter(number, at, lambda office, drill, moment: run(office, drill, text=text, at=moment))


@_command
def pause(number: Number, text: Text = "", at: At = None) -> None:
    """Let the clock stand still."""
    from drillapp.core.drills.conduct.commands import pause as run

    _enter(number, at, lambda office, drill, moment: run(office, drill, text=text, at=moment))


@_command
def resume(number: Number, text: Text = "", at: At = None) -> None:
    """Let the clock run on."""
    from drillapp.core.drills.conduct.commands import resume as run

    _enter(number, at, lambda office, drill, moment: run(office, drill, text=text, at=moment))


@_command
def end(number: Number, text: Text = "", at: At = None) -> None:
    """End the drill; people checked in become its participants."""
    from drillapp.core.drills.conduct.commands import end as run

    _enter(number, at, lambda office, drill, moment: run(office, drill, text=text, at=moment))


@_command
def stop(number: Number, reason: str, at: At = None) -> None:
    """End the drill early."""
    from drillapp.core.drills.conduct.commands import stop as run

    _enter(number, at, lambda office, drill, moment: run(office, drill, reason, at=moment))


@_command
def release(
    number: Number,
    inject: Inject,
    text: Text = "",
    who: Who = "",
    at: At = None,
    regardless: Annotated[bool, typer.Option(help="Although it waits for another.")] = False,
) -> None:
    """Bring an inject in."""
    from drillapp.core.drills.conduct.commands import release as run
    from drillapp.core.drills.injects.naming import inject_named

    _enter(
        number, at,
        lambda office, drill, moment: run(
            office, drill, inject_named(office, drill, inject), text=text, who=who, at=moment, regardless=regardless
        ),
    )  # fmt: skip


@_command
def done(number: Number, inject: Inject, text: Text = "", who: Who = "", at: At = None) -> None:
    """Note that the action expected on an inject is done."""
    from drillapp.core.drills.conduct.commands import done as run
    from drillapp.core.drills.injects.naming import inject_named

    _enter(
        number, at,
        lambda office, drill, moment: run(
            office, drill, inject_named(office, drill, inject), text=text, who=who, at=moment
        ),
    )  # fmt: skip


@_command
def log(
    number: Number,
    text: str,
    who: Who = "",
    subject: Annotated[str, typer.Option(help="Which of the drill's subjects it belongs to.")] = "",
    comment: Annotated[bool, typer.Option(help="An on-the-spot comment.")] = False,
    at: At = None,
) -> None:
    """Write down what happened."""
    from drillapp.core.drills.conduct.commands import log_entry

    kind = "comment" if comment else "note"
    _enter(
        number, at,
        lambda office, drill, moment: log_entry(
            office, drill, text, who=who, subject=subject, kind=kind, at=moment
        ),
    )  # fmt: skip


@_command
def correct(
    number: Number,
    line: Line,
    text: Annotated[str | None, typer.Option(help="Other words.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="note comment report start pause resume end stop release done")
    ] = None,
    who: Annotated[str | None, typer.Option()] = None,
    subject: Annotated[str | None, typer.Option()] = None,
    inject: Annotated[str | None, typer.Option(help="Number of the inject that it is about.")] = None,
    at: At = None,
) -> None:
    """Put a line right by a further line; what is not said stays. Brings an annulled line back."""
    from drillapp.core.drills.conduct.commands import correct as run
    from drillapp.core.drills.injects.naming import inject_named

    def enter(office: Office, drill: int, moment: datetime | None) -> Entered:
        about = None if inject is None else inject_named(office, drill, inject)
        said = {"text": text, "kind": kind, "who": who, "subject": subject, "inject_id": about, "at": moment}
        given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        return run(office, _line(office, drill, line), **given)

    _enter(number, at, enter)


@_command
def void(number: Number, line: Line, reason: Annotated[str, typer.Option(help="Why.")] = "") -> None:
    """Annul a line: it stays in the log, struck out."""
    from drillapp.core.drills.conduct.commands import void as run

    _enter(number, None, lambda office, drill, _at: run(office, _line(office, drill, line), reason))


@_command
def check_in(
    number: Number,
    name: Annotated[str, typer.Argument(help="Name, telephone number, or text of a scanned card.")],
    organisation: Annotated[str, typer.Option(help="Of several with one name.")] = "",
    count: Annotated[int, typer.Option(help="So many people came together.")] = 1,
) -> None:
    """Check somebody in; who is not on the roll is added to it."""
    from drillapp.core.drills.conduct.check_in import check_in as run
    from drillapp.core.drills.naming import drill_named

    with open_office("write") as office:
        found = run(office, drill_named(office, number), name, organisation=organisation, count=count)
    print(_("{name} is there; {count} people in all.").format(name=found.name, count=found.present))


@_command
def enter(
    number: Number,
    file: Path,
    sheet: Annotated[str | None, typer.Option(help="Name of the sheet; default: the first.")] = None,
    json: Json = False,
) -> None:
    """Enter a record that was kept on paper, from a sheet with times in any order: .xlsx, .xls or .csv."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.ledgers.paper_records import import_paper_record

    with open_office("write") as office:
        result = import_paper_record(office, drill_named(office, number), file, sheet=sheet, progress=Bar())
    if json:
        print_json({"read": result.read, "errors": result.errors})
    for error in result.errors:
        print(plain.import_error(error), file=sys.stderr)
    if result.errors:
        print(_("Nothing was written. Correct these cells."), file=sys.stderr)
        raise typer.Exit(1)
    if not json:
        print(_("{count} lines entered.").format(count=result.read))


@_command
def state(number: Number, json: Json = False) -> None:
    """How a drill stands: state, clock, injects, log, people."""
    from drillapp.core.drills.conduct.queries import conduct_view
    from drillapp.core.drills.injects.offsets import show_offset
    from drillapp.core.drills.naming import drill_named

    with open_office("read") as office:
        view = conduct_view(office, drill_named(office, number))
        now = office.clock.now()
    if json:
        print_json(_told(view, now))
        return
    clock = show_offset(int(view.seconds(now)))
    print(enumerations.label("conduct_state", view.timeline.state), clock, sep="\t")
    print_table(_injects(view, now))
    print_table(_lines(view))


@_command
def responses(number: Number, json: Json = False) -> None:
    """How soon was done what the injects asked for, and what the plan's response level asks for."""
    from drillapp.core.drills.conduct.response import response_times
    from drillapp.core.drills.naming import drill_named

    with open_office("read") as office:
        found = response_times(office, drill_named(office, number))
    injects = [
        {
            "inject": one.number, "addressee": one.addressee, "action": one.expected_action, "state": one.state,
            "seconds": one.seconds, "within_seconds": one.within_seconds, "late": one.is_late,
        }
        for one in found.injects
    ]  # fmt: skip
    levels = [
        {
            "level": one.level, "actor": one.actor, "action": one.action, "seconds": one.seconds,
            "within_seconds": one.within_seconds, "late": one.is_late,
        }
        for one in found.levels
    ]  # fmt: skip
    if json:
        print_json({"injects": injects, "levels": levels})
        return
    print_table(injects)
    if levels:
        print_table(levels)


def _enter(number: str, at: str | None, run: Any) -> None:
    from drillapp.core.drills.naming import drill_named

    moment = None if at is None else _moment(at)
    with open_office("write") as office:
        line = run(office, drill_named(office, number), moment).line
    kind = enumerations.label("log_kind", line.kind)
    print(f"{local_moment(line.at):%Y-%m-%d %H:%M:%S}", kind, plain.cell(line.text), sep="\t")


def _moment(text: str) -> datetime:
    from drillapp.core.ledgers.dates import read_moment

    found = read_moment(text)
    if found is None:
        message = _("'{value}' is not a moment (YYYY-MM-DDTHH:MM:SS).")
        raise InvalidInput(message.format(value=text), field="at")
    return found


def _line(office: Office, drill: int, place: int) -> int:
    """The line at a place of a drill's log in the order in which its lines were written, from 1."""
    from drillapp.core.drills.conduct.queries import conduct_view

    lines = conduct_view(office, drill).lines
    if not 1 <= place <= len(lines):
        raise NotFound(
            _("The log has no line {place}.").format(place=place),
            _("It has the lines 1 to {count}.").format(count=len(lines)),
        )
    return lines[place - 1].id


def _told(view: ConductView, now: datetime) -> dict[str, Any]:
    timeline = view.timeline
    return {
        "drill": view.drill.number, "title": view.drill.title, "state": timeline.state, "seconds": view.seconds(now),
        "started_at": _local(timeline.started_at), "ended_at": _local(timeline.ended_at),
        "pauses": [{"begin": _local(pause.begin), "end": _local(pause.end)} for pause in timeline.pauses],
        "expected": view.roll.expected, "checked_in": view.roll.checked_in,
        "injects": _injects(view, now), "lines": _lines(view),
    }  # fmt: skip


def _local(moment: datetime | None) -> str | None:
    return None if moment is None else local_moment(moment).isoformat()


def _injects(view: ConductView, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "inject": row.number, "state": one.state, "remaining": one.remaining, "planned_at": _local(one.planned_at),
            "released_at": _local(one.released_at), "done_at": _local(one.done_at), "seconds": one.taken, "content": row.content,
        }
        for row, one in zip(view.injects, view.standings(now), strict=True)
    ]  # fmt: skip


def _lines(view: ConductView) -> list[dict[str, Any]]:
    places = {row.id: place for place, row in enumerate(view.lines, 1)}
    return [
        {
            "line": places[line.row.id], "at": _local(line.row.at), "seconds": line.seconds, "kind": line.row.kind,
            "text": line.row.text, "who": line.row.who, "subject": line.row.subject, "inject": line.inject_number,
            "corrects": places.get(line.row.corrects_id or 0), "struck": line.is_struck, "ignored": line.is_ignored,
        }
        for line in view.log
    ]  # fmt: skip
