"""Evaluators' sheets and what is written on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from drillapp.core.changes import Changes
from drillapp.core.drills.evaluation.forms import EvaluationForm, Item, evaluation_form
from drillapp.core.i18n import _


class Answer(msgspec.Struct, frozen=True):
    """What an evaluator says about an item: yes, no, a choice, a score or 'na', and why."""

    value: str
    reason: str = ""


Answers = dict[str, Answer]
"""By the codes of items."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet of one evaluator."""

    id: int
    drill_id: int
    position: int
    form: str
    evaluator: str
    institution: str | None
    qualification: str | None
    contract: str | None
    groups: tuple[str, ...]
    """The groups of the form that are the evaluator's; none: all."""
    place: str
    """Where the evaluator stands."""
    answers: Answers
    comment: str | None
    submitted_on: date | None
    revision: int

    @property
    def is_open(self) -> bool:
        """Whether it can still be written on."""
        return self.submitted_on is None

    @property
    def asked_by(self) -> EvaluationForm:
        """Its form."""
        return evaluation_form(self.form)

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items that are the evaluator's, in order."""
        return tuple(item for group in self.asked_by.chosen(self.groups) for item in group.item)

    @property
    def who(self) -> str:
        """The evaluator with the third party that he comes from."""
        if not self.institution:
            return self.evaluator
        return _("{evaluator} ({institution})").format(evaluator=self.evaluator, institution=self.institution)


class SheetEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a sheet as it is entered."""

    form: str
    evaluator: str
    institution: str = ""
    """The third party; empty for in-house."""
    qualification: str = ""
    contract: str = ""
    groups: tuple[str, ...] = ()
    place: str = ""


class SheetSaved(msgspec.Struct, frozen=True):
    """A sheet was written on."""

    id: int
    revision: int
    changes: Changes


def read_answers(text: str) -> Answers:
    """Answers as they are stored."""
    return msgspec.json.decode(text or "{}", type=Answers)


def write_answers(answers: Mapping[str, Answer]) -> str:
    """Answers to be stored."""
    return msgspec.json.encode(answers).decode()
