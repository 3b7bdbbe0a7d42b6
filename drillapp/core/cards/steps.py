"""The numbered steps of a card in their time blocks."""

from __future__ import annotations

import re

import msgspec

from drillapp.core import enumerations
from drillapp.core.i18n import _

MOST_STEPS = 8
"""More than that nobody keeps in mind when it burns."""

# What people write before a step themselves: a box to tick, '1.', '2、', '(3)', a number in a circle.
_MARK = re.compile(
    "[\\s\u25a1\u2610\u2022]*(?:[(\uff08]?\\d{1,2}(?:[)\uff09\u3001\uff0e]|\\.(?!\\d))|[\u2460-\u2473])?\\s*"
)
_AROUND = " \t:\uff1a[]\u3010\u3011"


class Step(msgspec.Struct, frozen=True):
    """One step and when it is to be done: a code of the enumeration card_block."""

    block: str
    text: str


def read_steps(text: str | None) -> tuple[Step, ...]:
    """The steps of a text, one a line without their numbers; a line that is a block's word begins that block."""
    block = enumerations.codes("card_block")[0]
    steps: list[Step] = []
    for line in (text or "").splitlines():
        begun = enumerations.parse("card_block", line.strip(_AROUND))
        block = begun or block
        words = line[_MARK.match(line).end() :].strip()  # type: ignore[union-attr]  # it matches every line
        if words and begun is None:
            steps.append(Step(block, words))
    return tuple(steps)


def write_steps(steps: tuple[Step, ...]) -> str:
    """The text that `read_steps` reads as these steps, in the language spoken now."""
    lines: list[str] = []
    block = enumerations.codes("card_block")[0]
    for step in steps:
        if step.block != block:
            lines.append(enumerations.label("card_block", step.block))
        block = step.block
        lines.append(step.text)
    return "\n".join(lines)


def steps_problem(text: str) -> str:
    """Why these cannot be the steps of a card; empty when they can."""
    if text.count("\n") < MOST_STEPS:  # a quick look is enough for most
        return ""
    count = len(read_steps(text))
    if count <= MOST_STEPS:
        return ""
    return _("A card has at most {most} steps; here are {count}.").format(most=MOST_STEPS, count=count)
