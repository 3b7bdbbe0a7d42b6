"""Answers are saved by themselves, a moment after the last of them; nothing is sent while something is under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from drillapp.core.drills.evaluation.rows import Answer, Sheet, SheetSaved
from drillapp.core.drills.evaluation.sheets import save_answers
from drillapp.core.errors import Conflict
from drillapp.core.i18n import _
from drillapp.ui.session import Session

_AFTER_MS = 400


class Saver(QObject):
    """Writes the answers and the comment of one sheet."""

    said = Signal(str)
    """How far saving is, in words."""
    conflicted = Signal()
    """Somebody else wrote on the sheet: it has to be read again."""

    def __init__(self, session: Session, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sheet_id = sheet.id
        self.revision = sheet.revision
        self._answers: dict[str, Answer | None] = {}
        self._comment: str | None = None
        self._sent: tuple[dict[str, Answer | None], str | None] | None = None
        self._then: Callable[[], object] | None = None
        self.has_failed = False
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._send)

    @property
    def is_idle(self) -> bool:
        """Whether everything is on disk."""
        return self._sent is None and not self._has_more

    @property
    def _has_more(self) -> bool:
        return bool(self._answers) or self._comment is not None

    def put(self, code: str, answer: Answer | None) -> None:
        """Save an answer soon; None takes it back."""
        self._answers[code] = answer
        self._wait()

    def put_comment(self, text: str) -> None:
        """Save the comment soon."""
        self._comment = text
        self._wait()

    def finish(self, then: Callable[[], object]) -> None:
        """Save what is waiting at once, and do something when all is on disk."""
        if self.is_idle:
            then()
            return
        self._then = then
        self._timer.stop()
        self._send()

    def forget(self) -> None:
        """Give up what is not saved."""
        self._timer.stop()
        self._answers, self._comment, self._then, self.has_failed = {}, None, None, False

    def _wait(self) -> None:
        self.said.emit(_("Saving …"))
        self._timer.start()

    def _send(self) -> None:
        if self._sent is not None or not self._has_more:
            return
        answers, comment = self._answers, self._comment
        self._sent = (answers, comment)
        self._answers, self._comment = {}, None
        sheet, revision = self._sheet_id, self.revision
        self._session.tasks.run_write(
            lambda office, _progress: save_answers(office, sheet, revision, answers, comment),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_saved(self, saved: SheetSaved) -> None:
        self._sent, self.revision, self.has_failed = None, saved.revision, False
        if self._has_more:
            if not self._timer.isActive():
                self._send()
            return
        self.said.emit(_("Saved"))
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_failed(self, error: BaseException) -> None:
        """What could not be saved stays to be sent with the next change; of a conflict the sheet is read again."""
        answers, comment = self._sent or ({}, None)
        self._sent, self._then, self.has_failed = None, None, True
        if isinstance(error, Conflict):
            self.forget()
            self.conflicted.emit()
        else:
            self._answers = {**answers, **self._answers}
            self._comment = comment if self._comment is None else self._comment
        self.said.emit(_("Not saved: {reason}").format(reason=getattr(error, "message", str(error))))
        self._session.tasks.tell_error(error)
