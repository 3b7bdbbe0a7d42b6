"""Where the scope stands: its score and why, radar, trend, and the ranking of the units right below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar, Ranking, Step
from drillapp.core.charts.trend import Series, Trend
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.overview import Overview, remembered_trend, roots
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.charts.line_sample import line_icon
from drillapp.ui.charts.rows_view import RowsView
from drillapp.ui.parts.words import button, card, label, row
from drillapp.ui.readiness.kind_switch import KindSwitch
from drillapp.ui.readiness.why import WhyPanel
from drillapp.ui.session import Scope, Session
from drillapp.ui.theme import GRID

MONTHS = 24
_SWITCH_ROOM = 360
"""Width of the switches, in pixels, from which they stand in two rows."""


class StandingView(QWidget):
    """The unit shown at the top is the scope until a bar is chosen."""

    rows_wanted = Signal(object, str)
    """A unit (UnitReadiness) and the name of the indicator whose rows are wanted."""
    shown_changed = Signal(object)
    """The unit (UnitReadiness) whose figures are shown now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.overview: Overview | None = None
        self.unit: UnitReadiness | None = None
        self._ranked: list[UnitReadiness] = []
        self.why = WhyPanel(self)
        self.radar = ChartView(_("Radar of the unit"), self)
        self.trend = ChartView(_("Trend of {months} months").format(months=MONTHS), self)
        self.ranking = RowsView(_("Ranking of the units below"), self)
        self.ranking.setMinimumHeight(160)
        self._points: list[TrendPoint] = []
        self._name = label("", "heading", parent=self)
        self._back = button("", role="link", icon="chevron-left", parent=self)
        self._enter = button(_("Make it the scope"), role="link", parent=self)
        self._below = label("", "small", parent=self)
        self.kinds = KindSwitch(self)
        self._waiting = label("", "small", parent=self)
        self._switches = [self._switch(i, one.title) for i, one in enumerate(formula().indicator)]
        self._lay_out()
        self._connect()

    def show_overview(self, overview: Overview) -> None:
        """Show other figures; a unit that was chosen stays chosen while it is there."""
        self.overview = overview
        tops = roots(overview.rows)
        top_ids = {top.unit_id for top in tops}
        below = [row for row in overview.rows if row.parent_id in top_ids] if len(tops) == 1 else tops
        kept = (
            None
            if self.unit is None
            else next((row for row in below if row.unit_id == self.unit.unit_id), None)
        )
        self.kinds.offer([row.kind for row in below])
        self._ranked = below
        self._show_ranking()
        self._show_unit(kept or (tops[0] if tops else None))

    def choose(self, unit_id: int) -> None:
        """Show the figures of a unit of the scope."""
        found = (
            next((row for row in self.overview.rows if row.unit_id == unit_id), None)
            if self.overview
            else None
        )
        if found is not None:
            self._show_unit(found)

    def _show_ranking(self) -> None:
        units = [unit for unit in self._ranked if self.kinds.kind in ("", unit.kind)]
        ranked = sorted(units, key=lambda unit: (unit.score is None, -(unit.score or 0), unit.unit))
        bars = [
            Bar(
                unit,
                unit.unit_name,
                _share(unit.score),
                unit.grade or "",
                _grade(unit),
                _share(self._earlier_score(unit)),
                is_asked=False,
            )
            for unit in ranked
        ]
        day = self.overview.earlier_on.isoformat() if self.overview else ""
        steps = [Step(grade.code, grade.lowest / 100) for grade in formula().grade]
        self.ranking.show_figure(Ranking(bars, steps, earlier_words=day, empty_words=_("No units below.")))
        self._below.setText(_("{count} units · ▼ marks the score of {day}").format(count=len(bars), day=day))

    def _show_unit(self, unit: UnitReadiness | None) -> None:
        self.unit = unit
        if unit is None or self.overview is None:
            return
        self._name.setText(unit.unit_name)
        top = self.overview.rows[0]
        self._back.setText(top.unit_name)
        for widget in (self._back, self._enter):
            widget.setVisible(unit.unit_id != top.unit_id)
        self.why.show_unit(unit, self._earlier_score(unit))
        before = self._earlier(unit)
        sides = [_side(unit, before, one.name, one.title) for one in formula().indicator]
        day = self.overview.earlier_on.isoformat()
        self.radar.show_figure(Radar(sides, now_words=self.session.as_of.isoformat(), earlier_words=day))
        self.ranking.choose(unit)
        self._ask_for_trend(unit)
        self.shown_changed.emit(unit)

    def _ask_for_trend(self, unit: UnitReadiness) -> None:
        self._points = []
        self._on_switched()
        self._waiting.setText(_("Working it out …"))
        self.session.tasks.run_read(
            lambda office, progress: remembered_trend(office, unit.unit_id, MONTHS, progress),
            self._on_trend,
            failed=self._on_trend_failed,
            title=_("Working out the trend"),
            replaces="trend",
        )

    def _on_trend(self, points: list[TrendPoint]) -> None:
        self._waiting.setText("")
        self._points = points
        self._on_switched()

    def _on_trend_failed(self, error: BaseException) -> None:
        self._waiting.setText(_("Stopped") if isinstance(error, Cancelled) else "")
        self.session.tasks.tell_error(error)

    def _on_switched(self) -> None:
        score = Series(_("Score"), tuple(_share(point.readiness.score) for point in self._points))
        lines = [
            Series(one.title, tuple(_value(point.readiness, one.name) for point in self._points), ink=place)
            for place, one in enumerate(formula().indicator)
            if self._switches[place].isChecked()
        ]
        self.trend.show_figure(Trend([point.as_of for point in self._points], [score, *lines]))

    def _on_entered(self, unit: UnitReadiness | None) -> None:
        if unit is None:
            return
        self.session.set_scope(Scope(unit.unit_id, unit.unit, unit.unit_name))

    def _top(self) -> UnitReadiness | None:
        return self.overview.rows[0] if self.overview else None

    def _earlier(self, unit: UnitReadiness) -> UnitReadiness | None:
        known = self.overview.earlier if self.overview else []
        return next((row for row in known if row.unit_id == unit.unit_id), None)

    def _earlier_score(self, unit: UnitReadiness) -> float | None:
        earlier = self._earlier(unit)
        return earlier.score if earlier else None

    def _switch(self, place: int, title: str) -> QPushButton:
        made = button(title, role="chip", checkable=True, parent=self)
        made.setIcon(line_icon(place))
        made.toggled.connect(lambda _on: self._on_switched())
        return made

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._show_ranking)
        self.why.term_chosen.connect(lambda name: self.rows_wanted.emit(self.unit, name))
        self.radar.chosen.connect(lambda name: self.rows_wanted.emit(self.unit, name))
        self.trend.chosen.connect(self.session.set_as_of)
        self.ranking.chosen.connect(self._show_unit)
        self.ranking.opened.connect(self._on_entered)
        self._enter.clicked.connect(lambda: self._on_entered(self.unit))
        self._back.clicked.connect(lambda: self._show_unit(self._top()))

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(2 * GRID)
        upper.addWidget(self._unit_card(), 19)
        upper.addWidget(self._card(_("Against a quarter earlier"), self.radar)[0], 12)
        upper.addWidget(self._trend_card(), 18)
        below, _layout = self._card(_("Ranking"), self.ranking, self.kinds, self._below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID // 2, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(upper, 2)
        layout.addWidget(below, 3)
        self.setFocusProxy(self.ranking)

    def _unit_card(self) -> QFrame:
        frame, layout = card(self)
        layout.addLayout(row(self._back, self._name, 1, self._enter))
        layout.addWidget(self.why, 1)
        return frame

    def _trend_card(self) -> QFrame:
        frame, layout = self._card(self.trend.name, self.trend, self._waiting)
        is_wide = sum(switch.sizeHint().width() for switch in self._switches) > _SWITCH_ROOM
        for part in (self._switches[:3], self._switches[3:]) if is_wide else (self._switches,):
            layout.addLayout(row(*part, 1, spacing=GRID // 2))
        return frame

    def _card(self, title: str, chart: QWidget, *beside: QWidget) -> tuple[QFrame, QVBoxLayout]:
        frame, layout = card(self)
        layout.addLayout(row(label(title, "heading", parent=self), *beside[:-1], 1, *beside[-1:]))
        layout.addWidget(chart, 1)
        return frame, layout


def _grade(unit: UnitReadiness) -> str:
    return enumerations.label("grade", unit.grade) if unit.grade else ""


def _value(unit: UnitReadiness | None, name: str) -> float | None:
    return unit.indicators[name].value if unit is not None else None


def _share(score: float | None) -> float | None:
    return None if score is None else score / 100


def _side(unit: UnitReadiness, before: UnitReadiness | None, name: str, title: str) -> Side:
    return Side(name, title, _value(unit, name), _value(before, name), is_asked=False)
