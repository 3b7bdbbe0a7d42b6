"""Work beside the window: results, errors and stops reach who asked, if still there."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from drillapp.core.changes import Changes
from drillapp.core.progress import Cancelled
from drillapp.core.saving import Saved
from drillapp.core.uncollected import uncollected
from drillapp.ui import tasks as module
from drillapp.ui.tasks import Tasks


def test_result_arrives_in_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[Any] = []
    tasks.run_read(
        lambda _office, _progress: threading.current_thread().name,
        lambda name: got.append((name, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got == [("reader", True)]
    assert tasks.is_idle


def test_error_is_shown_once_when_nobody_wants_it(
    tasks: Tasks, errors: list[BaseException], qtbot: QtBot
) -> None:
    error = RuntimeError("bug")

    def work(_office: Any, _progress: Any) -> None:
        raise error

    tasks.run_read(work, lambda _result: None)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors == [error]


def test_error_goes_to_who_asked_for_it(tasks: Tasks, errors: list[BaseException], qtbot: QtBot) -> None:
    heard: list[BaseException] = []
    tasks.run_write(lambda _office, _progress: 1 // 0, lambda _result: None, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], ZeroDivisionError)
    assert errors == []


def test_stopped_work_ends_at_its_next_step(tasks: Tasks, errors: list[BaseException], qtbot: QtBot) -> None:
    begun, heard = threading.Event(), []

    def work(_office: Any, progress: Any) -> None:
        begun.set()
        while True:
            progress.step(1, None, "")

    task = tasks.run_write(work, lambda _result: None, failed=heard.append)
    assert begun.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Cancelled)
    assert errors == []


def test_work_outlives_its_page_and_its_changes_are_told(
    tasks: Tasks, qtbot: QtBot, qapp: QApplication
) -> None:
    page, go = QObject(), threading.Event()
    called: list[Any] = []
    saved = Saved(created=1, changes=Changes(frozenset({"plans"})))

    def work(_office: Any, _progress: Any) -> Saved:
        assert go.wait(5)
        return saved

    tasks.run_write(work, called.append, owner=page)
    page.deleteLater()
    qapp.sendPostedEvents()
    qapp.processEvents()
    with qtbot.waitSignal(tasks.changed) as changed:
        go.set()
    assert changed.args[0].touches("plans")
    assert called == []


def test_asking_again_drops_the_earlier_answer(tasks: Tasks, qtbot: QtBot) -> None:
    owner, go = QObject(), threading.Event()
    got: list[int] = []

    def slow(_office: Any, _progress: Any) -> int:
        assert go.wait(5)
        return 1

    tasks.run_read(slow, got.append, owner=owner, replaces="find")
    tasks.run_read(lambda _office, _progress: 2, got.append, owner=owner, replaces="find")
    qtbot.waitUntil(lambda: got == [2])
    go.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert got == [2]


def test_of_a_question_that_was_asked_anew_nobody_hears(
    tasks: Tasks, qtbot: QtBot, errors: list[BaseException]
) -> None:
    owner, begun, go = QObject(), threading.Event(), threading.Event()
    got: list[int] = []
    heard: list[BaseException] = []

    def stopped(_office: Any, progress: Any) -> int:
        begun.set()
        assert go.wait(5)
        progress.step(1, 2, "")
        return 1

    tasks.run_read(stopped, got.append, owner=owner, failed=heard.append, replaces="find")
    assert begun.wait(5)
    tasks.run_read(lambda _o, _p: 2, got.append, owner=owner, failed=heard.append, replaces="find")
    go.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert (got, heard, errors) == ([2], [], [])


def test_commands_run_one_after_the_other_with_readers_beside(tasks: Tasks, qtbot: QtBot) -> None:
    go, order = threading.Event(), []

    def first(_office: Any, _progress: Any) -> str:
        assert go.wait(5)
        return "first"

    tasks.run_write(first, order.append)
    tasks.run_write(lambda _office, _progress: "second", order.append)
    tasks.run_read(lambda _office, _progress: "read", order.append)
    qtbot.waitUntil(lambda: order == ["read"])
    go.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["read", "first", "second"]


def test_slow_work_with_a_title_is_told(tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_AFTER", 0.0)
    go = threading.Event()

    def work(_office: Any, progress: Any) -> None:
        progress.step(3, 10, "rows")
        assert go.wait(5)

    with qtbot.waitSignal(tasks.slow) as slow:
        tasks.run_read(work, lambda _result: None, title="Copying")
    qtbot.waitUntil(lambda: (slow.args[0].done, slow.args[0].total, slow.args[0].text) == (3, 10, "rows"))
    with qtbot.waitSignal(tasks.ended):
        go.set()


def test_the_reader_that_was_busy_last_is_busy_next(tasks: Tasks, qtbot: QtBot) -> None:
    both, used = threading.Barrier(2), []

    def note(_office: Any, _progress: Any) -> None:
        used.append(threading.get_ident())

    for _reader in range(2):
        tasks.run_read(lambda _office, _progress: both.wait(10), lambda _result: None)
    qtbot.waitUntil(lambda: tasks.is_idle)
    for asked in range(1, 6):
        tasks.run_read(note, lambda _result: None)
        qtbot.waitUntil(lambda asked=asked: len(used) == asked and tasks.is_idle)  # type: ignore[misc]
        qtbot.wait(20)  # it sits down again right after it told what came of the task
    assert len(set(used)) == 1


def test_closing_leaves_no_threads(tasks: Tasks, qtbot: QtBot) -> None:
    tasks.run_read(lambda _office, _progress: None, lambda _result: None)
    tasks.run_write(lambda _office, _progress: None, lambda _result: None)
    qtbot.waitUntil(lambda: tasks.is_idle)
    tasks.close()
    assert not [thread for thread in threading.enumerate() if thread.name in ("reader", "writer")]


def ends(thing: object) -> list[str]:
    """Takes down in which thread a thing ends."""
    threads: list[str] = []
    weakref.finalize(thing, lambda: threads.append(threading.current_thread().name))
    return threads


def much_is_made(_office: Any, _progress: Any) -> list[list[int]]:
    return [[number] for number in range(100_000)]


def test_garbage_of_the_window_is_collected_in_its_own_thread(tasks: Tasks, qtbot: QtBot) -> None:
    thing = QObject()
    thing.itself = thing  # type: ignore[attr-defined]
    ended, made = ends(thing), []
    del thing
    tasks.run_read(much_is_made, made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert ended == []
    tasks.garbage.begin()
    with uncollected():
        tasks.garbage.collect()
    assert ended == []
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["MainThread"]


def test_what_work_leaves_is_collected_when_it_is_done(tasks: Tasks, qtbot: QtBot) -> None:
    tasks.garbage.begin()
    thing = QObject()
    thing.itself = thing  # type: ignore[attr-defined]
    ended, seen = ends(thing), []
    del thing
    tasks.run_read(much_is_made, lambda _result: seen.extend(ended))
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert seen == ["MainThread"]


def test_who_asked_is_let_go_of_in_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    thing = QObject()
    ended, made = ends(thing), []
    tasks.run_read(much_is_made, lambda result, _kept=thing: made.append(result))
    del thing
    qtbot.waitUntil(lambda: len(made) == 1)
    tasks.run_read(much_is_made, made.append)
    qtbot.waitUntil(lambda: len(made) == 2)
    assert ended == ["MainThread"]


def test_python_collects_by_itself_again_when_the_last_window_is_gone(qapp: QApplication) -> None:
    assert gc.isenabled()
    first, second = Tasks(print), Tasks(print)
    for tasks in (first, first, second):
        assert not gc.isenabled()
        tasks.close()
    assert gc.isenabled()
