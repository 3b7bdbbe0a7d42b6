"""Two short questions about a drill: for which day it is copied, and why it is called off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.record.cancelling import cancel_drill
from drillapp.core.drills.record.copying import Copied, copy_drill
from drillapp.core.i18n import _
from drillapp.ui.parts.beside import required_value
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import LongTextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class StepDialog(Dialog):
    """A drill, one field, and what is wrong with it."""

    def __init__(
        self, session: Session, title: str, drill: Any, explained: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._session = session
        self._drill = drill
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(title, "heading", parent=self))
        self.body.addWidget(label(f"{drill.number} {drill.title}", wraps=True, parent=self))
        self.body.addWidget(label(explained, "muted", wraps=True, parent=self))
        self.problem = label("", "problem", wraps=True, parent=self)

    def _ask(self, words: str, editor: QWidget, action: str, keep: str) -> None:
        getattr(editor, "line", editor).setAccessibleName(words)
        self.body.addWidget(label(words, "label", parent=self))
        self.body.addWidget(editor)
        self.body.addWidget(self.problem)
        self.add_closing(keep)
        self.go = self.add_closing(action, accepts=True)
        editor.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        problems = [problem.message for problem in getattr(error, "problems", ())]
        message = " ".join(problems) or getattr(error, "message", "")
        if not message:
            self._session.tasks.tell_error(error)
        self.problem.setText(" ".join(part for part in (message, getattr(error, "hint", "")) if part))


class CopyDialog(StepDialog):
    """Plans a new drill like an old one."""

    copied = Signal(object)
    """Copied (drillapp.core.drills.record.copying)."""

    def __init__(self, session: Session, drill: Any, parent: QWidget | None = None) -> None:
        explained = _(
            "Design, parties, objectives, tested sections, planned costs and injects are taken over."
        )
        super().__init__(session, _("Plan a drill like this one"), drill, explained, parent)
        self.day = DateField(self)
        self._ask(_("Planned on"), self.day, _("Plan it"), _("Cancel"))

    def accept(self) -> None:
        """Make the copy; the dialog closes when that has worked."""
        try:
            day = required_value(self.day)
        except ValueError as error:
            self.problem.setText(str(error))
            return
        drill_id = self._drill.id
        self._session.tasks.run_write(
            lambda office, _progress: copy_drill(office, drill_id, day),
            self._on_copied,
            owner=self,
            failed=self._on_failed,
            title=_("Copying"),
        )

    def _on_copied(self, copied: Copied) -> None:
        words = _("The drill {number} is planned.").format(number=copied.number)
        self._session.said.emit(" ".join((words, *copied.told)))
        self.copied.emit(copied)
        super().accept()


class CancelDialog(StepDialog):
    """Calls a drill off, with the reason."""

    def __init__(self, session: Session, drill: Any, parent: QWidget | None = None) -> None:
        explained = _(
            "It stays on record with the reason; supplies that are set aside for it are free again."
        )
        super().__init__(session, _("Call the drill off"), drill, explained, parent)
        self.reason = LongTextEditor(self)
        self.reason.setFixedHeight(96)
        self._ask(_("Reason"), self.reason, _("Call it off"), _("Keep it"))

    def accept(self) -> None:
        """Call it off; the dialog closes when that has worked."""
        drill_id, reason = self._drill.id, self.reason.value() or ""
        self._session.tasks.run_write(
            lambda office, _progress: cancel_drill(office, drill_id, reason),
            lambda _changes: self._on_done(),
            owner=self,
            failed=self._on_failed,
        )

    def _on_done(self) -> None:
        self._session.said.emit(_("The drill {number} is called off.").format(number=self._drill.number))
        super().accept()
