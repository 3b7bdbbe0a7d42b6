"""A form made from fields: checks as one types, says beside the field what is wrong, keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import Kind
from drillapp.core.saving import Editing, Saved, Saving
from drillapp.ui.parts.beside import tell_beside, wrong_with
from drillapp.ui.parts.dialog import confirm
from drillapp.ui.parts.editors import (
    ChoiceEditor,
    ChoicesEditor,
    DateField,
    Editor,
    FlagEditor,
    LongTextEditor,
    NumberEditor,
    TextEditor,
)
from drillapp.ui.parts.fields import Field
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_CHECK_MS = 500
"""Silence after which the whole record is checked against the facts."""


class Form(QWidget):
    """The fields of one record, new or known."""

    edited = Signal()
    saved = Signal(object)
    """Saved (drillapp.core.saving)."""
    refused = Signal(object)
    """The error with which saving failed, once it is told beside the fields."""

    def __init__(
        self, session: Session, kind: Kind, fields: tuple[Field, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._kind = kind
        self._fields = {field.name: field for field in fields}
        self._editors: dict[str, Editor] = {}
        self._problems: dict[str, QLabel] = {}
        self._touched: set[str] = set()
        self._judged: set[str] = set()
        self._editing: Editing | None = None
        self._noted: frozenset[str] = frozenset()
        """Fields beside which core's notes stand."""
        self._kept: dict[str, Any] = {}
        self._cells: dict[str, QWidget] = {}
        self._warnings: dict[str, QLabel] = {}
        self._headings: dict[str, QLabel] = {}
        self._version = 0
        self.is_saving = False
        self._banner, self._banner_words = _banner(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID + 4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._add_fields()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, GRID, 0)
        outer.addWidget(self._banner)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._check_timer = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._check_timer.timeout.connect(self._check_with_facts)

    def begin_new(self, values: Mapping[str, Any]) -> None:
        """Start a new record with likely values."""
        self._editing = None
        self._show(values)

    def begin_edit(self, row: Any) -> None:
        """Change a known record, given as its row in the list."""
        self._editing = Editing(row.id, row.revision)
        required = (field.name for field in msgspec.structs.fields(self._kind.entry) if field.required)
        self._kept |= {name: getattr(row, name) for name in required if name not in self._fields}
        self._show({name: getattr(row, name, None) for name in self._fields})

    def renew(self, row: Any) -> None:
        """Go on with the record as it is now; what was typed stays."""
        self._editing = Editing(row.id, row.revision)
        for name, editor in self._editors.items():
            if name not in self._touched:
                editor.set_value(getattr(row, name, None))

    def focus_first_empty(self) -> None:
        """Put the keyboard into the first field that must be filled in and is not."""
        for name in self.check():
            if not self._cells[name].isHidden():
                self._editors[name].setFocus()
                return

    def keep(self, values: Mapping[str, Any]) -> None:
        """Give the record these values, which the form does not ask for."""
        self._kept |= values

    def show_field(self, name: str, shown: bool) -> None:
        """Ask for a field or not; one that is not asked for is empty."""
        self._cells[name].setVisible(shown)
        self._arrange()
        if not shown:
            self._editors[name].set_value(None)

    def editor(self, name: str) -> Editor:
        """The control of a field."""
        return self._editors[name]

    def problem(self, name: str) -> str:
        """What is said beside a field now."""
        return self._problems[name].text()

    def warn(self, name: str, words: str) -> None:
        """Say beside a field what is worth a thought but does not keep the record from being saved."""
        self._warnings[name].setText(words)
        self._warnings[name].setVisible(bool(words))

    def warning(self, name: str) -> str:
        """The thought beside a field now."""
        return self._warnings[name].text()

    def values(self) -> dict[str, Any]:
        """What is entered now, without what cannot be."""
        found = {}
        for name, editor in self._editors.items():
            with suppress(ValueError):
                found[name] = editor.value()
        return found

    def is_field_touched(self, name: str) -> bool:
        """Whether the person changed a field."""
        return name in self._touched

    @property
    def is_touched(self) -> bool:
        """Whether the person changed anything."""
        return bool(self._touched)

    def may_be_left(self) -> bool:
        """Whether nothing that was typed would be lost, or the person agrees that it is."""
        return not self.is_touched or confirm(
            _("Leave without saving?"),
            _("What you typed would be lost."),
            _("Leave"),
            danger=True,
            parent=self.window(),
        )

    def save(self) -> None:
        """Check and save; tells `saved`, or says beside the fields what is wrong."""
        if self.is_saving:
            return
        self._judged |= set(self._fields)
        entry = self._entry()
        if entry is None:
            self._focus_first_problem()
            return
        self.is_saving = True
        kind, saving = self._kind, Saving(editing=self._editing)
        self._session.tasks.run_write(
            lambda office, progress: kind.save(office, [entry], saving._replace(progress=progress)),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def check(self) -> dict[str, str]:
        """What is wrong with what is entered, by field, as far as can be said without the facts."""
        return {name: words for name in self._fields if (words := self._local_problem(name))}

    def _show(self, values: Mapping[str, Any]) -> None:
        for name, editor in self._editors.items():
            editor.set_value(values.get(name))
            self._tell(name, "")
            self.warn(name, "")
        self._touched.clear()
        self._judged.clear()
        self._banner.hide()

    def _add_fields(self) -> None:
        for field in self._fields.values():
            self._cells[field.name] = self._cell(field)
        self._arrange()

    def _arrange(self) -> None:
        """Put the fields that are asked for in two columns, without gaps."""
        place = 0
        for name, cell in self._cells.items():
            if cell.isHidden():
                self._grid.removeWidget(cell)
                continue
            if name in self._headings:
                place += place % 2
                self._grid.addWidget(self._headings[name], place // 2, 0, 1, 2)
                place += 2
            wide = self._fields[name].wide or self._fields[name].type == "long"
            place += place % 2 if wide else 0
            self._grid.addWidget(cell, place // 2, place % 2, 1, 2 if wide else 1)
            place += 2 if wide else 1

    def _cell(self, field: Field) -> QWidget:
        cell = QWidget(self)
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        make = field.make
        editor = make_editor(field, self._session, cell) if make is None else make(self._session, cell)
        title = _(field.label)
        words = "" if field.type == "flag" else title + (" *" if field.required else "")
        head = label(words, "label", parent=cell)
        head.setBuddy(editor)
        named = getattr(editor, "line", editor)
        named.setAccessibleName(title)
        problem, warning = (label("", type, wraps=True, parent=cell) for type in ("problem", "warning"))
        problem.hide()
        warning.hide()
        layout.addWidget(head)
        layout.addWidget(editor)
        if field.hint:
            layout.addWidget(label(_(field.hint), "small", wraps=True, parent=cell))
        layout.addWidget(problem)
        layout.addWidget(warning)
        layout.addStretch(1)
        editor.edited.connect(lambda: self._on_edited(field.name))
        self._editors[field.name] = editor
        self._problems[field.name] = problem
        self._warnings[field.name] = warning
        if field.section_label:
            self._headings[field.name] = label(_(field.section_label), "section", parent=self)
        return cell

    def _on_edited(self, name: str) -> None:
        self._version += 1
        self._touched.add(name)
        self._judged.add(name)
        self._tell(name, self._local_problem(name))
        self._check_timer.start()
        self.edited.emit()

    def _local_problem(self, name: str) -> str:
        return wrong_with(self._editors[name], required=self._fields[name].required)

    def _entry(self) -> msgspec.Struct | None:
        """What the form says as an entry; None, with words beside the fields, when it cannot be one."""
        problems = self.check()
        for name in self._fields:
            self._tell(name, problems.get(name, "") if name in self._judged else "")
        if problems:
            return None
        values = {name: editor.value() for name, editor in self._editors.items()}
        if self._editing is None:
            values = {name: value for name, value in values.items() if value is not None}
        return self._kind.entry(**self._kept | values)

    def _check_with_facts(self) -> None:
        """Let core check everything without writing, once what can be said at once is in order."""
        if self.is_saving or self.check() or self._session.is_read_only:
            return
        entry, kind, version = self._entry(), self._kind, self._version
        saving = Saving(dry_run=True, editing=self._editing)
        self._session.tasks.run_write(
            lambda office, _progress: _outcome_of(kind, office, entry, saving),
            lambda outcome: self._on_checked(version, *outcome),
            owner=self,
            failed=self._on_check_failed,
        )

    def _on_checked(self, version: int, problems: dict[str, str], notes: dict[str, str]) -> None:
        if version != self._version or self.is_saving:
            return
        for name, words in problems.items():
            if name in self._problems:
                self._tell(name, words)
        for name in self._noted | notes.keys():
            if name in self._warnings:
                self.warn(name, notes.get(name, ""))
        self._noted = frozenset(notes)

    def _on_check_failed(self, error: BaseException) -> None:
        """What a person can do something about is said when the record is saved."""
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)

    def _on_saved(self, saved: Saved) -> None:
        self.is_saving = False
        self._touched.clear()
        self._banner.hide()
        self.saved.emit(saved)

    def _on_failed(self, error: BaseException) -> None:
        self.is_saving = False
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        elsewhere = [] if isinstance(error, InvalidInput) else [error.message]
        for problem in getattr(error, "problems", ()):
            if problem.field in self._problems:
                self._tell(problem.field, problem.message)
            else:
                elsewhere.append(problem.message)
        if isinstance(error, InvalidInput) and not error.problems:
            elsewhere.append(error.message)
        self._tell_banner(" ".join([*elsewhere, error.hint]) if elsewhere else "")
        self._focus_first_problem()
        self.refused.emit(error)

    def _tell(self, name: str, words: str) -> None:
        tell_beside(self._editors[name], self._problems[name], words)

    def _tell_banner(self, words: str) -> None:
        self._banner_words.setText(words)
        self._banner.setVisible(bool(words))

    def _focus_first_problem(self) -> None:
        for name, problem in self._problems.items():
            if problem.text():
                self._editors[name].setFocus()
                return


def make_editor(field: Field, session: Session, parent: QWidget) -> Any:
    """The control that a field needs."""
    if field.type == "reference":
        from drillapp.ui.parts.reference_field import ReferenceField
        from drillapp.ui.parts.unit_picker import UnitField

        return (
            UnitField(session, parent)
            if field.kind == "units"
            else ReferenceField(session, field.kind, parent)
        )
    return _MAKERS[field.type](field, parent)


_MAKERS: dict[str, Callable[[Field, QWidget], Any]] = {
    "text": lambda _field, parent: TextEditor(parent),
    "long": lambda _field, parent: LongTextEditor(parent),
    "number": lambda _field, parent: NumberEditor(parent),
    "integer": lambda _field, parent: NumberEditor(parent, whole=True),
    "date": lambda _field, parent: DateField(parent),
    "moment": lambda _field, parent: DateField(parent, moment=True),
    "choice": lambda field, parent: ChoiceEditor(field.enumeration, parent, required=field.required),
    "choices": lambda field, parent: ChoicesEditor(field.enumeration, parent),
    "flag": lambda field, parent: FlagEditor(_(field.label), parent),
}


def _outcome_of(kind: Kind, office: Any, entry: Any, saving: Saving) -> tuple[dict[str, str], dict[str, str]]:
    """What core says is wrong with an entry, and what is worth a thought, by field."""
    try:
        saved = kind.save(office, [entry], saving)
    except InvalidInput as error:
        return {problem.field: problem.message for problem in error.problems}, {}
    return {}, {note.field: note.message for note in reversed(saved.notes)}


def _banner(parent: QWidget) -> tuple[QFrame, QLabel]:
    frame = QFrame(parent)
    frame.setProperty("ground", "banner-problem")
    layout = QHBoxLayout(frame)
    words = label("", wraps=True, parent=frame)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(words)
    frame.hide()
    return frame, words
