"""Who evaluates, for whom, which groups, and whether the sheet is handed in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from drillapp.core.drills.evaluation.rows import Sheet
from drillapp.core.i18n import _
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID


class SheetHead(QWidget):
    """One line above the sheet."""

    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "small", wraps=True, parent=self)
        self.mark = Mark(self)
        self.edit = button(_("Change …"), role="link", parent=self)
        self.edit.setAutoDefault(False)
        self.edit.clicked.connect(self.edit_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.edit)
        layout.addWidget(self.mark)

    def show_sheet(self, sheet: Sheet, writable: bool) -> None:
        """Show its head."""
        party = _(", ").join(filter(None, (sheet.institution, sheet.qualification, sheet.contract)))
        groups = " ".join(sheet.groups) or _("all groups")
        parts = (sheet.asked_by.title, party or _("in-house"), groups, sheet.place)
        self.words.setText(" · ".join(filter(None, parts)))
        if sheet.submitted_on is None:
            self.mark.tell(_("Not handed in"), "neutral")
        else:
            self.mark.tell(_("Handed in {day}").format(day=sheet.submitted_on), "accent")
        self.edit.setVisible(writable)
