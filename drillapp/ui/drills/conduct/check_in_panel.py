"""Checking people in: by name, by the code of the card they carry, or as a group with a count."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMenu, QSpinBox, QVBoxLayout, QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.conduct.check_in import CheckedIn, check_in, undo_check_in
from drillapp.core.drills.conduct.queries import Roll
from drillapp.core.drills.record.roll import ROLL
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.ui.drills.conduct import times
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_TYPING_MS = 120
_SHOWN = 60
_KEY = int(Qt.ItemDataRole.UserRole)


class _Wanted(NamedTuple):
    name: str = ""
    row_id: int | None = None
    people: int = 1


class CheckInPanel(QWidget):
    """Typing looks in the roll; Enter checks in who was typed, or on a line of the roll that one."""

    refused = Signal(object)
    told = Signal(str)

    def __init__(
        self, session: Session, drill_id: int, *, writes: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._session = session
        self._drill_id = drill_id
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.figure = label("", "heading", parent=self)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Name, phone or card code"))
        self.line.setAccessibleName(_("Who is here"))
        self.line.returnPressed.connect(self.submit)
        self.line.textChanged.connect(lambda _text: self._typing.start())
        self.count = QSpinBox(self)
        self.count.setRange(1, 100_000)
        self.count.setAccessibleName(_("How many people"))
        self.count.setToolTip(_("How many people"))
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.count.setFixedWidth(84)
        self.people = QListWidget(self)
        self.people.setAccessibleName(_("Roll"))
        self.people.itemActivated.connect(self._on_activated)
        self.people.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.people.customContextMenuRequested.connect(self._on_menu)
        for field in (self.line, self.count):
            field.setEnabled(writes)
        self._writes = writes
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(
            row(
                label(_("Check-in"), "strong", parent=self), label("F4", "small", parent=self), 1, self.figure
            )
        )
        layout.addLayout(row(self.line, self.count))
        layout.addWidget(self.people, 1)
        session.changed.connect(self._on_changed)

    def show_roll(self, roll: Roll, expected: int | None) -> None:
        """Show how many are there of how many."""
        of = roll.expected or expected
        present = f"{roll.checked_in:,}"
        self.figure.setText(f"{present} / {of:,}" if of else present)
        self.figure.setToolTip(_("Present / expected"))
        self.figure.setAccessibleName(_("{present} present of {expected} expected").format(
            present=present, expected="?" if of is None else f"{of:,}"
        ))  # fmt: skip

    def look(self) -> None:
        """Show who on the roll may be meant."""
        view = View(text=self.line.text().strip(), conditions=(Condition("drill_id", "=", self._drill_id),))
        self._session.tasks.run_read(
            lambda office, _progress: first_rows(office, ROLL, view, _SHOWN),
            self._on_found,
            owner=self,
            replaces="roll",
        )

    def submit(self) -> None:
        """Check in who was typed."""
        name = self.line.text().strip()
        if name:
            self._check_in(_Wanted(name=name, people=self.count.value()))

    def _check_in(self, wanted: _Wanted) -> None:
        drill_id = self._drill_id
        self._session.tasks.run_write(
            lambda office, _progress: check_in(
                office, drill_id, wanted.name, row_id=wanted.row_id, count=wanted.people
            ),
            self._on_checked_in,
            owner=self,
            failed=self.refused.emit,
        )

    def _on_checked_in(self, result: CheckedIn) -> None:
        words = _("{name} is there.") if not result.is_new else _("{name} is there, and was put on the roll.")
        self.told.emit(words.format(name=result.name))
        self.line.clear()
        self.count.setValue(1)
        self.line.setFocus()

    def _on_found(self, rows: list[Any]) -> None:
        self.people.clear()
        for person in rows:
            item = QListWidgetItem(_words(person))
            item.setData(_KEY, person)
            item.setToolTip(_words(person))
            self.people.addItem(item)

    def _on_activated(self, item: QListWidgetItem) -> None:
        person = item.data(_KEY)
        if self._writes and person.checked_in_at is None:
            self._check_in(_Wanted(row_id=person.id, people=self.count.value()))

    def _on_menu(self, spot: Any) -> None:
        item = self.people.itemAt(spot)
        if item is None or not self._writes or item.data(_KEY).checked_in_at is None:
            return
        key = item.data(_KEY).id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Is not there after all"), lambda: self._undo(key))
        menu.popup(self.people.viewport().mapToGlobal(spot))

    def _undo(self, key: int) -> None:
        def undone(office: Office, _progress: object) -> Changes:
            return undo_check_in(office, key)

        self._session.tasks.run_write(undone, lambda _changes: None, owner=self, failed=self.refused.emit)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("drill_people"):
            self.look()


def _words(person: Any) -> str:
    group = f" × {person.count}" if person.count > 1 else ""
    there = f"✓ {times.wall(person.checked_in_at, seconds=False)}  " if person.checked_in_at else ""
    about = " · ".join(part for part in (person.organisation, person.post) if part)
    return f"{there}{person.name}{group}" + (f"   {about}" if about else "")
