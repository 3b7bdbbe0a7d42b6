"""How every change of a stocktake begins and ends: the right state, and what was written said to the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update

from drillapp.core.batch import text_problem
from drillapp.core.enumerations import label
from drillapp.core.errors import Denied, InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.model import Stocktake, StocktakeLine
from drillapp.core.supplies.stocktake.reading import header_of
from drillapp.core.supplies.stocktake.rows import Header, LineRow
from drillapp.core.work import Work

LONGEST_NAME = 200
"""Characters."""


def begin(office: Office, work: Work, stocktake_id: int, *states: str) -> Header:
    """The stocktake that is to be changed; raises NotFound, Denied for a neighbour's, InvalidInput in another state."""
    header = header_of(work.connection, stocktake_id)
    if header.owner_id != office.id:
        raise Denied(
            _("The stocktake {number} belongs to another office.").format(number=header.number),
            _("Only its owner changes it."),
        )
    if header.state not in states:
        needed = ", ".join(label("stocktake_state", state) for state in states)
        raise InvalidInput(
            _("The stocktake {number} is in the state “{state}”.").format(
                number=header.number, state=label("stocktake_state", header.state)
            ),
            _("This can be done only in the state: {needed}.").format(needed=needed),
            field="state",
        )
    return header


def end(work: Work, header: Header, values: Mapping[str, Any] | None = None) -> None:
    """Give a stocktake its next revision, with new values of its own if there are any."""
    changed = {
        name: (getattr(header, name), value)
        for name, value in (values or {}).items()
        if getattr(header, name) != value
    }
    new = {name: pair[1] for name, pair in changed.items()}
    statement = update(Stocktake).where(Stocktake.id == header.id)
    work.connection.execute(statement.values(**new, revision=header.revision + 1))
    if changed:
        work.changed("stocktakes", header.id, changed)
    work.touched("stocktakes", {header.unit_id})


def write_line(work: Work, line: LineRow, values: Mapping[str, Any]) -> bool:
    """Write new values of a line; returns whether anything changed."""
    changed = {
        name: (getattr(line, name), value) for name, value in values.items() if getattr(line, name) != value
    }
    if changed:
        new = {name: pair[1] for name, pair in changed.items()}
        work.connection.execute(update(StocktakeLine).where(StocktakeLine.id == line.id).values(**new))
        work.changed("stocktake_lines", line.id, changed)
    return bool(changed)


def checked_name(name: str, field: str = "by") -> str:
    """The name of who does it, without space around; raises InvalidInput for an empty or impossible one."""
    name = name.strip()
    if problem := text_problem(name, LONGEST_NAME) or ("" if name else _("Must not be empty.")):
        raise InvalidInput(problem, field=field)
    return name


def checked_note(note: str | None, field: str = "note", *, needed: bool = False) -> str | None:
    """A remark without space around, None for an empty one; raises InvalidInput for one that cannot be stored."""
    note = (note or "").strip()
    if problem := text_problem(note) or ("" if note or not needed else _("Must not be empty.")):
        raise InvalidInput(problem, field=field)
    return note or None


def of_line(line: LineRow, message: str, index: int | None = None, value: str = "") -> Problem:
    """What is wrong with a line, named by its number, item and lot."""
    words = _("Line {number}, {name}: {problem}").format(
        number=line.position, name=line.name, problem=message
    )
    return Problem(line.position - 1 if index is None else index, f"line {line.position}", value, words)


def by_position(lines: Sequence[LineRow]) -> dict[int, LineRow]:
    """The lines by their numbers on the sheet."""
    return {line.position: line for line in lines}
