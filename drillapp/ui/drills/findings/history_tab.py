"""A finding's correction as a dated line, each step with its proof, and what it repeats."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.findings.queries import repeats, steps_of
from drillapp.core.drills.findings.rows import Repeat, StepRow
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.opening import open_kept
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import button, card, label, row, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_TONES = {"assigned": "blue", "verified": "green"}


class _History(NamedTuple):
    steps: list[StepRow]
    repeats: list[Repeat]


class HistoryTab(DetailTab):
    """The newest step first; below, the earlier findings that it repeats."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addWidget(self._area)

    def show_row(self, row: Any) -> None:
        self._session.tasks.run_read(
            lambda office, _progress: _read(office, row.id), self._on_read, owner=self, replaces="history"
        )

    def _on_read(self, history: _History) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(GRID)
        if history.repeats:
            words = _("Found before already · {count}").format(count=len(history.repeats))
            layout.addWidget(label(words, "label", parent=content))
            for one in history.repeats:
                layout.addWidget(self._repeat(one, content))
        layout.addWidget(label(_("Steps taken"), "label", parent=content))
        for step in reversed(history.steps):
            layout.addWidget(self._step(step, content))
        if not history.steps:
            empty = _("Nothing is on record yet. 'Assign …' begins the correction.")
            layout.addWidget(label(empty, "muted", wraps=True, parent=content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _repeat(self, one: Repeat, parent: QWidget) -> RecordLink:
        words = " · ".join((one.planned_on.isoformat(), one.unit_name, f"{one.drill_number}/{one.number}"))
        target = Target("drills", "findings", one.earlier_id)
        link = RecordLink(RecordLine(one.text, words, target=target), parent)
        link.clicked.connect(lambda: self._session.go(target))
        return link

    def _step(self, step: StepRow, parent: QWidget) -> QFrame:
        frame, layout = card(parent, GRID)
        mark = Mark(frame, enumerations.label("finding_step", step.kind), _TONES.get(step.kind, "neutral"))
        when = " · ".join(part for part in (step.happened_on.isoformat(), step.who) if part)
        layout.addLayout(row(mark, label(when, "small", parent=frame), 1))
        if step.note:
            layout.addWidget(label(step.note, wraps=True, parent=frame))
        if step.drill_number:
            shown = _("Shown by the drill {number}").format(number=step.drill_number)
            target = Target("drills", "drills", choices={"number": frozenset((step.drill_number,))})
            link = button(shown, role="link", parent=frame)
            link.clicked.connect(lambda: self._session.go(target))
            layout.addLayout(row(link, 1))
        if step.attachment_name and step.digest:
            name, digest = step.attachment_name, step.digest
            proof = button(name, role="link", icon="open", parent=frame)
            proof.clicked.connect(lambda: open_kept(self._session, name, digest, self))
            layout.addLayout(row(proof, 1))
        return frame


def _read(office: Office, finding_id: int) -> _History:
    return _History(steps_of(office, finding_id), repeats(office, [finding_id]).get(finding_id, []))
