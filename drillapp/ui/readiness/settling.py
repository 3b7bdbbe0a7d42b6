"""Where a thing that is asked leads: to the record it is about, and to the form that settles it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.session import Session, Target


class Asked(Protocol):
    """What has to be known of an obligation."""

    @property
    def unit_id(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def settled_by(self) -> str: ...
    @property
    def subject_kind(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def subject(self) -> str: ...


class _Way(NamedTuple):
    """The list in which a thing is settled, and what is begun there."""

    page: str
    kind: str
    action: str
    """`new`, or what the list does with the record: see `ListPane.show_target`."""


_WAYS: dict[str, _Way] = {
    "plan_in_force": _Way("plans", "plans", "new"),
    "plan_filed": _Way("plans", "plans", "filed"),
    "plan_assessed": _Way("plans", "plans", "assessed"),
    "plan_outlined": _Way("plans", "plans", "Gaps"),
    "plan_reviewed": _Way("plans", "plans", "reviewed"),
    "plan_revised": _Way("plans", "plans", "Versions"),
    "drill_held": _Way("drills", "drills", "new"),
    "drill_attended": _Way("drills", "drills", "Edit"),
    "drill_evaluated": _Way("drills", "drills", "Evaluate"),
    "drill_reported": _Way("drills", "drill_reports", "Report upward …"),
    "finding_corrected": _Way("drills", "findings", "Put right …"),
    "finding_verified": _Way("drills", "findings", "Verify …"),
    "level_met": _Way("supplies", "movements", "new"),
    "critical_stocked": _Way("supplies", "movements", "new"),
    "upkeep_done": _Way("supplies", "upkeep_due", "Note as done …"),
    "stocktake_done": _Way("supplies", "stocktakes_due", "Draw up a stocktake"),
    "loan_returned": _Way("supplies", "loans", "Take back …"),
    "card_issued": _Way("cards", "cards", "new"),
    "card_current": _Way("cards", "stale_cards", "Review …"),
    "team_standing": _Way("units", "teams", "new"),
    "team_standard": _Way("units", "teams", "Standard"),
}


def settle(session: Session, asked: Asked, unit_code: str) -> None:
    """Go to the form by which the thing is settled, filled in as far as can be told."""
    way = _WAYS[asked.settled_by]
    if way.action != "new":
        session.go(Target(way.page, way.kind, asked.subject_id, action=way.action))
        return
    if asked.settled_by == "card_issued" and asked.subject_kind == "units":
        way = _Way("units", "posts", "new")  # it has no key post yet that a card could be for
    values = {"unit_code": unit_code}

    def go(found: dict[str, Any]) -> None:
        session.go(Target(way.page, way.kind, action="new", values=values | found))

    likely = _LIKELY.get(asked.settled_by)
    if likely is None:
        go({})
    else:
        session.tasks.run_read(lambda office, _progress: likely(office, asked), go, owner=session)


def _drill(office: Office, asked: Asked) -> dict[str, Any]:
    from drillapp.core.rules.proposing import proposed_drill

    plan_id = asked.subject_id if asked.subject_kind == "plans" else None
    return proposed_drill(office, asked.rule, asked.unit_id, plan_id)


def _goods(office: Office, asked: Asked) -> dict[str, Any]:
    from drillapp.core.supplies.levels.bringing import missing_goods

    return missing_goods(office, asked.unit_id, asked.subject_id)


def _card(_office: Office, asked: Asked) -> dict[str, Any]:
    return {"key_post": True} if asked.subject_kind == "units" else {"post": asked.subject}


_LIKELY: dict[str, Callable[[Office, Asked], dict[str, Any]]] = {
    "drill_held": _drill,
    "level_met": _goods,
    "critical_stocked": _goods,
    "card_issued": _card,
}
"""What the form for a new record begins with besides the unit."""


def settle_words(settled_by: str) -> str:
    """What the button says that settles such a thing."""
    return {
        "plan_in_force": _("Enter a plan"), "plan_filed": _("Record the filing"),
        "plan_assessed": _("Assess the plan"), "plan_outlined": _("See the gaps"),
        "plan_reviewed": _("Record the review"), "plan_revised": _("Begin a version"),
        "drill_held": _("Schedule a drill"), "drill_attended": _("Enter who came"),
        "drill_evaluated": _("Evaluate it"), "drill_reported": _("Report it"),
        "finding_corrected": _("Put it right"), "finding_verified": _("Verify it"),
        "level_met": _("Bring in stock"), "critical_stocked": _("Bring in stock"),
        "upkeep_done": _("Note as done"), "stocktake_done": _("Count it"), "loan_returned": _("Take the loan back"),
        "card_issued": _("Make the card"), "card_current": _("Review the card"),
        "team_standing": _("Enter a team"), "team_standard": _("See what it lacks"),
    }[settled_by]  # fmt: skip


def record_target(asked: Asked, number: str) -> Target:
    """The record behind: what met it, or came nearest (its number), or else what it is about."""
    page, kind, _action = _WAYS[asked.settled_by]
    match asked.settled_by:
        case "plan_in_force" | "drill_held" | "card_issued" if number:
            return Target(page, kind, text=number)
        case "card_issued" if asked.subject_kind == "posts":
            return Target("units", "posts", record_id=asked.subject_id)
        case "level_met" | "critical_stocked":
            return Target("supplies", "stock", text=asked.subject)
        case "card_current":
            return Target("cards", "cards", record_id=asked.subject_id)
        case "plan_in_force" | "drill_held" | "card_issued" | "team_standing":
            return Target("units", "units", record_id=asked.unit_id)
    return Target(page, kind, record_id=asked.subject_id)
