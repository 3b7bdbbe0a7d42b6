"""Where a thing that is asked leads: to the record it is about, and to the form that settles it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from drillapp.core.i18n import _
from drillapp.ui.session import Session, Target


class Asked(Protocol):
    """What has to be known of an obligation."""

    @property
    def unit_id(self) -> int: ...
    @property
    def settled_by(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def subject(self) -> str: ...


def record_target(asked: Asked, number: str) -> Target:
    """The record behind: what met it, or came nearest (its number), or else what it is about."""
    match asked.settled_by:
        case "plan_in_force" if number:
            return Target("plans", "plans", text=number)
        case "drill_held" if number:
            return Target("drills", "drills", text=number)
        case "card_issued" if number:
            return Target("cards", "cards", text=number)
        case "plan_assessed":
            return Target("plans", "plans", record_id=asked.subject_id)
        case "finding_corrected":
            return Target("drills", "findings", record_id=asked.subject_id)
        case "level_met":
            return Target("supplies", "stock", text=asked.subject)
        case "card_issued":
            return Target("units", "posts", record_id=asked.subject_id)
    return Target("units", "units", record_id=asked.unit_id)


def settle(session: Session, asked: Asked, unit_code: str) -> None:
    """Go to the form, or the record, by which the thing is settled."""
    if asked.settled_by == "level_met":
        _bring_in(session, asked, unit_code)
        return
    session.go(_SETTLING[asked.settled_by](asked, unit_code))


def settle_words(settled_by: str) -> str:
    """What the button says that settles such a thing."""
    return {
        "plan_in_force": _("Enter a plan"), "plan_assessed": _("Assess the plan"), "drill_held": _("Schedule a drill"),
        "finding_corrected": _("Put it right"), "level_met": _("Bring in stock"), "card_issued": _("Make the card"),
    }[settled_by]  # fmt: skip


def _bring_in(session: Session, asked: Asked, unit_code: str) -> None:
    def code(office: Any, _progress: Any) -> str:
        from drillapp.core.listing import rows
        from drillapp.core.supplies.listings import ITEMS

        return "".join(item.code for item in rows(office, ITEMS, [asked.subject_id]))

    def go(item_code: str) -> None:
        values = {"kind": "in", "item_code": item_code, "unit_code": unit_code}
        session.go(Target("supplies", "movements", action="new", values=values))

    session.tasks.run_read(code, go, owner=session)


_SETTLING: dict[str, Callable[[Asked, str], Target]] = {
    "plan_in_force": lambda asked, unit: Target("plans", "plans", action="new", values={"unit_code": unit}),
    "plan_assessed": lambda asked, unit: Target("plans", "plans", record_id=asked.subject_id),
    "drill_held": lambda asked, unit: Target("drills", "drills", action="new", values={"unit_code": unit}),
    "finding_corrected": lambda asked, unit: Target("drills", "findings", record_id=asked.subject_id),
    "card_issued": lambda asked, unit: Target(
        "cards", "cards", action="new", values={"unit_code": unit, "post": asked.subject}
    ),
}
