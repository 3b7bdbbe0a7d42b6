"""Which step a request for mutual aid can take in which state."""

from __future__ import annotations

from typing import Literal

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

Step = Literal["change", "request", "answer", "send", "receive", "cancel"]
_FROM: dict[Step, tuple[str, ...]] = {
    "change": ("drafted",),
    "request": ("drafted",),
    "answer": ("requested", "agreed"),
    "send": ("agreed", "sent"),
    "receive": ("sent",),
    "cancel": ("drafted", "requested", "agreed"),
}
"""Codes of the enumeration aid_state from which each step leads on.

What was agreed can be put right until it is sent; what was sent is sent again only after all of it was reversed.
"""


def can_take(step: Step, state: str) -> bool:
    """Whether a request in a state can take a step."""
    return state in _FROM[step]


def refuse_unless(step: Step, number: str, state: str) -> None:
    """Raise InvalidInput, saying what the request's state is and from which ones the step leads on."""
    if can_take(step, state):
        return
    raise InvalidInput(
        _("Request {number} is {state}: this step is not open to it.").format(
            number=number, state=label("aid_state", state)
        ),
        _("It leads on from: {states}.").format(
            states=_(", ").join(label("aid_state", one) for one in _FROM[step])
        ),
        field="state",
    )
