"""A team's standard, clause by clause: met or not, what was found, and the text that asks for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.teams.evidence import ClauseResult, TeamStandard, standard_of
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import card, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class StandardTab(DetailTab):
    """The clauses that decide first, then those that are only told."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addWidget(self._area)

    def show_row(self, row: Any) -> None:
        self._session.tasks.run_read(
            lambda office, _progress: standard_of(office, row.id),
            self._on_standard,
            owner=self,
            replaces="standard",
        )

    def _on_standard(self, found: TeamStandard | None) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(GRID)
        clauses = () if found is None else found.clauses
        if found is None:
            layout.addWidget(
                label(_("The team is not in use on this day."), "muted", wraps=True, parent=content)
            )
        else:
            words = _("{met} of {asked} met that decide").format(met=found.met, asked=found.asked)
            layout.addWidget(label(words, "label", parent=content))
        for clause in clauses:
            if clause.counts:
                layout.addWidget(_card(clause, content))
        told = [clause for clause in clauses if not clause.counts]
        if told:
            words = _("Told beside them; no binding figure was found")
            layout.addWidget(label(words, "label", parent=content))
        for clause in told:
            layout.addWidget(_card(clause, content))
        layout.addStretch(1)
        self._area.setWidget(content)


def _card(clause: ClauseResult, parent: QWidget) -> QFrame:
    frame, layout = card(parent, GRID)
    layout.setSpacing(4)
    tone = tones.tone(tones.TEAMS, clause.state) if clause.counts or clause.state == "met" else "neutral"
    state = enumerations.label("standard_state", clause.state)
    title = label(clause.title, wraps=True, parent=frame)
    head = row(title, Mark(frame, state, tone))
    head.setStretch(0, 1)
    layout.addLayout(head)
    layout.addWidget(label(clause.evidence, "muted", wraps=True, parent=frame))
    source = _("{source} ({mark})").format(
        source=clause.source, mark=enumerations.label("rule_mark", clause.mark)
    )
    layout.addWidget(label(source, "small", wraps=True, parent=frame))
    return frame
