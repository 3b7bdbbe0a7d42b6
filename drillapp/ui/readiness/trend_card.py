"""The months behind a unit's score, as a line over two or five years, with the indicators that one switches on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.overview import remembered_trend
from drillapp.core.readiness.rows import TrendPoint
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.words import button, card, label, row
from drillapp.ui.readiness import figures
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

MONTHS = (24, 60)
_HEIGHT = 140


class TrendCard(QWidget):
    """Asks for the trend of a unit, remembered or worked out beside the window."""

    day_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.months = MONTHS[0]
        self.points: list[TrendPoint] = []
        self._unit_id: int | None = None
        self.chart = ChartView(_("Trend"), self)
        self._waiting = label("", "small", parent=self)
        self._group = QButtonGroup(self)
        self.spans = [self._span(months) for months in MONTHS]
        self.lines = ChipMenu(_("Curves"), [(one.name, one.title) for one in formula().indicator], self)
        self.lines.chosen.connect(lambda _codes: self.redraw())
        self.chart.chosen.connect(self.day_chosen)
        self._lay_out()

    def show_unit(self, unit_id: int) -> None:
        """Show the trend of a unit as of the window's date."""
        self._unit_id = unit_id
        self.points = []
        self.redraw()
        self._wait(_("Working it out …"))
        months = self.months
        self.session.tasks.run_read(
            lambda office, progress: remembered_trend(office, unit_id, months, progress),
            self._on_points,
            failed=self._on_failed,
            title=_("Working out the trend"),
            replaces="trend",
        )

    def redraw(self) -> None:
        """Draw the lines that are switched on."""
        self.chart.show_figure(figures.trend(self.points, self.lines.codes()))
        self.chart.setMinimumHeight(_HEIGHT)

    def _on_points(self, points: list[TrendPoint]) -> None:
        self._wait("")
        self.points = points
        self.redraw()

    def _on_failed(self, error: BaseException) -> None:
        self._wait(_("Stopped") if isinstance(error, Cancelled) else "")
        self.session.tasks.tell_error(error)

    def _wait(self, words: str) -> None:
        self._waiting.setText(words)
        self._waiting.setVisible(bool(words))

    def _choose_span(self, months: int) -> None:
        if months != self.months and self._unit_id is not None:
            self.months = months
            self.show_unit(self._unit_id)

    def _span(self, months: int) -> QPushButton:
        words = _("{count} years").format(count=months // 12)
        made = button(words, role="chip", checkable=True, parent=self)
        made.setChecked(months == self.months)
        made.clicked.connect(lambda _on=False: self._choose_span(months))
        self._group.addButton(made)
        return made

    def _lay_out(self) -> None:
        frame, inside = card(self, GRID)
        inside.setSpacing(GRID // 2)
        title = label(self.chart.name, "heading", parent=self)
        inside.addLayout(row(title, 1, *self.spans, self.lines, spacing=GRID // 2))
        inside.addWidget(self._waiting)
        inside.addWidget(self.chart, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
