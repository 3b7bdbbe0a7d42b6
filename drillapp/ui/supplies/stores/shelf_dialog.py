"""On which shelf the chosen lots of a storehouse lie."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.supplies.stores.listings import SHELVES, ShelfRow
from drillapp.core.supplies.stores.shelving import put_on_shelf
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_MOST = 1000
"""Shelves to choose from."""


class ShelfDialog(Dialog):
    """Offers the shelves of the storehouse; lots of other storehouses among the chosen ones are refused by name."""

    def __init__(
        self,
        session: Session,
        storehouse: str,
        name: str,
        holding_ids: Sequence[int],
        shelf: str | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Put on a shelf"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._holding_ids = list(holding_ids)
        self._shelf = shelf
        self.body.addWidget(label(name, "heading", wraps=True, parent=self))
        self.body.addWidget(label(_("{count} lots lie on:").format(count=len(holding_ids)), parent=self))
        self.shelves = QComboBox(self)
        self.shelves.setAccessibleName(_("Shelf"))
        self.body.addWidget(self.shelves)
        self.words = label("", "problem", wraps=True, parent=self)
        self.words.hide()
        self.body.addWidget(self.words)
        self.add_closing(_("Cancel"))
        self.put = self.add_closing(_("Save"), accepts=True)
        view = View(conditions=(Condition("storehouse", "=", storehouse),), sort=(("code", False),))
        session.tasks.run_read(
            lambda office, _progress: first_rows(office, SHELVES, view, _MOST), self._on_shelves, owner=self
        )

    def accept(self) -> None:
        """Put the lots there; the dialog closes when that has worked."""
        keys, shelf = self._holding_ids, self.shelves.currentData()
        self._session.tasks.run_write(
            lambda office, _progress: put_on_shelf(office, keys, shelf),
            lambda _changes: super(ShelfDialog, self).accept(),
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def _on_shelves(self, rows: list[ShelfRow]) -> None:
        self.shelves.addItem(_("No shelf"), None)
        for row in rows:
            self.shelves.addItem(" ".join(filter(None, (row.code, row.name))), row.code)
        self.shelves.setCurrentIndex(max(self.shelves.findData(self._shelf), 0))
        if not rows:
            self.words.setText(_("This storehouse has no shelves yet: enter them under Shelves."))
            self.words.show()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, DrillappError):
            self.words.setText(words_of(error))
            self.words.show()
        else:
            self._session.tasks.tell_error(error)
