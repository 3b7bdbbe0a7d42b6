"""Why a file is taken for what it is: a line for each thing that was guessed, with how sure it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import column_letters
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Guess, Reason
from drillapp.ui.frame.popup import Popup
from drillapp.ui.parts.words import label
from drillapp.ui.theme import GRID

_SHOWN = 24


class ReasonsPopup(Popup):
    """Opens below the field that asks."""

    def __init__(self, guess: Guess, field: QWidget) -> None:
        super().__init__(field)
        labels = {one.name: one.label for one in layout(guess.kind).field} if guess.kind else {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(6)
        for line, reason in enumerate(sorted(guess.because, key=_order)[:_SHOWN]):
            sure = _("{certainty} % sure").format(certainty=round(reason.certainty * 100))
            grid.addWidget(label(_subject(reason, labels), "strong", parent=self), line, 0)
            grid.addWidget(label(reason.words, parent=self), line, 1)
            grid.addWidget(label(sure, "small", parent=self), line, 2, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)


def _order(reason: Reason) -> tuple[bool, int]:
    """The columns as they stand, below what is said of the whole."""
    return reason.subject == "column", -1 if reason.column is None else reason.column


def _subject(reason: Reason, labels: dict[str, str]) -> str:
    if reason.subject == "column" and reason.column is not None:
        name = labels.get(reason.field, reason.field)
        return _("{letter}  {field}").format(letter=column_letters(reason.column), field=name)
    return {"kind": _("Which ledger"), "sheet": _("Sheet"), "header": _("Header")}.get(reason.subject, "")
