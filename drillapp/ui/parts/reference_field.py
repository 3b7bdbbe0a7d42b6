"""A line that refers to another record: type a part of its name, or initials, and pick."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.lookup import Found, by_code, find
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_TYPING_MS = 150
_SHOWN = 8


class ReferenceField(QWidget):
    """Holds the code of a record of a kind; says its name below."""

    edited = Signal()

    def __init__(self, session: Session, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind = kind
        self._code: str | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Name, code or initials"))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_edited)
        self._name = label("", "small", parent=self)
        self._name.hide()
        self.list = QListWidget(self)
        self.list.setWindowFlags(Qt.WindowType.ToolTip)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setObjectName("suggestions")
        self.list.itemClicked.connect(self._on_picked)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._look_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line)
        layout.addWidget(self._name)
        self.setFocusProxy(self.line)

    def value(self) -> str | None:
        """The code: of the record picked, otherwise what was typed."""
        return self.line.text().strip() or None

    def set_value(self, value: Any) -> None:
        """Refer to the record with this code."""
        code = None if value is None else str(value)
        self.line.setText(code or "")
        self._tell_name("")
        if code:
            self._session.tasks.run_read(
                lambda office, _progress: by_code(office, self._kind, code),
                self._on_known,
                owner=self,
                replaces="name",
            )

    def pick(self, found: Found) -> None:
        """Take a record."""
        self._typing.stop()
        self.list.hide()
        self.line.setText(found.code)
        self._tell_name(found.title)
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.list.isVisible():
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        row = self.list.currentRow()
        if key == Qt.Key.Key_Escape:
            self.list.hide()
        elif key == Qt.Key.Key_Down:
            self.list.setCurrentRow(min(row + 1, self.list.count() - 1))
        elif key == Qt.Key.Key_Up:
            self.list.setCurrentRow(max(row - 1, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._on_picked(self.list.currentItem())
            return key != Qt.Key.Key_Tab
        else:
            return False
        return True

    def _on_edited(self, _text: str) -> None:
        self._tell_name("")
        self._typing.start()
        self.edited.emit()

    def _look_up(self) -> None:
        text = self.line.text().strip()
        if not text or not self.line.hasFocus():
            self.list.hide()
            return
        self._session.tasks.run_read(
            lambda office, _progress: find(office, self._kind, text, _SHOWN),
            self._on_found,
            owner=self,
            replaces="find",
        )

    def _on_found(self, found: list[Found]) -> None:
        self.list.clear()
        for one in found:
            item = QListWidgetItem(
                "  ".join(dict.fromkeys(part for part in (one.title, one.code, one.unit_name) if part))
            )
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        if not found or not self.line.hasFocus():
            self.list.hide()
            return
        self.list.setCurrentRow(0)
        self.list.resize(max(self.line.width(), 360), self.list.sizeHintForRow(0) * len(found) + 12)
        self.list.move(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        self.list.show()

    def _on_picked(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.pick(item.data(Qt.ItemDataRole.UserRole))

    def _on_known(self, found: Found | None) -> None:
        if found is not None and found.code == self.value():
            self._tell_name(found.title)

    def _tell_name(self, name: str) -> None:
        told = "" if name == self.value() else name  # where the name is the code, once is enough
        self._name.setText(told)
        self._name.setVisible(bool(told))
