"""A table of obligations with a panel at its right: what is asked, what met it or comes near, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import View
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import DetailPanel, Tab
from drillapp.ui.parts.sections import sections_tab
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, row
from drillapp.ui.readiness.near_tab import near
from drillapp.ui.readiness.rows_behind import ObligationRow, RowsBehind
from drillapp.ui.readiness.settling import record_target, settle, settle_words
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_WIDTHS = [760, 360]


class ObligationList(QWidget):
    """Shows the obligations of a view; a double click leads to the record, a button to the form that settles it."""

    counted = Signal(int)

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        """`name` is that under which the table's columns are remembered."""
        super().__init__(parent)
        self.session = session
        self.table = Table(RowsBehind(), session, name, tones.DUE, self)
        self.table.placeholder.empty_text = _("Nothing fits")
        tabs = (Tab(label="What comes near", make=sections_tab(near)),)
        self.panel = DetailPanel(session, RowsBehind.columns, tones.DUE, tabs, self)
        self.settle_button = button("", role="primary", parent=self)
        self.record_button = button(_("Open the record"), icon="open", parent=self)
        self._lay_out()
        self._connect()
        self._show_row(None)

    def show_view(self, view: View) -> None:
        """Show the obligations of a view (`rows_behind`)."""
        self.table.set_view(view)

    def open_record(self) -> None:
        """Go to the record of the row under the cursor."""
        row = self.table.current_row()
        if row is not None:
            self.session.go(record_target(row, row.evidence))

    def _show_row(self, row: ObligationRow | None) -> None:
        self._side.setVisible(row is not None)
        self.panel.show_row(row)
        if row is None:
            return
        self.settle_button.setText(settle_words(row.settled_by))
        self.settle_button.setVisible(row.state != "met")
        self.settle_button.setEnabled(not self.session.is_read_only)

    def _on_settle(self) -> None:
        row = self.panel.row
        if row is not None:
            settle(self.session, row, row.unit_code)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(lambda _row: self.open_record())
        self.table.model.counted.connect(self.counted)
        self.panel.closed.connect(lambda: self._show_row(None))
        self.settle_button.clicked.connect(self._on_settle)
        self.record_button.clicked.connect(self.open_record)

    def _lay_out(self) -> None:
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 2 * GRID)
        side.addWidget(self.panel, 1)
        actions = row(self.settle_button, self.record_button, 1)
        actions.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        side.addLayout(actions)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.table)
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes(_WIDTHS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setFocusProxy(self.table.grid)
