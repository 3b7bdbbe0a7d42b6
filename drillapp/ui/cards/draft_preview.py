"""The card that is being written, as it will be printed, and what of it is too long for a pocket."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core.cards.queries import CardRow
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.units.queries import UNITS
from drillapp.ui.cards.card_picture import CardPicture, cut_out
from drillapp.ui.cards.size_choice import SizeChoice
from drillapp.ui.errors import words_of
from drillapp.ui.parts.words import label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_TIGHTEST = "pocket"


class Drawn(NamedTuple):
    """A card drawn in one size; without picture where it does not fit."""

    image: QImage | None
    problem: str = ""
    warnings: Mapping[str, str] = {}
    """For each field what of it does not fit the pocket size."""


class DraftPreview(QFrame):
    """Draws what it is told in the size chosen above it."""

    checked = Signal(object)
    """What does not fit a pocket: field -> sentence."""
    size_chosen = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sizes = SizeChoice(("pocket", "a6", "a4"), _TIGHTEST, self)
        self.sizes.chosen.connect(self.size_chosen)
        self.picture = CardPicture(self)
        self.problem = label("", "warning", wraps=True, parent=self)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row(label(_("As printed"), "label", parent=self), 1, *self.sizes.buttons()))
        layout.addWidget(self.problem)
        layout.addWidget(scrolled(self.picture, self, sideways=False), 1)

    def show_draft(self, values: Mapping[str, Any], known: CardRow | None) -> None:
        """Draw the card that a form's values make of a known card, or a new one."""
        size = self.sizes.paper
        self._session.tasks.run_read(
            lambda office, _progress: draw_draft(office, draft_row(office, values, known), size),
            lambda drawn: self._on_drawn(drawn, size),
            owner=self,
            replaces="draft",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_drawn(self, drawn: Drawn, size: str) -> None:
        self.picture.show_card(drawn.image or QImage(), size)
        self.problem.setText(drawn.problem)
        self.problem.setVisible(bool(drawn.problem))
        self._fit()
        self.checked.emit(drawn.warnings)

    def _fit(self) -> None:
        self.picture.fit(self.width() - 4 * GRID)


def draft_row(office: Office, values: Mapping[str, Any], known: CardRow | None) -> CardRow:
    """The row of the list that a card would be with these values of its form."""
    base = known or msgspec.convert(dict.fromkeys(_NAMES) | _NEW, CardRow)
    units = first_rows(office, UNITS, View(conditions=(Condition("code", "=", values.get("unit_code")),)), 1)
    said = {name: value for name, value in values.items() if name in _NAMES}
    for name in ("number", "unit_code", "post"):
        said[name] = said.get(name) or ""
    unit = units[0].name if units else said["unit_code"]
    return msgspec.structs.replace(base, **said | {"unit_name": unit})


def draw_draft(office: Office, card: CardRow, size: str) -> Drawn:
    """Draw a card in a size; what does not fit the pocket size is told as well, whatever size is looked at."""
    warnings: dict[str, str] = {}
    try:
        image = card_image(office, card, size)
    except InvalidInput as error:
        return Drawn(None, words_of(error), _beside(error))
    if size != _TIGHTEST:
        try:
            card_image(office, card, _TIGHTEST)
        except InvalidInput as error:
            warnings = _beside(error)
    return Drawn(image, "", warnings)


def card_image(office: Office, card: CardRow, size: str) -> QImage:
    """One card as printed, without the sheet around it; raises InvalidInput for a text that does not fit."""
    from drillapp.core.reports.card_sheet import render_card_sheet  # brings the report kit
    from drillapp.core.reports.card_source import draft_sheet

    with tempfile.TemporaryDirectory(prefix="drillapp-") as folder:
        path = Path(folder) / "card.pdf"
        render_card_sheet(draft_sheet(office, card, size), path)
        return cut_out(path, size)


def _beside(error: InvalidInput) -> dict[str, str]:
    """Beside which field an error is to be read; the steps are the longest by far."""
    return {error.field if error.field in _NAMES else "steps": words_of(error)}


_NAMES = CardRow.__struct_fields__
_NEW = {
    "id": 0, "unit_id": 0, "revision": 0, "number": "", "unit_code": "", "unit_name": "", "post": "", "version": 1,
    "copies": 0, "state": "draft",
}  # fmt: skip
