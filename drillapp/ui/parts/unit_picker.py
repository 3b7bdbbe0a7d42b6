"""Choosing a unit: from the tree, or by typing a part of its name, its code or its initials."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from drillapp.core.i18n import _
from drillapp.core.units.queries import UnitNode, unit_tree
from drillapp.ui import icons
from drillapp.ui.parts.lookup import Found, find
from drillapp.ui.parts.unit_tree import UnitTree
from drillapp.ui.parts.words import button
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_TYPING_MS = 150
_SHOWN = 60


class ChosenUnit(NamedTuple):
    """A unit that was chosen; without id: all units."""

    id: int | None
    code: str
    name: str


class UnitChooser(QWidget):
    """A search line above the tree; Enter or a click chooses."""

    chosen = Signal(object)
    """A ChosenUnit."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, with_all: bool = False) -> None:
        super().__init__(parent)
        self._session = session
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Name, code or initials"))
        self.line.setAccessibleName(_("Look for a unit"))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(icons.icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.tree = QTreeView(self, headerHidden=True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("Units"))
        self.hits = QListWidget(self)
        self.hits.setAccessibleName(_("Units found"))
        self.model = UnitTree(self)
        self.tree.setModel(self.model)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.hits)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out(with_all)
        self._connect()
        session.tasks.run_read(lambda office, _progress: unit_tree(office), self._on_tree, owner=self)

    def _lay_out(self, with_all: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.line)
        if with_all:
            everything = button(_("All units"), role="link", parent=self)
            everything.clicked.connect(lambda: self.chosen.emit(ChosenUnit(None, "", "")))
            layout.addWidget(everything, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.line)

    def _connect(self) -> None:
        self.line.textChanged.connect(lambda _text: self._typing.start())
        self.line.returnPressed.connect(self._on_return)
        self._typing.timeout.connect(self._look_up)
        self.tree.clicked.connect(self._on_node)
        self.tree.activated.connect(self._on_node)
        self.hits.itemClicked.connect(self._on_hit)
        self.hits.itemActivated.connect(self._on_hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            shown = self.tree if self._stack.currentWidget() is self.tree else self.hits
            shown.setFocus()
            return
        super().keyPressEvent(event)

    def _on_tree(self, nodes: list[UnitNode]) -> None:
        self.model.fill(nodes)
        self.tree.expandToDepth(0)
        current = self.model.find(self._session.scope.unit_id or -1)
        if current.isValid():
            self.tree.setCurrentIndex(current)
            self.tree.scrollTo(current)

    def _look_up(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._stack.setCurrentWidget(self.tree)
            return
        self._session.tasks.run_read(
            lambda office, _progress: find(office, "units", text, _SHOWN),
            self._on_found,
            owner=self,
            replaces="find",
        )

    def _on_found(self, found: list[Found]) -> None:
        self.hits.clear()
        for one in found:
            item = QListWidgetItem(icons.icon("units"), f"{one.title}  {one.code}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)
        self._stack.setCurrentWidget(self.hits)

    def _on_return(self) -> None:
        if self._stack.currentWidget() is self.hits:
            self._on_hit(self.hits.currentItem())
        else:
            self._on_node(self.tree.currentIndex())

    def _on_node(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if node is not None:
            self.chosen.emit(ChosenUnit(node.id, node.code, node.name))

    def _on_hit(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            found: Found = item.data(Qt.ItemDataRole.UserRole)
            self.chosen.emit(ChosenUnit(found.id, found.code, found.title))


class UnitField(QWidget):
    """A form's field for a unit: its code is the value, its name is what is read."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from drillapp.ui.parts.reference_field import ReferenceField
        from drillapp.ui.parts.words import icon_button, row

        self._session = session
        self._reference = ReferenceField(session, "units", self)
        self._reference.edited.connect(self.edited)
        self.line = self._reference.line
        pick = icon_button("units", _("Pick from the tree"), parent=self)
        pick.clicked.connect(self._on_pick)
        layout = row(self._reference, pick, spacing=2)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setAlignment(pick, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.setFocusProxy(self._reference)

    def value(self) -> str | None:
        """The unit's code."""
        return self._reference.value()

    def set_value(self, value: Any) -> None:
        """Show the unit with this code."""
        self._reference.set_value(value)

    def _on_pick(self) -> None:
        from drillapp.ui.frame.popup import Popup

        popup = Popup(self, width=380, height=420)
        chooser = UnitChooser(self._session, popup)
        chooser.chosen.connect(lambda unit: self._reference.pick(Found(unit.id, unit.code, unit.name, "")))
        chooser.chosen.connect(lambda _unit: popup.close())
        popup.body.addWidget(chooser)
        popup.open_below()
        chooser.setFocus()
