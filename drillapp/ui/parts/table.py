"""The table of every list: sorted in the database, columns to choose, any number of rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStackedLayout, QTableView, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.cell_painter import LEADING, CellPainter
from drillapp.ui.parts.cells import Tones
from drillapp.ui.parts.placeholder import Placeholder
from drillapp.ui.parts.source import RowSource
from drillapp.ui.parts.table_model import ROW_ROLE, TableModel
from drillapp.ui.session import Session
from drillapp.ui.theme import ROW_HEIGHT

_COPY_LIMIT = 50_000
_AROUND_MARK = 60
"""Room beside the words of a mark: its icon, its ends, the cell's margins, in pixels."""


class Table(QWidget):
    """Rows of a source with header, selection, copying, and words for when there are none."""

    current_changed = Signal(object)
    """The row under the cursor, or None."""
    opened = Signal(object)
    """The row that was double-clicked or entered."""
    selection_changed = Signal(int)
    """How many rows are selected."""

    def __init__(
        self,
        source: RowSource,
        session: Session,
        name: str,
        tones: Tones | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self._kept_key: int | None = None
        self._kept_scroll = 0
        self.model = TableModel(source, session.tasks, self)
        self.grid = QTableView(self)
        self.placeholder = Placeholder(self)
        self.placeholder.retry_wanted.connect(lambda: self.model.refresh())
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.placeholder)
        self._tones = tones or {}
        self._set_up_grid(self._tones)
        self._set_up_header()
        self._connect()
        self._on_state(self.model.state)

    def set_view(self, view: View) -> None:
        """Show another view; the sorting chosen in the header stays."""
        self._kept_key = None
        self.model.set_view(view._replace(sort=view.sort or self.model.view.sort))

    def refresh(self) -> None:
        """Show the facts of now and stay where the person is."""
        self._kept_key = self.current_key()
        self._kept_scroll = self.grid.verticalScrollBar().value()
        first = max(self.grid.rowAt(0), 0)
        self.model.refresh(first, first + self.grid.viewport().height() // ROW_HEIGHT)

    def current_row(self) -> Any | None:
        """The row under the cursor."""
        index = self.grid.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def current_key(self) -> int | None:
        """The key of the row under the cursor."""
        return self.model.key(self.grid.currentIndex().row())

    def selected_keys(self) -> list[int]:
        """The keys of the selected rows in the order shown."""
        positions = sorted({row for part in self._ranges() for row in range(part.top(), part.bottom() + 1)})
        return [key for row in positions if (key := self.model.key(row)) is not None]

    def choose(self, key: int) -> bool:
        """Put the cursor on the row with this key; False when the view does not have it."""
        position = self.model.position(key)
        if position < 0:
            return False
        self.grid.setCurrentIndex(self.model.index(position, self._first_column()))
        return True

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet takes them."""
        keys = self.selected_keys()[:_COPY_LIMIT]
        source = self.model.source
        self._session.tasks.run_read(
            lambda office, _progress: source.rows(office, keys),
            lambda rows: QGuiApplication.clipboard().setText(self._as_text(rows)),
            owner=self,
            title=_("Copying"),
        )

    def shown_columns(self) -> list[Column]:
        """The columns that are shown, in the order that the person gave them."""
        header = self.grid.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [self.model.columns[i] for i in order if not header.isSectionHidden(i)]

    def _as_text(self, rows: list[Any]) -> str:
        from drillapp.ui.parts.cells import words

        columns = self.shown_columns()
        lines = ["\t".join(_(column.label) for column in columns)]
        for row in rows:
            texts = (words(column, getattr(row, column.name)) for column in columns)
            lines.append("\t".join(text.replace("\t", " ").replace("\n", " ") for text in texts))
        return "\n".join(lines)

    def _set_up_grid(self, tones: Tones) -> None:
        grid = self.grid
        grid.setModel(self.model)
        grid.setAccessibleName(_("Table"))
        grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setShowGrid(False)
        grid.setWordWrap(False)
        grid.setTabKeyNavigation(False)
        grid.setMouseTracking(True)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setItemDelegate(CellPainter(self.model, tones, grid))
        grid.verticalHeader().hide()
        grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        grid.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def _set_up_header(self) -> None:
        header = self.grid.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._size_columns()
        state = self._session.preferences.blob(f"table/{self._name}")
        if not state.isEmpty() and header.restoreState(state):
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _size_columns(self) -> None:
        header = self.grid.horizontalHeader()
        for i, column in enumerate(self.model.columns):
            width = max(column.width, self._mark_width(column), header.sectionSizeHint(i))
            header.resizeSection(i, width + (LEADING if i == 0 else 0))

    def _mark_width(self, column: Column) -> int:
        """Room for the longest state of a column in the language spoken; none where it has no marks."""
        codes = self._tones.get(column.name, {}) if column.enumeration else ()
        labels = [enumerations.label(column.enumeration, code) for code in codes]
        return max((self.fontMetrics().horizontalAdvance(text) + _AROUND_MARK for text in labels), default=0)

    def _connect(self) -> None:
        header = self.grid.horizontalHeader()
        header.sortIndicatorChanged.connect(self.model.sort)
        header.customContextMenuRequested.connect(self.choose_columns)
        self._remember = QTimer(self, singleShot=True, interval=500)
        self._remember.timeout.connect(self._on_remember)
        for signal in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            signal.connect(lambda *_args: self._remember.start())
        self.model.state_changed.connect(self._on_state)
        self.model.modelReset.connect(self._on_reset)
        self.model.page_arrived.connect(self._on_page)
        self.grid.selectionModel().currentRowChanged.connect(lambda *_args: self._on_cursor())
        self.grid.selectionModel().selectionChanged.connect(lambda *_args: self._tell_selection())
        self.grid.doubleClicked.connect(lambda index: self._open(index.data(ROW_ROLE)))
        within = Qt.ShortcutContext.WidgetShortcut
        for keys in ("Return", "Enter"):
            shortcut(keys, self.grid, lambda: self._open(self.current_row()), within)
        shortcut("Ctrl+C", self.grid, self.copy, within)

    def choose_columns(self, place: QPoint) -> None:
        """Open the menu of columns to show."""
        header = self.grid.horizontalHeader()
        menu = QMenu(self)
        shown = header.count() - header.hiddenSectionCount()
        for i, column in enumerate(self.model.columns):
            action = QAction(_(column.label), menu, checkable=True, checked=not header.isSectionHidden(i))
            action.setEnabled(shown > 1 or header.isSectionHidden(i))
            action.toggled.connect(lambda on, section=i: header.setSectionHidden(section, not on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(_("Usual columns"), self._on_usual_columns)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.viewport().mapToGlobal(place))

    def _on_usual_columns(self) -> None:
        header = self.grid.horizontalHeader()
        for i in range(header.count()):
            header.setSectionHidden(i, False)
            header.moveSection(header.visualIndex(i), i)
        self._size_columns()

    def _on_remember(self) -> None:
        self._session.preferences.set_blob(f"table/{self._name}", self.grid.horizontalHeader().saveState())

    def _on_state(self, state: str) -> None:
        if state == "ready":
            self._stack.setCurrentWidget(self.grid)
        elif state != "loading" or not self.model.rowCount():
            self.placeholder.tell(state, self.model.failure)
            self._stack.setCurrentWidget(self.placeholder)

    def _on_reset(self) -> None:
        kept, self._kept_key = self._kept_key, None
        if kept is not None and self.choose(kept):
            self.grid.verticalScrollBar().setValue(self._kept_scroll)
        self._tell_current()
        self._tell_selection()

    def _on_page(self) -> None:
        """Tell what the row under the cursor says now; one that is still on its way is told when it arrives."""
        row = self.current_row()
        if row is not None:
            self.current_changed.emit(row)

    def _on_cursor(self) -> None:
        self._tell_current()
        QTimer.singleShot(0, self, self._select_cursor)  # a click or key selects by itself, after this

    def _select_cursor(self) -> None:
        """Select the row that the cursor came to by the focus alone: what the panel shows can be worked on."""
        chosen = self.grid.selectionModel()
        if not chosen.hasSelection() and chosen.currentIndex().isValid():
            rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            chosen.select(chosen.currentIndex(), rows)

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_row())

    def _tell_selection(self) -> None:
        self.selection_changed.emit(sum(part.height() for part in self._ranges()))

    def _ranges(self) -> list[QItemSelectionRange]:
        return list(self.grid.selectionModel().selection())  # type: ignore[call-overload, no-any-return]

    def _open(self, row: Any | None) -> None:
        if row is not None:
            self.opened.emit(row)

    def _first_column(self) -> int:
        header = self.grid.horizontalHeader()
        return next(
            (
                i
                for place in range(header.count())
                if not header.isSectionHidden(i := header.logicalIndex(place))
            ),
            0,
        )
