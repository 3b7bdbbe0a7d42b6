"""The units page: the tree, and lists of units, people, posts and teams, and what of teams lapses."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QTreeView, QWidget

from drillapp.core.i18n import _
from drillapp.core.units.queries import UnitNode, unit_tree
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.sections import sections_tab
from drillapp.ui.parts.unit_tree import UnitTree
from drillapp.ui.session import Scope, Session
from drillapp.ui.teams.lapses_list import lapses_spec
from drillapp.ui.teams.list import teams_spec
from drillapp.ui.units import sheet

_TREE_WIDTH = 232


class UnitsPage(ListPage):
    """Units with their tree at the left; a click there makes the unit the window's scope."""

    label = "Units"
    kinds = frozenset()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = _specs()
        super().__init__(session, parent)
        self.model = UnitTree(self)
        self.tree = QTreeView(self, headerHidden=True)
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("Tree of units"))
        self.tree.clicked.connect(self._on_node)
        self.tree.activated.connect(self._on_node)
        self.pane("units").splitter.insertWidget(0, self.tree)
        self.pane("units").splitter.setSizes([_TREE_WIDTH, 700, 360])
        self.pane("units").splitter.setStretchFactor(0, 0)
        self.pane("units").splitter.setStretchFactor(1, 1)

    def reload(self) -> None:
        super().reload()
        self.session.tasks.run_read(
            lambda office, _progress: unit_tree(office), self._on_tree, owner=self, replaces="tree"
        )

    def _on_tree(self, nodes: list[UnitNode]) -> None:
        if nodes != self.model.nodes:
            self.model.fill(nodes)
            self.tree.expandToDepth(0)
        chosen = self.model.find(self.session.scope.unit_id or -1)
        self.tree.setCurrentIndex(chosen)
        if chosen.isValid():
            self.tree.scrollTo(chosen)

    def _on_node(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if node is not None:
            self.session.set_scope(Scope(node.id, node.code, node.name))


def _specs() -> tuple[ListSpec, ...]:
    return (
        ListSpec(
            "units",
            label="Units",
            record_label="Unit",
            chips=(Chip("kind", label="Kind", enumeration="unit_kind"),),
            tabs=(
                Tab(label="Obligations", make=sections_tab(sheet.duties)),
                Tab(label="Records", make=sections_tab(sheet.records)),
            ),
            prints=(Action(label="Readiness report of the unit", icon="print", done=_print),),
            defaults=_below_scope,
            empty_label="Import the units from a ledger, or enter them one by one.",
        ),
        ListSpec(
            "people",
            label="People",
            record_label="Person",
            fields={"post": {"type": "reference", "kind": "posts"}},
            empty_label="Import the people from a ledger, or enter them one by one.",
        ),
        ListSpec(
            "posts",
            label="Posts",
            record_label="Post",
            chips=(Chip("sector", label="Sector", enumeration="sector"),),
            empty_label="Import the posts from a ledger, or enter them one by one.",
        ),
        teams_spec(),
        lapses_spec(),
    )


def _below_scope(session: Session) -> dict[str, object]:
    return {"parent_code": session.scope.code or None}


def _print(pane: ListPane) -> None:
    """The readiness report of the unit under the cursor, or of the scope."""
    row = pane.table.current_row()
    code = row.code if row is not None else pane.session.scope.code
    name = row.name if row is not None else pane.session.scope.name
    title = _("{unit}: emergency readiness report").format(unit=name)
    preview_report(pane.session, "readiness", title, pane, unit_code=code or None)
