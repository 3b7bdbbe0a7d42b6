"""A page of the record's dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.i18n import _
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class PartTab(QWidget):
    """Shows a part of the record; what is edited there is saved with the others, when it was touched."""

    edited = Signal()
    part = ""
    """The field of RecordParts that it writes; empty for one whose changes are saved at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.record: DrillRecord | None = None
        self.is_touched = False
        self.setProperty("ground", "surface")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, GRID, 0, 0)
        self.body.setSpacing(GRID)

    def show_record(self, record: DrillRecord) -> None:
        """Show the record as it is kept; what was typed and not saved stays."""
        self.record = record
        if not self.is_touched:
            self.fill(record)

    def fill(self, record: DrillRecord) -> None:
        """Show what the part says."""
        raise NotImplementedError

    def value(self) -> Any:
        """The part as it is to be written; raises ValueError with a sentence for what cannot be."""
        raise NotImplementedError

    def touch(self) -> None:
        """Take note that something was edited."""
        self.is_touched = True
        self.edited.emit()


def number_of(text: str, *, whole: bool = False) -> float | None:
    """What was typed in a cell for a number; raises ValueError with a sentence."""
    plain = text.translate(_FULL_WIDTH).replace(",", "").strip()
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(_("'{value}' is not a number.").format(value=text)) from None
    if whole and not number.is_integer():
        raise ValueError(_("'{value}' is not a whole number.").format(value=text))
    return int(number) if number.is_integer() else number


def whole_number_of(text: str) -> int | None:
    """What was typed in a cell for a count; raises ValueError with a sentence."""
    number = number_of(text, whole=True)
    return None if number is None else int(number)


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
