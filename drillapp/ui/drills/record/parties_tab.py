"""Who takes part: units picked from the tree, teams, outside bodies, and how many of each are expected and came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.drills.record.parts import PartyLine
from drillapp.core.drills.record.rows import DrillRecord, PartyRow
from drillapp.core.i18n import _
from drillapp.ui.drills.record.part_tab import PartTab, whole_number_of
from drillapp.ui.drills.record.pickers import TeamsDialog, UnitsDialog
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.unit_picker import ChosenUnit
from drillapp.ui.parts.words import button, label
from drillapp.ui.session import Session

_NEW = -1


class PartiesTab(PartTab):
    """A row for each that takes part; a row typed by hand is an outside body."""

    part = "parties"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        columns = (
            ("name", _("Who takes part"), 360), ("role", _("Part played"), 150),
            ("expected", _("Expected"), 110), ("present", _("Came"), 110),
        )  # fmt: skip
        self.table = RecordsEditor(
            columns, _line, _("Taking part"), self, choices={"role": "drill_role"},
            hidden=("id", "unit_id", "team_id"), locked=_locked,
            empty=_("Nobody takes part yet. Choose units and teams, or add a row for an outside body."),
        )  # fmt: skip
        self.table.edited.connect(self._on_edited)
        self.sums = label("", "muted", parent=self)
        self.units = button(_("Units …"), icon="units", parent=self)
        self.units.clicked.connect(self._on_units)
        self.teams = button(_("Teams …"), icon="teams", parent=self)
        self.teams.clicked.connect(self._on_teams)
        for made in (self.units, self.teams):
            made.setAutoDefault(False)
            self.table.buttons.insertWidget(0, made)
        self.table.buttons.addWidget(self.sums)
        self.body.addWidget(
            label(_("A row that is added and written by hand is an outside body."), "small", parent=self)
        )
        self.body.addWidget(self.table, 1)

    def fill(self, record: DrillRecord) -> None:
        self.table.fill(record.parties)
        self._tell_sums()

    def value(self) -> tuple[PartyLine, ...]:
        return self.table.records()

    def add_units(self, units: Sequence[ChosenUnit]) -> None:
        """Let units take part that do not yet."""
        known = {line.unit_id for line in self._lines()}
        rows = [_row(name=unit.name, unit_id=unit.id) for unit in units if unit.id not in known]
        self.table.add_records(rows)

    def add_teams(self, teams: Sequence[Any]) -> None:
        """Let teams take part that do not yet."""
        known = {line.team_id for line in self._lines()}
        rows = [
            _row(name=team.name, team_id=team.id, expected=team.members)
            for team in teams
            if team.id not in known
        ]
        self.table.add_records(rows)

    def _on_units(self) -> None:
        dialog = UnitsDialog(self.session, self)
        dialog.picked.connect(self.add_units)
        dialog.open()

    def _on_teams(self) -> None:
        dialog = TeamsDialog(self.session, self)
        dialog.picked.connect(self.add_teams)
        dialog.open()

    def _on_edited(self) -> None:
        self._tell_sums()
        self.touch()

    def _lines(self) -> tuple[PartyLine, ...]:
        try:
            return self.table.records()
        except ValueError:  # a number is being typed
            return ()

    def _tell_sums(self) -> None:
        lines = self._lines()
        expected, present = (
            sum(getattr(line, name) or 0 for line in lines) for name in ("expected", "present")
        )
        words = _("{count} take part · {expected} people expected · {present} came")
        told = words.format(count=len(lines), expected=f"{expected:,}", present=f"{present:,}")
        self.sums.setText(told if lines else "")


def _row(**said: Any) -> Any:
    """A row of the table for somebody who was picked."""
    return _Picked(PartyRow(id=_NEW, position=0, role="player", **said))


class _Picked:
    """A row that has no key yet."""

    id = None

    def __init__(self, row: PartyRow) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _locked(row: Any) -> Collection[str]:
    """Units and teams have their own name."""
    return () if row.unit_id is None and row.team_id is None else ("name",)


def _line(said: dict[str, Any]) -> PartyLine:
    is_outside = said["unit_id"] is None and said["team_id"] is None
    return PartyLine(
        id=said["id"],
        unit_id=said["unit_id"],
        team_id=said["team_id"],
        name=said["name"] if is_outside else None,
        role=said["role"] or None,
        expected=whole_number_of(said["expected"]),
        present=whole_number_of(said["present"]),
    )
