"""The findings board: what is overdue, open, done and verified, side by side."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.queries import FINDINGS
from drillapp.core.i18n import _
from drillapp.core.listing import View, count, first_rows
from drillapp.core.office import Office
from drillapp.ui.parts import record_lines, tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.parts.words import button, card, label, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

STATES = ("overdue", "open", "done", "verified")
_SHOWN = 40


class FindingsBoard(Page):
    """A column a state; a click on a finding shows it in the list."""

    kinds = frozenset({"findings", "drills"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._columns = {state: _Column(session, state, self) for state in STATES}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        for column in self._columns.values():
            layout.addWidget(column, 1)

    def reload(self) -> None:
        unit = self.session.scope.unit_id
        self.session.tasks.run_read(
            lambda office, _progress: {state: _findings(office, unit, state) for state in STATES},
            self._on_findings,
            owner=self,
            replaces="findings",
        )

    def links(self, state: str) -> list[RecordLink]:
        """The findings shown in a state's column."""
        return self._columns[state].findChildren(RecordLink)

    def _on_findings(self, found: dict[str, tuple[int, list[Any]]]) -> None:
        for state, (total, rows) in found.items():
            self._columns[state].fill(total, rows)


def _findings(office: Office, unit_id: int | None, state: str) -> tuple[int, list[Any]]:
    newest_first = state in ("done", "verified")
    sort = (("verified_on" if state == "verified" else "done_on", True),) if newest_first else ()
    view = View(unit_id=unit_id, choices={"state": (state,)}, sort=sort)
    rows = first_rows(office, FINDINGS, view, _SHOWN)
    return (len(rows) if len(rows) < _SHOWN else count(office, FINDINGS, view)), rows


class _Column(QFrame):
    def __init__(self, session: Session, state: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._state = state
        frame, layout = card(self, GRID)
        head = QHBoxLayout()
        head.addWidget(
            Mark(frame, enumerations.label("finding_state", state), tones.tone(tones.FINDINGS, state))
        )
        self._count = label("", "heading", parent=frame)
        head.addWidget(self._count)
        head.addStretch(1)
        everything = button(_("Show all"), role="link", parent=frame)
        everything.clicked.connect(self._on_everything)
        head.addWidget(everything)
        layout.addLayout(head)
        self._area = scrolled(None, frame, sideways=False)
        layout.addWidget(self._area, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def fill(self, total: int, rows: list[Any]) -> None:
        """Show the first findings and how many there are."""
        self._count.setText(f"{total:,}")
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(2)
        if not rows:
            layout.addWidget(label(_("None"), "muted", parent=content))
        for row in rows:
            # The column says the state already.
            link = RecordLink(record_lines.finding_line(row)._replace(mark=""), content)
            link.clicked.connect(lambda _checked=False, line=link.line: self._session.go(line.target))
            layout.addWidget(link)
        layout.addStretch(1)
        self._area.setWidget(content)

    def _on_everything(self) -> None:
        choices = {"state": frozenset((self._state,))}
        self._session.go(Target("drills", "findings", choices=choices))
