"""Who takes part in drills: the units of the scope against their head count, and the people, also those who never did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from drillapp.core.drills.participation import (
    PersonParticipation,
    UnitParticipation,
    drills_of_person,
    drills_taken_part,
    participation,
    people_taking_part,
)
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.office import Office
from drillapp.ui.drills.reporting.share_column import show_shares, times
from drillapp.ui.drills.reporting.year_switch import YearSwitch
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.print_list import print_list
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_UNIT_COLUMNS = (
    Column("unit", "Unit code", width=140),
    Column("unit_name", "Unit", width=200),
    Column("drills", "Drills", "number", 80),
    Column("attendances", "Attendances", "number", 100),
    Column("headcount", "Head count", "number", 90),
    Column("per_head", "Per head", "number", 200),
    Column("people", "People known", "number", 120),
    Column("people_taking_part", "Of them took part", "number", 140),
)
_PEOPLE_COLUMNS = (
    Column("name", "Name", width=130),
    Column("post", "Post", width=150),
    Column("key_person", "Key person", "flag", 100),
    Column("unit_name", "Unit", width=240),
    Column("drills", "Drills in the year", "number", 130),
    Column("last_on", "Last drill", "date", 120),
)
_UNITS, _PEOPLE, _NEVER = range(3)


class _UnitRow(NamedTuple):
    id: int
    unit: str
    unit_name: str
    drills: int
    attendances: int
    headcount: int | None
    per_head: float | None
    people: int
    people_taking_part: int


class _PersonRow(NamedTuple):
    id: int
    name: str
    post: str | None
    key_person: bool
    unit_name: str
    drills: int
    last_on: date | None


class ParticipationView(Page):
    """A year; a double click on a line shows the drills behind it."""

    kinds = frozenset({"drills", "drill_people", "drill_parties", "people", "units"})
    drills_wanted = Signal(object, str)
    """Keys of drills, and words for what they have in common."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.years = YearSwitch(session.as_of.year, self)
        self.years.changed.connect(lambda _year: self.reload())
        self.choice = QButtonGroup(self)
        words = (_("By unit"), _("By person"), _("Never took part"))
        self.buttons = [self._chip(place, said) for place, said in enumerate(words)]
        self.buttons[_UNITS].setChecked(True)
        self.told = label("", "small", parent=self)
        self.print = button(_("Print"), role="ghost", icon="print", parent=self)
        self.print.clicked.connect(self.print_out)
        self.export = button(_("Export …"), role="ghost", icon="export", parent=self)
        self.export.clicked.connect(self.take_out)
        self._units, self._people = FixedSource(_UNIT_COLUMNS), FixedSource(_PEOPLE_COLUMNS)
        self.units = Table(self._units, session, "participation-units", parent=self)
        self.people = Table(self._people, session, "participation-people", parent=self)
        show_shares(self.units, ("per_head",), times)
        self.units.opened.connect(partial(self._on_opened, self._of_unit))
        self.people.opened.connect(partial(self._on_opened, self._of_person))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.units)
        self._stack.addWidget(self.people)
        head = row(self.years, *self.buttons, self.told, 1, self.print, self.export)
        head.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def reload(self) -> None:
        unit, year, choice = self.session.scope.unit_id, self.years.year, self.choice.checkedId()
        self._stack.setCurrentIndex(min(choice, _PEOPLE))
        work, then = (_by_unit, self._on_units) if choice == _UNITS else (_by_person, self._on_people)
        self.session.tasks.run_read(
            lambda office, _progress: work(office, unit, year, choice == _NEVER),
            then,
            owner=self,
            replaces="participation",
        )

    def print_out(self) -> None:
        """Show what is seen as it will be printed."""
        if self.choice.checkedId() == _UNITS:
            preview_report(
                self.session, "participation", _("Taking part in drills"), self,
                unit_code=self.session.scope.code or None, number=str(self.years.year),
            )  # fmt: skip
        else:
            print_list(self.session, self.people, self.buttons[self.choice.checkedId()].text())

    def take_out(self) -> None:
        """Ask where to, and write what is seen there."""
        proposed = f"{_('Taking part in drills')} {self.years.year}.xlsx"
        forms = _("Excel (*.xlsx);;Text (*.csv)")
        path = ask_save(self.session, self, _("Export the table"), proposed, forms, "export")
        if path is not None:
            self.write_table(path)

    def write_table(self, path: Path) -> None:
        """Write what is seen as a spreadsheet."""
        unit, year, choice = self.session.scope.unit_id, self.years.year, self.choice.checkedId()
        self.session.tasks.run_read(
            lambda office, _progress: _export(office, unit, year, choice, path),
            lambda count: self.session.said.emit(
                _("{count} rows written to {file}").format(count=count, file=path.name)
            ),
            owner=self,
            title=_("Exporting"),
        )

    def _chip(self, place: int, words: str) -> QPushButton:
        made = button(words, role="chip", checkable=True, parent=self)
        self.choice.addButton(made, place)
        made.clicked.connect(lambda: self.reload())
        return made

    def _on_units(self, found: list[UnitParticipation]) -> None:
        rows = [
            _UnitRow(
                one.unit_id, one.unit, one.unit_name, one.drills, one.attendances, one.headcount, one.per_head, one.people,
                one.people_taking_part,
            )
            for one in found
        ]  # fmt: skip
        without = sum(not one.drills for one in found)
        words = _("{count} units, {without} of them without a drill")
        self._show(
            self.units, self._units, rows, words.format(count=f"{len(rows):,}", without=f"{without:,}")
        )

    def _on_people(self, found: list[PersonParticipation]) -> None:
        rows = [
            _PersonRow(
                one.person_id, one.name, one.post, one.key_person, one.unit_name, one.drills, one.last_on
            )
            for one in found
        ]
        self._show(self.people, self._people, rows, _("{count} people").format(count=f"{len(rows):,}"))

    def _show(self, table: Table, source: FixedSource, rows: Sequence[Any], words: str) -> None:
        source.fill(rows)
        table.set_view(View())
        self.told.setText(words)

    def _on_opened(self, of: Callable[[Office, int], list[int]], one: Any | None) -> None:
        if one is not None:
            words = one.name if isinstance(one, _PersonRow) else f"{one.unit_name} {self.years.year}"
            self.session.tasks.run_read(
                lambda office, _progress: of(office, one.id),
                lambda keys: self.drills_wanted.emit(keys, words),
                owner=self,
            )

    def _of_unit(self, office: Office, unit_id: int) -> list[int]:
        return drills_taken_part(office, unit_id, self.years.year)

    def _of_person(self, office: Office, person_id: int) -> list[int]:
        return drills_of_person(office, person_id)


def _by_unit(office: Office, unit_id: int | None, year: int, _never: bool) -> list[UnitParticipation]:
    return participation(office, unit_id, year)


def _by_person(office: Office, unit_id: int | None, year: int, never: bool) -> list[PersonParticipation]:
    return people_taking_part(office, unit_id, year, never_only=never)


def _export(office: Office, unit_id: int | None, year: int, choice: int, path: Path) -> int:
    # The ledgers bring what a start does without.
    from drillapp.core.ledgers.participation_sheets import export_participation, export_people_taking_part

    if choice == _UNITS:
        return export_participation(office, unit_id, year, path)
    return export_people_taking_part(office, unit_id, year, path, never_only=choice == _NEVER)
