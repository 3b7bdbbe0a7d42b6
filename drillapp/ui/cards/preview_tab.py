"""A card exactly as it will be printed, beside the list."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.office import Office
from drillapp.ui.cards.card_picture import CardPicture, cut_out
from drillapp.ui.cards.size_choice import SizeChoice
from drillapp.ui.errors import words_of
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.words import label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class PreviewTab(DetailTab):
    """Makes the PDF of the card shown in the size chosen above it, and draws the card."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._number = ""
        self.sizes = SizeChoice(("pocket", "a6", "a4", "a3"), "a6", self)
        self.sizes.chosen.connect(self._draw)
        self.picture = CardPicture(self)
        self.problem = label("", "muted", wraps=True, parent=self)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addLayout(row(*self.sizes.buttons(), 1))
        layout.addWidget(self.problem)
        layout.addWidget(scrolled(self.picture, self, sideways=False), 1)

    def show_row(self, row: Any) -> None:
        self._number = row.number
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        number, size = self._number, self.sizes.paper
        if not number:
            return
        self._session.tasks.run_read(
            lambda office, _progress: _card_image(office, number, size),
            lambda image: self._on_image(image, size),
            owner=self,
            failed=self._on_failed,
            replaces="card",
        )

    def _on_image(self, image: QImage, size: str) -> None:
        self.picture.show_card(image, size)
        self.problem.hide()
        self._fit()

    def _on_failed(self, error: BaseException) -> None:
        """A card that cannot be printed says why in place of its picture."""
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        self.picture.show_card(QImage(), self.sizes.paper)
        self._fit()
        self.problem.setText(words_of(error))
        self.problem.show()

    def _fit(self) -> None:
        self.picture.fit(self.width() - 2 * GRID)


def _card_image(office: Office, number: str, size: str) -> QImage:
    """The card as printed."""
    from drillapp.core.reports.registry import write_cards  # brings the report kit

    with tempfile.TemporaryDirectory(prefix="drillapp-") as folder:
        path = Path(folder) / "card.pdf"
        write_cards(office, path, numbers=[number], size=size)
        return cut_out(path, size)
