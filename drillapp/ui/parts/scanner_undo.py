"""What stood in a field before a scanner typed into it, and how it is put back."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


class Before:
    """The field that has the focus, as it is now."""

    def __init__(self, widget: QWidget | None) -> None:
        self._widget = widget
        self._line = line_of(widget)
        self._text = ""
        self._cursor, self._start, self._length = 0, -1, 0
        self._is_modified = False
        if self._line is not None:
            self._text, self._cursor = self._line.text(), self._line.cursorPosition()
            self._start, self._length = self._line.selectionStart(), len(self._line.selectedText())
            self._is_modified = self._line.isModified()
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            cursor = widget.textCursor()
            self._cursor, self._start = cursor.position(), cursor.selectionStart()
            self._text = cursor.selection().toPlainText()

    def bring_back(self, focus: QWidget | None) -> None:
        """Undo what was typed since: in this field, or in an editor that typing opened over a table."""
        if focus is not self._widget and focus is not None and _is_editor_of_table(focus):
            send_escape(focus)
        widget = self._widget
        if widget is None or not shiboken6.isValid(widget):
            return
        if self._line is not None and shiboken6.isValid(self._line):
            self._bring_back_line(self._line)
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            self._bring_back_text(widget)

    def _bring_back_line(self, line: QLineEdit) -> None:
        completer = line.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()
        if line.isReadOnly() or line.text() == self._text:
            return
        line.setText(self._text)
        line.setModified(self._is_modified)
        line.textEdited.emit(self._text)  # whoever followed the typing follows it back
        line.setCursorPosition(self._cursor)
        if self._length:
            line.setSelection(self._start, self._length)

    def _bring_back_text(self, widget: QPlainTextEdit | QTextEdit) -> None:
        if widget.isReadOnly():
            return
        cursor = widget.textCursor()
        end = cursor.position()
        cursor.setPosition(self._start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self._text)
        widget.setTextCursor(cursor)


def line_of(widget: QWidget | None) -> QLineEdit | None:
    """The line in which one types in a widget, if there is one."""
    if isinstance(widget, QLineEdit):
        return widget
    if isinstance(widget, QAbstractSpinBox | QComboBox):
        return widget.findChild(QLineEdit)
    return None


def _is_editor_of_table(widget: QWidget) -> bool:
    viewport = widget.parentWidget()
    return viewport is not None and isinstance(viewport.parentWidget(), QAbstractItemView)


def send_escape(widget: QWidget) -> None:
    """Leave an editor without a trace, as a person would."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(widget, event)
