"""Who evaluates: the head of a sheet, new or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from drillapp.core.drills.evaluation.forms import evaluation_form, evaluation_forms, usual_form
from drillapp.core.drills.evaluation.rows import Sheet, SheetEntry, SheetSaved
from drillapp.core.drills.evaluation.sheets import add_sheet, change_head
from drillapp.core.i18n import _
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_TEXTS = ("evaluator", "institution", "qualification", "contract", "place")


class HeadDialog(Dialog):
    """Evaluator, third party, form, groups, place."""

    saved = Signal(int)
    """The sheet's key."""

    def __init__(
        self, session: Session, drill_id: int, drill_form: str | None, sheet: Sheet | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = _("Add an evaluator's sheet") if sheet is None else _("Change the sheet's head")
        super().__init__(title, parent, width=520)
        self._session = session
        self._drill_id = drill_id
        self._sheet = sheet
        self.body.addWidget(label(title, "heading", parent=self))
        self.fields = CheckedFields(self)
        self._add_fields(sheet.form if sheet else usual_form(drill_form).id)
        self.body.addWidget(self.fields)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Save"), accepts=True)
        if sheet is not None:
            for name in _TEXTS:
                self.fields.editor(name).set_value(getattr(sheet, name))
            self.fields.editor("groups").set_value(sheet.groups)
            self.fields.editor("form").setEnabled(not sheet.answers)

    def accept(self) -> None:
        """Save the head; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None:
            return
        texts: dict[str, Any] = {name: values[name] or "" for name in _TEXTS}
        entry = SheetEntry(form=values["form"], groups=values["groups"], **texts)
        sheet, drill = self._sheet, self._drill_id
        self._session.tasks.run_write(
            lambda office, _progress: (
                add_sheet(office, drill, entry)
                if sheet is None
                else change_head(office, sheet.id, sheet.revision, entry)
            ),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _add_fields(self, form: str) -> None:
        chosen = FormChoice(self)
        chosen.set_value(form)
        groups = GroupsChoice(form, self)
        chosen.edited.connect(lambda: groups.show_form(chosen.value()))
        add = self.fields.add
        add("evaluator", _("Evaluator"), TextEditor(self), required=True)
        add("form", _("Form used"), chosen, required=True)
        add("groups", _("Groups"), groups, hint=_("None chosen: all groups are the evaluator's."))
        add("place", _("Where the evaluator stands"), TextEditor(self))
        add("institution", _("Third party"), TextEditor(self), hint=_("Empty for an evaluator of one's own."))
        add("qualification", _("Its qualification"), TextEditor(self))
        add("contract", _("Contract"), TextEditor(self))

    def _on_saved(self, saved: SheetSaved) -> None:
        self.saved.emit(saved.id)
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)


class FormChoice(QComboBox):
    """One of the evaluation forms."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for form in evaluation_forms().values():
            self.addItem(form.title, form.id)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> str:
        """The form's id."""
        return str(self.currentData())

    def set_value(self, value: str) -> None:
        """Choose a form."""
        self.setCurrentIndex(self.findData(value))


class GroupsChoice(QWidget):
    """Groups of a form, to be ticked; none ticked means all."""

    edited = Signal()

    def __init__(self, form: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: ChipMenu | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 2)
        self._layout.addStretch(1)
        self.show_form(form)

    def show_form(self, form: str) -> None:
        """Offer the groups of a form, none ticked."""
        if self._chips is not None:
            self._chips.deleteLater()
        options = [(group.code, f"{group.code} {group.title}") for group in evaluation_form(form).group]
        self._chips = ChipMenu(_("Choose …"), options, self)
        self._chips.chosen.connect(lambda _codes: self.edited.emit())
        self._layout.insertWidget(0, self._chips)
        self.setFocusProxy(self._chips)

    def value(self) -> tuple[str, ...]:
        """The codes ticked."""
        return self._chips.codes() if self._chips is not None else ()

    def set_value(self, value: Sequence[str]) -> None:
        """Tick codes."""
        if self._chips is not None:
            self._chips.choose(frozenset(value))
