"""What stands in a document, label by label, for comparison with what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from drillapp.core.drills.word_record.pairs import Told
from drillapp.core.i18n import _
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.theme import GRID


class ToldView(QWidget):
    """Labels with their texts as they are written; what no field takes says so."""

    def __init__(self, told: Sequence[Told], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        content = QWidget(self)
        content.setProperty("ground", "surface")
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 2 * GRID, 0)
        lines.setSpacing(2)
        for one in told:
            head = (
                one.label
                if one.field
                else _("{label} (stays in the document)").format(label=one.label or _("Text"))
            )
            lines.addWidget(label(head, "label", wraps=True, parent=content))
            text = label(one.text, "" if one.field else "muted", wraps=True, parent=content)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(text)
            lines.addSpacing(GRID)
        lines.addStretch(1)
        area: QScrollArea = scrolled(content, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(label(_("In the document"), "section", parent=self))
        layout.addWidget(area, 1)
