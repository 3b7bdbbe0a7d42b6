"""All units of the scope against all indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.charts.heat_map import Cell, HeatCell, HeatMap, HeatRow
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.overview import Overview
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.charts.rows_view import RowsView
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.words import icon_button, label
from drillapp.ui.theme import GRID


class HeatRows(Sequence[HeatRow]):
    """Units as rows of the map, each made when it is painted."""

    def __init__(self, units: Sequence[UnitReadiness]) -> None:
        self._units = units
        self._names = [indicator.name for indicator in formula().indicator]

    def __len__(self) -> int:
        return len(self._units)

    @overload
    def __getitem__(self, place: int) -> HeatRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[HeatRow]: ...
    def __getitem__(self, place: int | slice) -> HeatRow | Sequence[HeatRow]:
        if isinstance(place, slice):
            return HeatRows(self._units[place])
        unit = self._units[place]
        values = (unit.indicators[name] for name in self._names)
        cells = (
            Cell(one.value, one.value is not None, words=f"{one.met:,} / {one.asked:,}" if one.asked else "")
            for one in values
        )
        grade = enumerations.label("grade", unit.grade) if unit.grade else ""
        score = None if unit.score is None else unit.score / 100
        return HeatRow(unit, unit.unit_name, (Cell(score, score is not None, words=grade), *cells))


class MapView(QWidget):
    """The map with its filters: kind of unit, order, height of the rows."""

    rows_wanted = Signal(object, str)
    """A unit (UnitReadiness) and the name of an indicator, empty for all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overview: Overview | None = None
        self.map = RowsView(_("Heat map of units and indicators"), self)
        options = [(code, enumerations.label("unit_kind", code)) for code in enumerations.codes("unit_kind")]
        self.kinds = ChipMenu(_("Kind of unit"), options, self)
        self.order = QComboBox(self)
        self.order.setAccessibleName(_("Order of the rows"))
        self.order.addItem(_("In the order of the tree"), "")
        self.order.addItem(_("Lowest score first"), "score")
        for indicator in formula().indicator:
            self.order.addItem(
                _("Lowest first: {indicator}").format(indicator=indicator.title), indicator.name
            )
        self._smaller = icon_button("zoom-out", _("Lower rows (−)"), parent=self)
        self._larger = icon_button("zoom-in", _("Higher rows (+)"), parent=self)
        self._counted = label("", "small", parent=self)
        self._lay_out()
        self.kinds.chosen.connect(lambda _codes: self._refresh())
        self.order.currentIndexChanged.connect(lambda _place: self._refresh())
        self._smaller.clicked.connect(lambda: self.map.zoom(1 / 1.3))
        self._larger.clicked.connect(lambda: self.map.zoom(1.3))
        self.map.chosen.connect(self._on_chosen)

    def show_overview(self, overview: Overview) -> None:
        """Show other figures."""
        self.overview = overview
        self._refresh()

    def _refresh(self) -> None:
        kinds, order = self.kinds.codes(), self.order.currentData()
        units = [
            unit for unit in (self.overview.rows if self.overview else ()) if not kinds or unit.kind in kinds
        ]
        if order:
            units.sort(key=lambda unit: _lowest_first(unit, order))
        titles = [_("Score"), *(indicator.title for indicator in formula().indicator)]
        self.map.show_figure(HeatMap(titles, HeatRows(units)))
        self._counted.setText(_("{count} units").format(count=f"{len(units):,}"))

    def _on_chosen(self, cell: HeatCell) -> None:
        name = formula().indicator[cell.column - 1].name if cell.column else ""
        self.rows_wanted.emit(cell.key, name)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        for part in (self.kinds, self.order, self._smaller, self._larger):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self._counted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(bar)
        layout.addWidget(self.map, 1)
        self.setFocusProxy(self.map)


def _lowest_first(unit: UnitReadiness, order: str) -> tuple[bool, float, str]:
    value = unit.score if order == "score" else unit.indicators[order].value
    return value is None, value or 0.0, unit.unit
