"""What may stand in a drill's record: every problem with the part and the line in which it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import UNSET, Struct
from sqlalchemy import Connection, Row, func, select

from drillapp.core import enumerations
from drillapp.core.batch import MAX_NUMBER, text_problem
from drillapp.core.database.base import AnySelect, in_blocks, table_of
from drillapp.core.drills.record.parts import (
    CostLine,
    Design,
    ObjectiveLine,
    PartyLine,
    RecordParts,
    SectionLine,
)
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.plans.model import Plan, PlanLevel, PlanSection, PlanVersion
from drillapp.core.plans.standing import begin_of, end_of
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Unit

_CHOICES = {
    "role": "drill_role",
    "met": "objective_met",
}


class Subject(NamedTuple):
    """The drill whose record is written."""

    id: int
    unit_id: int
    plan_id: int | None
    day: date
    """The day it counts for."""
    planned_on: date


def problems_of(connection: Connection, drill: Subject, parts: RecordParts) -> list[Problem]:
    """All that is wrong with parts of a record but for the supplies, which `reserving` looks at."""
    found: list[Problem] = []
    if parts.design is not UNSET:
        found += _design_problems(connection, drill, parts.design)
    if parts.parties is not UNSET:
        found += _line_problems("parties", parts.parties, _party_problem)
        found += _gone(connection, drill.day, parts.parties)
    if parts.objectives is not UNSET:
        found += _line_problems("objectives", parts.objectives, _objective_problem)
    if parts.tested is not UNSET:
        found += tested_problems(connection, drill.day, parts.tested)
    if parts.costs is not UNSET:
        found += _line_problems("costs", parts.costs, _cost_problem)
    return found


def tested_problems(connection: Connection, day: date, lines: Sequence[SectionLine]) -> Iterator[Problem]:
    """What is tested is in force on the day, stands in its version, and is there once."""
    versions = _versions(connection, {line.version_id for line in lines})
    sections = _sections(connection, {line.section_id for line in lines if line.section_id is not None})
    seen: set[tuple[int, int | None]] = set()
    for number, line in enumerate(lines, 1):
        version = versions.get(line.version_id)
        if version is None:
            yield _problem("tested", number, _("There is no such version of a plan."))
        elif words := not_in_force(version, day):
            yield _problem("tested", number, words)
        elif line.section_id is not None and sections.get(line.section_id) != line.version_id:
            yield _problem("tested", number, _("This section is not in the version of the plan."))
        if (line.version_id, line.section_id) in seen:
            yield _problem("tested", number, _("Stands there more than once."))
        seen.add((line.version_id, line.section_id))


def not_in_force(version: Row[Any], day: date) -> str:
    """Why a version cannot be drilled on a day; empty when it can."""
    label = version.label or version.ordinal
    if version.retired_on is not None and version.retired_on <= day:
        words = _("The plan {number} is not in force on {day}: it was retired on {end}.")
        return words.format(number=version.number, day=day, end=version.retired_on)
    if version.begin is None or version.begin > day:
        words = _("Version '{label}' of the plan {number} is not in force on {day}.")
        return words.format(label=label, number=version.number, day=day)
    if version.end is not None and version.end <= day:
        words = _("Version '{label}' of the plan {number} is not in force on {day}: replaced on {end}.")
        return words.format(label=label, number=version.number, day=day, end=version.end)
    return ""


def _versions(connection: Connection, keys: Iterable[int]) -> dict[int, Row[Any]]:
    table = table_of(PlanVersion)
    statement: AnySelect = select(
        PlanVersion.id, PlanVersion.plan_id, PlanVersion.label, PlanVersion.ordinal, Plan.number, Plan.retired_on,
        begin_of(table).label("begin"), end_of(table).label("end"),
    ).join(Plan, Plan.id == PlanVersion.plan_id)  # fmt: skip
    return {row.id: row for row in in_blocks(connection, statement, PlanVersion.id, list(keys))}


def _sections(connection: Connection, keys: Iterable[int]) -> dict[int, int]:
    statement: AnySelect = select(PlanSection.id, PlanSection.version_id)
    return {row.id: row.version_id for row in in_blocks(connection, statement, PlanSection.id, list(keys))}


def _design_problems(connection: Connection, drill: Subject, design: Design) -> Iterator[Problem]:
    for name in design.__struct_fields__:
        if words := _value_problem(name, getattr(design, name)):
            yield Problem(0, name, str(getattr(design, name)), words)
    if not isinstance(design.level_id, int):
        return
    version_id = connection.execute(
        select(PlanLevel.version_id).where(PlanLevel.id == design.level_id)
    ).scalar()
    version = _versions(connection, {version_id or 0}).get(version_id or 0)
    if version is None or version.plan_id != drill.plan_id:
        yield Problem(0, "level_id", "", _("This response level is none of the drill's plan."))
    elif words := not_in_force(version, drill.day):
        yield Problem(0, "level_id", "", words)


def _line_problems(part: str, lines: Sequence[Any], judge: Callable[[Any], str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        words = next(filter(None, _values(line)), "") or judge(line)
        if words:
            yield _problem(part, number, words)


def _values(line: Struct) -> Iterator[str]:
    for name in line.__struct_fields__:
        yield _value_problem(name, getattr(line, name))


def _value_problem(name: str, value: Any) -> str:
    """Why a single value cannot stand there, whatever else the line says."""
    if isinstance(value, str) and name in _CHOICES and value not in enumerations.codes(_CHOICES[name]):
        codes = " ".join(enumerations.codes(_CHOICES[name]))
        return _("'{value}' is not allowed; allowed: {codes}").format(value=value, codes=codes)
    if isinstance(value, str):
        return text_problem(value)
    if isinstance(value, int | float) and not name.endswith("id"):
        if value < 0:
            return _("Must be 0 or more.")
        if value > MAX_NUMBER:
            return _("At most {count}.").format(count=MAX_NUMBER)
    return ""


def _party_problem(line: PartyLine) -> str:
    if line.unit_id is not None and line.team_id is not None:
        return _("Is either a unit or a team, not both.")
    if line.unit_id is None and line.team_id is None and not (line.name or "").strip():
        return _("Name the unit, the team or the outside body.")
    return ""


def _objective_problem(line: ObjectiveLine) -> str:
    return "" if line.task.strip() else _("Say what is to be done.")


def _cost_problem(line: CostLine) -> str:
    codes = enumerations.codes("drill_cost")
    if line.kind not in codes:
        return _("'{value}' is not allowed; allowed: {codes}").format(value=line.kind, codes=" ".join(codes))
    if line.kind == "compensation" and not (line.payee or "").strip():
        return _("Say who is compensated for the resources that were mobilised.")
    return ""


def _gone(connection: Connection, day: date, lines: Sequence[PartyLine]) -> Iterator[Problem]:
    """Units and teams that are not there, on the drill's day; and those that stand there twice."""
    units = _alive(connection, Unit, {line.unit_id for line in lines if line.unit_id is not None}, day)
    teams = _alive(connection, Team, {line.team_id for line in lines if line.team_id is not None}, day)
    seen: set[tuple[Any, ...]] = set()
    for number, line in enumerate(lines, 1):
        if line.unit_id is not None and line.unit_id not in units:
            yield _problem("parties", number, _("There is no such unit on {day}.").format(day=day))
        if line.team_id is not None and line.team_id not in teams:
            yield _problem("parties", number, _("There is no such team on {day}.").format(day=day))
        who = (line.unit_id, line.team_id, None if line.unit_id or line.team_id else line.name, line.role)
        if who in seen:
            yield _problem("parties", number, _("Stands there more than once."))
        seen.add(who)


def _alive(connection: Connection, model: type[Unit] | type[Team], keys: set[int], day: date) -> set[int]:
    statement: AnySelect = select(model.id).where(func.coalesce(model.retired_on, date.max) > day)
    return {row.id for row in in_blocks(connection, statement, model.id, list(keys))}


def _problem(part: str, number: int, words: str) -> Problem:
    """A problem of a part's line, counted from 1."""
    names = {
        "parties": _("Taking part, line {number}: {problem}"),
        "objectives": _("Objectives, line {number}: {problem}"),
        "tested": _("Tested sections, line {number}: {problem}"),
        "costs": _("Costs, line {number}: {problem}"),
    }
    return Problem(number - 1, part, "", names[part].format(number=number, problem=words))
