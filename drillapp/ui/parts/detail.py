"""The panel at the right of a list: one record with its facts and whatever hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Column
from drillapp.ui.parts import cells
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import icon_button, label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

MakeTab = Callable[[Session], "DetailTab"]


class DetailTab(QWidget):
    """What a tab of the panel is: it is told which record is shown, only while it is seen."""

    def show_row(self, row: Any) -> None:
        """Show what belongs to this record."""
        raise NotImplementedError


class Tab(NamedTuple):
    """A tab of the panel, made when first looked at."""

    label: str
    """English message id."""
    make: MakeTab


class DetailPanel(QFrame):
    """Title, mark of the state, facts, and tabs."""

    closed = Signal()
    widened = Signal(bool)
    """Whether the panel is to have the whole page."""

    def __init__(
        self, session: Session, columns: Sequence[Column], tones: cells.Tones, tabs: tuple[Tab, ...] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._session = session
        self._columns = columns
        self._tones = tones
        self._row: Any | None = None
        self._title = label("", "heading", wraps=True, parent=self)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._subtitle = label("", "small", wraps=True, parent=self)
        self._mark = Mark(self)
        self._facts = _Facts(self)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._makers: dict[int, MakeTab] = {}
        self._add_tabs(tabs)
        self._lay_out()
        self._tabs.currentChanged.connect(lambda _index: self._fill_tab())
        self.setMinimumWidth(300)

    @property
    def row(self) -> Any | None:
        """The record shown."""
        return self._row

    def show_row(self, row: Any | None) -> None:
        """Show a record."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            self.wide.setChecked(False)
            return
        title, subtitle = _titles(row)
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._show_mark(row)
        self._facts.show_values(self._columns, row)
        self._fill_tab()

    def show_tab(self, label: str) -> None:
        """Bring the tab with this English message id to the front."""
        words = _(label)
        for place in range(self._tabs.count()):
            if self._tabs.tabText(place) == words:
                self._tabs.setCurrentIndex(place)

    def _show_mark(self, row: Any) -> None:
        state = getattr(row, "state", None)
        column = next((column for column in self._columns if column.name == "state"), None)
        self._mark.setVisible(bool(state) and column is not None)
        if state and column is not None:
            self._mark.tell(cells.words(column, state), self._tones.get("state", {}).get(state, "neutral"))

    def _add_tabs(self, tabs: tuple[Tab, ...]) -> None:
        self._tabs.addTab(scrolled(self._facts, self), _("Facts"))
        for tab in tabs:
            self._makers[self._tabs.addTab(QWidget(self), _(tab.label))] = tab.make
        self._tabs.tabBar().setVisible(bool(tabs))

    def _lay_out(self) -> None:
        close = icon_button("close", _("Close the panel"), parent=self)
        close.clicked.connect(self.closed)
        self.wide = icon_button("fit", _("As wide as the page (F11)"), checkable=True, parent=self)
        self.wide.toggled.connect(self.widened)
        self.wide.hide()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.wide, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._tabs, 1)

    def _fill_tab(self) -> None:
        index = self._tabs.currentIndex()
        if self._row is None or not self.isVisible():
            return
        make = self._makers.pop(index, None)
        if make is not None:
            self._replace(index, make(self._session))
        shown = self._tabs.widget(index)
        if isinstance(shown, DetailTab):
            shown.show_row(self._row)

    def _replace(self, index: int, tab: DetailTab) -> None:
        words = self._tabs.tabText(index)
        empty = self._tabs.widget(index)
        self._tabs.blockSignals(True)
        self._tabs.removeTab(index)
        self._tabs.insertTab(index, tab, words)
        self._tabs.setCurrentIndex(index)
        self._tabs.blockSignals(False)
        if empty is not None:
            empty.deleteLater()


class _Facts(QWidget):
    """Names at the left, values at the right, only those that are there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, GRID, 0)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._cells: dict[str, tuple[QWidget, Any]] = {}

    def show_values(self, columns: Sequence[Column], row: Any) -> None:
        """Show the values of a row."""
        for position, column in enumerate(columns):
            name, value = self._cell(position, column)
            words = cells.words(column, getattr(row, column.name, None))
            value.setText(words)
            name.setVisible(bool(words))
            value.setVisible(bool(words))

    def _cell(self, position: int, column: Column) -> tuple[QWidget, Any]:
        if column.name not in self._cells:
            name = label(_(column.label), "small", parent=self)
            name.setMinimumWidth(88)
            value = label("", wraps=True, parent=self)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(_(column.label))
            self._grid.addWidget(name, position, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, position, 1)
            self._cells[column.name] = (name, value)
        return self._cells[column.name]


def _titles(row: Any) -> tuple[str, str]:
    """A record's name and, below it, its number and unit."""
    known = [
        getattr(row, name, None)
        for name in ("title", "name", "text", "item_name", "number", "code", "storehouse_name", "unit_name")
    ]
    present = list(dict.fromkeys(str(part) for part in known if part))
    return (present[0], " · ".join(present[1:])) if present else ("", "")
