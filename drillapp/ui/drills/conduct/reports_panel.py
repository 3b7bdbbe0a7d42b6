"""The reporting clock of a real emergency: which report is due by when, and one button to note that it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.changes import Changes
from drillapp.core.drills.events import ReportDue, reporting_clock
from drillapp.core.i18n import _
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.awaited_row import lay_out_row
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_AGAIN_MS = 30_000
"""How often it is looked whether a report has become late."""
_TONES = {"due": "neutral", "late": "red", "done": "green", "done_late": "red"}


class ReportsPanel(QWidget):
    """Stands beside the log of events only."""

    reported = Signal(str)
    """The rule whose report was made."""

    def __init__(
        self, session: Session, drill_id: int, *, writes: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._session = session
        self._drill_id = drill_id
        self._writes = writes
        self.lines: dict[str, _Line] = {}
        self.none = label(
            _("The clock begins with the start of the event."), "muted", wraps=True, parent=self
        )
        content = QWidget()
        content.setProperty("ground", "none")
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self._layout.setSpacing(GRID)
        self._layout.addWidget(self.none)
        self._layout.addStretch(1)
        head = row(label(_("Reports that are due"), "strong", parent=self), 1)
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(scrolled(content, self, sideways=False), 1)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.look)
        session.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Follow the clock from now on."""
        if not self._again.isActive():
            self._again.start()
            self.look()

    def look(self) -> None:
        """Ask what is due."""
        drill_id = self._drill_id
        self._session.tasks.run_read(
            lambda office, _progress: reporting_clock(office, drill_id),
            self._on_found,
            owner=self,
            replaces="reports",
        )

    def show_now(self, moment: datetime) -> None:
        """Show what is left until each report."""
        for line in self.lines.values():
            line.show_now(moment)

    def _on_changed(self, changes: Changes) -> None:
        if self._again.isActive() and changes.touches("drill_log"):
            self.look()

    def _on_found(self, found: Sequence[ReportDue]) -> None:
        rules = [one.rule for one in found]
        for rule in [rule for rule in self.lines if rule not in rules]:
            gone = self.lines.pop(rule)
            self._layout.removeWidget(gone)
            gone.deleteLater()
        for place, one in enumerate(found):
            line = self.lines.get(one.rule)
            if line is None:
                line = self.lines[one.rule] = _Line(one, self._writes, self)
                line.made.clicked.connect(partial(self.reported.emit, one.rule))
            if self._layout.indexOf(line) != place:
                self._layout.removeWidget(line)
                self._layout.insertWidget(place, line)
            line.tell(one)
        self.none.setVisible(not found)
        if self._session.office is not None:
            self.show_now(self._session.office.clock.now())


class _Line(QFrame):
    """One report."""

    def __init__(self, one: ReportDue, writes: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._writes = writes
        self.words = label(one.title, wraps=True, parent=self)
        self.words.setToolTip(one.article)
        self.when = label("", "small", parent=self)
        self.left = label("", "heading", parent=self)
        self.mark = Mark(self)
        self.made = button(_("Reported …"), icon="check", parent=self)
        self.made.setAccessibleName(_("Reported: {report}").format(report=one.title))
        lay_out_row(self, self.words, self.left, self.when, self.mark, self.made)

    def tell(self, one: ReportDue) -> None:
        """Show how it stands."""
        self._one = one
        by = (
            _("at once") if one.at_once else _("by {time}").format(time=times.wall(one.due_at, seconds=False))
        )
        done = (
            ""
            if one.done_at is None
            else _("reported {time}").format(time=times.wall(one.done_at, seconds=False))
        )
        self.when.setText(done or by)
        self.mark.tell(_state_word(one), _TONES[one.state])
        self.made.setVisible(self._writes and one.done_at is None)

    def show_now(self, moment: datetime) -> None:
        """Show what is left."""
        one = self._one
        left = "" if one.done_at is not None else times.countdown((one.due_at - moment).total_seconds())
        if self.left.text() != left:
            self.left.setText(left)


class ReportedDialog(Dialog):
    """To whom a report was made, and what was said."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Note a report"), parent)
        self.body.addWidget(label(title, "heading", wraps=True, parent=self))
        self.to, self.text = QLineEdit(self), QLineEdit(self)
        for words, field in ((_("To whom"), self.to), (_("What was reported"), self.text)):
            field.setAccessibleName(words)
            self.body.addWidget(label(words, "label", parent=self))
            self.body.addWidget(field)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Note it"), accepts=True)
        self.go.setEnabled(False)
        self.to.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))

    def accept(self) -> None:
        """Only when it is said to whom."""
        if self.go.isEnabled():
            super().accept()


def _state_word(one: ReportDue) -> str:
    return {
        "due": _("to be reported"),
        "late": enumerations.label("report_state", "late"),
        "done": enumerations.label("report_state", "reported"),
        "done_late": _("reported late"),
    }[one.state]
