"""What a sheet lacks before it can be handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drillapp.core.drills.evaluation.conversion import share_of
from drillapp.core.drills.evaluation.forms import Item
from drillapp.core.drills.evaluation.rows import Answer, Sheet
from drillapp.core.drills.evaluation.rule import rating_rule
from drillapp.core.errors import Problem
from drillapp.core.i18n import _


def needs_reason(value: str) -> bool:
    """Whether an answer is a fault, which must be explained."""
    share = share_of(value)
    return share is not None and share < rating_rule().fault_below


def gaps(sheet: Sheet) -> list[Problem]:
    """The items without an answer, and the faults without a reason; the field is the item's code."""
    return [
        Problem(place, item.code, _value(sheet.answers, item), _told(item, problem))
        for place, item in enumerate(_relevant(sheet))
        if (problem := _gap(sheet.answers.get(item.code)))
    ]


def _told(item: Item, problem: str) -> str:
    return _("{item}: {reasons}").format(item=f"{item.code} {item.title}", reasons=problem)


def _relevant(sheet: Sheet) -> Iterator[Item]:
    """The evaluator's own items, and others that he answered all the same."""
    own = sheet.asked
    codes = {item.code for item in own}
    yield from own
    items = sheet.asked_by.items
    yield from (items[code] for code in sheet.answers if code in items and code not in codes)


def _gap(answer: Answer | None) -> str:
    if answer is None:
        return _("There is no answer.")
    if needs_reason(answer.value) and not answer.reason.strip():
        return _("Say why it was not done.")
    return ""


def _value(answers: Mapping[str, Answer], item: Item) -> str:
    return answers[item.code].value if item.code in answers else ""
