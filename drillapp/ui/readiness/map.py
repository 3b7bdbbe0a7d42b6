"""All units of the scope against all indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.charts.heat_map import Cell, HeatCell, HeatMap, HeatRow
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import Value, formula
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui import icons
from drillapp.ui.charts.rows_view import RowsView
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.words import button, icon_button, label
from drillapp.ui.readiness import said
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_TYPING_MS = 180


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
        cells = (_cell(unit.indicators[name]) for name in self._names)
        return HeatRow(unit, unit.unit_name, (_score_cell(unit), *cells), unit.grade or "")


class MapView(ReadinessView):
    """The map with its filters: text, kind of unit, grade, floors; the order and the height of the rows."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.map = RowsView(_("Heat map of units and indicators"), self)
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(_("Unit"))
        self.text.setAccessibleName(_("Units whose name or code has this text (Ctrl+F)"))
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icons.icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.setMaximumWidth(200)
        kinds = [(code, enumerations.label("unit_kind", code)) for code in enumerations.codes("unit_kind")]
        self.kinds = ChipMenu(_("Kind of unit"), kinds, self)
        grades = [(grade.code, said.grade_words(grade.code)) for grade in formula().grade]
        self.grades = ChipMenu(_("Grade"), grades, self)
        self.floors = button(_("Breaks a floor"), role="chip", checkable=True, parent=self)
        self.order = QComboBox(self)
        self.order.setAccessibleName(_("Order of the rows"))
        self.order.addItem(_("In the order of the tree"), "")
        self.order.addItem(_("Lowest score first"), "score")
        for one in formula().indicator:
            self.order.addItem(_("Lowest first: {indicator}").format(indicator=one.title), one.name)
        self._smaller = icon_button("zoom-out", _("Lower rows (−)"), parent=self)
        self._larger = icon_button("zoom-in", _("Higher rows (+)"), parent=self)
        self._counted = label("", "small", parent=self)
        self._lay_out()
        self._connect()

    def refresh(self, shown: Shown) -> None:
        """Show the units that the filters leave, in the order chosen."""
        kinds, grades, order = self.kinds.codes(), self.grades.codes(), self.order.currentData()
        words = self.text.text().casefold().split()
        units = [
            unit
            for unit in shown.overview.rows
            if (not kinds or unit.kind in kinds)
            and (not grades or unit.grade in grades)
            and (not self.floors.isChecked() or unit.broken)
            and all(word in f"{unit.unit_name} {unit.unit}".casefold() for word in words)
        ]
        if order:
            units.sort(key=lambda unit: _lowest_first(unit, order))
        titles = [_("Score"), *(indicator.title for indicator in formula().indicator)]
        self.map.show_figure(HeatMap(titles, HeatRows(units), exact={0}, has_marks=True))
        self._counted.setText(_("{count} units").format(count=f"{len(units):,}"))

    def show_broken(self) -> None:
        """Show the units that break a floor, whatever was shown."""
        for chosen in (self.kinds, self.grades):
            chosen.choose(frozenset())
        self.text.clear()
        self.floors.setChecked(True)
        self._on_filter()

    def _on_filter(self) -> None:
        if self.shown is not None:
            self.refresh(self.shown)

    def _on_chosen(self, cell: HeatCell) -> None:
        unit: UnitReadiness = cell.key
        names = {formula().indicator[cell.column - 1].name} if cell.column else frozenset[str]()
        choices = {"indicator": frozenset(names)} if names else {}
        values = {"unit_name": unit.unit_name}
        self.rows_wanted.emit(
            Target("readiness", "obligations", unit.unit_id, choices=choices, values=values)
        )

    def _connect(self) -> None:
        typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        typing.timeout.connect(self._on_filter)
        self.text.textChanged.connect(lambda _text: typing.start())
        self.kinds.chosen.connect(lambda _codes: self._on_filter())
        self.grades.chosen.connect(lambda _codes: self._on_filter())
        self.floors.clicked.connect(lambda _on: self._on_filter())
        self.order.currentIndexChanged.connect(lambda _place: self._on_filter())
        self._smaller.clicked.connect(lambda: self.map.zoom(1 / 1.3))
        self._larger.clicked.connect(lambda: self.map.zoom(1.3))
        self.map.chosen.connect(self._on_chosen)
        shortcut("Ctrl+F", self, self.text.setFocus)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        filters = (
            self.text,
            self.kinds,
            self.grades,
            self.floors,
            self.order,
            self._smaller,
            self._larger,
        )
        for part in filters:
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self._counted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(bar)
        layout.addWidget(self.map, 1)
        self.setFocusProxy(self.map)


def _score_cell(unit: UnitReadiness) -> Cell:
    words = "\n".join(
        part for part in (said.grade_words(unit.grade), said.capped_words(unit), said.coverage_words(unit)) if part
    )  # fmt: skip
    known = 1.0 if unit.confidence is None else unit.confidence
    return Cell(said.share_of(unit.score), bool(unit.units), known, words)


def _cell(value: Value) -> Cell:
    return Cell(value.value, bool(value.asked), said.known_share(value), said.value_words(value))


def _lowest_first(unit: UnitReadiness, order: str) -> tuple[bool, float, str]:
    value = unit.score if order == "score" else unit.indicators[order].value
    return value is None, value or 0.0, unit.unit
