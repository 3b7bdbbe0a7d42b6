"""The drill's objectives, each with how far it was met and what was missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.evaluation.objectives import Judgement, Objective, judge_objectives
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.ui.parts.editors import ChoiceEditor, TextEditor
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class ObjectivesBox(QWidget):
    """All are saved together."""

    def __init__(self, session: Session, drill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drill_id = drill_id
        self._shown: tuple[Objective, ...] = ()
        self.met: list[ChoiceEditor] = []
        self.notes: list[TextEditor] = []
        self.is_touched = False
        self._lines = QWidget(self)
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(2, 2)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.save = button(_("Save objectives"), parent=self)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self._on_save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._lines)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.save, 1))

    def show_objectives(self, objectives: Sequence[Objective]) -> None:
        """Show them as they are kept, unless something typed here waits to be saved."""
        if self.is_touched and len(objectives) == len(self._shown):
            return
        self._shown = tuple(objectives)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.met, self.notes = [], []
        writable = not self._session.is_read_only
        self.save.setVisible(bool(objectives) and writable)
        if not objectives:
            self._grid.addWidget(label(_("No objectives were set."), "muted", parent=self._lines), 0, 0)
        for place, objective in enumerate(objectives):
            self._add(place, objective, writable)

    def _add(self, place: int, objective: Objective, writable: bool) -> None:
        met, note = ChoiceEditor("objective_met", self._lines), TextEditor(self._lines)
        met.set_value(objective.met)
        met.setAccessibleName(f"{_('How far it was met')}: {objective.task}")
        note.set_value(objective.note)
        note.setPlaceholderText(_("What was missing"))
        note.setAccessibleName(f"{_('What was missing')}: {objective.task}")
        for editor in (met, note):
            editor.setEnabled(writable)
            editor.edited.connect(self._on_edited)
        words = label(objective.words, wraps=True, parent=self._lines)
        for column, widget in enumerate((words, met, note)):
            self._grid.addWidget(widget, place, column)
        self.met.append(met)
        self.notes.append(note)

    def _on_edited(self) -> None:
        self.is_touched = True
        self.problem.hide()

    def _on_save(self) -> None:
        judgements = [
            Judgement(objective.id, met.value(), note.value() or "")
            for objective, met, note in zip(self._shown, self.met, self.notes, strict=True)
        ]
        drill = self._drill_id
        self._session.tasks.run_write(
            lambda office, _progress: judge_objectives(office, drill, judgements),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self.is_touched = False
        self._session.said.emit(_("Saved"))

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, DrillappError):
            self.problem.setText(error.message)
            self.problem.show()
        else:
            self._session.tasks.tell_error(error)
