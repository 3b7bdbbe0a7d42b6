"""Tabs with the records that belong to a team: a short table, with what enters, changes and retires them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Column, Condition, View
from drillapp.ui.parts import tones
from drillapp.ui.parts.cells import Tones
from drillapp.ui.parts.detail import DetailTab, MakeTab
from drillapp.ui.parts.fields import fields_of, hinted
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.source import ListingSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_OF_TEAM: Mapping[str, Mapping[str, Any]] = {"unit_code": {"type": None}, "team": {"type": None}}


class Part(NamedTuple):
    """What such a tab is of."""

    kind: str
    record_label: str
    """English message id of one record, for the form's title."""
    add_label: str
    """English message id of the button that enters one."""
    empty_label: str
    """English message id: what is said while there is none."""
    columns: tuple[str, ...]
    """The columns shown, by name."""
    tones: Tones = MappingProxyType({})
    fields: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """What the form shows otherwise than usual."""
    sort: tuple[tuple[str, bool], ...] = ()


class PartTab(DetailTab):
    """The records of a part, with what can be done with them."""

    def __init__(self, session: Session, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.part = session, part
        self._team: Any = None
        self.table = Table(
            _source(self.part.kind, self.part.columns),
            session,
            f"{self.part.kind}-of-team",
            self.part.tones,
            self,
        )
        self.table.placeholder.empty_text = _("Nothing here yet")
        self.table.placeholder.empty_hint = _(self.part.empty_label)
        self.table.opened.connect(lambda _row: self.change())
        self.table.selection_changed.connect(self._refresh)
        self.add = button(_(self.part.add_label), icon="add", parent=self)
        self.edit = button(_("Edit"), icon="edit", parent=self)
        self.gone = button(_("Retire"), icon="retire", parent=self)
        for made, done in ((self.add, self.enter), (self.edit, self.change), (self.gone, self.retire)):
            made.clicked.connect(done)
        self.bar = row(self.add, self.edit, self.gone, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(self.bar)
        layout.addWidget(self.table, 1)
        self._refresh(0)

    def show_row(self, row: Any) -> None:
        is_other = self._team is None or self._team.id != row.id
        self._team = row
        if is_other:
            self.table.set_view(View(conditions=(Condition("team_id", "=", row.id),), sort=self.part.sort))
        else:
            self.table.refresh()

    def enter(self) -> None:
        """Open the form for a new record of the team."""
        if self._team is not None:
            dialog = self._form(_("New: {record}"))
            dialog.begin_new({})

    def change(self) -> None:
        """Open the form for the record under the cursor."""
        row = self.table.current_row()
        if row is not None and not self.session.is_read_only:
            self._form(_("Edit: {record}")).begin_edit(row)

    def retire(self) -> None:
        """Take the selected records out of use."""
        from drillapp.ui.parts.retire_dialog import RetireDialog

        keys = self.table.selected_keys()
        if keys:
            dialog = RetireDialog(self.session, self.part.kind, keys, retired=False, parent=self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _form(self, title: str) -> FormDialog:
        kind = KINDS[self.part.kind]
        fields = fields_of(kind, {**_OF_TEAM, **self.part.fields})
        dialog = FormDialog(self.session, title.format(record=_(self.part.record_label)), kind, fields, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.form.keep({"unit_code": self._team.unit_code, "team": self._team.name})
        dialog.saved.connect(lambda _saved: self.session.said.emit(_("Saved")))
        return dialog

    def _refresh(self, selected: int) -> None:
        may = not self.session.is_read_only
        self.add.setEnabled(may)
        self.edit.setEnabled(may and selected == 1)
        self.gone.setEnabled(may and selected > 0)


MEMBERS = Part(
    "team_members",
    record_label="Member",
    add_label="Add a member",
    empty_label="Name the members one by one, or import them; until then the number given counts.",
    columns=(
        "name",
        "role",
        "state",
        "phone",
        "qualification",
        "qualified_until",
        "insured_until",
        "left_on",
    ),
    tones=tones.TEAM_MEMBERS,
    fields={
        "name": {"wide": False},
        "note": {"type": "long", "wide": True},
        "left_on": hinted(hint_label="The first day on which the member is not there any more."),
    },
)
EQUIPMENT = Part(
    "team_equipment",
    record_label="Required equipment",
    add_label="Add an item",
    empty_label="Say what the team must have; what is there comes from its storehouse.",
    columns=("item_name", "quantity", "available", "unit_of_measure", "state"),
    tones=tones.TEAMS,
)
AGREEMENTS = Part(
    "team_agreements",
    record_label="Agreement",
    add_label="Add an agreement",
    empty_label="No agreement is entered.",
    columns=("partner", "state", "valid_until", "scope", "number", "valid_from"),
    tones=tones.TEAM_AGREEMENTS,
    fields={"scope": {"type": "long", "wide": True}, "partner": {"wide": True}},
)


def part_tab(part: Part) -> MakeTab:
    """How to make the tab of a part."""
    return lambda session: PartTab(session, part)


def _source(kind: str, names: Sequence[str]) -> ListingSource:
    """The rows of a kind with these columns alone, in this order."""
    listing = KINDS[kind].listing
    columns: dict[str, Column] = {column.name: column for column in listing.columns}
    return ListingSource(listing._replace(columns=tuple(columns[name] for name in names)))
