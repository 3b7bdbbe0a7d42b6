"""A sheet that was filled in on paper, typed off by its row codes: 'A1.3 no the aim was not measurable'."""

from __future__ import annotations

import re

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.conversion import kind_of
from drillapp.core.drills.evaluation.forms import EvaluationForm
from drillapp.core.drills.evaluation.rows import Answer, Answers
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _

_LINE = re.compile(r"\s*([A-Za-z][0-9]+[.．][0-9]+)\s*[:：=,，\t ]\s*([^\s,，;；:：]+)[\s,，;；:：]*(.*)")


def read_rows(text: str, form: EvaluationForm) -> Answers:
    """The answers of a text with a row a line: code, answer, reason; empty lines are passed over.

    Raises InvalidInput with a problem for every line that cannot be read.
    """
    answers: Answers = {}
    problems = []
    items = form.items
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        code = match[1].upper().replace("．", ".") if match else ""
        answer = _answer(match[2], match[3]) if match else None
        problem = _problem(code, answer, code in items, code in answers)
        if problem or answer is None:
            words = _("Line {line}: {problem}").format(line=place, problem=problem)
            problems.append(Problem(place - 1, "text", line.strip(), words))
        else:
            answers[code] = answer
    if problems:
        raise InvalidInput(
            problems[0].message, _("A line is such as: A1.3 no the aim is not measurable"), problems=problems
        )
    return answers


def _answer(word: str, reason: str) -> Answer | None:
    value = word if kind_of(word) == "score" else enumerations.parse("evaluation_answer", word)
    return None if value is None else Answer(value, reason.strip())


def _problem(code: str, answer: Answer | None, is_known: bool, is_twice: bool) -> str:
    if not code:
        return _("this is no row code with an answer.")
    if not is_known:
        return _("the form has no item '{code}'.").format(code=code)
    if is_twice:
        return _("{code} is there twice.").format(code=code)
    return "" if answer else _("the answer is not understood.")
