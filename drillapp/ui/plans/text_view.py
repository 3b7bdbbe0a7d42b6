"""A text to read: in the look of the window, with places found in it marked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from drillapp.core.plans.content import Section
from drillapp.ui import theme
from drillapp.ui.plans.writing import Pictures, replace_document, write_sections


class TextView(QTextEdit):
    """Sections of a plan, not to be changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("role", "read")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_sections(self, sections: Iterable[Section], pictures: Pictures | None = None) -> None:
        """Show these from their beginning."""
        document = QTextDocument(self)
        document.setDefaultFont(theme.ui_font())
        document.setDocumentMargin(8)
        write_sections(document, sections, pictures or {})
        replace_document(self, document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, text: str) -> int:
        """Mark every place of a text; returns how many there are."""
        marks = []
        cursor = QTextCursor(self.document())
        while text and not (cursor := self.document().find(text, cursor)).isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(theme.colour("accent_soft"))
            mark.format.setFontUnderline(True)
            marks.append(mark)
        self.setExtraSelections(marks)
        return len(marks)

    def go_to_next(self, text: str) -> bool:
        """Go to the next place of a text; False behind the last one."""
        return bool(text) and self.find(text)
