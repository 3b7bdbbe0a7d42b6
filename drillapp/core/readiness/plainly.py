"""What readiness answers as plain values, with the command line's own names."""

from __future__ import annotations

from typing import Any

from drillapp.core import plain
from drillapp.core.readiness.advice import Action
from drillapp.core.readiness.bulletins.rows import Recomputed
from drillapp.core.readiness.compared import Compared, Moved, Pair
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.readiness.why import BrokenFloor, Term, Why
from drillapp.core.readiness.why_words import why_lines


def why_plainly(why: Why) -> dict[str, Any]:
    """The arithmetic behind a score, with the same in words."""
    row = why.readiness
    return {
        "unit": row.unit, "unit_name": row.unit_name, "as_of": why.as_of, "version": why.version, "score": row.score,
        "grade": row.grade, "earned": why.earned, "exact": why.exact, "total": why.total, "weight": why.weight,
        "confidence": row.confidence, "confidence_grade": why.confidence, "units": row.units, "reported": row.reported,
        "terms": [_term(term) for term in why.terms], "floors": [_floor(floor) for floor in why.floors],
        "words": why_lines(why),
    }  # fmt: skip


def action_plainly(action: Action) -> dict[str, Any]:
    """An action that would help."""
    names = (
        "kind", "title", "rules", "unit", "unit_name", "units", "count", "points", "effort", "score_before", "score_after",
        "grade_before", "grade_after", "plan_kinds", "hazards", "evacuation", "drills",
    )  # fmt: skip
    return {name: getattr(action, name) for name in names} | {
        "duties": [plain.obligation(duty) for duty in action.duties]
    }


def compared_plainly(found: Compared) -> dict[str, Any]:
    """Two days compared."""
    return {
        "before": found.before_on, "after": found.after_on, "version": found.version, "whole": _pair(found.whole),
        "below": [_pair(pair) for pair in found.below], "moved": [_moved(one) for one in found.moved],
    }  # fmt: skip


def recomputed_plainly(found: Recomputed) -> list[dict[str, Any]]:
    """The units whose figures are no longer those of a bulletin."""
    return [
        {name: getattr(one, name) for name in one.__struct_fields__ if name != "unit_id"}
        for one in found.differences
    ]


def _term(term: Term) -> dict[str, Any]:
    value = term.value
    counts = ("met", "known", "asked", "own_met", "own_known", "own_asked", "own_share", "weight")
    return {
        "indicator": term.indicator, "title": term.title, "value": term.share, "product": term.product,
        "points": term.points, "lost": term.lost, **{name: getattr(value, name) for name in counts},
        "rules": [{name: getattr(rule, name) for name in rule.__struct_fields__} for rule in term.rules],
    }  # fmt: skip


def _floor(floor: BrokenFloor) -> dict[str, Any]:
    return {
        "name": floor.name, "title": floor.title, "cap": floor.cap,
        "duties": [plain.obligation(duty) for duty in floor.duties],
    }  # fmt: skip


def _pair(pair: Pair) -> dict[str, Any]:
    unit = pair.unit
    return {
        "unit": unit.unit, "unit_name": unit.unit_name,
        "before": _figures(pair.before), "after": _figures(pair.after),
    }  # fmt: skip


def _figures(row: UnitReadiness | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "score": row.score, "grade": row.grade, "confidence": row.confidence, "floors": list(row.broken),
        "indicators": {name: value.value for name, value in row.indicators.items()},
    }  # fmt: skip


def _moved(one: Moved) -> dict[str, Any]:
    names = ("cause", "indicator", "title", "rule", "rule_title", "count", "own", "points")
    return {name: getattr(one, name) for name in names} | {
        "rows": [plain.obligation(row) for row in one.rows]
    }
