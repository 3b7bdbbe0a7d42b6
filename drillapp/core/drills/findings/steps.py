"""How a finding's correction goes on: which step may follow which, and what each makes of it; no database here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from drillapp.core.i18n import _

Step = Literal["assigned", "done", "verified", "rejected", "accepted", "reopened"]
State = Literal["open", "done", "verified", "accepted"]


class Correction(NamedTuple):
    """How far the correction of a finding is."""

    found_on: date
    """The day of the drill."""
    owner: str | None = None
    action: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    done_by: str | None = None
    """Who said that it is done; the owner where nobody was named."""
    verified_on: date | None = None
    verified_by: str | None = None
    verified_drill_id: int | None = None
    effect: str | None = None
    accepted_until: date | None = None
    last_on: date | None = None
    """The day of the last step on record."""

    @property
    def stands_since(self) -> date:
        """The day before which no further step can have been taken."""
        return max(filter(None, (self.found_on, self.done_on, self.verified_on, self.last_on)))


def state_on(correction: Correction, day: date) -> State:
    """How it stands on a day; a risk that was accepted is open again after its last day."""
    if correction.verified_on is not None and correction.verified_on <= day:
        return "verified"
    if correction.done_on is not None and correction.done_on <= day:
        return "done"
    if correction.accepted_until is not None and correction.accepted_until >= day:
        return "accepted"
    return "open"


_FOLLOWS: dict[Step, tuple[State, ...]] = {
    "assigned": ("open",),
    "done": ("open",),
    "verified": ("done",),
    "rejected": ("done",),
    "accepted": ("open",),
    "reopened": ("done", "verified", "accepted"),
}


class Taken(NamedTuple):
    """A step as it is about to be taken."""

    kind: Step
    day: date
    who: str = ""
    note: str = ""
    """Of a verification the effect that was seen, otherwise the reason or a remark."""
    until: date | None = None
    """Until when a risk is accepted."""
    drill_id: int | None = None
    """The later drill that verifies."""
    drill_day: date | None = None


def refusal(correction: Correction, step: Taken) -> tuple[str, str] | None:
    """The field and the sentence for which a step cannot be taken; None when it can."""
    if step.day < correction.found_on:
        return "day", _("Lies before the drill, {day}.").format(day=correction.found_on)
    if step.day < correction.stands_since:
        return "day", _("Lies before the step before it, {day}.").format(day=correction.stands_since)
    if state_on(correction, step.day) not in _FOLLOWS[step.kind]:
        return "kind", wrong_state(step.kind)
    return _CHECKS[step.kind](correction, step)


def _assigned(correction: Correction, step: Taken) -> tuple[str, str] | None:
    return None


def _done(correction: Correction, step: Taken) -> tuple[str, str] | None:
    if not (correction.action or "").strip():
        return "action", _("Say first which action puts it right.")
    if not step.note.strip():
        return "note", _("Say what was done, or add the proof.")
    return None


def _verified(correction: Correction, step: Taken) -> tuple[str, str] | None:
    if not step.who.strip():
        return "who", _("Say who verified it.")
    if step.who.strip() in {(name or "").strip() for name in (correction.done_by, correction.owner)}:
        return "who", _("Somebody else than who put it right must verify it.")
    if not step.note.strip():
        return "note", _("Say by what one sees that it works now.")
    assert correction.done_on is not None
    if step.drill_day is not None and step.drill_day < correction.done_on:
        return "drill", _("The drill was held before the action was done, {day}.").format(
            day=correction.done_on
        )
    return None


def _rejected(correction: Correction, step: Taken) -> tuple[str, str] | None:
    return None if step.note.strip() else ("note", _("Say why it is not put right yet."))


def _accepted(correction: Correction, step: Taken) -> tuple[str, str] | None:
    if not step.who.strip():
        return "who", _("Say who answers for the risk.")
    if not step.note.strip():
        return "note", _("Say why the risk can be borne.")
    if step.until is None or step.until <= step.day:
        return "until", _("An accepted risk needs a last day after {day}.").format(day=step.day)
    return None


def _reopened(correction: Correction, step: Taken) -> tuple[str, str] | None:
    return None if step.note.strip() else ("note", _("Say why it is opened again."))


_CHECKS = {
    "assigned": _assigned, "done": _done, "verified": _verified, "rejected": _rejected, "accepted": _accepted,
    "reopened": _reopened,
}  # fmt: skip
_WRONG_STATE: dict[str, Callable[[], str]] = {
    "assigned": lambda: _("Only what is open can be assigned."),
    "done": lambda: _("Only what is open can be put right."),
    "verified": lambda: _("Only what was put right can be verified."),
    "rejected": lambda: _("Only what was put right can be found wanting."),
    "accepted": lambda: _("Only a risk that is open can be accepted."),
    "reopened": lambda: _("It is open already."),
}


def wrong_state(kind: str) -> str:
    """Why a step cannot be taken of what stands otherwise."""
    return _WRONG_STATE[kind]()


def after(correction: Correction, step: Taken) -> Correction:
    """How it stands after a step that is not refused."""
    correction = correction._replace(last_on=step.day)
    if step.kind == "done":
        return correction._replace(
            done_on=step.day, done_by=step.who or correction.owner, accepted_until=None
        )
    if step.kind == "verified":
        return correction._replace(
            verified_on=step.day,
            verified_by=step.who,
            verified_drill_id=step.drill_id,
            effect=step.note,
        )
    if step.kind in ("rejected", "reopened"):
        return Correction(
            correction.found_on, correction.owner, correction.action, correction.due_on, last_on=step.day
        )
    if step.kind == "accepted":
        return correction._replace(accepted_until=step.until)
    return correction
