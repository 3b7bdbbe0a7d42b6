"""Who has it, and the requests that came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.aid.lists import aid_requests
from drillapp.ui.supplies.aid.who_has_view import WhoHasView

WHO_HAS = "who_has"
"""What a target's kind is that wants the view; its text is what is looked for."""


class AidPage(ListPage):
    """A page within the supplies page; begins with the question."""

    label = "Mutual aid"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (aid_requests(),)
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it
        self.who_has = WhoHasView(session)
        self.add_view(_("Who has it"), self.who_has)
        self.tabs.setCurrentIndex(1)

    def show_target(self, target: Target) -> None:
        if target.kind == WHO_HAS:
            self.tabs.setCurrentIndex(1)
            self.who_has.ask(target.text)
        else:
            super().show_target(target)
