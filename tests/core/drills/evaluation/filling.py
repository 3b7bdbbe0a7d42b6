"""Whole sheets, filled in and handed in."""

from __future__ import annotations

from typing import Any

from drillapp.core.drills.evaluation.rows import Answer, SheetEntry
from drillapp.core.drills.evaluation.sheets import add_sheet, save_answers, submit_sheet
from drillapp.core.office import Office

FORM = "community_short"
CODES = [f"S{group}.{item}" for group, count in enumerate((3, 3, 5, 3), 1) for item in range(1, count + 1)]


def evaluate(office: Office, drill: int, who: str, faults: dict[str, str] | None = None, **head: Any) -> int:
    """A whole sheet, handed in; the faults with their reasons."""
    saved = add_sheet(office, drill, SheetEntry(form=FORM, evaluator=who, **head))
    answers = {code: Answer("yes") for code in CODES}
    answers |= {code: Answer("no", reason) for code, reason in (faults or {}).items()}
    saved = save_answers(office, saved.id, saved.revision, answers)
    return submit_sheet(office, saved.id, saved.revision).revision
