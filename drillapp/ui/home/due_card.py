"""What is due: overdue, within 30 and within 90 days, each with the way to settle it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.home.figures import WINDOWS, HomeFigures
from drillapp.core.i18n import _
from drillapp.core.rules.rows import ALL, Obligation
from drillapp.core.rules.windows import day_of
from drillapp.ui.parts import tones
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import button, card, label
from drillapp.ui.readiness.settling import record_target, settle, settle_words
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_ACT_PADDING = 34


class DueCard(QFrame):
    """A switch of three windows, the first few things of the one chosen, and the way to all of them."""

    all_wanted = Signal(str)
    """The window (a code of due_window) of which everything is wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._session = session
        self._figures: HomeFigures | None = None
        self.window_shown = "overdue"
        self._group = QButtonGroup(self)
        self.switches = {name: self._switch(name) for name in WINDOWS}
        self.switches[self.window_shown].setChecked(True)
        self.all = button("", role="link", parent=self)
        self.all.clicked.connect(lambda: self.all_wanted.emit(self.window_shown))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(label(_("What is due"), "heading", parent=self))
        head.addSpacing(GRID)
        for switch in self.switches.values():
            head.addWidget(switch)
        head.addStretch(1)
        head.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addLayout(self._rows)
        layout.addStretch(1)

    def show_figures(self, figures: HomeFigures) -> None:
        """Show other figures."""
        self._figures = figures
        for name, switch in self.switches.items():
            switch.setText(f"{enumerations.label('due_window', name)} {figures.due[name]:,}")
        self._fill()

    def show_window(self, name: str) -> None:
        """Show what is due in a window."""
        self.window_shown = name
        self.switches[name].setChecked(True)
        self._fill()

    def _switch(self, name: str) -> QPushButton:
        made = button(enumerations.label("due_window", name), role="chip", checkable=True, parent=self)
        made.clicked.connect(lambda: self.show_window(name))
        self._group.addButton(made)
        return made

    def _fill(self) -> None:
        if self._figures is None:
            return
        clear(self._rows)
        found = self._figures.soonest[self.window_shown]
        total = self._figures.due[self.window_shown]
        self.all.setText(_("All {count}").format(count=f"{total:,}"))
        self.all.setVisible(total > 0)
        for row in found:
            self._rows.addWidget(self._row(row))
        if not found:
            words = _("Nothing with a day here.") if total else _("Nothing. Well done.")
            self._rows.addWidget(label(words, "muted", parent=self))

    def _row(self, row: Obligation) -> QWidget:
        holder = QWidget(self)
        target = record_target(row, " ".join(row.evidence))
        link = RecordLink(due_line(row, self.window_shown, self._session.as_of, target), holder)
        link.clicked.connect(lambda: self._session.go(target))
        act = button(settle_words(row.settled_by), parent=holder)
        act.setFixedWidth(self._act_width())
        act.setAccessibleName(f"{settle_words(row.settled_by)}: {row.unit_name}")
        act.setEnabled(not self._session.is_read_only)
        act.clicked.connect(lambda: settle(self._session, row, row.unit))
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(link, 1)
        layout.addWidget(act)
        return holder

    def _act_width(self) -> int:
        """So wide that every way of settling fits: the buttons stand below each other."""
        metrics = self.fontMetrics()
        return _ACT_PADDING + max(metrics.horizontalAdvance(settle_words(one)) for one in ALL)


def due_line(row: Obligation, window: str, as_of: date, target: Target) -> RecordLine:
    """A thing that is due: whose, what, by which article, and how many days are left."""
    subject = "" if row.subject == row.unit_name else row.subject
    title = " · ".join(part for part in (row.unit_name, row.title, subject) if part)
    due_on = day_of(row)
    day = due_on.isoformat() if due_on else ""
    subtitle = " · ".join(part for part in (day, row.article) if part)
    return RecordLine(title, subtitle, days_words(due_on, as_of), tones.tone(tones.DUE, window), target)


def days_words(due_on: date | None, as_of: date) -> str:
    """How many days are left, or over, in words."""
    if due_on is None:
        return _("never done")
    days = (due_on - as_of).days
    if days < 0:
        return _("{days} days over").format(days=f"{-days:,}")
    return _("due today") if days == 0 else _("{days} days left").format(days=days)


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout of widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def list_card(
    title: str, parent: QWidget, *, every: Callable[[], object] | None = None
) -> tuple[QFrame, QVBoxLayout]:
    """A card with a title, a link to everything, and room for lines."""
    frame, layout = card(parent)
    head = QHBoxLayout()
    head.addWidget(label(title, "heading", parent=frame))
    head.addStretch(1)
    if every is not None:
        link = button(_("Show all"), role="link", parent=frame)
        link.setAccessibleName(f"{title}: {link.text()}")
        link.clicked.connect(lambda: every())
        head.addWidget(link)
    lines = QVBoxLayout()
    lines.setSpacing(0)
    layout.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
    layout.addLayout(head)
    layout.addLayout(lines)
    layout.addStretch(1)
    return frame, lines
