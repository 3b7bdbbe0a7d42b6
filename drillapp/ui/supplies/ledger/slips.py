"""The slip of a stock document: offered once it is booked, and printed from lists."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.session import Session


def print_slip(session: Session, document: str, kind: str, parent: QWidget) -> None:
    """Show the slip of a document as it will be printed."""
    name = "loan_slip" if kind == "lend" else "stock_slip"
    title = _("Slip {document}").format(document=document)
    preview_report(session, name, title, parent, number=document)


class Booked(Message):
    """Says under which number a document was booked."""

    def __init__(self, session: Session, document: str, kind: str, words: str, parent: QWidget) -> None:
        title = _("Booked under {document}").format(document=document)
        super().__init__(title, words, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._document, self._kind = session, document, kind
        self.print = self.add_action(_("Print the slip …"), self._on_print)

    def _on_print(self) -> None:
        around = self.parentWidget()
        assert around is not None
        self.accept()
        print_slip(self._session, self._document, self._kind, around)
