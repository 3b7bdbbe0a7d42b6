"""A plan's life as a dated line: what happened, and by when it must be assessed next."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.dates import months_after
from drillapp.core.i18n import _
from drillapp.core.law import assessment_rule
from drillapp.core.office import Office
from drillapp.core.plans.life import LifeEvent, life_of
from drillapp.core.plans.lifecycle import PossibleEvent, possible_events
from drillapp.core.plans.versions import VersionRow
from drillapp.core.rules.windows import window
from drillapp.ui import theme
from drillapp.ui.parts import tones
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.plans.possible_events import PossibleEvents
from drillapp.ui.plans.recording import record
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.version_tab import VersionTab
from drillapp.ui.plans.withdraw_dialog import WithdrawDialog
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID, SMALL

_STEP = 52
_DOT = 5
CONCLUSIONS = {
    "reviewed": "review_conclusion",
    "appraised": "review_conclusion",
    "filing_answered": "filing_conclusion",
    "assessed": "assessment_conclusion",
    "revision_triggered": "revision_trigger",
}
"""The enumeration that an event's conclusion is one of."""
_OVER = ("superseded", "retired")
"""States of a version of which nothing is awaited any more."""


class Milestone(NamedTuple):
    """A point of the line."""

    day: date
    words: str
    detail: str = ""
    tone: str = "accent"
    ahead: bool = False
    """Whether it is still to come."""


class _Life(NamedTuple):
    points: list[Milestone]
    possible: list[PossibleEvent]
    last: LifeEvent | None
    """The last event of the version shown, which alone can be withdrawn."""


class LifeTab(VersionTab):
    """Draws a plan's events, and lists what can be recorded next of the version shown."""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.last: LifeEvent | None = None
        self.withdraw = self.add_action(_("Withdraw the last event …"), "history", role="ghost")
        self.withdraw.clicked.connect(self._on_withdraw)
        self.line = LifeLine(self)
        self.next = PossibleEvents(self)
        self.next.wanted.connect(self._on_record)
        content = QWidget(self)
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.addWidget(self.line)
        layout.addWidget(label(_("What can be recorded next"), "label", parent=content))
        layout.addWidget(self.next)
        layout.addStretch(1)
        self.body.addWidget(scrolled(content, self, sideways=False), 1)

    def ask(self, office: Office, plan: Any, version: VersionRow) -> _Life:
        events = life_of(office, plan.id)
        own = [event for event in events if event.version_id == version.id]
        return _Life(milestones(office, plan), possible_events(office, version.id), own[-1] if own else None)

    def show_version(self, version: VersionRow, data: _Life) -> None:
        self.last = data.last
        self.line.show_milestones(data.points)
        as_of = None if version.state in _OVER else self.session.as_of
        self.next.show_events(data.possible, as_of, may_write=not self.session.is_read_only)
        self.withdraw.setVisible(data.last is not None and not self.session.is_read_only)

    def _on_record(self, event: PossibleEvent) -> None:
        if self.version is not None:
            record(self.session, self.plan, self.version, event, self)

    def _on_withdraw(self) -> None:
        if self.last is not None:
            dialog = WithdrawDialog(self.session, self.last, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()


def milestones(office: Office, row: Any) -> list[Milestone]:
    """A plan's events with what follows from them, the earliest first."""
    events = life_of(office, row.id)
    several = len({event.version_id for event in events}) > 1
    points = [_point(event, several) for event in events]
    retired = row.retired_on
    if retired is not None:
        points.append(Milestone(retired, _("Retired"), tone="neutral", ahead=retired > office.as_of))
    elif next_due := _next_assessment(events):
        late = next_due < office.as_of
        days = abs((next_due - office.as_of).days)
        words = _("{count} days late") if late else _("in {count} days")
        pressing = window("plan_assessed", "overdue" if late else "due", next_due, office.as_of)
        tone = tones.tone(tones.DUE, pressing)
        points.append(
            Milestone(next_due, _("Assessment due"), words.format(count=f"{days:,}"), tone, not late)
        )
    return points


def _point(event: LifeEvent, several: bool) -> Milestone:
    """What happened, with its number, who had to do with it, how it ended."""
    label_in_life = event.version_label if several else None
    ending = enumerations.label(CONCLUSIONS.get(event.kind, ""), event.conclusion) if event.conclusion else ""
    told = (label_in_life, event.reference, event.authority, ending)
    detail = " · ".join(part for part in told if part)
    return Milestone(event.happened_on, enumerations.label("plan_event", event.kind), detail)


def _next_assessment(events: list[LifeEvent]) -> date | None:
    """So long after the plan was last approved, published or assessed as an assessment lasts."""
    reviewed = [one.happened_on for one in events if one.kind in ("approved", "published", "assessed")]
    return months_after(max(reviewed), assessment_rule().months) if reviewed else None


class LifeLine(QWidget):
    """Dots on a vertical line, a dashed end for what is still to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: list[Milestone] = []

    def show_milestones(self, points: list[Milestone]) -> None:
        """Draw these."""
        self.points = points
        self.setMinimumHeight(max(1, len(points)) * _STEP + GRID)
        words = [f"{point.day} {point.words} {point.detail}".strip() for point in points]
        self.setAccessibleName("; ".join(words) or _("Nothing happened yet"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.points:
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(GRID, 0, self.width(), 24), 0, _("Nothing happened yet"))
        for place, point in enumerate(self.points):
            self._draw(painter, place, point)
        painter.end()

    def _draw(self, painter: QPainter, place: int, point: Milestone) -> None:
        x, y = 12.0, place * _STEP + 14.0
        if place + 1 < len(self.points):
            dashed = Qt.PenStyle.DashLine if self.points[place + 1].ahead else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour("border_strong"), 1.5, dashed))
            painter.drawLine(QPointF(x, y + _DOT + 3), QPointF(x, y + _STEP - _DOT - 3))
        ink = theme.tone_colours(point.tone)[0]
        painter.setPen(QPen(ink, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush if point.ahead else ink)
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
        left, width = 28, self.width() - 28
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.ui_font())
        painter.drawText(QRect(left, int(y) - 12, width, 24), Qt.AlignmentFlag.AlignVCenter, point.words)
        painter.setFont(theme.ui_font(SMALL))
        painter.setPen(ink if point.tone not in ("accent", "neutral") else theme.colour("muted"))
        below = " · ".join(part for part in (point.day.isoformat(), point.detail) if part)
        painter.drawText(QRect(left, int(y) + 10, width, 20), Qt.AlignmentFlag.AlignVCenter, below)
