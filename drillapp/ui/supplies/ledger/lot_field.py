"""Which lot a line means: one of those that are there, a number that is typed, or what expires first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from drillapp.core.i18n import _
from drillapp.core.supplies.proposing import LotKey, LotThere
from drillapp.ui.parts.cells import number_words


class LotField(QComboBox):
    """A line to type in with the lots that are there below it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lots: tuple[LotThere, ...] = ()
        self._key: LotKey | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(_("Lot"))
        self.line.setAccessibleName(_("Lot"))
        self.activated.connect(self._on_activated)
        self.line.textEdited.connect(self._on_typed)

    @property
    def line(self) -> QLineEdit:
        """What the keyboard goes into."""
        found = self.lineEdit()
        assert found is not None
        return found

    def key(self) -> LotKey | None:
        """How the line names its lot; None where nothing was chosen or typed."""
        return self._key

    def lot(self) -> LotThere | None:
        """The lot chosen, if it is one of those that are there."""
        return next((lot for lot in self._lots if self._is_meant(lot)), None)

    def choose(self, key: LotKey | None) -> None:
        """Mean a lot, whether it is there or not; None means what expires first."""
        self._key = key
        self.setEditText(_short(key))

    def offer(self, lots: Sequence[LotThere], unit: str, day: date, first: str) -> None:
        """Show what is there; `first` is said where no lot is chosen."""
        self._lots = tuple(lots)
        self.blockSignals(True)
        self.clear()
        self.addItem(first or _("no number"))
        for lot in lots:
            self.addItem(_words(lot, unit, day))
        self.blockSignals(False)
        meant = self.lot()
        if meant is not None:
            self._key = meant.key
        self.setCurrentIndex(-1)
        self.setEditText(_short(self._key))
        self.line.setPlaceholderText(first)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 32)

    def _is_meant(self, lot: LotThere) -> bool:
        if self._key is None:
            return False
        number, expires_on = self._key
        return lot.key == self._key or (expires_on is None and bool(number) and lot.lot == number)

    def _on_activated(self, place: int) -> None:
        self.choose(self._lots[place - 1].key if place else None)
        self.edited.emit()

    def _on_typed(self, text: str) -> None:
        number = text.strip()
        known = next((lot.key for lot in self._lots if number and lot.lot == number), None)
        self._key = known or ((number, None) if number else None)
        self.edited.emit()


def _short(key: LotKey | None) -> str:
    if key is None:
        return ""
    number, expires_on = key
    if number:
        return number
    return _("no number, {day}").format(day=expires_on) if expires_on else _("no number")


def _words(lot: LotThere, unit: str, day: date) -> str:
    """A lot in the list: its number, how much there is, until when it is good and what of it may not be issued."""
    parts = [
        _short((lot.lot, None)) if lot.lot else _("no number"),
        f"{number_words(lot.quantity)} {unit}".strip(),
    ]
    if lot.expires_on:
        expired = lot.expires_on < day
        words = _("expired on {day}") if expired else _("expires {day}")
        parts.append(words.format(day=lot.expires_on))
    if lot.free < lot.quantity and not (lot.expires_on and lot.expires_on < day):
        parts.append(_("{quantity} may be issued").format(quantity=number_words(lot.free)))
    return " · ".join(parts)
