"""The duty roster of a team, week by week: filled by click and key, copied from the week before, or by rotation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from drillapp.core.errors import Conflict, DrillappError
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.teams.clauses import clauses
from drillapp.core.teams.duty import DutyDone, change_duty, copy_week
from drillapp.core.teams.roster import DutyRow, members_for_duty, roster
from drillapp.core.teams.shifts import WEEK, Hand, monday_of
from drillapp.ui.errors import lines_of
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import button, icon_button, label, row
from drillapp.ui.session import Session
from drillapp.ui.teams.rotation_dialog import RotationDialog
from drillapp.ui.teams.week import Week
from drillapp.ui.teams.week_grid import WeekGrid, WeekModel

_TOLD = 6
"""So many warnings are told, then how many more there are."""


class _Read(NamedTuple):
    monday: date
    hands: list[Hand]
    rows: list[DutyRow]


class RosterDialog(Dialog):
    """A week at a time; Ctrl+S saves it, Alt with the arrows goes to the week before and after."""

    def __init__(self, session: Session, team: Any, parent: QWidget | None = None) -> None:
        super().__init__(_("Duty roster: {team}").format(team=team.name), parent, width=900)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._team = session, team
        self.monday = monday_of(session.as_of)
        self.model = WeekModel(self)
        self.model.least = least_on_duty(team.kind)
        self.model.edited.connect(self._on_edited)
        self.grid = WeekGrid(self.model, self)
        self.grid.is_open = not session.is_read_only
        self.heading = label("", "label", parent=self)
        self.told = label("", "problem", wraps=True, parent=self)
        self.told.hide()
        self._lay_out()
        self._shortcuts()
        self._go(self.monday)
        self.resize(960, 640)

    def accept(self) -> None:
        """Save the week; the dialog stays for the next one."""
        self.save()

    def reject(self) -> None:
        """Leave, asking first when something was changed."""
        if self._may_be_left():
            super().reject()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write what was changed in this week, then go on."""
        week = self.model.week
        if week is None or not week.is_changed:
            if then is not None:
                then()
            return
        team, put, off = self._team.id, week.put, week.off
        self._write(lambda office: change_duty(office, team, put, off), then)

    def copy_last_week(self) -> None:
        """Fill this week as the last one was."""
        self.save(self._copy)

    def rotate(self) -> None:
        """Ask how groups are to take turns, and fill the days."""
        self.save(self._ask_rotation)

    def print_month(self) -> None:
        """Show the roster of this month as it will be printed."""
        title = _("Duty roster: {team}").format(team=self._team.name)
        number = f"{self._team.name} {self.monday + timedelta(days=3):%Y-%m}"
        self.save(
            lambda: preview_report(
                self._session, "team_duty_roster", title, self, number=number, unit_code=self._team.unit_code
            )
        )

    def _copy(self, replace: bool = False) -> None:
        team, onto = self._team.id, self.monday
        source = onto - timedelta(days=WEEK)
        self._write(lambda office: copy_week(office, team, source, onto, replace=replace), again=self._copy)

    def _ask_rotation(self) -> None:
        hands = self.model.week.hands if self.model.week is not None else []
        dialog = RotationDialog(self._session, self._team, self.monday, hands, self)
        dialog.done_with.connect(self._on_done)
        dialog.open()

    def _write(
        self, work: Callable[[Office], DutyDone], then: Callable[[], object] | None = None,
        again: Callable[[bool], object] | None = None,
    ) -> None:  # fmt: skip
        def on_done(done: DutyDone) -> None:
            self._on_done(done)
            if then is not None:
                then()

        self._session.tasks.run_write(
            lambda office, _progress: work(office),
            on_done,
            owner=self,
            failed=lambda error: self._on_failed(error, again),
            title=_("Saving"),
        )

    def _on_done(self, done: DutyDone) -> None:
        self._session.said.emit(_("{put} put on duty, {off} taken off.").format(put=done.put, off=done.off))
        words = [warning.words for warning in done.warnings[:_TOLD]]
        if len(done.warnings) > _TOLD:
            words.append(_("and {count} more").format(count=len(done.warnings) - _TOLD))
        self._tell("\n".join(words))
        self._go(self.monday)

    def _on_failed(self, error: BaseException, again: Callable[[bool], object] | None) -> None:
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        if isinstance(error, Conflict) and again is not None:
            if confirm(_("Replace this week?"), error.message, _("Replace"), danger=True, parent=self):
                again(True)
            return
        self._tell(lines_of(error, _TOLD))

    def _go(self, monday: date) -> None:
        team = self._team.id
        self._session.tasks.run_read(
            lambda office, _progress: _read(office, team, monday), self._on_read, owner=self, replaces="week"
        )

    def _on_read(self, read: _Read) -> None:
        place = self.grid.currentIndex()
        self.monday = read.monday
        self.model.show_week(Week(read.monday, read.hands, read.rows))
        sunday = read.monday + timedelta(days=WEEK - 1)
        days = _("{first} to {last}").format(first=read.monday, last=sunday)
        self.heading.setText(days)
        self.grid.setCurrentIndex(self.model.index(max(place.row(), 0), max(place.column(), 1)))
        if not read.hands:
            self._tell(_("No member of this team is named: enter the members first."))
        self._on_edited()

    def _on_edited(self) -> None:
        changed = self.model.week is not None and self.model.week.is_changed
        self.keep.setEnabled(changed and not self._session.is_read_only)

    def _move(self, weeks: int) -> None:
        if self._may_be_left():
            self._tell("")
            self._go(self.monday + timedelta(days=WEEK * weeks))

    def _today(self) -> None:
        if self._may_be_left():
            self._go(monday_of(self._session.as_of))

    def _may_be_left(self) -> bool:
        if self.model.week is None or not self.model.week.is_changed:
            return True
        words = _("What you changed in this week would be lost.")
        return confirm(_("Leave without saving?"), words, _("Leave"), danger=True, parent=self)

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _lay_out(self) -> None:
        before = icon_button("chevron-left", _("The week before (Alt+Left)"), parent=self)
        after = icon_button("chevron-right", _("The week after (Alt+Right)"), parent=self)
        now = button(_("This week"), role="ghost", icon="today", parent=self)
        for made, done in (
            (before, lambda: self._move(-1)),
            (after, lambda: self._move(1)),
            (now, self._today),
        ):
            made.clicked.connect(done)
        self.copy = button(_("Copy last week"), icon="copy", parent=self)
        self.rotation = button(_("Rotate …"), icon="refresh", parent=self)
        self.print = button(_("Print the month"), role="ghost", icon="print", parent=self)
        for made, done in (
            (self.copy, self.copy_last_week),
            (self.rotation, self.rotate),
            (self.print, self.print_month),
        ):
            made.clicked.connect(done)
            made.setAutoDefault(False)
        now.setAutoDefault(False)
        for made in (self.copy, self.rotation):
            made.setEnabled(not self._session.is_read_only)
        self.body.addWidget(label(self._team.name, "heading", wraps=True, parent=self))
        self.body.addLayout(row(before, self.heading, after, now, 1, self.copy, self.rotation, self.print))
        words = _("Click: day, night, whole day, off. Keys: D, N, W; L leads; Del takes off.")
        self.body.addWidget(label(words, "small", wraps=True, parent=self))
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.told)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.keep = self.add_closing(_("Save"), accepts=True)
        self.keep.setToolTip("Ctrl+S")
        self.keep.setAutoDefault(False)
        self.keep.setDefault(False)
        self.grid.setFocus()

    def _shortcuts(self) -> None:
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        QShortcut(QKeySequence("Alt+Left"), self, lambda: self._move(-1))
        QShortcut(QKeySequence("Alt+Right"), self, lambda: self._move(1))


def least_on_duty(kind: str | None) -> int:
    """How many the standard of a kind of team asks for at any time; 0 for none."""
    asked = [
        one.least or 0
        for one in clauses()
        if one.measure == "on_duty" and (not one.kinds or kind in one.kinds)
    ]
    return max(asked, default=0)


def _read(office: Office, team_id: int, monday: date) -> _Read:
    last = monday + timedelta(days=WEEK - 1)
    rows = roster(office, team_id, monday, last)
    hands = members_for_duty(office, team_id, monday, last, {row.member_id for row in rows})
    return _Read(monday, hands, rows)
