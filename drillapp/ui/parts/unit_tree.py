"""The units as a tree for choosers and the units page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from drillapp.core.units.queries import UnitNode
from drillapp.ui import icons

NODE_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICONS = {
    "community": "home",
    "enterprise": "storehouse",
    "school": "post",
    "hospital": "teams",
    "site": "map",
}


class UnitTree(QAbstractItemModel):
    """All units under their superiors; read-only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[UnitNode] = []
        self._position: dict[int, int] = {}
        self._row: list[int] = []
        self._below: dict[int | None, list[int]] = {None: []}

    def fill(self, nodes: list[UnitNode]) -> None:
        """Show these units; a unit whose superior is not among them stands at the top."""
        self.beginResetModel()
        self._nodes = nodes
        self._position = {node.id: i for i, node in enumerate(nodes)}
        self._row = [0] * len(nodes)
        self._below = {None: []}
        for i, node in enumerate(nodes):
            siblings = self._below.setdefault(self._superior(node), [])
            self._row[i] = len(siblings)
            siblings.append(i)
        self.endResetModel()

    @property
    def nodes(self) -> list[UnitNode]:
        """The units shown."""
        return self._nodes

    def node(self, index: _Index) -> UnitNode | None:
        """The unit at an index."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def find(self, unit_id: int) -> QModelIndex:
        """Where a unit stands; an invalid index for one that is not here."""
        position = self._position.get(unit_id)
        return QModelIndex() if position is None else self.createIndex(self._row[position], 0, position)

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        node = self.node(parent)
        below = self._below.get(None if node is None else node.id, [])
        if column != 0 or parent.column() > 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, below[row])

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        superior = None if node is None else self._superior(node)
        return QModelIndex() if superior is None else self.find(superior)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        if parent.column() > 0:
            return 0
        node = self.node(parent)
        return len(self._below.get(None if node is None else node.id, ()))

    def columnCount(self, _parent: _Index = _NOWHERE) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon(_ICONS.get(node.kind, "units"))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{node.name} {node.code}"
        return node if role == NODE_ROLE else None

    def _superior(self, node: UnitNode) -> int | None:
        return node.parent_id if node.parent_id in self._position else None
