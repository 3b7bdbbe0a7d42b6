"""The log: what was written, and below it the line that is written next, with the phrases under keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from drillapp.core.drills.conduct.phrases import TO_COMPLETE
from drillapp.core.drills.conduct.queries import ConductView
from drillapp.core.i18n import _
from drillapp.ui.drills.conduct.conductor import Pending
from drillapp.ui.drills.conduct.log_list import LogList
from drillapp.ui.drills.conduct.rows_model import is_typing
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.words import button, icon_button, label, row
from drillapp.ui.theme import GRID

_PHRASE_WIDTH = 156
"""Room for the words of a phrase, in pixels."""


class LogPanel(QWidget):
    """Enter logs the line at once; who and subject stay for the next one."""

    noted = Signal(str, str, str)
    """Text, who, subject."""
    phrases_wanted = Signal()
    """Somebody wants to change the phrases."""

    def __init__(self, *, writes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.list = LogList(writes=writes, parent=self)
        self.text, self.who, self.subject = (QLineEdit(self) for _place in range(3))
        self.text.setPlaceholderText(_("What happened? Enter logs it"))
        for field, name in (
            (self.text, _("Entry")), (self.who, _("Who did or said it")), (self.subject, _("Exercise subject")),
        ):  # fmt: skip
            field.setAccessibleName(name)
            if field is not self.text:
                field.setPlaceholderText(name)
            field.returnPressed.connect(self.submit)
        self._people, self._subjects = QStringListModel(self), QStringListModel(self)
        _complete(self.who, self._people)
        _complete(self.subject, self._subjects)
        self._view: ConductView | None = None
        self.phrases: list[str] = []
        self._buttons: list[QPushButton] = []
        self._phrase_row = QHBoxLayout()
        self._phrase_row.setSpacing(6)
        self.edit_phrases = icon_button("edit", _("Change the phrases"), parent=self)
        self.edit_phrases.clicked.connect(self.phrases_wanted)
        self._lay_out(writes)
        for place in range(9):
            shortcut(f"Alt+{place + 1}", self, partial(self.use_phrase, place), _WINDOW)

    def show_log(self, view: ConductView, pending: list[Pending]) -> None:
        """Show the log, and offer the drill's subjects and those who spoke before."""
        self.list.show_log(view, pending)
        if view is self._view:
            return
        self._view = view
        said = {line.who for line in view.lines if line.who}
        self._people.setStringList(sorted({*said, *self.names}))
        subjects = (one.strip() for one in (view.drill.subjects or "").splitlines())
        self._subjects.setStringList([one for one in subjects if one])

    names: tuple[str, ...] = ()
    """Those who take part, offered as who."""

    def show_phrases(self, phrases: list[str]) -> None:
        """Offer these phrases."""
        self.phrases = phrases
        for made in self._buttons:
            self._phrases.removeWidget(made)
            made.deleteLater()
        self._buttons = []
        for place, phrase in enumerate(phrases):
            short = self.fontMetrics().elidedText(phrase, Qt.TextElideMode.ElideRight, _PHRASE_WIDTH)
            made = button(
                f"{place + 1} {short}".replace("&", "&&"),
                role="chip",
                tip=f"Alt+{place + 1}: {phrase}",
                parent=self,
            )
            made.setAccessibleName(phrase)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(partial(self.use_phrase, place))
            self._phrases.addWidget(made)
            self._buttons.append(made)

    def use_phrase(self, place: int) -> None:
        """Log a phrase, or put it into the line when it has to be completed."""
        if place >= len(self.phrases) or not self.text.isEnabled():
            return
        phrase = self.phrases[place]
        if phrase.endswith(TO_COMPLETE):
            self.text.setText(phrase.removesuffix(TO_COMPLETE))
            self.text.setFocus()
        else:
            self.noted.emit(phrase, self.who.text().strip(), self.subject.text().strip())

    def begin(self, typed: str = "") -> None:
        """Go to the line, perhaps with what was typed elsewhere."""
        self.text.setFocus()
        if typed:
            self.text.insert(typed)

    def give_back(self, pending: Pending) -> None:
        """Put a line that could not be logged back, unless the next one was begun."""
        if not self.text.text():
            self.text.setText(pending.text)

    def submit(self) -> None:
        """Log what was typed."""
        text = self.text.text().strip()
        if not text:
            self.text.setFocus()
            return
        self.text.clear()
        self.noted.emit(text, self.who.text().strip(), self.subject.text().strip())
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typing(event) and self.text.isEnabled():
            self.begin(event.text())
        else:
            super().keyPressEvent(event)

    def _lay_out(self, writes: bool) -> None:
        from drillapp.ui.drills.conduct.flow_layout import FlowLayout

        head = row(
            label(_("Log"), "strong", parent=self), 1,
            label(_("F2 or just type · Enter on a line corrects it"), "small", parent=self),
        )  # fmt: skip
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._phrases = FlowLayout()
        writing = QWidget(self)
        writing.setProperty("ground", "window")
        inner = QVBoxLayout(writing)
        inner.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        inner.setSpacing(GRID)
        self._phrase_row.addLayout(self._phrases, 1)
        self._phrase_row.addWidget(self.edit_phrases, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(self._phrase_row)
        inner.addWidget(self.text)
        inner.addLayout(row(self.who, self.subject))
        writing.setVisible(writes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(writing)


_WINDOW = Qt.ShortcutContext.WindowShortcut


def _complete(field: QLineEdit, words: QStringListModel) -> None:
    completer = QCompleter(words, field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
