"""The roll: typed line by line, taken from the people of units, or from a sign-in list; each is saved as it is added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from drillapp.core import plain
from drillapp.core.drills.record.roll import ROLL, Enrolled, PersonEntry, enrol, enrol_units, strike
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.i18n import _
from drillapp.core.ledgers.importing import ImportResult
from drillapp.core.ledgers.sign_in import import_sign_in
from drillapp.core.listing import Condition, View
from drillapp.ui.drills.quick_entry import QuickEntry
from drillapp.ui.drills.record.part_tab import PartTab
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.editors import ChoiceEditor, FlagEditor, NumberEditor, TextEditor
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.parts.source import ListingSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session

_MOST_TOLD = 100
_LISTS = "*.xlsx *.xls *.csv"


class RollTab(PartTab):
    """A line to add somebody, the roll below it, however long."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.entry = QuickEntry(session, self._enrol, _person, self)
        self.entry.add_field(
            "name", _("Name, or what a group is called"), TextEditor(self), stretch=2, required=True
        )
        self.entry.add_field("organisation", _("Organisation"), TextEditor(self), stretch=2, keeps=True)
        self.entry.add_field("post", _("Post"), TextEditor(self), stretch=1)
        self.entry.add_field(
            "role", _("Part played"), ChoiceEditor("drill_role", self), width=130, keeps=True
        )
        self.entry.add_field("phone", _("Phone"), TextEditor(self), width=130)
        self.entry.add_field("count", _("How many"), NumberEditor(self, whole=True), width=70)
        self.entry.added.connect(self._on_changed)
        self.table = Table(ListingSource(ROLL), session, "drill-roll", parent=self)
        self.table.placeholder.empty_text = _("Nobody is on the roll yet")
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(_("Filter"))
        self.text.setAccessibleName(_("Look for somebody on the roll"))
        self.text.textChanged.connect(lambda _text: self._look())
        self.sums = label("", "muted", parent=self)
        self.units = button(_("People of the units"), icon="units", parent=self)
        self.units.clicked.connect(self._on_units)
        self.bring = button(_("Sign-in list …"), icon="import", parent=self)
        self.bring.clicked.connect(self._on_import)
        self.present = FlagEditor(_("All in the list were there"), self)
        self.strike = button(_("Take off the roll"), icon="close", parent=self)
        self.strike.clicked.connect(self._on_strike)
        self.table.selection_changed.connect(lambda count: self.strike.setEnabled(bool(count)))
        self.strike.setEnabled(False)
        for made in (self.units, self.bring, self.strike):
            made.setAutoDefault(False)
        self.body.addWidget(self.entry)
        self.body.addLayout(row(self.units, self.bring, self.present, 1, self.strike))
        self.body.addLayout(row(self.text, self.sums, 1))
        self.body.addWidget(self.table, 1)

    def fill(self, record: DrillRecord) -> None:
        roll = record.roll
        words = _("{people} people in {lines} lines · {present} checked in")
        told = words.format(people=f"{roll.people:,}", lines=f"{roll.lines:,}", present=f"{roll.present:,}")
        self.sums.setText(told if roll.lines else "")
        self._look()

    def import_list(self, path: Path) -> None:
        """Bring a sign-in list in."""
        drill_id, present = self._drill_id, self.present.value()
        self.session.tasks.run_write(
            lambda office, progress: import_sign_in(
                office, drill_id, path, present=present, progress=progress
            ),
            self._on_imported,
            owner=self,
            title=_("Importing"),
        )

    @property
    def _drill_id(self) -> int:
        assert self.record is not None
        return self.record.drill.id

    def _enrol(self, office: Any, entries: list[PersonEntry]) -> Enrolled:
        return enrol(office, self._drill_id, entries)

    def _look(self) -> None:
        if self.record is not None:
            condition = Condition("drill_id", "=", self._drill_id)
            self.table.set_view(View(text=self.text.text().strip(), conditions=(condition,)))

    def _on_changed(self) -> None:
        self.edited.emit()

    def _on_units(self) -> None:
        drill_id = self._drill_id
        self.session.tasks.run_write(
            lambda office, _progress: enrol_units(office, drill_id), self._on_enrolled, owner=self
        )

    def _on_enrolled(self, enrolled: Enrolled) -> None:
        words = _("{added} put on the roll, {known} stood there already.")
        if enrolled.added + enrolled.known:
            told = words.format(added=enrolled.added, known=enrolled.known)
        else:
            told = _("No unit that takes part has people in the office's records; save who takes part first.")
        self.session.said.emit(told)
        self.edited.emit()

    def _on_import(self) -> None:
        kinds = _("Spreadsheets ({patterns})").format(patterns=_LISTS)
        path = ask_open(self.session, self, _("Sign-in list"), kinds, "import")
        if path is not None:
            self.import_list(path)

    def _on_imported(self, result: ImportResult) -> None:
        if result.errors:
            self.show_errors(result).open()
            return
        words = _("{added} put on the roll, {known} stood there already.")
        self.session.said.emit(words.format(added=result.created, known=result.unchanged))
        self.edited.emit()

    def show_errors(self, result: ImportResult) -> Message:
        """Every bad row of a list, of which nothing was taken."""
        sentence = _("{count} rows of the list are wrong; nothing was written.").format(count=result.rejected)
        message = Message(
            _("Sign-in list"), sentence, _("Correct these cells and bring it in again."), parent=self
        )
        details = QPlainTextEdit("\n".join(map(plain.import_error, result.errors[:_MOST_TOLD])), message)
        details.setReadOnly(True)
        details.setAccessibleName(_("What is wrong"))
        message.add_details(details)
        return message

    def _on_strike(self) -> None:
        drill_id, keys = self._drill_id, self.table.selected_keys()
        self.session.tasks.run_write(
            lambda office, _progress: strike(office, drill_id, keys),
            lambda _changes: self.edited.emit(),
            owner=self,
        )


def _person(values: dict[str, Any], _office: Any) -> PersonEntry:
    return PersonEntry(**values | {"count": 1 if values["count"] is None else values["count"]})
