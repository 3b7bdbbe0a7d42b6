"""How groups of a team take turns: from when to when, which shifts, how many in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QWidget

from drillapp.core.errors import Conflict, DrillappError
from drillapp.core.i18n import _
from drillapp.core.teams.duty import DutyDone, rotate
from drillapp.core.teams.shifts import WEEK, Hand, Rotation
from drillapp.ui.errors import words_of
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import NumberEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_WEEKS = 4
_USUAL_SIZE = 3


class ShiftsField(QComboBox):
    """Whole days, day and night, or one of the two."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for words, shifts in (
            (_("Whole day"), ("whole",)), (_("Day and night"), ("day", "night")), (_("Day only"), ("day",)),
            (_("Night only"), ("night",)),
        ):  # fmt: skip
            self.addItem(words, shifts)
        self.activated.connect(lambda _place: self.edited.emit())

    def value(self) -> tuple[str, ...]:
        """Codes of the shifts."""
        return tuple(self.currentData())

    def set_value(self, value: Sequence[str]) -> None:
        """Choose shifts."""
        self.setCurrentIndex(max(self.findData(tuple(value)), 0))


class RotationDialog(Dialog):
    """Fills the days when it is accepted."""

    done_with = Signal(object)
    """DutyDone (drillapp.core.teams.duty)."""

    def __init__(
        self, session: Session, team: Any, monday: date, hands: Sequence[Hand], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Fill by rotation"), parent, width=460)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._team = session, team
        self.body.addWidget(label(_("Fill by rotation"), "heading", parent=self))
        self.fields = CheckedFields(self)
        first, last = DateField(self), DateField(self)
        first.set_value(monday)
        last.set_value(monday + timedelta(days=_WEEKS * WEEK - 1))
        size = NumberEditor(self, whole=True)
        size.set_value(min(_USUAL_SIZE, max(len(hands), 1)))
        self.fields.add("first", _("First day"), first, required=True)
        self.fields.add("last", _("Last day"), last, required=True)
        self.fields.add("shifts", _("Shifts"), ShiftsField(self), required=True)
        self.fields.add("size", _("Members in each shift"), size, required=True)
        self.body.addWidget(self.fields)
        self.body.addWidget(label(_("Who, in this order (drag to change it)"), "label", parent=self))
        self.members = _member_list(hands, self)
        self.body.addWidget(self.members, 1)
        self.replace = QCheckBox(_("Replace who is on duty then"), self)
        self.body.addWidget(self.replace)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.add_closing(_("Fill"), accepts=True)

    def accept(self) -> None:
        """Fill the days; the dialog closes when that has worked."""
        said = self.fields.values()
        if said is None:
            return
        members = [item.data(Qt.ItemDataRole.UserRole) for item in self._items() if _is_checked(item)]
        if not members:
            self._tell(_("Choose at least one member."))
            return
        rotation = Rotation(said["first"], said["last"], said["shifts"], said["size"])
        team, replace = self._team.id, self.replace.isChecked()
        self._session.tasks.run_write(
            lambda office, _progress: rotate(office, team, rotation, members, replace=replace),
            self._on_filled,
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.members.item(place) for place in range(self.members.count())]

    def _on_filled(self, done: DutyDone) -> None:
        super().accept()
        self.done_with.emit(done)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
        elif isinstance(error, Conflict) or not self.fields.tell(error):
            self._tell(words_of(error))

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _member_list(hands: Sequence[Hand], parent: QWidget) -> QListWidget:
    made = QListWidget(parent)
    made.setAccessibleName(_("Members in turn"))
    made.setDragDropMode(QListWidget.DragDropMode.InternalMove)
    made.setMinimumHeight(150)
    for hand in hands:
        item = QListWidgetItem(hand.name, made)
        item.setData(Qt.ItemDataRole.UserRole, hand.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
    return made


def _is_checked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked
