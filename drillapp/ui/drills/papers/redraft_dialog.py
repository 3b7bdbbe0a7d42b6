"""Filling a document anew: what changes is shown first; what was written by hand is replaced only when ticked."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from drillapp.core.drills.papers.commands import PaperSaved
from drillapp.core.drills.papers.redrafting import SectionChange, changes_of_redraft, redraft_paper
from drillapp.core.drills.papers.stored import PaperState
from drillapp.core.enumerations import label as word
from drillapp.core.i18n import _
from drillapp.core.plans.content import text_of
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label, line, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_LONGEST = 300


class RedraftDialog(Dialog):
    """A box for each section that somebody wrote on or took out."""

    def __init__(
        self, session: Session, drill: int, state: PaperState, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Fill anew from the record"), parent, width=700)
        self._session = session
        self._drill = drill
        self._state = state
        self.boxes: dict[str, QCheckBox] = {}
        title = _("{paper}: fill anew from the record").format(paper=word("drill_paper", state.kind))
        self.body.addWidget(label(title, "heading", wraps=True, parent=self))
        self.summary = label("", "muted", wraps=True, parent=self)
        self.body.addWidget(self.summary)
        self._area = scrolled(None, self, sideways=False)
        self.body.addWidget(self._area, 1)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Fill anew"), accepts=True)
        self.go.setEnabled(False)
        self.resize(760, 560)
        session.tasks.run_read(
            lambda office, _progress: changes_of_redraft(office, drill, state.kind), self._show, owner=self
        )

    def accept(self) -> None:
        """Fill it anew; the dialog closes when that has worked."""
        if not self.go.isEnabled():
            return
        drill, state = self._drill, self._state
        chosen = {key for key, box in self.boxes.items() if box.isChecked()}
        self._session.tasks.run_write(
            lambda office, _progress: redraft_paper(office, drill, state.kind, state.revision, chosen),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _show(self, changes: list[SectionChange]) -> None:
        self.go.setEnabled(bool(changes))
        words = _("The record says nothing new.")
        if changes:
            words = _(
                "Sections that nobody wrote on are filled anew. Tick the others that are to be replaced."
            )
        self.summary.setText(words)
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, 0)
        for change in changes:
            self._add(change, layout, content)
            layout.addWidget(line(content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _add(self, change: SectionChange, layout: QVBoxLayout, parent: QWidget) -> None:
        if change.state == "refreshed":
            layout.addWidget(label(change.heading, "label", parent=parent))
        else:
            text = (
                _("{heading}: written by hand, replace")
                if change.state == "edited"
                else _("{heading}: taken out, put in again")
            )
            box = self.boxes[change.key] = QCheckBox(
                text.format(heading=change.heading).replace("&", "&&"), parent
            )
            layout.addWidget(box)
        if change.before is not None:
            before = _("Now: {text}").format(text=_short(text_of(change.before.blocks)))
            layout.addWidget(label(before, "small", wraps=True, parent=parent))
        after = _("Anew: {text}").format(text=_short(text_of(change.after.blocks)))
        layout.addWidget(label(after, wraps=True, parent=parent))

    def _on_saved(self, _saved: PaperSaved) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        words = words_of(error)
        if not words:
            self._session.tasks.tell_error(error)
        self.problem.setText(words)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
