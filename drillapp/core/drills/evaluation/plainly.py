"""An evaluation as plain values: for other programs, and for the command line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from drillapp.core.drills.evaluation.agreement import GroupResult, JudgedItem
from drillapp.core.drills.evaluation.gaps import gaps
from drillapp.core.drills.evaluation.overall import DrillEvaluation
from drillapp.core.drills.evaluation.rating import Rating
from drillapp.core.drills.evaluation.rating_words import rating_in_words
from drillapp.core.drills.evaluation.rows import Sheet


def plain_evaluation(evaluation: DrillEvaluation) -> dict[str, Any]:
    """All of it."""
    return {
        "number": evaluation.number,
        "title": evaluation.title,
        "ended": evaluation.has_ended,
        "sheets": [plain_sheet(sheet) for sheet in evaluation.sheets],
        "groups": [_group(group) for group in evaluation.groups],
        "disputed": [_item(item) for item in evaluation.disputed],
        "faults": [_item(item) for item in evaluation.items if item.is_fault],
        "responses": [_fields(response) for response in evaluation.responses],
        "objectives": [_fields(one, "id") for one in evaluation.objectives],
        "rating": plain_rating(evaluation.rating),
        "third_party": evaluation.is_third_party,
        "verdict": None if evaluation.verdict is None else _fields(evaluation.verdict),
    }


def plain_sheet(sheet: Sheet) -> dict[str, Any]:
    """A sheet with its answers and what it lacks."""
    fields = _fields(sheet, "id", "drill_id", "position", "revision", "answers")
    answers = {
        code: {"answer": answer.value, "reason": answer.reason} for code, answer in sheet.answers.items()
    }
    missing = [problem.field for problem in gaps(sheet)] if sheet.is_open else []
    return {"sheet": sheet.position, **fields, "answers": answers, "missing": missing}


def plain_rating(rating: Rating) -> dict[str, Any]:
    """The rating with every term of its arithmetic."""
    figures = {name: _number(value) for name, value in rating.figures._asdict().items()}
    levels = [
        {
            "level": level.code,
            "reached": level.is_reached,
            "checks": [
                {
                    "name": check.name,
                    "value": _number(check.value),
                    "limit": check.limit,
                    "holds": check.holds,
                }
                for check in level.checks
            ],
        }
        for level in rating.levels
    ]
    return {
        "rating": rating.code,
        "figures": figures,
        "levels": levels,
        "words": rating_in_words(rating),
    }


def _group(result: GroupResult) -> dict[str, Any]:
    return {
        "form": result.form.id,
        "group": result.group.code,
        "title": result.group.title,
        "judged": result.judged,
        "faults": result.faults,
        "score": _number(result.score),
    }


def _item(item: JudgedItem) -> dict[str, Any]:
    opinions = [
        {"evaluator": one.who, "answer": one.answer.value, "reason": one.answer.reason, "share": one.share}
        for one in item.opinions
    ]
    return {
        "item": item.item.code,
        "title": item.item.title,
        "critical": item.item.critical,
        "share": _number(item.share),
        "opinions": opinions,
    }


def _number(value: Any) -> Any:
    """Fractions to two decimals."""
    return round(float(value), 2) if isinstance(value, Fraction) else value


def _fields(row: msgspec.Struct, *left_out: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name not in left_out}
