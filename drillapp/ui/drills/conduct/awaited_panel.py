"""Actions that are awaited: what is left of their time, and one button to note that they are done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.conduct.queries import ConductView
from drillapp.core.drills.conduct.standing import Standing
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.i18n import _
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.awaited_row import lay_out_row
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, row, scrolled
from drillapp.ui.theme import GRID


class AwaitedPanel(QWidget):
    """The most urgent action stands first; F8 notes it done."""

    done_wanted = Signal(int)

    def __init__(self, *, writes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._writes = writes
        self.lines: dict[int, _Line] = {}
        self.none = label(_("No action is awaited now."), "muted", wraps=True, parent=self)
        content = QWidget()
        content.setProperty("ground", "none")
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self._layout.setSpacing(GRID)
        self._layout.addWidget(self.none)
        self._layout.addStretch(1)
        head = row(
            label(_("Awaited actions"), "strong", parent=self), 1,
            label(_("F8 the first one is done"), "small", parent=self),
        )  # fmt: skip
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(scrolled(content, self, sideways=False), 1)

    def show_awaited(self, awaited: list[tuple[InjectRow, Standing]]) -> None:
        """Show the actions awaited at a moment; only what says something else is painted again."""
        keys = [inject.id for inject, _one in awaited]
        for key in [key for key in self.lines if key not in keys]:
            gone = self.lines.pop(key)
            self._layout.removeWidget(gone)
            gone.deleteLater()
        for place, (inject, one) in enumerate(awaited):
            line = self.lines.get(inject.id)
            if line is None:
                line = self.lines[inject.id] = _Line(inject, self._writes, self)
                line.done.clicked.connect(partial(self.done_wanted.emit, inject.id))
            if self._layout.indexOf(line) != place:
                self._layout.removeWidget(line)
                self._layout.insertWidget(place, line)
            line.tell(one)
        self.none.setVisible(not awaited)

    def show_limits(self, view: ConductView) -> None:
        """Say before the start what has to be kept in mind: safety, and when the drill is stopped."""
        drill = view.drill
        said = (
            (_("Safety: {measures}").format(measures=drill.safety) if drill.safety else ""),
            (
                _("Stopped when: {conditions}").format(conditions=drill.stop_conditions)
                if drill.stop_conditions
                else ""
            ),
        )
        words = "\n\n".join(part for part in said if part) if view.timeline.state == "ready" else ""
        self.none.setText(words or _("No action is awaited now."))


class _Line(QFrame):
    """One action."""

    def __init__(self, inject: InjectRow, writes: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        words = inject.expected_action or inject.content
        self.words = label(f"{inject.number}  {words}", wraps=True, parent=self)
        self.who = label(inject.addressee or "", "small", parent=self)
        self.left = label("", "heading", parent=self)
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.mark = Mark(self)
        self.done = button(_("Done"), icon="check", parent=self)
        self.done.setAccessibleName(_("Done: {action}").format(action=words))
        self.done.setVisible(writes)
        lay_out_row(self, self.words, self.left, self.who, self.mark, self.done)

    def tell(self, one: Standing) -> None:
        """Show how it stands."""
        left = "" if one.remaining is None else times.countdown(one.remaining)
        if self.left.text() != left:
            self.left.setText(left)
        is_late = one.state == "late"
        word = enumerations.label("inject_state", "late") if is_late else _("awaited")
        if self.mark.accessibleName() != word:
            self.mark.tell(word, "red" if is_late else "neutral")
