"""Asking for supplies: what from whom, where it is needed and until when; one request for each storehouse asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.aid.commands import Drafted, change_aid, draft_aid
from drillapp.core.supplies.aid.entries import Asking, Wanted
from drillapp.core.supplies.aid.rows import AidView
from drillapp.core.supplies.aid.who_has import HolderRow
from drillapp.core.supplies.quantities import from_float
from drillapp.ui.errors import words_of
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import LongTextEditor
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target

_READ_ONLY = ("place", "name", "available")
_SHOWN_PROBLEMS = 4


class Offer(Struct, frozen=True):
    """What a storehouse could give, and how much of it is asked for."""

    storehouse: str
    item: str
    place: str
    name: str
    available: str
    quantity: str

    @classmethod
    def of(cls, row: HolderRow) -> Offer:
        """What a row of 'who has it' offers: as much as is needed, or all of it."""
        unit = row.unit_of_measure or ""
        return cls(
            row.storehouse, row.item, f"{row.storehouse_name} ({row.unit_name})", row.item_name,
            f"{from_float(row.available)} {unit}".strip(), from_float(row.take or row.available),
        )  # fmt: skip


class AskDialog(Dialog):
    """Drafts requests, or changes a draft."""

    def __init__(
        self,
        session: Session,
        offers: Sequence[Offer],
        unit_code: str = "",
        parent: QWidget | None = None,
        *,
        draft: AidView | None = None,
    ) -> None:
        super().__init__(_("Ask for supplies") if draft is None else _("Change the draft"), parent, width=760)
        self._session = session
        self._draft = draft
        self.body.addWidget(label(self.windowTitle(), "heading", parent=self))
        told = _("One request is drafted for each storehouse; its letter can be printed then.")
        if draft is None:
            self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        columns = (
            ("place", _("From storehouse"), 260), ("name", _("Item name"), 150), ("available", _("Can be given"), 110),
            ("quantity", _("Asked for"), 110),
        )  # fmt: skip
        self.lines = RecordsEditor(
            columns, lambda texts: Offer(**texts), _("What is asked for"), self,
            hidden=("storehouse", "item"), locked=lambda _offer: _READ_ONLY, adds=False,
        )  # fmt: skip
        self.lines.fill(list(offers))
        leave_out_moving(self.lines)
        self.body.addWidget(self.lines, 1)
        self.fields = CheckedFields(self)
        self.place = ReferenceField(session, "storehouses", self)
        self.fields.add("to_storehouse", _("Needed at (storehouse)"), self.place, required=True)
        self.fields.add("needed_by", _("Needed by"), DateField(self))
        self.fields.add("reason", _("What it is for"), LongTextEditor(self))
        self.body.addWidget(self.fields)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Draft the requests") if draft is None else _("Save"), accepts=True)
        self.resize(820, 620)
        self._begin(unit_code)

    def accept(self) -> None:
        """Draft the requests; the dialog closes when that has worked."""
        said = self.fields.values()
        if said is None or not self.go.isEnabled():
            return
        try:
            askings = _askings(self.lines.records(), said)
        except InvalidInput as error:
            self._tell(error)
            return
        draft = self._draft
        self._tell(None)
        self.go.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: _write(office, askings, draft),
            self._on_done, owner=self, failed=self._on_failed, title=self.windowTitle(),
        )  # fmt: skip

    def _begin(self, unit_code: str) -> None:
        if self._draft is not None:
            self.place.set_value(self._draft.asker.storehouse)
            self.fields.editor("needed_by").set_value(self._draft.needed_by)
            self.fields.editor("reason").set_value(self._draft.reason)
        elif unit_code:
            self._session.tasks.run_read(
                lambda office, _progress: _own_storehouse(office, unit_code), self._on_place, owner=self
            )

    def _on_place(self, code: str | None) -> None:
        if code and not self.place.value():
            self.place.set_value(code)

    def _on_done(self, done: Drafted | Changes) -> None:
        super().accept()
        if isinstance(done, Drafted):
            self._session.said.emit(_("Drafted: {numbers}").format(numbers=_(", ").join(done.numbers)))
            only = done.ids[0] if len(done.ids) == 1 else None
            self._session.go(Target("supplies", "aid_requests", only))
        else:
            self._session.said.emit(_("Saved"))

    def _on_failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if self.fields.tell(error):
            return
        if isinstance(error, DrillappError):
            self._tell(error)
        else:
            self._session.tasks.tell_error(error)

    def _tell(self, error: DrillappError | None) -> None:
        sentences: list[str] = []
        if isinstance(error, InvalidInput) and error.problems:
            sentences = list(dict.fromkeys(problem.message for problem in error.problems))[:_SHOWN_PROBLEMS]
        elif error is not None:
            sentences = [words_of(error)]
        self.problem.setText("\n".join(sentences))
        self.problem.setVisible(bool(sentences))


def leave_out_moving(lines: RecordsEditor, *, removing: bool = True) -> None:
    """Keep of a table's buttons the one that takes a row away, or none: the order of its rows means nothing."""
    for place in range(1 if removing else 0, lines.buttons.count()):
        item = lines.buttons.itemAt(place)
        widget = None if item is None else item.widget()
        if widget is not None and not (removing and place == 1):
            widget.hide()


def _askings(offers: Sequence[Offer], said: dict[str, Any]) -> list[Asking]:
    """One request for each storehouse, of the rows that ask for something."""
    wanted: dict[str, list[Wanted]] = {}
    for offer in offers:
        if offer.quantity:
            wanted.setdefault(offer.storehouse, []).append(Wanted(offer.item, _number(offer)))
    return [
        Asking(
            from_storehouse=storehouse, to_storehouse=said["to_storehouse"], wanted=tuple(lines),
            needed_by=said["needed_by"], reason=said["reason"] or "",
        )
        for storehouse, lines in wanted.items()
    ]  # fmt: skip


def _number(offer: Offer) -> float:
    try:
        return float(offer.quantity)
    except ValueError:
        raise InvalidInput(
            _("'{value}' is no number: {item} of {place}.").format(
                value=offer.quantity, item=offer.name, place=offer.place
            ),
            field="wanted",
        ) from None


def _write(office: Office, askings: list[Asking], draft: AidView | None) -> Drafted | Changes:
    if draft is None:
        return draft_aid(office, askings)
    if not askings:
        raise InvalidInput(_("Nothing is asked for."), field="wanted")
    return change_aid(office, draft.id, askings[0])


def _own_storehouse(office: Office, unit_code: str) -> str | None:
    """The storehouse of a unit, if it has only one; of several the first."""
    view = View(conditions=(Condition("unit_code", "=", unit_code),), sort=(("code", False),))
    rows = first_rows(office, KINDS["storehouses"].listing, view, 1)
    return rows[0].code if rows else None
