"""What the windows of one stocktake share: they show it as it stands, and again after each step."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.rows import StocktakeView
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.supplies.stocktake.sheet_files import ask_export

_SIZE = (1320, 720)


class Stepped(NamedTuple):
    """What came of a step: the stocktake as it stands now."""

    view: StocktakeView
    changes: Changes


class StocktakeDialog(Dialog):
    """A subclass lays itself out, shows what was `loaded`, and calls `open_wide` at the end of its making."""

    def __init__(self, session: Session, stocktake_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Stocktake"), parent, width=980)
        self.session = session
        self.key = stocktake_id
        self.view: StocktakeView | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = label("", "heading", parent=self)

    def reload(self) -> None:
        """Show the stocktake as it is now."""
        key = self.key
        self.session.tasks.run_read(
            lambda office, _progress: stocktake_view(office, key),
            self._on_loaded,
            owner=self,
            replaces="view",
        )

    def open_wide(self) -> None:
        """As wide as the screen allows, with the stocktake in it."""
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 60))
        self.reload()

    def _on_loaded(self, view: StocktakeView) -> None:
        raise NotImplementedError

    def _on_export(self) -> None:
        if self.view is not None:
            ask_export(self.session, self.view.header, self)
