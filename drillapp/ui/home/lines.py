"""The lines of the first page's lists: what each says and where it leads."""

from __future__ import annotations

from datetime import date

from drillapp.core import enumerations
from drillapp.core.drills.rows import PlannedDrill
from drillapp.core.home.figures import HomeFigures
from drillapp.core.i18n import _
from drillapp.ui.home.due_card import days_words
from drillapp.ui.parts import record_lines, tones
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.session import Target

_STOCK_STATES = (("expired",), ("due_30",), ("due_90", "due_60"), ("warned",))
"""The states that a line stands for; it is called by the first."""
_FINDING_STATES = ("overdue", "open", "done")
_SHELF = 2
_DRILLS = 5


def drill_line(drill: PlannedDrill, as_of: date) -> RecordLine:
    """A drill that is still to come."""
    words = f"{drill.planned_on.isoformat()} · {drill.unit_name}"
    mark = _("today") if drill.planned_on == as_of else days_words(drill.planned_on, as_of)
    return RecordLine(drill.title, words, mark, "neutral", Target("drills", "drills", drill.id))


def drill_lines(figures: HomeFigures, as_of: date) -> list[RecordLine]:
    """How many drills should have been reported, where there are any, and the next that are to come."""
    lines = [drill_line(drill, as_of) for drill in figures.drills[:_DRILLS]]
    if figures.late_reports:
        target = Target("drills", "drill_reports", choices={"state": frozenset({"late"})})
        late = _count(_("Drills not reported in time"), figures.late_reports, "red", target)
        lines = [late, *lines[: _DRILLS - 1]]
    return lines


def alert_lines(figures: HomeFigures) -> list[RecordLine]:
    """Expired and expiring stock, what is short of its required level, and the lots to look at first."""
    lines = []
    for states in _STOCK_STATES:
        count = sum(figures.stock.get(state, 0) for state in states)
        if states == ("warned",) and not count:
            continue
        target = Target("supplies", "stock", choices={"state": frozenset(states)})
        words, tone = enumerations.label("stock_state", states[0]), tones.tone(tones.STOCK, states[0])
        lines.append(_count(words, count, tone, target))
    short = Target(
        "readiness", "obligations",
        choices={"settled_by": frozenset({"level_met"}), "state": frozenset({"overdue", "no_data"})},
    )  # fmt: skip
    lines.append(
        _count(
            _("Below the required level"),
            figures.stock["short"],
            tones.tone(tones.FULFILMENT, "short"),
            short,
        )
    )
    return lines + [record_lines.stock_line(row) for row in figures.shelf[:_SHELF]]


def finding_lines(figures: HomeFigures) -> list[RecordLine]:
    """How many findings are in each state that is not at its end."""
    return [
        _count(
            enumerations.label("finding_state", state), figures.findings.get(state, 0),
            tones.tone(tones.FINDINGS, state),
            Target("drills", "findings", choices={"state": frozenset({state})}),
        )
        for state in _FINDING_STATES
    ]  # fmt: skip


def _count(words: str, count: int, tone: str, target: Target) -> RecordLine:
    return RecordLine(words, "", f"{count:,}", tone if count else "neutral", target)
