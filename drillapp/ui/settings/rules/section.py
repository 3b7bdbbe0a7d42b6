"""The part of the settings that shows all rules, and what this office decides about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from drillapp.core.i18n import _
from drillapp.core.listing import View
from drillapp.core.rules.changing import switch_on
from drillapp.core.rules.listed import RuleRow
from drillapp.core.rules.words import mark_sentence
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import DetailPanel
from drillapp.ui.parts.filters import Chip, FilterBar
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label
from drillapp.ui.session import Session
from drillapp.ui.settings.rules.dialogs import RetireRuleDialog, SwitchOffDialog, TermDialog
from drillapp.ui.settings.rules.local_dialog import entered_rule, local_rule_dialog
from drillapp.ui.settings.rules.source import UNASKED_COLUMNS, RulesSource, unasked_rows
from drillapp.ui.theme import GRID

_SIZES = [620, 320]


class RulesSection(QWidget):
    """Two tabs: the rules with what can be decided about each, and the duties that no rule asks for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setProperty("ground", "surface")
        self.rules = RulesView(session, self)
        self.unasked = UnaskedView(session, self)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Lists of rules"))
        self._stack = QStackedWidget(self)
        for words, view in ((_("Rules"), self.rules), (_("Not asked here"), self.unasked)):
            self.tabs.addTab(words)
            self._stack.addWidget(view)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.tabs.currentChanged.connect(lambda _place: self.refresh())
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 0)
        head.setSpacing(3 * GRID)
        head.addWidget(label(_("Rules in force"), "heading", parent=self))
        head.addWidget(self.tabs)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Show the rules as they are decided now."""
        (self.rules, self.unasked)[self.tabs.currentIndex()].refresh()


class RulesView(QWidget):
    """The list of rules with filters, a panel, and the actions on the rule under the cursor."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.source = RulesSource()
        self.filters = FilterBar(_chips(), self, retired=False)
        self.table = Table(self.source, session, "settings-rules", tones.RULES, self)
        self.table.placeholder.empty_text = _("Nothing fits")
        self.panel = DetailPanel(session, RulesSource.columns, tones.RULES, parent=self)
        self.verified = label("", "muted", wraps=True, parent=self)
        self.deeds: dict[str, QPushButton] = {}
        self._lay_out(self._buttons())
        self.filters.changed.connect(self.refresh)
        self.table.current_changed.connect(self.show_row)
        self.table.opened.connect(lambda _row: self.edit())
        self.table.model.counted.connect(self.filters.tell_count)
        self.panel.closed.connect(lambda: self.show_row(None))
        self.show_row(None)

    def refresh(self) -> None:
        """Ask for the rules anew; the cursor stays where it is."""
        view = self.filters.narrow(View(sort=self.table.model.view.sort))
        if view == self.table.model.view:
            self.table.refresh()
        else:
            self.table.set_view(view)

    def show_row(self, row: RuleRow | None) -> None:
        """Show a rule beside the list, and offer what can be decided about it."""
        self._side.setVisible(row is not None)
        self.panel.show_row(row)
        self.verified.setText("" if row is None else mark_sentence(row.mark))  # type: ignore[arg-type]
        writes = not self.session.is_read_only
        is_own = row is not None and row.is_local
        self.deeds["off"].setVisible(row is None or row.state != "off")
        self.deeds["on"].setVisible(row is not None and row.state == "off")
        for name, possible in (
            ("new", True), ("off", row is not None), ("on", row is not None), ("edit", is_own), ("retire", is_own),
            ("term", row is not None and bool(row.counts)),
        ):  # fmt: skip
            self.deeds[name].setEnabled(writes and possible)
            self.deeds[name].setToolTip("" if writes else _("This office is open read-only here."))

    def enter_new(self) -> None:
        """Open the form for a rule of the office's own."""
        dialog = local_rule_dialog(self.session, self, is_new=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.begin_new({"id": self.source.next_id(), "valid_from": self.session.as_of})

    def edit(self) -> None:
        """Open the form for the rule under the cursor, if it is one of the office's own."""
        row = self.table.current_row()
        if row is not None and row.is_local and not self.session.is_read_only:
            self.session.tasks.run_read(
                lambda office, _progress: entered_rule(office, row.rule), self._on_entered, owner=self
            )

    def _on_entered(self, values: dict[str, Any]) -> None:
        dialog = local_rule_dialog(self.session, self, is_new=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.begin_new(values)

    def _switch_on(self, row: RuleRow) -> None:
        said = _("{rule} is in force again.").format(rule=row.rule)
        self.session.tasks.run_write(
            lambda office, _progress: switch_on(office, row.rule),
            lambda _changes: self.session.said.emit(said),
            owner=self,
        )

    def _on_row(self, act: Callable[[RuleRow], object]) -> Callable[[], object]:
        def done() -> None:
            row = self.table.current_row()
            if row is not None:
                act(row)

        return done

    def _buttons(self) -> QHBoxLayout:
        def dialog(make: Any) -> Callable[[], object]:
            return self._on_row(lambda row: make(self.session, row, self).open())

        line = QHBoxLayout()
        line.setSpacing(GRID)
        for name, words, icon, done in (
            ("new", _("New local rule"), "add", self.enter_new),
            ("edit", _("Edit"), "edit", self.edit),
            ("off", _("Switch off …"), "stop", dialog(SwitchOffDialog)),
            ("on", _("Switch on"), "play", self._on_row(self._switch_on)),
            ("term", _("Set the term …"), "calendar", dialog(TermDialog)),
            ("retire", _("Retire …"), "retire", dialog(RetireRuleDialog)),
        ):
            made = button(words, role="primary" if name == "new" else "", icon=icon, parent=self)
            made.clicked.connect(lambda _on=False, done=done: done())
            self.deeds[name] = made
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _lay_out(self, buttons: QHBoxLayout) -> None:
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 2 * GRID)
        side.addWidget(self.panel, 1)
        self.verified.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        side.addWidget(self.verified)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.table)
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes(_SIZES)
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        head.setSpacing(GRID)
        head.addLayout(buttons)
        head.addWidget(self.filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.table.grid)


class UnaskedView(QWidget):
    """What law and standards ask and no rule here, each with the reason."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = FixedSource(UNASKED_COLUMNS)
        self.table = Table(self._source, session, "settings-unasked", parent=self)
        self.panel = DetailPanel(session, UNASKED_COLUMNS, {}, parent=self)
        sentence = _(
            "Duties that cannot be told from what an office keeps, or that another rule asks already. "
            "Numbers of a local regulation can be entered as a local rule."
        )
        words = label(sentence, "muted", wraps=True, parent=self)
        words.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.table)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes(_SIZES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(words)
        layout.addWidget(splitter, 1)
        self.table.current_changed.connect(self.panel.show_row)
        self.panel.closed.connect(lambda: self.panel.show_row(None))
        self.panel.show_row(None)
        self.setFocusProxy(self.table.grid)

    def refresh(self) -> None:
        """Show the list."""
        self._source.fill(unasked_rows())
        self.table.set_view(View())


def _chips() -> tuple[Chip, ...]:
    return (
        Chip("state", label="State", enumeration="rule_state"),
        Chip("mark", label="How sure", enumeration="rule_mark"),
        Chip("settled_by", label="Settled by", enumeration="settlement"),
    )
