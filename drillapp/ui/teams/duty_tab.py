"""Who of a team is on duty this week, day by day."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _, language
from drillapp.core.teams.roster import DutyRow, roster
from drillapp.core.teams.shifts import WEEK
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.words import button, card, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.teams.roster_dialog import RosterDialog
from drillapp.ui.theme import GRID


class DutyTab(DetailTab):
    """Seven days from the date on; the roster itself is edited in its dialog."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._team: Any = None
        self.edit = button(_("Duty roster …"), icon="calendar", parent=self)
        self.edit.clicked.connect(self._open)
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row(self.edit, 1))
        layout.addWidget(self._area, 1)

    def show_row(self, row: Any) -> None:
        self._team = row
        first = self._session.as_of
        last = first + timedelta(days=WEEK - 1)
        self._session.tasks.run_read(
            lambda office, _progress: roster(office, row.id, first, last),
            self._on_rows,
            owner=self,
            replaces="duty",
        )

    def _open(self) -> None:
        if self._team is not None:
            RosterDialog(self._session, self._team, self.window()).open()

    def _on_rows(self, rows: list[DutyRow]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(GRID)
        if not rows:
            words = _("Nobody is on duty within the next seven days.")
            layout.addWidget(label(words, "muted", wraps=True, parent=content))
        for _day, group in groupby(rows, key=lambda one: one.day):
            layout.addWidget(_day_card(list(group), content))
        layout.addStretch(1)
        self._area.setWidget(content)


def _day_card(rows: list[DutyRow], parent: QWidget) -> QFrame:
    frame, layout = card(parent, GRID)
    layout.setSpacing(2)
    locale = QLocale("zh_CN") if language() == "zh_CN" else QLocale("en")
    day = rows[0].day
    name = locale.standaloneDayName(day.weekday() + 1, QLocale.FormatType.ShortFormat)
    layout.addWidget(label(f"{day:%m-%d} {name}", "label", parent=frame))
    for shift, group in groupby(rows, key=lambda one: one.shift):
        names = _(", ").join(map(_name, group))
        words = _("{shift}: {names}").format(shift=enumerations.label("duty_shift", shift), names=names)
        layout.addWidget(label(words, wraps=True, parent=frame))
    return frame


def _name(one: DutyRow) -> str:
    """Who, whether leading, and what speaks against it."""
    said = [_("leads")] if one.leads else []
    said += [enumerations.label("duty_concern", one.concern)] if one.concern else []
    return _("{name} ({said})").format(name=one.member, said=_(", ").join(said)) if said else one.member
