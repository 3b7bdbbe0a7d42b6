"""The injects, and below them the one under the cursor in full with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core.drills.conduct.queries import ConductView
from drillapp.core.drills.injects.offsets import show_length
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.i18n import _
from drillapp.ui.drills.conduct.conductor import Now
from drillapp.ui.drills.conduct.inject_list import InjectLine, InjectList, inject_lines
from drillapp.ui.parts.words import button, label, row, scrolled
from drillapp.ui.theme import GRID

_DETAIL_HEIGHT = 168


class InjectPanel(QWidget):
    """What is to be done with an inject depends on how it stands: release it, or note its action done."""

    release_wanted = Signal(int)
    done_wanted = Signal(int)
    room_wanted = Signal(int)
    """To be shown on the screen for the room."""

    def __init__(self, *, writes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._writes = writes
        self._view: ConductView | None = None
        self._lines: dict[int, InjectLine] = {}
        self._states: dict[int, str] = {}
        self.list = InjectList(self)
        self.list.act_wanted.connect(self.act)
        self.list.chosen.connect(lambda _id: self._show_detail())
        self.empty = label(_("The script has no injects yet."), "muted", wraps=True, parent=self)
        self.content = label("", wraps=True, parent=self)
        self.expected = label("", "muted", wraps=True, parent=self)
        self.release = button(_("Release"), icon="play", role="primary", parent=self)
        self.release.clicked.connect(self._on_button)
        self.room = button(_("Show to the room"), icon="screen", role="ghost", parent=self)
        self.room.clicked.connect(self._on_room)
        head = row(
            label(_("Injects"), "strong", parent=self), 1,
            label(_("F9 release the next one"), "small", parent=self),
        )  # fmt: skip
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._detail())
        self.empty.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)

    def show_view(self, view: ConductView) -> None:
        """Take another view; its moment comes with the next tick."""
        self._view = view
        self.empty.setVisible(not view.injects)
        self.list.setVisible(bool(view.injects))
        self._show_detail()

    def show_now(self, now: Now) -> None:
        """Show how the injects stand."""
        if self._view is None:
            return
        lines = inject_lines(self._view, now)
        self._lines = {line.id: line for line in lines}
        states = {one.id: one.state for one in now.standings}
        is_other = states != self._states
        self._states = dict(states)
        self.list.show_lines(lines)
        if is_other:
            self._show_detail()

    def act(self, inject_id: int) -> None:
        """Do what is next with an inject."""
        if not self._writes or self._view is None or self._view.timeline.is_over:
            return
        state = self._states.get(inject_id, "")
        if state in ("released", "late"):
            if self._row(inject_id).awaits_action:
                self.done_wanted.emit(inject_id)
        elif state not in ("done", "done_late"):
            self.release_wanted.emit(inject_id)

    @property
    def _id(self) -> int | None:
        line = self.list.current()
        return None if line is None else line.id

    def _row(self, inject_id: int) -> InjectRow:
        assert self._view is not None
        return next(one for one in self._view.injects if one.id == inject_id)

    def _on_button(self) -> None:
        if self._id is not None:
            self.act(self._id)

    def _on_room(self) -> None:
        if self._id is not None:
            self.room_wanted.emit(self._id)

    def _show_detail(self) -> None:
        key = self._id
        self.detail.setVisible(key is not None)
        if key is None or self._view is None or key not in self._states:
            return
        inject, state = self._row(key), self._states[key]
        self.content.setText(inject.content)
        self.expected.setText(_expected(inject))
        self.expected.setVisible(bool(self.expected.text()))
        awaits = state in ("released", "late") and inject.awaits_action
        is_past = state in ("released", "late", "done", "done_late") and not awaits
        self.release.setText(_("Action done") if awaits else _("Release"))
        self.release.setVisible(self._writes and not is_past and not self._view.timeline.is_over)

    def _detail(self) -> QFrame:
        self.detail = QFrame(self)
        self.detail.setProperty("ground", "window")
        words = QWidget()
        words.setProperty("ground", "none")
        inner = QVBoxLayout(words)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.content)
        inner.addWidget(self.expected)
        inner.addStretch(1)
        layout = QVBoxLayout(self.detail)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.addWidget(scrolled(words, self.detail, sideways=False), 1)
        layout.addLayout(row(self.release, self.room, 1))
        self.detail.setFixedHeight(_DETAIL_HEIGHT)
        self.detail.hide()
        return self.detail


def _expected(inject: InjectRow) -> str:
    lines = []
    if inject.expected_action:
        lines.append(_("Expected: {action}").format(action=inject.expected_action))
    if inject.within_seconds is not None:
        lines.append(_("within {length}").format(length=show_length(inject.within_seconds)))
    sender = _("by {sender}").format(sender=inject.sender) if inject.sender else ""
    about = " · ".join(part for part in (sender, inject.stage or "", inject.section_title or "") if part)
    return "\n".join(part for part in (" · ".join(lines), about) if part)
