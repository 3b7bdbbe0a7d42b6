"""A card exactly as it will be printed, beside the list."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.cards.card_picture import CardPicture, cut_out
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.words import button, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class PreviewTab(DetailTab):
    """Makes the PDF of the card shown in the size chosen above it, and draws the card."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._number = ""
        self.paper = "a6"
        self._group = QButtonGroup(self)
        self.sizes = {name: self._size_button(name, words) for name, words in _sizes().items()}
        self.picture = CardPicture(self)
        self.problem = label("", "muted", wraps=True, parent=self)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addLayout(row(*self.sizes.values(), 1))
        layout.addWidget(self.problem)
        layout.addWidget(scrolled(self.picture, self, sideways=False), 1)

    def show_row(self, row: Any) -> None:
        self._number = row.number
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _size_button(self, name: str, words: str) -> QPushButton:
        made = button(words, role="chip", checkable=True, parent=self)
        made.setChecked(name == self.paper)
        made.clicked.connect(lambda: self._on_size(name))
        self._group.addButton(made)
        return made

    def _on_size(self, name: str) -> None:
        self.paper = name
        self._draw()

    def _draw(self) -> None:
        number, size = self._number, self.paper
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
        self.picture.show_card(QImage(), self.paper)
        self._fit()
        self.problem.setText(" ".join((error.message, error.hint)))
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


def _sizes() -> dict[str, str]:
    return {"pocket": _("Pocket"), "a6": _("A6"), "a4": "A4", "a3": "A3"}
