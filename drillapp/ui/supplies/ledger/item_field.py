"""The item of a line: typed as code, name or initials, picked from a list, taken over with Enter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.lookup import Found, find
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.session import Session

_LOOKED_AT = 8


class ItemField(ReferenceField):
    """Tells when an item was taken over."""

    picked = Signal()
    unknown = Signal()
    """Enter on something that is no item."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "items", parent)
        self.line.setAccessibleName(_("Item"))
        self.line.returnPressed.connect(self._on_entered)

    def pick(self, found: Found) -> None:
        super().pick(found)
        self.picked.emit()

    def say_name(self, name: str) -> None:
        """Show what the item is called, where that is known already."""
        self._tell_name(name)

    def _on_entered(self) -> None:
        self._typing.stop()  # else it would ask anew, and what Enter asked for would not be heard of
        text = self.line.text().strip()
        if text:
            self._session.tasks.run_read(
                lambda office, _progress: find(office, "items", text, _LOOKED_AT),
                self._on_answer,
                owner=self,
                replaces="find",
            )

    def _on_answer(self, found: list[Found]) -> None:
        text = self.line.text().strip()
        same = [one for one in found if text in (one.code, one.title)]
        if len(found) == 1 or len(same) == 1:
            self.pick((same or found)[0])
        elif found:
            self._on_found(found)
        else:
            self.unknown.emit()
