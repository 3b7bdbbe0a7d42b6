"""The tree of categories: branches are entered, renamed, moved and retired; a branch leads to its items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.supplies.catalogue.listings import CategoryRow, arranged, category_tree
from drillapp.core.supplies.catalogue.references import PATH
from drillapp.core.supplies.catalogue.tree import propose_categories
from drillapp.ui.parts.fields import fields_of, hinted
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.catalogue.category_field import CategoryField
from drillapp.ui.theme import GRID

_FIELDS: dict[str, dict[str, Any]] = {
    "code": hinted(hint_label="Of GB/T 38565-2020; an own category has none."),
    "name": {"wide": False},
    "parent": hinted(hint_label="Empty for a branch at the top.", make=CategoryField, wide=True),
}

_NUMBERS = (2, 3)
"""The columns of numbers."""
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CategoriesPage(Page):
    """Shows the branches with how many items each has by itself and with what is below it."""

    kinds = frozenset({"categories", "items"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._rows: dict[int, CategoryRow] = {}
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(_("Categories"))
        self.tree.setHeaderLabels(
            [_("Category"), _("Standard code"), _("Items in all"), _("With those below")]
        )
        for column in _NUMBERS:
            self.tree.headerItem().setTextAlignment(column, _NUMBER)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.itemSelectionChanged.connect(self._refresh_actions)
        self.tree.itemDoubleClicked.connect(lambda _item, _column: self.edit())
        self.words = label("", "muted", wraps=True, parent=self)
        self.new = button(_("New"), role="primary", icon="add", parent=self)
        self.change = button(_("Edit"), icon="edit", tip=_("Rename or move the branch"), parent=self)
        self.retire_branch = button(_("Retire"), icon="retire", parent=self)
        self.its_items = button(_("Its items"), icon="item", parent=self)
        self.propose = button(_("Take over the proposed branches"), icon="list", parent=self)
        self.bring_in = button(_("Import …"), role="ghost", icon="import", parent=self)
        self.take_out = button(_("Export …"), role="ghost", icon="export", parent=self)
        self._connect()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(
            row(
                self.new, self.change, self.retire_branch, self.its_items, 1, self.propose, self.bring_in, self.take_out
            )
        )  # fmt: skip
        layout.addWidget(self.words)
        layout.addWidget(self.tree, 1)
        self._refresh_actions()

    def reload(self) -> None:
        self.session.tasks.run_read(
            lambda office, _progress: arranged(category_tree(office)),
            self._on_branches,
            owner=self,
            replaces="tree",
        )

    def current(self) -> CategoryRow | None:
        """The branch under the cursor."""
        chosen = self.tree.selectedItems()
        return self._rows.get(chosen[0].data(0, Qt.ItemDataRole.UserRole)) if chosen else None

    def choose(self, name: str) -> None:
        """Put the cursor on the first branch with this name."""
        found = self.tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
        self.tree.setCurrentItem(found[0] if found else None)  # type: ignore[arg-type]

    def enter(self) -> None:
        """Enter a branch below the one under the cursor."""
        above = self.current()
        self._form(_("New: {record}")).begin_new({"parent": self._named(above) if above else None})

    def edit(self) -> None:
        """Rename or move the branch under the cursor."""
        branch = self.current()
        if branch is not None and not self.session.is_read_only:
            self._form(_("Edit: {record}")).begin_edit(branch)

    def retire(self) -> None:
        """Take the branch under the cursor out of use."""
        from drillapp.ui.parts.retire_dialog import RetireDialog

        branch = self.current()
        if branch is not None:
            dialog = RetireDialog(self.session, "categories", [branch.id], retired=False, parent=self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _connect(self) -> None:
        self.new.clicked.connect(self.enter)
        self.change.clicked.connect(self.edit)
        self.retire_branch.clicked.connect(self.retire)
        self.its_items.clicked.connect(self._on_items)
        self.propose.clicked.connect(self._on_propose)
        self.bring_in.clicked.connect(self._on_import)
        self.take_out.clicked.connect(self._on_export)

    def _form(self, title: str) -> FormDialog:
        kind = KINDS["categories"]
        fields = fields_of(kind, _FIELDS)
        dialog = FormDialog(self.session, title.format(record=_("Category")), kind, fields, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _named(self, branch: CategoryRow) -> str:
        """A branch as the field for the branch above takes it."""
        alike = [one for one in self._rows.values() if one.name == branch.name]
        if len(alike) == 1:
            return branch.name
        return branch.code or (f"{branch.parent}{PATH}{branch.name}" if branch.parent else branch.name)

    def _on_branches(self, branches: list[tuple[int, CategoryRow]]) -> None:
        chosen = self.current()
        self._rows = {branch.id: branch for _depth, branch in branches}
        totals = _totals(branches)
        self.tree.clear()
        path: list[QTreeWidgetItem] = []
        for depth, branch in branches:
            words = [branch.name, branch.code or "", str(branch.items or ""), str(totals[branch.id] or "")]
            item = QTreeWidgetItem(words)
            for column in _NUMBERS:
                item.setTextAlignment(column, _NUMBER)
            item.setData(0, Qt.ItemDataRole.UserRole, branch.id)
            del path[depth:]
            if path:
                path[-1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            path.append(item)
            if chosen is not None and branch.id == chosen.id:
                self.tree.setCurrentItem(item)
        self.tree.expandToDepth(1)
        for column in (1, 2, 3):
            self.tree.resizeColumnToContents(column)
        empty = _(
            "No categories yet: take over the proposed branches, import the table of GB/T 38565, or enter own ones."
        )
        self.words.setText("" if branches else empty)
        self.words.setVisible(not branches)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        writes, chosen = not self.session.is_read_only, self.current() is not None
        for made in (self.new, self.propose, self.bring_in):
            made.setEnabled(writes)
        for made in (self.change, self.retire_branch):
            made.setEnabled(writes and chosen)
        self.its_items.setEnabled(chosen)

    def _on_items(self) -> None:
        branch = self.current()
        if branch is not None:
            chosen: Mapping[str, frozenset[str]] = {"category": frozenset((self._named(branch),))}
            self.session.go(Target("supplies", "items", choices=chosen))

    def _on_propose(self) -> None:
        self.session.tasks.run_write(
            lambda office, _progress: propose_categories(office),
            lambda saved: self.session.said.emit(
                _("{count} categories entered.").format(count=saved.created)
            ),
            owner=self,
            title=_("Saving"),
        )

    def _on_import(self) -> None:
        from drillapp.ui.ledgers.bring_in import import_ledger_file

        import_ledger_file(self.session, "categories", self)

    def _on_export(self) -> None:
        from drillapp.ui.parts.exporting import export_ledger_file

        export_ledger_file(self.session, "categories", _("Categories"), self)


def _totals(branches: list[tuple[int, CategoryRow]]) -> dict[int, int]:
    """How many items each branch has with those below it."""
    totals = {branch.id: branch.items for _depth, branch in branches}
    for _depth, branch in reversed(branches):
        if branch.parent_id in totals:
            totals[branch.parent_id] += totals[branch.id]
    return totals
