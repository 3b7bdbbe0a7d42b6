"""One kind of document: its name, how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from drillapp.core.drills.papers.stored import PaperState
from drillapp.core.enumerations import label as word
from drillapp.core.i18n import _
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID

_NAME = 240
"""So wide that the marks of all lines stand below each other."""
_TONES = {"none": "neutral", "draft": "blue", "approved": "green"}


class PaperLine(QWidget):
    """Shows one state; a new one is made when it has changed."""

    def __init__(self, state: PaperState, parent: QWidget, *, may_write: bool) -> None:
        super().__init__(parent)
        self.state = state
        self.buttons: dict[str, QPushButton] = {}
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self.name = label(word("drill_paper", state.kind), parent=self)
        self.about = label(about(state), "small", parent=self)
        texts.addWidget(self.name)
        texts.addWidget(self.about)
        self.mark = Mark(self, state_words(state.state), _TONES[state.state])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID, 0, GRID)
        row.setSpacing(GRID)
        self.name.setFixedWidth(_NAME)
        row.addLayout(texts)
        row.addWidget(self.mark)
        row.addStretch(1)
        for name, words, writes in _steps(state):
            if writes and not may_write:
                continue
            role = "" if name in ("draft", "edit") else "ghost"
            made = self.buttons[name] = button(words, role=role, parent=self)
            made.setAutoDefault(False)
            made.setAccessibleName(f"{words} {self.name.text()}")
            row.addWidget(made)


def _steps(state: PaperState) -> Iterator[tuple[str, str, bool]]:
    """What can be done: name, words, whether it writes."""
    if state.state == "none":
        yield "draft", _("Draft it"), True
        return
    if state.state == "draft":
        yield "edit", _("Write …"), True
        yield "redraft", _("Fill anew …"), True
        yield "approve", _("Approve …"), True
        yield "discard", _("Discard …"), True
    else:
        yield "withdraw", _("Take approval back …"), True
    yield "print", _("Preview"), False
    yield "word", _("Word …"), False


def state_words(state: str) -> str:
    """How far a document is, in a word."""
    return {"none": _("Not drafted"), "draft": _("Draft"), "approved": _("Approved")}[state]


def about(state: PaperState) -> str:
    """What is to be known of a document in a line."""
    if state.state == "none":
        return _("Template ready")
    if state.approved_on is not None:
        return _("{day} by {who}").format(day=state.approved_on, who=state.approved_by)
    if state.gaps:
        return _("{count} gaps to fill in").format(count=state.gaps)
    return _("No gaps")
