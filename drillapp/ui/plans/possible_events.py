"""What could happen to a version next: a line each, with what it needs, its day, and the way to record it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.plans.lifecycle import PossibleEvent
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID


class PossibleEvents(QWidget):
    """Those that can be recorded now first, then those that wait for something."""

    wanted = Signal(object)
    """The PossibleEvent that somebody wants to record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[EventLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_events(self, events: Sequence[PossibleEvent], as_of: date | None, *, may_write: bool) -> None:
        """Show these; what is overdue on that day stands out. Without a day nothing is due any more."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        ordered = sorted(events, key=lambda event: not event.allowed)
        self.lines = [EventLine(event, as_of, may_write, self) for event in ordered]
        for line in self.lines:
            line.go.clicked.connect(lambda _checked=False, event=line.possible: self.wanted.emit(event))
            self._layout.addWidget(line)


class EventLine(QFrame):
    """One event."""

    def __init__(
        self, event: PossibleEvent, as_of: date | None, may_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.possible = event
        name = enumerations.label("plan_event", event.kind)
        self.title = label(name, "" if event.allowed else "muted", parent=self)
        self.words = label(_words_below(event), "small", wraps=True, parent=self)
        self.words.setVisible(bool(self.words.text()))
        self.due = Mark(self)
        self.due.setVisible(event.due_on is not None and as_of is not None)
        if event.due_on is not None and as_of is not None:
            self.due.tell(*_due(event, event.due_on, as_of))
        self.go = button(_("Record …"), role="link", parent=self)
        self.go.setAccessibleName(_("Record: {event}").format(event=name))
        self.go.setVisible(event.allowed)
        self.go.setEnabled(may_write)
        layout = QGridLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, 0, GRID // 2)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.title, 0, 0)
        layout.addWidget(self.due, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.go, 0, 2)
        layout.addWidget(self.words, 1, 0, 1, 3)
        layout.setColumnStretch(0, 1)


def _words_below(event: PossibleEvent) -> str:
    """Why it cannot be recorded, and the article that says so; or that its day is only estimated."""
    if not event.allowed:
        return " · ".join(part for part in (event.why_not, event.article) if part)
    if event.due_is_estimated:
        return _("Estimated: the holidays of that year are not announced yet.")
    return event.article


def _due(event: PossibleEvent, due_on: date, as_of: date) -> tuple[str, str]:
    """By when it is due, and in which tone; an authority that did not answer in time has agreed."""
    tone = "blue"
    words = _("by {day} (estimated)") if event.due_is_estimated else _("by {day}")
    if due_on < as_of and event.kind == "filing_answered":
        words, tone = _("no answer by {day}: filed"), "green"
    elif due_on < as_of:
        words, tone = _("was due by {day}"), "red"
    return words.format(day=due_on.isoformat()), tone
