"""The first view: the units below by their score, the map of sub-districts, the indicators of one unit, its months."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from drillapp.core.charts.tiles import tile_places
from drillapp.core.i18n import _
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.charts.rows_view import RowsView
from drillapp.ui.parts.words import card, label, row, scrolled
from drillapp.ui.readiness import figures
from drillapp.ui.readiness.kind_switch import KindSwitch
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.trend_card import TrendCard
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.theme import GRID

_TILES, _RADAR = (320, 330), (236, 200)
"""Smallest sizes in pixels at which both can be read, so that nothing has to be scrolled at 1366 × 768."""


class OverviewView(ReadinessView):
    """Charts of the scope; a bar or a tile puts that unit in front, a side of the radar opens its rows."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ranking = RowsView(_("Ranking of the units below"), self)
        self.tiles = ChartView(_("Map of the sub-districts"), self)
        self.radar = ChartView(_("Radar of the unit"), self)
        self.trend = TrendCard(session, self)
        self.kinds = KindSwitch(self)
        self._of_radar = label("", "small", parent=self)
        self._lay_out()
        self._connect()

    def refresh(self, shown: Shown) -> None:
        """Show the charts; those of which there is nothing to show give their room to the others."""
        self.kinds.offer([unit.kind for unit in shown.ranked])
        self._show_units(shown)
        on_map = [unit for unit in shown.ranked if unit.unit in tile_places()]
        self._arrange(bool(shown.ranked), bool(on_map))
        if on_map:
            self.tiles.show_figure(figures.tiles(shown, on_map))
            self.tiles.setMinimumSize(*_TILES)
            self.tiles.choose(shown.unit)
        self.radar.show_figure(figures.radar(shown))
        self.radar.setMinimumSize(*_RADAR)
        self._of_radar.setText(shown.unit.unit_name)
        self.trend.show_unit(shown.unit.unit_id)

    def _show_units(self, shown: Shown) -> None:
        units = [unit for unit in shown.ranked if self.kinds.kind in ("", unit.kind)]
        self.ranking.show_figure(figures.ranking(shown, units))
        self.ranking.choose(shown.unit)

    def _on_kind(self) -> None:
        if self.shown is not None:
            self._show_units(self.shown)

    def _on_unit(self, unit: UnitReadiness) -> None:
        self.unit_wanted.emit(unit.unit_id)

    def _on_opened(self, unit: UnitReadiness) -> None:
        self.session.set_scope(Scope(unit.unit_id, unit.unit, unit.unit_name))

    def _on_side(self, indicator: str) -> None:
        if self.shown is None:
            return
        unit = self.shown.unit
        choices = {"indicator": frozenset({indicator})}
        values = {"unit_name": unit.unit_name}
        self.rows_wanted.emit(
            Target("readiness", "obligations", unit.unit_id, choices=choices, values=values)
        )

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_kind)
        for chart in (self.ranking, self.tiles):
            chart.chosen.connect(self._on_unit)
            chart.opened.connect(self._on_opened)
        self.radar.chosen.connect(self._on_side)
        self.trend.day_chosen.connect(self.session.set_as_of)

    def _lay_out(self) -> None:
        self._ranking_card = self._card(_("Ranking"), self.ranking, self.kinds)
        self._tiles_card = self._card(self.tiles.name, self.tiles)
        self._radar_card = self._card(_("Against a quarter earlier"), self.radar, self._of_radar)
        content = QWidget(self)
        content.setProperty("ground", "surface")
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        self._grid.setSpacing(GRID)
        self._arrange(True, True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content, self))
        self.setFocusProxy(self.ranking)

    def _arrange(self, has_units: bool, has_map: bool) -> None:
        """Side by side what there is to show; what there is not takes no room."""
        cards = self._ranking_card, self._tiles_card, self._radar_card, self.trend
        for each, is_shown in zip(cards, (has_units, has_map, True, True), strict=True):
            self._grid.removeWidget(each)
            each.setVisible(is_shown)
        self._grid.addWidget(self._ranking_card, 0, 0, 2, 1)
        self._grid.addWidget(self._tiles_card, 0, 1, 2, 1)
        if has_units:
            self._grid.addWidget(self._radar_card, 0, 2)
            self._grid.addWidget(self.trend, 1, 2)
        else:
            self._grid.addWidget(self._radar_card, 0, 1, 2, 1)
            self._grid.addWidget(self.trend, 0, 2, 2, 1)
        widths = (9, 7, 7) if has_map else (9, 0, 7) if has_units else (0, 5, 8)
        for column, share in enumerate(widths):
            self._grid.setColumnStretch(column, share)
        for line, share in enumerate((5, 4)):
            self._grid.setRowStretch(line, share)

    def _card(self, title: str, chart: QWidget, *beside: QWidget) -> QFrame:
        frame, inside = card(self, GRID)
        inside.setSpacing(GRID // 2)
        inside.addLayout(row(label(title, "heading", parent=self), 1, *beside))
        inside.addWidget(chart, 1)
        return frame
