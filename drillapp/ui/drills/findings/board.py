"""The findings board: what is open, done, verified and accepted, side by side; a card that is moved is a step taken."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.queries import FINDINGS
from drillapp.core.i18n import _
from drillapp.core.listing import View, count, first_rows
from drillapp.core.office import Office
from drillapp.ui.drills.findings.acting import take_step
from drillapp.ui.drills.findings.board_card import COLUMNS, BoardCard, CardArea, step_between
from drillapp.ui.parts import tones
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import button, card, label
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_SHOWN = 40
_NEWEST_FIRST = {"done": "done_on", "verified": "verified_on"}


class FindingsBoard(Page):
    """A click on a card shows the finding in the list; dragging it, or Ctrl with an arrow, asks for the step."""

    kinds = frozenset({"findings", "drills"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.columns = {name: _Column(session, name, self) for name in COLUMNS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        columns = QHBoxLayout()
        columns.setSpacing(2 * GRID)
        for column in self.columns.values():
            columns.addWidget(column, 1)
        layout.addLayout(columns, 1)
        hint = _("Drag a card to the next column, or press Ctrl and an arrow key, to take the step.")
        layout.addWidget(label(hint, "small", parent=self))

    def reload(self) -> None:
        unit = self.session.scope.unit_id
        self.session.tasks.run_read(
            lambda office, _progress: {name: _findings(office, unit, name) for name in COLUMNS},
            self._on_findings,
            owner=self,
            replaces="findings",
        )

    def cards(self, column: str) -> list[BoardCard]:
        """The findings shown in a column."""
        return self.columns[column].area.findChildren(BoardCard)

    def move_card(self, finding: Any, column: str) -> None:
        """Ask for the step that takes a finding to a column, or say that none does."""
        if self.session.is_read_only or finding.state in COLUMNS[column]:
            return
        step = step_between(finding.state, column)
        if step is None:
            words = _("A finding is put right before it is verified; what is closed is opened again first.")
            Message(_("No step leads there"), words, parent=self).open()
            return
        take_step(self.session, step, [finding], self)

    def _on_findings(self, found: dict[str, tuple[int, list[Any]]]) -> None:
        for name, (total, rows) in found.items():
            self.columns[name].fill(total, rows)


def _findings(office: Office, unit_id: int | None, column: str) -> tuple[int, list[Any]]:
    day = _NEWEST_FIRST.get(column)
    view = View(unit_id=unit_id, choices={"state": COLUMNS[column]}, sort=((day, True),) if day else ())
    rows = first_rows(office, FINDINGS, view, _SHOWN)
    return (len(rows) if len(rows) < _SHOWN else count(office, FINDINGS, view)), rows


class _Column(QFrame):
    def __init__(self, session: Session, name: str, board: FindingsBoard) -> None:
        super().__init__(board)
        self._session = session
        self._name = name
        self._board = board
        frame, layout = card(self, GRID)
        head = QHBoxLayout()
        for state in COLUMNS[name]:
            tone = tones.tone(tones.FINDINGS, state)
            head.addWidget(Mark(frame, enumerations.label("finding_state", state), tone))
        self._count = label("", "heading", parent=frame)
        head.addWidget(self._count)
        head.addStretch(1)
        everything = button(_("Show all"), role="link", parent=frame)
        everything.clicked.connect(self._on_everything)
        head.addWidget(everything)
        layout.addLayout(head)
        self.area = CardArea(name, frame)
        self.area.dropped.connect(lambda finding: board.move_card(finding, name))
        layout.addWidget(self.area, 1)
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
        layout.setSpacing(GRID // 2)
        if not rows:
            layout.addWidget(label(_("None"), "muted", parent=content))
        for row in rows:
            layout.addWidget(self._card(row, content))
        layout.addStretch(1)
        self.area.show_cards(content)

    def _card(self, row: Any, parent: QWidget) -> BoardCard:
        made = BoardCard(row, several=len(COLUMNS[self._name]) > 1, parent=parent)
        made.clicked.connect(lambda: self._session.go(Target("drills", "findings", row.id)))
        made.pushed.connect(self._on_pushed)
        return made

    def _on_pushed(self, finding: Any, places: int) -> None:
        names = list(COLUMNS)
        place = names.index(self._name) + places
        if 0 <= place < len(names):
            self._board.move_card(finding, names[place])

    def _on_everything(self) -> None:
        choices = {"state": frozenset(COLUMNS[self._name])}
        self._session.go(Target("drills", "findings", choices=choices))
