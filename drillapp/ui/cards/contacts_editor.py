"""The contacts on a card: typed, or picked from the office's people with their phones."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.units.queries import PEOPLE
from drillapp.ui.parts.editors import LongTextEditor
from drillapp.ui.parts.lookup import Found
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class ContactsEditor(QWidget):
    """An editor of a form (parts.editors): one contact a line, and below it a field to pick a person."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.line = LongTextEditor(self)
        self.line.edited.connect(self.edited)
        self.picker = _PersonPicker(session, self)
        self.picker.picked.connect(self._on_picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.line)
        layout.addWidget(self.picker)
        self.setFocusProxy(self.line)

    def value(self) -> str | None:
        """The contacts, one a line."""
        return self.line.value()

    def set_value(self, value: Any) -> None:
        """Show contacts."""
        self.line.blockSignals(True)
        self.line.set_value(value)
        self.line.blockSignals(False)

    def _on_picked(self, person: Found) -> None:
        self._session.tasks.run_read(
            lambda office, _progress: _contact(office, person.id), self._on_contact, owner=self
        )

    def _on_contact(self, words: str) -> None:
        if words and words not in (self.line.value() or "").splitlines():
            self.line.set_value("\n".join(part for part in (self.line.value(), words) if part))


class _PersonPicker(ReferenceField):
    """Hands over the person picked and is empty again."""

    picked = Signal(object)
    """A Found."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "people", parent)
        self.line.setPlaceholderText(_("Add a person: name or initials"))
        self.line.setAccessibleName(_("Add a person: name or initials"))

    def pick(self, found: Found) -> None:
        self.list.hide()
        self.line.clear()
        self.picked.emit(found)


def _contact(office: Office, person_id: int) -> str:
    """Post, name and phone of somebody, as they stand on a card."""
    found = rows(office, PEOPLE, [person_id])
    return " ".join(part for one in found for part in (one.post, one.name, one.phone) if part)
