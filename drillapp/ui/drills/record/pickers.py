"""Picking several units from the tree, or several teams, to take part."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import View, rows
from drillapp.core.teams.queries import TEAMS
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import ListingSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.unit_picker import ChosenUnit, UnitChooser
from drillapp.ui.parts.words import divided, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class UnitsDialog(Dialog):
    """Units at the left, those chosen at the right: a click or Enter chooses, another at the right takes back."""

    picked = Signal(object)
    """A list of ChosenUnit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Units that take part"), parent, width=720)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(_("Units that take part"), "heading", parent=self))
        self.chooser = UnitChooser(session, self)
        self.chooser.chosen.connect(self.choose)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Chosen units"))
        self.list.itemActivated.connect(self._on_taken_back)
        self.list.itemClicked.connect(self._on_taken_back)
        right = QWidget(self)
        side = QVBoxLayout(right)
        side.setContentsMargins(GRID, 0, 0, 0)
        self._count = label("", "label", parent=right)
        side.addWidget(self._count)
        side.addWidget(self.list, 1)
        side.addWidget(label(_("A click takes a unit back."), "small", parent=right))
        self.body.addWidget(divided(self.chooser, right, (380, 300), self), 1)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Let them take part"), accepts=True)
        self.go.setAutoDefault(False)
        self.go.setDefault(False)
        self.resize(760, 520)
        self._tell()
        self.chooser.setFocus()

    def choose(self, unit: ChosenUnit) -> None:
        """Put a unit among those chosen."""
        if unit.id not in {one.id for one in self.units()}:
            item = QListWidgetItem(f"{unit.name}  {unit.code}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, unit)
            self._tell()

    def units(self) -> list[ChosenUnit]:
        """Those chosen so far."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item is not None]

    def accept(self) -> None:
        """Hand them over."""
        self.picked.emit(self.units())
        super().accept()

    def _on_taken_back(self, item: QListWidgetItem) -> None:
        self.list.takeItem(self.list.row(item))
        self._tell()

    def _tell(self) -> None:
        self._count.setText(_("{count} chosen").format(count=self.list.count()))
        self.go.setEnabled(bool(self.list.count()))


class TeamsDialog(Dialog):
    """The teams of all units; as many as are selected are handed over."""

    picked = Signal(object)
    """A list of TeamRow."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Teams that take part"), parent, width=760)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(_("Teams that take part"), "heading", parent=self))
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Filter"))
        self.line.setAccessibleName(_("Look for a team"))
        self.line.textChanged.connect(lambda _text: self._look())
        self.table = Table(ListingSource(TEAMS), session, "drill-teams", parent=self)
        self.body.addWidget(self.line)
        self.body.addWidget(self.table, 1)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Let them take part"), accepts=True)
        self.go.setEnabled(False)
        self.table.selection_changed.connect(lambda count: self.go.setEnabled(bool(count)))
        self.resize(820, 520)
        self._look()

    def accept(self) -> None:
        """Hand those selected over."""
        keys = self.table.selected_keys()
        self._session.tasks.run_read(
            lambda office, _progress: rows(office, TEAMS, keys), self._on_rows, owner=self
        )

    def _on_rows(self, found: list[object]) -> None:
        self.picked.emit(found)
        super().accept()

    def _look(self) -> None:
        self.table.set_view(View(text=self.line.text().strip()))
