"""The head of the programme: year, state, progress, and what can be done with the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.programme.rows import MonthProgress, ProgrammeRow
from drillapp.core.i18n import _, language
from drillapp.ui.drills.programme.strip import ProgressStrip
from drillapp.ui.parts import tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, icon_button, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class ProgrammeHead(QWidget):
    """Tells what is wanted; the view does it."""

    year_wanted = Signal(int)
    approval_wanted = Signal()
    publication_wanted = Signal()
    month_wanted = Signal(int)
    """All of a month are to be scheduled."""
    print_wanted = Signal()
    calendar_wanted = Signal()
    """A calendar file is to be written."""
    uncovered_wanted = Signal()
    addition_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.year = session.as_of.year
        self._title = label("", "heading", parent=self)
        self.state = Mark(self)
        self.about = label("", "small", parent=self)
        self.strip = ProgressStrip(self)
        self.approve = button(_("Approve …"), icon="met", parent=self)
        self.publish = button(_("Publish …"), icon="export", parent=self)
        self.schedule = button(_("Schedule a month …"), icon="calendar", parent=self)
        self.print = button(_("Print the programme …"), role="ghost", icon="print", parent=self)
        self.export = button(_("Calendar file …"), role="ghost", icon="export", parent=self)
        self._months = QMenu(self)
        self.schedule.setMenu(self._months)
        self.banner, self.banner_words = self._banner()
        self._lay_out()
        for made, signal in (
            (self.approve, self.approval_wanted), (self.publish, self.publication_wanted),
            (self.print, self.print_wanted), (self.export, self.calendar_wanted),
        ):  # fmt: skip
            made.clicked.connect(lambda _checked=False, wanted=signal: wanted.emit())

    def show_year(self, year: int) -> None:
        """Name the year."""
        self.year = year
        self._title.setText(str(year))

    def show_programme(
        self, programme: ProgrammeRow | None, months: Sequence[MonthProgress], own: bool
    ) -> None:
        """Show how a programme stands; None for a year without one."""
        for widget in (
            self.state, self.about, self.strip, self.approve, self.publish, self.schedule, self.print, self.export,
        ):  # fmt: skip
            widget.setVisible(programme is not None)
        self.banner.hide()
        if programme is None:
            return
        state = programme.state
        self.state.tell(enumerations.label("programme_state", state), tones.tone(tones.PROGRAMMES, state))
        self.about.setText(
            "" if own else _("part of the programme of {unit}").format(unit=programme.unit_name)
        )
        self.strip.show_progress(months)
        is_open = not self._session.is_read_only
        self.approve.setVisible(state == "draft")
        self.publish.setVisible(state == "approved")
        for made in (self.approve, self.publish, self.schedule):
            made.setEnabled(is_open)
        self._fill_months(months)

    def show_uncovered(self, count: int) -> None:
        """Say how many duties no drill settles yet."""
        self.banner.setVisible(count > 0)
        words = _("{count} duties of the year have no drill yet.").format(count=f"{count:,}")
        self.banner_words.setText(words)

    def _fill_months(self, months: Sequence[MonthProgress]) -> None:
        self._months.clear()
        locale = QLocale("zh_CN" if language() == "zh_CN" else "en_GB")
        for one in months:
            waiting = one.planned + one.late
            words = f"{locale.standaloneMonthName(one.month)} · {waiting:,}"
            entry = self._months.addAction(words, partial(self.month_wanted.emit, one.month))
            entry.setEnabled(waiting > 0)

    def _banner(self) -> tuple[QFrame, QLabel]:
        frame = QFrame(self)
        frame.setProperty("ground", "banner")
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        words = label("", parent=frame)
        show = button(_("Show them"), role="link", parent=frame)
        show.clicked.connect(self.uncovered_wanted)
        self.add = button(_("Add drills for them"), role="link", parent=frame)
        self.add.setEnabled(not self._session.is_read_only)
        self.add.clicked.connect(self.addition_wanted)
        layout.addWidget(words)
        layout.addWidget(show)
        layout.addWidget(self.add)
        layout.addStretch(1)
        frame.hide()
        return frame, words

    def _lay_out(self) -> None:
        back = icon_button("chevron-left", _("The year before"), parent=self)
        back.clicked.connect(lambda: self.year_wanted.emit(self.year - 1))
        on = icon_button("chevron-right", _("The year after"), parent=self)
        on.clicked.connect(lambda: self.year_wanted.emit(self.year + 1))
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for widget in (back, self._title, on, self.state, self.about):
            line.addWidget(widget)
        line.addSpacing(2 * GRID)
        line.addWidget(self.strip, 1)
        line.addSpacing(2 * GRID)
        for action in (self.approve, self.publish, self.schedule, self.print, self.export):
            line.addWidget(action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        layout.setSpacing(GRID)
        layout.addLayout(line)
        layout.addWidget(self.banner)
