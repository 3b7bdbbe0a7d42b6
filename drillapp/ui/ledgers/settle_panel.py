"""Beside the grid: what is to be settled before a file can be brought in, and what is only told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.layout import Field, layout
from drillapp.core.ledgers.shapes import Guess
from drillapp.ui.ledgers.facts import Facts, Told, Trouble
from drillapp.ui.ledgers.missing_fields import MissingFields
from drillapp.ui.ledgers.numbering import Numbering
from drillapp.ui.ledgers.others_card import OthersCard
from drillapp.ui.ledgers.trouble_card import TroubleCard
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, line, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

PANEL_WIDTH = 316
_CARDS = 40
"""So many kinds of problems have a card; the others follow when these are settled."""
_NOTES = 12
_WORTH_ASKING = {"units": ("parent_code",)}
"""Fields without which a record is taken, but stands where it is not looked for: a unit beside the office's own."""


class SettlePanel(QFrame):
    """Missing fields, problems as cards, notes."""

    trouble_chosen = Signal(object, int)
    """A Trouble and the row to look at."""
    cell_said = Signal(int, str, str)
    alike_said = Signal(str, str, str)
    rows_out = Signal(object)
    like_wanted = Signal()
    """Somebody wants to see the possible duplicates."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(PANEL_WIDTH)
        self.cards: list[TroubleCard] = []
        self._guess: Guess | None = None
        self.missing = MissingFields(session, self)
        self.missing.hide()
        self.wanted = MissingFields(session, self, is_required=False)
        self.wanted.hide()
        self.numbering = Numbering(self)
        self.others = OthersCard(self)
        self._inside = QWidget(self)
        self._inside.setProperty("ground", "none")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._column.setSpacing(GRID)
        self._column.addWidget(self.missing)
        self._column.addWidget(self.wanted)
        self._column.addWidget(self.numbering)
        self._changing = QVBoxLayout()
        self._changing.setSpacing(GRID)
        self._column.addLayout(self._changing)
        self._column.addWidget(self.others)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self._inside, self, sideways=False))

    def show_draft(self, draft: Draft, asked_elsewhere: frozenset[str] = frozenset()) -> None:
        """Ask for what is missing; what a check found of another guess holds no more."""
        if draft.guess != self._guess or draft.missing:
            self._clear()
        self._guess = draft.guess
        kind = draft.kind or ""
        fields: Mapping[str, Field] = {field.name: field for field in layout(kind).field} if kind else {}
        asked = [fields[name] for name in draft.missing if name in fields and name not in asked_elsewhere]
        self.missing.show_fields(kind, asked)
        wanted = (fields[name] for name in _WORTH_ASKING.get(kind, ()) if name not in draft.guess.columns)
        self.wanted.show_fields(kind, list(wanted))
        self.numbering.show_code(fields.get(draft.open_code), draft.said.number)
        self.others.show_regions(draft.guess.others)

    def show_facts(self, facts: Facts) -> None:
        """Show what a check found."""
        opened = next((card.trouble for card in self.cards if not card.body.isHidden()), None)
        self._clear()
        if facts.troubles:
            self._show_troubles(facts)
        elif not facts.counts.get("like"):
            self._add(Mark(self, _("Nothing stands in the way"), "accent"))
        if facts.counts.get("like"):
            self._show_like(facts)
        if facts.notes:
            self._show_notes(facts.notes)
        if opened is not None:
            self._open_next(opened)

    def open_card(self, card: TroubleCard) -> None:
        """Open one card, close the others."""
        for other in self.cards:
            if other is not card and not other.body.isHidden():
                other.open(False)
        if card.body.isHidden():
            card.open(True)
            self.trouble_chosen.emit(card.trouble, card.row)

    def show_cell(self, number: int, field: str) -> None:
        """Open the card of the problem in a cell, if there is one."""
        for card in self.cards:
            if card.trouble.field == field and number in card.trouble.rows:
                card.aim(number)
                if card.body.isHidden():
                    for other in self.cards:
                        other.open(False)
                    card.body.show()
                return

    def _show_troubles(self, facts: Facts) -> None:
        fields = {field.name: field for field in layout(facts.checked.result.kind).field}
        count = sum(len(trouble.rows) for trouble in facts.troubles)
        words = _("To settle: {count} cells").format(count=f"{count:,}")
        self._add(label(words, "strong", parent=self._inside))
        for trouble in facts.troubles[:_CARDS]:
            self._add_card(trouble, fields.get(trouble.field))
        more = len(facts.troubles) - _CARDS
        if more > 0:
            self._add(label(_("… and {count} more").format(count=more), "muted", parent=self._inside))

    def _add_card(self, trouble: Trouble, field: Field | None) -> None:
        card = TroubleCard(trouble, field, self._inside)
        card.chosen.connect(self.open_card)
        card.cell_said.connect(self.cell_said)
        card.alike_said.connect(self.alike_said)
        card.rows_out.connect(self.rows_out)
        self.cards.append(card)
        self._add(card)

    def _show_like(self, facts: Facts) -> None:
        frame = QFrame(self._inside)
        frame.setProperty("ground", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(12, 10, 12, 10)
        count = facts.counts["like"]
        words = _("{count} rows are much like a record of the ledger or another row of the file.").format(
            count=count
        )
        inside.addWidget(Mark(frame, _("Possible duplicate"), "blue"))
        inside.addWidget(label(words, wraps=True, parent=frame))
        look = button(_("Look at them"), parent=frame)
        look.clicked.connect(self.like_wanted)
        out = button(_("Leave them out"), role="ghost", parent=frame)
        out.clicked.connect(lambda: self.rows_out.emit(facts.like))
        inside.addLayout(row(look, out, 1))
        self._add(frame)

    def _show_notes(self, notes: Sequence[Told]) -> None:
        self._add(line(self._inside))
        self._add(label(_("Told of this file"), "strong", parent=self._inside))
        for note in notes[:_NOTES]:
            self._add(label(_note_words(*note), "small", wraps=True, parent=self._inside))
        more = len(notes) - _NOTES
        if more > 0:
            self._add(label(_("… and {count} more").format(count=more), "small", parent=self._inside))

    def _open_next(self, settled: Trouble) -> None:
        """Go on with the same problem where some of it is left, otherwise with the first."""
        same = [card for card in self.cards if card.trouble[:4] == settled[:4]]
        if same or self.cards:
            self.open_card((same or self.cards)[0])

    def _add(self, widget: QWidget) -> None:
        self._changing.addWidget(widget)
        widget.show()

    def _clear(self) -> None:
        self.cards.clear()
        while (item := self._changing.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _note_words(column: str, message: str, rows: Sequence[int]) -> str:
    named = f"{column}: {message}" if column else message
    numbers = sorted({number for number in rows if number > 0})
    if not numbers:
        return named
    if len(numbers) == 1:
        return _("{words} (row {row})").format(words=named, row=numbers[0])
    return _("{words} ({count} rows, the first is {row})").format(
        words=named, count=f"{len(numbers):,}", row=numbers[0]
    )
