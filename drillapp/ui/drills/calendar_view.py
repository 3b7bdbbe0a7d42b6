"""The year calendar of drills with its year switch and legend."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.by_day import drills_by_day
from drillapp.core.i18n import _
from drillapp.ui.drills.year import YearView
from drillapp.ui.parts import tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import button, icon_button, label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class CalendarView(Page):
    """Drills by the day for which they are planned."""

    kinds = frozenset({"drills"})
    chosen = Signal(date)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.year_view = YearView(self)
        self.year_view.chosen.connect(self.chosen)
        self._year = session.as_of.year
        self._title = label("", "heading", parent=self)
        self._total = label("", "small", parent=self)
        area = scrolled(self.year_view, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(area, 1)
        self.setFocusProxy(self.year_view)

    def reload(self) -> None:
        year = self._year
        self._title.setText(str(year))
        unit = self.session.scope.unit_id
        self.session.tasks.run_read(
            lambda office, _progress: drills_by_day(office, unit, year),
            lambda days: self._on_days(year, days),
            owner=self,
            replaces="days",
        )

    def show_year(self, year: int) -> None:
        """Show another year."""
        self._year = year
        self.reload()

    def _head(self) -> QHBoxLayout:
        back = icon_button("chevron-left", _("The year before"), parent=self)
        back.clicked.connect(lambda: self.show_year(self._year - 1))
        on = icon_button("chevron-right", _("The year after"), parent=self)
        on.clicked.connect(lambda: self.show_year(self._year + 1))
        now = button(_("This year"), role="link", parent=self)
        now.clicked.connect(lambda: self.show_year(self.session.as_of.year))
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        head.setSpacing(GRID)
        for widget in (back, self._title, on, now, self._total):
            head.addWidget(widget)
        head.addStretch(1)
        for state, tone in tones.DRILLS["state"].items():
            head.addWidget(Mark(self, enumerations.label("drill_state", state), tone))
        return head

    def _on_days(self, year: int, days: dict[date, dict[str, int]]) -> None:
        total = sum(sum(states.values()) for states in days.values())
        self._total.setText(_("{count} drills").format(count=f"{total:,}"))
        self.year_view.show_year(year, self.session.as_of, days)
