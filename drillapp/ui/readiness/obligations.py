"""What is asked of the scope, thing by thing: met and not, by when, by which article, by what evidence."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import View
from drillapp.core.readiness.formula import formula
from drillapp.ui import icons
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts import tones
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.detail import DetailPanel
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label
from drillapp.ui.readiness.rows_behind import OWN_ONLY, ObligationRow, RowsBehind
from drillapp.ui.readiness.settling import record_target, settle, settle_words
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.theme import GRID

_TYPING_MS = 180


class ObligationsView(QWidget):
    """A table with filters, and a panel with the way to the record and to the form that settles it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._unit = Scope()
        self.table = Table(RowsBehind(), session, "obligations", tones.DUE, self)
        self.table.placeholder.empty_text = _("Nothing fits")
        self.panel = DetailPanel(session, RowsBehind.columns, tones.DUE, parent=self)
        self._build_filters()
        self._build_buttons()
        self._lay_out()
        self._connect()
        self._show_row(None)

    def reload(self) -> None:
        """Ask for the rows of the scope and filters of now."""
        unit_id = self._unit.unit_id if self._unit.unit_id is not None else self.session.scope.unit_id
        chosen = {"indicator": self.indicators.codes(), "state": self.states.codes()}
        view = View(
            unit_id,
            text=self.text.text().strip(),
            choices={name: codes for name, codes in chosen.items() if codes},
        )
        if self.own_only.isChecked():
            view = view._replace(choices={**view.choices, OWN_ONLY: ("yes",)})
        self.unit_chip.setVisible(self._unit.unit_id is not None)
        self.unit_chip.setText(self._unit.name)
        self.clear.setVisible(bool(view.text or view.choices or self._unit.unit_id))
        self.table.set_view(view)

    def narrow(self, target: Target) -> None:
        """Show what a figure was counted from."""
        self._unit = Scope(target.record_id, "", str(target.values.get("unit_name", "")))
        self.text.blockSignals(True)
        self.text.setText(target.text)
        self.text.blockSignals(False)
        self.indicators.choose(target.choices.get("indicator", frozenset()))
        self.states.choose(target.choices.get("state", frozenset()))
        self.own_only.setChecked(False)
        self.reload()

    def forget_unit(self) -> None:
        """Show the whole scope again, with the filters as they are."""
        self._unit = Scope()
        self.reload()

    def _build_filters(self) -> None:
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(_("Filter"))
        self.text.setAccessibleName(_("Filter the list by text (Ctrl+F)"))
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icons.icon("filter", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.setMinimumWidth(160)
        self.text.setMaximumWidth(260)
        self.states = ChipMenu(
            _("State"),
            [(code, enumerations.label("due_window", code)) for code in enumerations.codes("due_window")],
            self,
        )
        self.indicators = ChipMenu(
            _("Indicator"), [(one.name, one.title) for one in formula().indicator], self
        )
        self.own_only = button(_("Without the units below"), role="chip", checkable=True, parent=self)
        self.unit_chip = button("", role="chip", icon="close", parent=self)
        self.unit_chip.setToolTip(_("Show the whole scope again"))
        self.clear = button(_("Clear"), role="ghost", parent=self)
        self.counted = label("", "small", parent=self)

    def _build_buttons(self) -> None:
        self.settle_button = button("", role="primary", parent=self)
        self.record_button = button(_("Open the record"), icon="open", parent=self)
        self.settle_button.clicked.connect(self._on_settle)
        self.record_button.clicked.connect(self.open_record)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        bar.setSpacing(GRID)
        for part in (self.text, self.states, self.indicators, self.own_only, self.unit_chip, self.clear):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.counted)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 2 * GRID)
        side.addWidget(self.panel, 1)
        actions = QHBoxLayout()
        actions.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        actions.addWidget(self.settle_button)
        actions.addWidget(self.record_button)
        actions.addStretch(1)
        side.addLayout(actions)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.table)
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes([760, 360])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(bar)
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.table.grid)

    def _connect(self) -> None:
        typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        typing.timeout.connect(self.reload)
        self.text.textChanged.connect(lambda _text: typing.start())
        self.states.chosen.connect(lambda _codes: self.reload())
        self.indicators.chosen.connect(lambda _codes: self.reload())
        self.own_only.clicked.connect(lambda _on: self.reload())
        self.unit_chip.clicked.connect(lambda _on: self.forget_unit())
        self.clear.clicked.connect(lambda _on: self.narrow(Target("readiness")))
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(lambda _row: self.open_record())
        self.table.model.counted.connect(
            lambda count: self.counted.setText(_("{count} rows").format(count=f"{count:,}"))
        )
        self.panel.closed.connect(lambda: self._show_row(None))
        shortcut("Ctrl+F", self, self.text.setFocus)

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

    def open_record(self) -> None:
        """Go to the record of the row under the cursor."""
        row = self.table.current_row()
        if row is not None:
            self.session.go(record_target(row, row.evidence))
