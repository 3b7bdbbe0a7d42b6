"""Which cards to print, of which sector, and on which size of paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor
from drillapp.ui.parts.printing import preview_cards
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class CardPrint(NamedTuple):
    """What can be printed from where the dialog was opened."""

    numbers: Sequence[str]
    """Of the selected cards."""
    unit_code: str
    unit_name: str


class CardPrintDialog(Dialog):
    """Asks for the cards and the size, then shows them as they will be printed."""

    def __init__(self, session: Session, cards: CardPrint, parent: QWidget | None = None) -> None:
        super().__init__(_("Print disposal cards"), parent)
        self._session = session
        self._cards = cards
        self.body.addWidget(label(_("Print disposal cards"), "heading", parent=self))
        self.body.addWidget(label(_("Cards"), "label", parent=self))
        self.which = QButtonGroup(self)
        selected = _("The selected cards ({count})").format(count=len(cards.numbers))
        scope = _("All cards of {unit} and below").format(unit=cards.unit_name)
        for key, words in enumerate((selected, scope)):
            self._choice(self.which, key, words)
        self.which.button(0).setEnabled(bool(cards.numbers))
        self.which.button(1).setEnabled(bool(cards.unit_code))
        self.which.button(0 if cards.numbers else 1).setChecked(True)
        self.sector = ChoiceEditor("sector", self)
        self.sector.setItemText(0, _("Of every sector"))
        self.sector.setAccessibleName(_("Sector"))
        self.sector.edited.connect(self.which.button(1).click)
        self.sector.setEnabled(bool(cards.unit_code))
        self.body.addWidget(self.sector)
        self.body.addWidget(label(_("Size"), "label", parent=self))
        self.size_group = QButtonGroup(self)
        for key, words in enumerate(_size_words().values()):
            self._choice(self.size_group, key, words)
        self.size_group.button(0).setChecked(True)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Preview"), accepts=True)
        self.go.setEnabled(bool(cards.numbers) or bool(cards.unit_code))

    def accept(self) -> None:
        """Show the cards."""
        size = tuple(_size_words())[self.size_group.checkedId()]
        selected = self.which.checkedId() == 0
        cards, parent = self._cards, self.parentWidget() or self
        preview_cards(
            self._session,
            size,
            _("Disposal cards"),
            parent,
            numbers=cards.numbers if selected else (),
            unit_code=None if selected else cards.unit_code,
            sector=None if selected else self.sector.value(),
        )
        super().accept()

    def _choice(self, group: QButtonGroup, key: int, words: str) -> None:
        made = QRadioButton(words, self)
        group.addButton(made, key)
        self.body.addWidget(made)


def _size_words() -> dict[str, str]:
    return {
        "pocket": _("Pocket card, five on a sheet of A4 to cut and fold"),
        "pocket_duplex": _("Pocket card, ten on A4, both sides, turned at the long edge"),
        "a6": "A6",
        "a4": _("A4, for the wall"),
        "a3": _("A3, as a poster"),
    }
