"""One item of a sheet: what is judged, its answers as buttons and keys, and the reason where it was not done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from drillapp.core.drills.evaluation.conversion import allowed, kind_of
from drillapp.core.drills.evaluation.forms import EvaluationForm, Item
from drillapp.core.drills.evaluation.gaps import needs_reason
from drillapp.core.drills.evaluation.rows import Answer
from drillapp.core.drills.evaluation.words import answer_in_words
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.drills.evaluation.answer_keys import answer_for
from drillapp.ui.parts.words import button, label, restyle
from drillapp.ui.theme import GRID

_CODE_WIDTH = 52


class ItemRow(QWidget):
    """Takes keys while it has the focus: Y, N, 0 to 5, A to D, / for not applicable, Del to take an answer back."""

    answered = Signal(str, object)
    """The item's code and its Answer, None when it was taken back."""
    left = Signal(int)
    """The keyboard goes on: 1 to the next item, -1 to the one before."""

    def __init__(
        self, form: EvaluationForm, item: Item, answer: Answer | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self.kind = (kind_of(answer.value) if answer else None) or form.kind_of(item)
        self._answer = answer
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{item.code} {item.title}")
        self.buttons = {value: self._button(value) for value in allowed(self.kind)}
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(_("Why it was not done"))
        self.reason.setAccessibleName(f"{_('Why it was not done')}: {item.code}")
        self.reason.textEdited.connect(lambda _text: self._on_reason())
        self.reason.returnPressed.connect(lambda: self.left.emit(1))
        self._lay_out()
        self._show()

    @property
    def answer(self) -> Answer | None:
        """What is said."""
        return self._answer

    @property
    def is_done(self) -> bool:
        """Whether it is answered, with a reason where one is needed."""
        return self._answer is not None and bool(
            self._answer.reason.strip() or not needs_reason(self._answer.value)
        )

    def choose(self, value: str | None, *, by_key: bool = False) -> None:
        """Answer, or take the answer back; by key the focus goes to the reason or to the next item."""
        self._answer = None if value is None else Answer(value, self.reason.text().strip())
        self._show()
        self.answered.emit(self.item.code, self._answer)
        if value is not None and needs_reason(value):
            self.reason.setFocus()
        elif value is not None and by_key:
            self.left.emit(1)

    def set_writable(self, writable: bool) -> None:
        """Whether it can be answered."""
        for made in self.buttons.values():
            made.setEnabled(writable)
        self.reason.setReadOnly(not writable)
        self.setProperty("writable", writable)

    def tell(self, wrong: bool) -> None:
        """Mark what is missing."""
        restyle(self.reason, "wrong", "true" if wrong and self._answer is not None else "false")
        self._missing.setVisible(wrong and self._answer is None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modified & ~Qt.KeyboardModifier.ShiftModifier:  # Ctrl and the like are the window's
            super().keyPressEvent(event)
        elif event.key() in step and not modified:
            self.left.emit(step[Qt.Key(event.key())])
        elif not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        if self.property("writable") is False:
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose(None)
            return True
        value = answer_for(event.text(), self.kind)
        if value is None:
            return False
        self.choose(value, by_key=True)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.hasFocus() or self.reason.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.fillRect(0, 6, 3, self.height() - 12, theme.colour("accent"))
        painter.end()

    def _button(self, value: str) -> QPushButton:
        words = value if self.kind == "score" and value.isdigit() else answer_in_words(value)
        made = button(words, role="chip", checkable=True, parent=self)
        made.setAccessibleName(f"{self.item.code}: {answer_in_words(value)}")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has the keys
        made.setAutoDefault(False)
        made.clicked.connect(lambda on: self.choose(value if on else None))
        return made

    def _lay_out(self) -> None:
        code = label(self.item.code, "small", parent=self)
        code.setFixedWidth(_CODE_WIDTH)
        words = label(self.item.title, wraps=True, parent=self)
        star = label(_("critical") if self.item.critical else "", "small", parent=self)
        star.setToolTip(_("A fault here is a serious error."))
        self._missing = label(_("no answer"), "problem", parent=self)
        self._missing.hide()
        top = QHBoxLayout()
        top.setSpacing(GRID)
        for widget, stretch in ((code, 0), (words, 1), (star, 0), (self._missing, 0)):
            top.addWidget(widget, stretch)
        top.addSpacing(GRID)
        for made in self.buttons.values():
            top.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 5, GRID, 5)
        layout.setSpacing(4)
        layout.addLayout(top)
        below = QHBoxLayout()
        below.addSpacing(_CODE_WIDTH + GRID)
        below.addWidget(self.reason, 1)
        layout.addLayout(below)

    def _show(self) -> None:
        value = self._answer.value if self._answer else None
        for one, made in self.buttons.items():
            made.setChecked(one == value)
        if self._answer and self._answer.reason and not self.reason.text():
            self.reason.setText(self._answer.reason)
        asks = value is not None and needs_reason(value)
        self.reason.setVisible(asks or bool(self.reason.text()))
        self.tell(False)

    def _on_reason(self) -> None:
        if self._answer is not None:
            self._answer = Answer(self._answer.value, self.reason.text().strip())
            self.answered.emit(self.item.code, self._answer)
            self.tell(False)
