"""A sheet that was filled in on paper, typed off by its row codes: 'A1.3 no the aim was not measurable'."""

from __future__ import annotations

import re
from typing import NamedTuple

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.conversion import kind_of
from drillapp.core.drills.evaluation.forms import EvaluationForm
from drillapp.core.drills.evaluation.rows import Answer, Answers
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _

_CODE = r"[A-Za-z][0-9]+[.．][0-9]+"
_LINE = re.compile(rf"\s*({_CODE})★?\s*[:：=,，\t ]\s*([^\s,，;；:：]+)[\s,，;；:：]*(.*)")
_CELL = re.compile(rf"\s*({_CODE})★?\s*")


class _Row(NamedTuple):
    code: str
    """Empty where the line has none."""
    answer: Answer | None
    is_blank: bool = False
    """A row of a spreadsheet that was not filled in."""


def read_rows(text: str, form: EvaluationForm) -> Answers:
    """The answers of a text with a row a line: code, answer, reason; or as pasted from a spreadsheet.

    Empty lines and rows that were not filled in are passed over. Raises InvalidInput with a problem for every line that
    cannot be read.
    """
    answers: Answers = {}
    problems = []
    items = form.items
    for place, line in enumerate(text.splitlines(), 1):
        row = _row(line)
        if row.is_blank:
            continue
        problem = _problem(row, row.code in items, row.code in answers)
        if problem or row.answer is None:
            words = _("Line {line}: {problem}").format(line=place, problem=problem)
            problems.append(Problem(place - 1, "text", line.strip(), words))
        else:
            answers[row.code] = row.answer
    if problems:
        raise InvalidInput(
            problems[0].message, _("A line is such as: A1.3 no the aim is not measurable"), problems=problems
        )
    return answers


def _row(line: str) -> _Row:
    if not line.strip():
        return _Row("", None, is_blank=True)
    cells = line.split("\t")
    match = _CELL.fullmatch(cells[0])
    if match and len(cells) > 1:
        return _of_cells(_plain(match[1]), [cell.strip() for cell in cells[1:]])
    match = _LINE.fullmatch(line)
    return _Row(_plain(match[1]), _answer(match[2], match[3])) if match else _Row("", None)


def _of_cells(code: str, cells: list[str]) -> _Row:
    """The answer is the first cell that is one; what was asked may stand before it, the reason stands behind it."""
    for place, cell in enumerate(cells):
        answer = _answer(cell, " ".join(cells[place + 1 :]))
        if answer is not None:
            return _Row(code, answer)
    return _Row(code, None, is_blank=not any(cells[1:]) and (len(cells) > 1 or not cells[0]))


def _plain(code: str) -> str:
    return code.upper().replace("．", ".")


def _answer(word: str, reason: str) -> Answer | None:
    value = word if kind_of(word) == "score" else enumerations.parse("evaluation_answer", word)
    return None if not word or value is None else Answer(value, reason.strip())


def _problem(row: _Row, is_known: bool, is_twice: bool) -> str:
    if not row.code:
        return _("this is no row code with an answer.")
    if not is_known:
        return _("the form has no item '{code}'.").format(code=row.code)
    if is_twice:
        return _("{code} is there twice.").format(code=row.code)
    return "" if row.answer else _("the answer is not understood.")
