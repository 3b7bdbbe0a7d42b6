"""A line that names a category: typed freely, the tree's branches are proposed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.listings import arranged, category_tree
from drillapp.core.supplies.catalogue.references import PATH
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.session import Session


class CategoryField(TextEditor):
    """Holds a category as `CategoryEntry` and `ItemEntry` take it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Name or code"))
        session.tasks.run_read(lambda office, _progress: _choices(office), self._on_choices, owner=self)

    def _on_choices(self, choices: list[str]) -> None:
        completer = QCompleter(choices, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: self.edited.emit())
        self.setCompleter(completer)


def _choices(office: Office) -> list[str]:
    """The branches in the order of the tree; a name that several have with the branch above."""
    rows = [row for _depth, row in arranged(category_tree(office))]
    names = [row.name for row in rows]
    return [
        f"{row.parent}{PATH}{row.name}" if names.count(row.name) > 1 and row.parent else row.name
        for row in rows
    ]
