"""A draft of an import under way: what the clerk says of it is done, and the file checked anew, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.shapes import Region
from drillapp.core.progress import Cancelled
from drillapp.ui.ledgers.facts import Facts, facts_of
from drillapp.ui.session import Session

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.progress import Progress
    from drillapp.ui.tasks import Task

_CLEARLY = 0.6
"""So certain that a file is of another kind, 0 to 1, it is said."""


class Steering(QObject):
    """Owns the draft. Corrections and checks go through the writers' lane, so that none meets another half-way."""

    guessed = Signal()
    """The draft is understood otherwise than before; a check may follow."""
    checked = Signal(object)
    """Facts of the file as it is understood now."""
    unclear = Signal(object)
    """The error that says what a check still needs."""
    written = Signal(object)
    """ImportResult."""
    failed = Signal(object)
    stopped = Signal()
    busy = Signal(str)
    """What is waited for; '' when nothing is."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self.is_writing = False
        """Whether it is the import itself that is under way: its outcome is always waited for."""
        self.draft: Draft | None = None
        self.looks_like: str | None = None
        """The kind that a file looks like, where it is another one than was expected."""
        self.facts: Facts | None = None
        """Of the last check, unless something was said since."""
        self._before: Facts | None = None
        """Of the check that an import under way relies on."""

    def open(
        self,
        path: Path,
        words: str,
        expected: str | None = None,
        region: Region | None = None,
    ) -> None:
        """Look at a file, or one of its tables, and check it.

        `expected` is the kind of the list where somebody asked: it is taken, but what the file looks like is kept.
        """
        self.looks_like = None
        self._begin(
            lambda office, progress: _opened(Draft.open(office, path, progress=progress), expected, region),
            self._on_opened,
            words,
        )

    def open_again(self, words: str) -> None:
        """Look at the file anew, and check it as it was understood."""
        draft, looks_like = self.draft, self.looks_like
        if draft is not None and not self.is_writing:
            self._begin(
                lambda office, progress: (draft.again(office, progress), looks_like), self._on_opened, words
            )

    def correct(self, change: Callable[[Draft], object], words: str) -> None:
        """Say something of the file and check it again."""
        draft = self.draft
        if draft is not None and not self.is_writing:
            self._begin(
                lambda _office, _progress: change(draft), lambda _nothing: self._on_corrected(), words
            )

    def write(self, words: str, *, partial: bool = False) -> None:
        """Bring the file in."""
        draft, checked = self.draft, self.facts
        if draft is not None and not self.is_writing:
            self._begin(
                lambda office, progress: draft.write(office, progress, partial=partial),
                self._on_written,
                words,
            )
            self._before = checked
            self.is_writing = True

    def stop(self) -> None:
        """Stop what is under way, and let go of it unless it is the import: that may be in before it hears of this."""
        if self._task is not None:
            self._task.cancel()
            if not self.is_writing:
                self._task = None

    def let_go(self) -> None:
        """Let go of the file, once nothing is at it any more."""
        draft = self.draft
        if draft is not None and draft.is_open:
            self._session.tasks.run_write(lambda _office, _progress: draft.close(), lambda _nothing: None)

    @property
    def progress(self) -> Task | None:
        """The task under way, to show how far it is."""
        return self._task

    def _begin(
        self, work: Callable[[Office, Progress], Any], then: Callable[[Any], object], words: str
    ) -> None:
        self.stop()
        self.facts = self._before = None
        self.busy.emit(words)
        task: Task | None = None

        def settled(after: Callable[[Any], object], outcome: Any) -> None:
            if self._task is task:  # one that was stopped has nothing to say any more
                self._task, self.is_writing = None, False
                after(outcome)

        task = self._session.tasks.run_write(
            work,
            lambda result: settled(then, result),
            owner=self,
            failed=lambda error: settled(self._on_failed, error),
            title=words,
        )
        self._task = task

    def _on_opened(self, opened: tuple[Draft, str | None]) -> None:
        self.draft, self.looks_like = opened
        self._on_corrected()

    def _on_corrected(self) -> None:
        self.guessed.emit()
        draft = self.draft
        assert draft is not None
        if draft.kind is None:
            self.busy.emit("")
            return
        self._begin(
            lambda office, progress: facts_of(draft.check(office, progress)),
            self._on_checked,
            _("Checking the file …"),
        )

    def _on_checked(self, facts: Facts) -> None:
        self.facts = facts
        self.busy.emit("")
        self.checked.emit(facts)

    def _on_written(self, result: ImportResult) -> None:
        self.busy.emit("")
        self.written.emit(result)

    def _on_failed(self, error: BaseException) -> None:
        self.busy.emit("")
        if isinstance(error, Cancelled):
            self._on_stopped()
            return
        is_question = isinstance(error, InvalidInput) and self.draft is not None
        (self.unclear if is_question else self.failed).emit(error)

    def _on_stopped(self) -> None:
        """Somebody stopped it in the status bar: an import leaves nothing behind, and its check still holds."""
        self.facts = self._before
        if self.facts is not None:
            self.checked.emit(self.facts)
        self.stopped.emit()


def take_region(draft: Draft, region: Region) -> None:
    """Understand a draft as another table of its file."""
    if region.sheet != draft.guess.sheet:
        draft.set_sheet(region.sheet)
    if region.kind is not None and region.kind != draft.kind:
        draft.set_kind(region.kind)
    draft.set_header(*region.header)


def _opened(draft: Draft, expected: str | None, region: Region | None) -> tuple[Draft, str | None]:
    """The draft as it is wanted, and the kind that the file looks like where that is clearly another."""
    if region is not None:
        take_region(draft, region)
    if expected is None or draft.kind == expected:
        return draft, None
    likeliest = draft.guess.kinds[0] if draft.guess.kinds else ("", 0.0)
    draft.set_kind(expected)
    return draft, likeliest[0] if likeliest[1] >= _CLEARLY else None
