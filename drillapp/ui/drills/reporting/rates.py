"""How reliably a unit and each one directly below it report their drills, for a year, a half or a quarter."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from drillapp.core.drills.reporting.periods import Period, periods_of
from drillapp.core.drills.reporting.queries import reporting_rates
from drillapp.core.drills.reporting.rows import ReportRate
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.office import Office
from drillapp.ui.drills.reporting.share_column import percent, show_shares
from drillapp.ui.drills.reporting.year_switch import YearSwitch
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Scope, Session
from drillapp.ui.theme import GRID

_COLUMNS = (
    Column("unit", "Unit code", width=150),
    Column("unit_name", "Unit", width=240),
    Column("expected", "Reports expected", "number", 90),
    Column("received", "Received", "number", 90),
    Column("on_time", "On time", "number", 90),
    Column("received_rate", "Received %", "number", 220),
    Column("on_time_rate", "On time %", "number", 220),
)


class _Row(NamedTuple):
    id: int
    unit: str
    unit_name: str
    expected: int
    received: int
    on_time: int
    received_rate: float | None
    on_time_rate: float | None


class RatesView(Page):
    """The unit itself in the first line, with all below it; a double click shows the drills behind a line."""

    kinds = frozenset({"drills", "drill_report_steps", "units", "settings"})
    unit_wanted = Signal(object, date, date, str)
    """Scope, first and last day, words for both."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.years = YearSwitch(session.as_of.year, self)
        self.years.changed.connect(lambda _year: self.reload())
        self.parts = QButtonGroup(self)
        self.buttons = [self._part(place) for place in range(len(_part_words()))]
        self.buttons[0].setChecked(True)
        self.print = button(_("Print"), role="ghost", icon="print", parent=self)
        self.print.clicked.connect(self.print_out)
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "reporting-rates", parent=self)
        self.table.opened.connect(self._on_opened)
        show_shares(self.table, ("received_rate", "on_time_rate"), percent)
        note = _("Expected are reports whose last day has come, and those that came before it.")
        head = row(self.years, *self.buttons, 1, label(note, "small", parent=self), self.print)
        head.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table.grid)

    @property
    def period(self) -> Period:
        """The year, or the part of it, that is chosen."""
        return periods_of(self.years.year)[self.parts.checkedId()]

    def reload(self) -> None:
        unit, period = self.session.scope.unit_id, self.period
        self.session.tasks.run_read(
            lambda office, _progress: _rates(office, unit, period),
            self._on_rates,
            owner=self,
            replaces="rates",
        )

    def print_out(self) -> None:
        """Show the table as it will be printed."""
        preview_report(
            self.session, "reporting_rates", _("Drills reported upward"), self,
            unit_code=self.session.scope.code or None, number=self.period.code,
        )  # fmt: skip

    def _part(self, place: int) -> QPushButton:
        made = button(_part_words()[place], role="chip", checkable=True, parent=self)
        self.parts.addButton(made, place)
        made.clicked.connect(lambda: self.reload())
        return made

    def _on_rates(self, rates: list[ReportRate]) -> None:
        self._source.fill(
            [
                _Row(
                    one.unit_id, one.unit, one.unit_name, one.expected, one.received, one.on_time, one.received_rate,
                    one.on_time_rate,
                )
                for one in rates
            ]
        )  # fmt: skip
        self.table.set_view(View())

    def _on_opened(self, one: _Row | None) -> None:
        if one is not None:
            period = self.period
            scope = Scope(one.id, one.unit, one.unit_name)
            self.unit_wanted.emit(scope, period.begin, period.end, period.words)


def _part_words() -> tuple[str, ...]:
    """In the order of `periods_of`."""
    return (_("Whole year"), _("1st half"), _("2nd half"), _("Q1"), _("Q2"), _("Q3"), _("Q4"))


def _rates(office: Office, unit_id: int | None, period: Period) -> list[ReportRate]:
    return reporting_rates(office, unit_id or office.unit_id, period.begin, period.end)
