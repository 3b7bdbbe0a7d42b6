"""The cards page: its lists, and the desk where a card in hand is looked up."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui.cards.lists import show, specs
from drillapp.ui.cards.lookup_dialog import LookupDialog
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.words import button
from drillapp.ui.session import Session


class CardsPage(ListPage):
    """Disposal cards of the scope."""

    label = "Cards"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = specs()
        super().__init__(session, parent)
        self.desk = button(_("Look up"), role="ghost", icon="search", parent=self)
        self.desk.setToolTip(_("Is this card still right? (Ctrl+L)"))
        self.desk.clicked.connect(self.look_up)
        self.head.insertWidget(self.head.indexOf(self.tabs) + 1, self.desk)
        shortcut("Ctrl+L", self, self.look_up)

    def look_up(self) -> None:
        """Open the desk."""
        show(LookupDialog(self.session, self))
