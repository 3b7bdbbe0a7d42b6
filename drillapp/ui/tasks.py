"""The only place that runs things off the window's thread: one writer at a time, readers beside it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from drillapp.core.progress import Cancelled
from drillapp.ui.garbage import Garbage

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.progress import Progress

    Work = Callable[[Office, Progress], Any]

SLOW_AFTER = 0.6
"""Seconds after which a task with a title is shown in the status bar."""
_READERS = 2
_WATCH_MS = 150


class Task:
    """One piece of work under way; what it does can be followed and stopped."""

    def __init__(
        self,
        work: Work,
        then: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None,
        owner: QObject | None,
        title: str,
    ) -> None:
        self.work = work
        self.then = then
        self.failed = failed
        self.title = title
        self.done = 0
        self.total: int | None = None
        self.text = ""
        self.is_shown = False
        self.is_superseded = False
        self._owner = owner
        self._born = time.monotonic()
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Stop the work at its next step; nothing of it stays behind."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop it."""
        return self._stop.is_set()

    @property
    def is_slow(self) -> bool:
        """Whether it has taken long enough to be worth telling."""
        return bool(self.title) and time.monotonic() - self._born > SLOW_AFTER

    @property
    def is_wanted(self) -> bool:
        """Whether whoever asked is still there."""
        return self._owner is None or shiboken6.isValid(self._owner)

    def step(self, done: int, total: int | None, text: str) -> None:
        """Take note how far the work is; raises Cancelled when it is to stop."""
        if self._stop.is_set():
            raise Cancelled
        self.done, self.total, self.text = done, total, text


class _Seat:
    """Where one idle thread waits for its next task."""

    def __init__(self) -> None:
        self._task: Task | None = None
        self._taken = threading.Lock()
        self._taken.acquire()

    def give(self, task: Task | None) -> None:
        """Wake the thread with a task."""
        self._task = task
        self._taken.release()

    def wait(self) -> Task | None:
        """The task, once there is one."""
        self._taken.acquire()
        return self._task


class _Lane:
    """Tasks waiting their turn, and threads waiting for tasks; None ends a thread.

    The thread that was busy last is busy first: each keeps memory from its last task, of which no other can use any.
    """

    def __init__(self) -> None:
        self._waiting: deque[Task | None] = deque()
        self._idle: list[_Seat] = []
        self._lock = threading.Lock()

    @property
    def has_idle(self) -> bool:
        """Whether a task put here now begins at once."""
        return bool(self._idle)

    def put(self, task: Task | None) -> None:
        """Give a task to a thread, or let it wait behind the others."""
        with self._lock:
            if self._idle:
                self._idle.pop().give(task)
            else:
                self._waiting.append(task)

    def get(self) -> Task | None:
        """The task whose turn it is; waits for one."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            seat = _Seat()
            self._idle.append(seat)
        return seat.wait()


class Tasks(QObject):
    """Runs work for the whole program, so that it outlives the page that asked."""

    changed = Signal(object)
    """Changes of a finished command, told once."""
    slow = Signal(object)
    moved = Signal(object)
    ended = Signal(object)
    """A task that was told as slow is over."""
    _settled = Signal(object)

    def __init__(self, on_error: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office: Office | None = None
        self._on_error = on_error
        self._active: list[Task] = []
        self._is_closed = False
        self._newest: dict[tuple[int, str], Task] = {}
        self._reads: _Lane = _Lane()
        self._writes: _Lane = _Lane()
        self._threads: list[threading.Thread] = []
        self.garbage = Garbage(self)
        self._settled.connect(self._deliver)  # sent by other threads, so queued for this one
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look)

    def run_read(
        self,
        work: Work,
        then: Callable[[Any], object],
        *,
        owner: QObject | None = None,
        failed: Callable[[BaseException], object] | None = None,
        title: str = "",
        replaces: str = "",
    ) -> Task:
        """Run `work(office, progress)` beside the window and hand its result to `then` in the window's thread.

        `owner` (by default the object `then` belongs to) is who must still be there to hear of it.
        `failed` hears of errors, Cancelled among them, instead of the one error dialog.
        `replaces` names a question of the owner: asking it again stops the earlier one, of which nobody hears more.
        """
        task = Task(work, then, failed, owner or _receiver(then), title)
        if replaces:
            key = (id(task._owner), replaces)
            self._cancel_earlier(key)
            self._newest[key] = task
        self._begin(task, self._reads, _READERS, "reader")
        return task

    def run_write(
        self,
        work: Work,
        then: Callable[[Any], object],
        *,
        owner: QObject | None = None,
        failed: Callable[[BaseException], object] | None = None,
        title: str = "",
    ) -> Task:
        """Run a command after those before it; what it changed is told to everybody."""
        task = Task(work, then, failed, owner or _receiver(then), title)
        self._begin(task, self._writes, 1, "writer")
        return task

    def tell_error(self, error: BaseException) -> None:
        """Show an error as those are shown that nobody else hears of; Cancelled needs no word."""
        if not isinstance(error, Cancelled):
            self._on_error(error)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way or waiting."""
        return not self._active

    def active(self) -> list[Task]:
        """What is under way or waiting, oldest first."""
        return list(self._active)

    def close(self, seconds: float = 30.0) -> None:
        """Stop what can be stopped and wait for the rest, at most this long; nothing begins any more."""
        self._is_closed = True
        for task in self._active:
            task.cancel()
        for thread in self._threads:
            (self._writes if thread.name == "writer" else self._reads).put(None)
        for thread in self._threads:
            thread.join(seconds)
        self._threads.clear()
        self._watch.stop()
        self.garbage.leave()

    def _cancel_earlier(self, key: tuple[int, str]) -> None:
        earlier = self._newest.pop(key, None)
        if earlier is not None:
            earlier.is_superseded = True
            earlier.cancel()

    def _begin(self, task: Task, lane: _Lane, threads: int, name: str) -> None:
        if self._is_closed:  # a page that goes may still hear of something and ask
            task.cancel()
            return
        self._active.append(task)
        if not self._watch.isActive():
            self._watch.start()
        if not lane.has_idle and sum(thread.name == name for thread in self._threads) < threads:
            thread = threading.Thread(target=self._run, args=(lane,), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        lane.put(task)

    def _run(self, lane: _Lane) -> None:
        while (task := lane.get()) is not None:
            outcome = self._outcome(task)
            del task
            if not shiboken6.isValid(self):
                return
            self._settled.emit(outcome)
            del outcome

    def _outcome(self, task: Task) -> list[Any]:
        """The task, its result and its error: in a list, which the window's thread empties.

        So it is there that the last is let go of who asked: Qt's objects must not end in another thread (`garbage`).
        """
        try:
            task.step(0, None, "")
            return [task, task.work(self.office, task), None]  # type: ignore[arg-type]
        except BaseException as error:  # noqa: BLE001 - whatever it is, the window's thread has to hear of it
            return [task, None, error]

    def _deliver(self, outcome: list[Any]) -> None:
        task, result, error = outcome
        outcome.clear()
        self.garbage.collect()  # what the work left, before more is worked at
        self._active.remove(task)
        self._newest = {key: known for key, known in self._newest.items() if known is not task}
        if task.is_shown:
            self.ended.emit(task)
        changes = _changes_of(result)
        if changes is not None:
            self.changed.emit(changes)
        if task.is_superseded and (error is None or isinstance(error, Cancelled)):
            return
        if task.is_wanted:
            self._hand_over(task, result, error)
        elif error is not None:
            self.tell_error(error)

    def _hand_over(self, task: Task, result: Any, error: BaseException | None) -> None:
        if error is None:
            task.then(result)
        elif task.failed is not None:
            task.failed(error)
        else:
            self.tell_error(error)

    def _look(self) -> None:
        if not self._active:
            self._watch.stop()
        for task in self._active:
            if task.is_shown:
                self.moved.emit(task)
            elif task.is_slow:
                task.is_shown = True
                self.slow.emit(task)


def _receiver(then: Callable[[Any], object]) -> QObject | None:
    bound = getattr(then, "__self__", None)
    return bound if isinstance(bound, QObject) else None


def _changes_of(result: Any) -> Any:
    """The changes a command's result carries, if it is a command's result."""
    if type(result).__name__ == "Changes":
        return result
    return getattr(result, "changes", None)
