"""Small questions of the conduct window: a reason, a line put right, the office's phrases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec import UNSET, UnsetType
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from drillapp.core.drills.conduct import commands
from drillapp.core.drills.conduct.lines import Entered
from drillapp.core.drills.conduct.phrases import MOST
from drillapp.core.drills.conduct.queries import LogLine
from drillapp.core.drills.injects.offsets import time_of_day
from drillapp.core.i18n import _
from drillapp.core.localtime import BEIJING, local_moment
from drillapp.core.office import Office
from drillapp.ui.drills.conduct import times
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label
from drillapp.ui.theme import GRID

Command = Callable[[Office], Entered]


class ReasonDialog(Dialog):
    """Asks why; without a reason it cannot be accepted."""

    def __init__(
        self, title: str, question: str, action: str, parent: QWidget | None = None, *, required: bool = True
    ) -> None:
        super().__init__(title, parent)
        self.body.addWidget(label(question, wraps=True, parent=self))
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName(_("Reason"))
        self.body.addWidget(self.reason)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(action, accepts=True)
        self.go.setEnabled(not required)
        if required:
            self.reason.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))

    def accept(self) -> None:
        """Only with what is required."""
        if self.go.isEnabled():
            super().accept()


class CorrectDialog(Dialog):
    """Puts a line right by a further line; the one that was written stays, struck out."""

    decided = Signal(object)
    """The command to run."""

    def __init__(self, line: LogLine, parent: QWidget | None = None) -> None:
        super().__init__(_("Correct a line"), parent, width=560)
        self._row = line.row
        told = _("What was written stays in the log, struck out; this line takes its place.")
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        self.text, self.at, self.who, self.subject = (QLineEdit(self) for _place in range(4))
        form = QFormLayout()
        form.setSpacing(GRID)
        for name, field, value in (
            (_("At"), self.at, times.wall(line.row.at)), (_("Entry"), self.text, line.row.text),
            (_("Who did or said it"), self.who, line.row.who or ""), (_("Exercise subject"), self.subject, line.row.subject or ""),
        ):  # fmt: skip
            field.setText(value)
            field.setAccessibleName(name)
            form.addRow(label(name, "label", parent=self), field)
        self.body.addLayout(form)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.body.addWidget(self.problem)
        self.annul = self.add_action(_("Annul the line"), self._on_annul, role="danger")
        self.add_closing(_("Cancel"))
        self.add_closing(_("Correct"), accepts=True)
        self.text.setFocus()

    def accept(self) -> None:
        """Accept when the time can be read."""
        try:
            at = self._moment()
        except ValueError as error:
            self.problem.setText(str(error))
            return
        text, who, subject = (field.text().strip() for field in (self.text, self.who, self.subject))
        row = self._row
        command = partial(
            commands.correct,
            line_id=row.id,
            text=UNSET if text == row.text else text,
            at=at,
            who=UNSET if who == (row.who or "") else who or None,
            subject=UNSET if subject == (row.subject or "") else subject or None,
        )
        super().accept()
        self.decided.emit(command)

    def _on_annul(self) -> None:
        super().accept()
        self.decided.emit(partial(commands.void, line_id=self._row.id))

    def _moment(self) -> datetime | UnsetType:
        typed = self.at.text().strip()
        if typed == times.wall(self._row.at):
            return UNSET
        found = time_of_day(typed)
        if found is None:
            raise ValueError(_("Must be a time, such as 9:15 or 2026-05-12 9:15."))
        day = found.day or local_moment(self._row.at).date()
        return datetime.combine(day, found.time, BEIJING)


class PhrasesDialog(Dialog):
    """The phrases under the keys Alt+1 to Alt+9."""

    def __init__(self, phrases: list[str], parent: QWidget | None = None) -> None:
        super().__init__(_("Phrases"), parent, width=560)
        told = _(
            "One that ends in … waits in the line to be completed; the others are logged at once. "
            "With none of its own, the office has the usual ones."
        )
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        form = QFormLayout()
        form.setSpacing(GRID)
        self.fields: list[QLineEdit] = []
        for place in range(MOST):
            field = QLineEdit(phrases[place] if place < len(phrases) else "", self)
            field.setAccessibleName(f"Alt+{place + 1}")
            form.addRow(label(f"Alt+{place + 1}", "label", parent=self), field)
            self.fields.append(field)
        self.body.addLayout(form)
        self.add_closing(_("Cancel"))
        self.add_closing(_("Save"), accepts=True)

    def phrases(self) -> list[str]:
        """What was typed."""
        return [text for field in self.fields if (text := field.text().strip())]
