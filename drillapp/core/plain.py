"""Rows as plain values with the command line's own names: codes, dates, local moments, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from drillapp.core.kinds import Kind
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.readiness.formula import Value, formula
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.core.rules.near_miss import NearMiss
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import is_never_done

_INTERNAL = ("id", "unit_id", "revision")


def json(value: Any) -> bytes:
    """A JSON document."""
    return msgspec.json.encode(value)


def cell(value: Any) -> str:
    """A value in one cell of a printed table."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\n", " ")
    if isinstance(value, datetime):
        return local_moment(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return json(value).decode()


def record(kind: Kind, row: msgspec.Struct) -> dict[str, Any]:
    """A record with the fields of its kind first, then what is derived."""
    values = {name: _plain(getattr(row, name)) for name in row.__struct_fields__ if name not in _INTERNAL}
    fields = [name for name in kind.entry.__struct_fields__ if name in values]
    if "sectors" in values:
        values["sectors"] = values["sectors"].split(",") if values["sectors"] else []
    return {name: values[name] for name in (*fields, *(name for name in values if name not in fields))}


def stock(row: Any) -> dict[str, Any]:
    """A row of stock."""
    return {name: _plain(getattr(row, name)) for name in row.__struct_fields__ if not name.endswith("id")}


def obligation(row: Obligation) -> dict[str, Any]:
    """An obligation."""
    names = (
        "unit",
        "unit_name",
        "rule",
        "title",
        "article",
        "subject_kind",
        "subject",
        "due_on",
        "state",
        "evidence",
        "late",
        "is_estimated",
        "mark",
    )
    return {name: getattr(row, name) for name in names} | {"due_on": _due_on(row)}


def _due_on(row: Obligation) -> date | None:
    """By when; of what was never done there is only a reckoned day before all records, which says nothing."""
    return None if is_never_done(row) else row.due_on


def near_miss(row: NearMiss) -> dict[str, Any]:
    """A record that nearly settles an obligation, and why it does not."""
    return {name: _plain(getattr(row, name)) for name in ("kind", "name", "on", "why")}


def hit(row: Any) -> dict[str, Any]:
    """A search hit; of a section the line in which the words stand."""
    names = ("kind", "subtitle", "title", "unit_name")
    return {name: getattr(row, name) for name in names} | {"passage": row.passage.text}


def import_result(result: Any) -> dict[str, Any]:
    """What came of an import."""
    names = ("read", "created", "updated", "unchanged", "rejected", "dry_run")
    return {name: getattr(result, name) for name in names} | {
        "ignored": list(result.ignored),
        "errors": list(result.errors),
        "notes": list(result.notes),
    }


def import_error(error: Any) -> str:
    """An error of an import on one line: where, what stands there, what is wrong."""
    place = ":".join(str(part) for part in (error.sheet, error.row, error.column) if part != "")
    return f"{place}: '{error.value}': {error.message}" if error.value else f"{place}: {error.message}"


def readiness(
    office: Office,
    rows: Sequence[UnitReadiness],
    unit_id: int | None,
    *,
    evidence: bool,
    on: date | None = None,
    version: str | None = None,
) -> list[dict[str, Any]]:
    """Units with score, grade and indicators; an indicator's evidence are the rows of the unit itself.

    The rows of the units under it stand with those units, so that each row is there once.
    """
    behind: dict[tuple[int, str], list[dict[str, Any]]] = {}
    if evidence:
        indicator_of = {
            one: indicator.name for indicator in formula(version).indicator for one in indicator.settled_by
        }
        for row in obligations(office, unit_id, on=on):
            if row.state != "due" and row.settled_by in indicator_of:
                behind.setdefault((row.unit_id, indicator_of[row.settled_by]), []).append(_evidence(row))
    return [_readiness(row, behind) for row in rows]


def trend_point(point: TrendPoint) -> dict[str, Any]:
    """A point of a trend."""
    return {"as_of": point.as_of.isoformat()} | _readiness(point.readiness, {})


def _readiness(row: UnitReadiness, behind: dict[tuple[int, str], list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "unit_name": row.unit_name,
        "kind": row.kind,
        "score": row.score,
        "grade": row.grade,
        "confidence": row.confidence,
        "floors": list(row.broken),
        "units": row.units,
        "reported": row.reported,
        "indicators": {
            name: _value(value) | {"evidence": behind.get((row.unit_id, name), [])}
            for name, value in row.indicators.items()
        },
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "value": value.value, "weight": value.weight, "met": value.met, "known": value.known, "asked": value.asked,
        "own_met": value.own_met, "own_asked": value.own_asked,
    }  # fmt: skip


def _evidence(row: Obligation) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "subject": row.subject,
        "state": row.state,
        "due_on": _due_on(row),
        "by": row.evidence,
    }


def _plain(value: Any) -> Any:
    return local_moment(value).isoformat() if isinstance(value, datetime) else value
