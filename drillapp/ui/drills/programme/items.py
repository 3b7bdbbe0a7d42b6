"""The drills of a programme as an ordinary list: entered, changed, scheduled, repeated, dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.programme.commands import drop_items, restore_items, save_items
from drillapp.core.drills.programme.entries import ItemEntry
from drillapp.core.drills.programme.queries import (
    PROGRAMME_ITEMS,
    changes_of,
    duties_of_item,
    items_listing,
)
from drillapp.core.drills.programme.rows import ProgrammeRow
from drillapp.core.drills.programme.scheduling import Scheduled, schedule_items
from drillapp.core.i18n import _
from drillapp.core.kinds import Kind
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.rules.book import rule_book
from drillapp.ui.drills.programme.dialogs import ProgrammeDialog, repetition
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.fields import Field, fields_of
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

KIND = Kind("programme_items", ItemEntry, save_items, PROGRAMME_ITEMS)
Chosen = Callable[[], ProgrammeRow]


class ItemsPane(ListPane):
    """The items of the programme that is chosen."""

    def __init__(self, session: Session, chosen: Chosen, parent: QWidget | None = None) -> None:
        self._chosen = chosen
        super().__init__(session, _spec(chosen), parent)

    @property
    def is_approved(self) -> bool:
        """Whether changes need a reason."""
        return self._chosen().approved_on is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tighten(self.width() - 6 * GRID)

    def enter_new(self, values: Mapping[str, Any] | None = None) -> None:
        likely = {"unit_code": self.session.scope.code or self._chosen().unit_code, "purpose": "testing"}
        super().enter_new(likely | dict(values or {}))

    def edit(self) -> None:
        row = self.table.current_row()
        if row is not None and not self.session.is_read_only:
            self._form(row).begin_edit(row)

    def schedule(self) -> None:
        """Make drills of the selected items."""
        schedule(self.session, self.table.selected_keys(), self)

    def repeat(self) -> None:
        """Add further drills like the one under the cursor."""
        row = self.table.current_row()
        if row is not None:
            _opened(repetition(self.session, row, self.is_approved, self))

    def drop(self) -> None:
        """Take the selected items out of the programme, or put them back if the one under the cursor is out."""
        row, keys = self.table.current_row(), self.table.selected_keys()
        if row is None or not keys:
            return
        back = row.state == "dropped"
        title = _("Put back into the programme") if back else _("Drop from the programme")
        sentence = _("{count} drills").format(count=len(keys))
        if not back:
            told = _("{drills}; drills that are scheduled and have not begun are taken out of use.")
            sentence = told.format(drills=sentence)
        dialog = ProgrammeDialog(self.session, title, sentence, _("Put back") if back else _("Drop"), self)
        dialog.back.setText(_("Keep it"))  # to cancel is what is asked about
        if not back or self.is_approved:
            dialog.ask_reason()
        if back:
            dialog.work = lambda office, values: restore_items(office, keys, values.get("reason"))
        else:
            dialog.work = lambda office, values: drop_items(office, keys, values["reason"])
        _opened(dialog)


def schedule(session: Session, item_ids: list[int], parent: QWidget) -> None:
    """Make drills of items and say what came of it."""
    session.tasks.run_write(
        lambda office, _progress: schedule_items(office, item_ids),
        lambda done: _tell_scheduled(session, done, parent),
        owner=parent,
        title=_("Scheduling"),
    )


def _tell_scheduled(session: Session, done: Scheduled, parent: QWidget) -> None:
    session.said.emit(_("Scheduled: {count}").format(count=len(done.numbers)))
    if done.refused:
        sentence = _("{count} could not be scheduled:").format(count=len(done.refused))
        told = Message(_("Schedule"), "\n".join((sentence, *done.refused[:8])), parent=parent)
        _opened(told)


def _opened(dialog: Any) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _spec(chosen: Chosen) -> ListSpec:
    return ListSpec(
        "programme_items",
        label="Drills of the programme",
        record_label="Drill of the programme",
        chips=(
            Chip("state", label="State", enumeration="programme_item_state"),
            Chip("content", label="Content", enumeration="drill_content"),
            Chip("form", label="Form", enumeration="drill_form"),
        ),
        tones=tones.PROGRAMME_ITEMS,
        tabs=(
            Tab(label="Settles", make=sections_tab(_settled)),
            Tab(label="Changes", make=sections_tab(_changes)),
        ),
        actions=(
            Action(label="Edit", icon="edit", done=_does("edit"), needs=1, writes=True),
            Action(label="Schedule", icon="calendar", done=_does("schedule"), needs=2, writes=True),
            Action(
                label="Repeat …", icon="refresh", done=_does("repeat"), needs=1, role="ghost", writes=True
            ),
            Action(
                label="Drop or put back",
                icon="retire",
                done=_does("drop"),
                needs=2,
                role="ghost",
                writes=True,
            ),
        ),
        listing=items_listing(lambda: chosen().id),
        retires=False,
        form=lambda pane, row: _form(pane, row, chosen()),
        new_label="Add a drill",
        panel=300,
    )


def _does(name: str) -> Callable[[ListPane], object]:
    """What of the pane a button calls."""
    return lambda pane: getattr(pane, name)()


def _form(pane: ListPane, row: Any | None, programme: ProgrammeRow) -> FormDialog:
    changes: dict[str, dict[str, Any]] = {"programme_id": {"type": None}, "note": {"type": "long"}}
    if programme.approved_on is None:
        changes["reason"] = {"type": None}
    else:
        changes["reason"] = {"type": "long", "required": True, "label": _REASON.label}
    title = _("Add a drill to the programme") if row is None else _("Edit a drill of the programme")
    dialog = FormDialog(pane.session, title, KIND, fields_of(KIND, changes), pane)
    dialog.form.keep({"programme_id": programme.id})
    return dialog


_REASON = Field("reason", label="Reason for the change")


def _settled(office: Office, row: Any) -> list[Section]:
    """The duties that the item settles, and the drill that it became."""
    known = rule_book(office).known
    lines = []
    for duty in duties_of_item(office, row.id):
        rule = known.get(duty.rule)
        title = " · ".join(filter(None, (rule.title if rule else duty.rule, duty.plan_title)))
        due = _("due by {day}").format(day=duty.due_on)
        words = " · ".join(filter(None, (due, rule.article if rule else "")))
        mark = "" if duty.is_in_time else _("planned too late")
        lines.append(RecordLine(title, words, mark, "red", wraps=True))
    sections = [Section(_("Duties that it settles"), lines, empty=_("It settles no duty."))]
    if row.drill_number is not None:
        target = Target("drills", "drills", choices={"number": frozenset((row.drill_number,))})
        sections.append(Section(_("Drill"), [RecordLine(row.title, row.drill_number, target=target)]))
    return sections


def _changes(office: Office, row: Any) -> list[Section]:
    """What was changed in the item since the approval, and why."""
    lines = []
    for one in changes_of(office, row.programme_id, row.id):
        when = local_moment(one.changed_at).strftime("%Y-%m-%d %H:%M")
        lines.append(RecordLine(one.reason, f"{when} · {one.who}"))
    return [Section(_("Changes since the approval"), lines, empty=_("None"))]
