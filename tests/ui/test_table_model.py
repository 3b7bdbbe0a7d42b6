"""The table shows any number of rows without asking for more than is seen."""

from __future__ import annotations

from array import array
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from drillapp.core.errors import Unavailable
from drillapp.core.listing import View
from drillapp.ui.parts.table_model import _KEPT_PAGES, PAGE, ROW_ROLE, WAITING, TableModel
from drillapp.ui.tasks import Tasks
from tests.ui.rows import CountedSource, Row


@pytest.fixture
def source() -> CountedSource:
    return CountedSource(10 * PAGE + 7)


@pytest.fixture
def model(source: CountedSource, tasks: Tasks, qtbot: QtBot) -> TableModel:
    made = TableModel(source, tasks)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(made.counted):
        made.set_view(View())
    return made


def shown(model: TableModel, row: int, column: int = 0) -> str:
    return model.data(model.index(row, column))


def test_first_page_is_there_before_all_keys_are(source: CountedSource, tasks: Tasks, qtbot: QtBot) -> None:
    model = TableModel(source, tasks)
    with qtbot.waitSignal(model.modelReset):
        model.set_view(View())
    assert model.rowCount() == PAGE
    assert shown(model, 0) == "P-1"
    with qtbot.waitSignal(model.counted) as counted:
        pass
    assert counted.args == [source.count]
    assert model.rowCount() == source.count


def test_a_row_not_fetched_yet_waits_and_then_fills(
    model: TableModel, source: CountedSource, qtbot: QtBot
) -> None:
    row = 5 * PAGE + 3
    assert shown(model, row) == WAITING
    with qtbot.waitSignal(model.page_arrived):
        pass
    assert shown(model, row) == f"P-{row + 1}"
    assert len(source.asked) == PAGE


def test_pages_scrolled_past_are_not_asked_for(
    model: TableModel, source: CountedSource, qtbot: QtBot
) -> None:
    for page in range(1, 10):
        shown(model, page * PAGE)
    with qtbot.waitSignal(model.page_arrived):
        pass
    assert len(source.asked) == 3 * PAGE
    assert shown(model, 9 * PAGE) != WAITING


def test_no_more_pages_are_kept_than_agreed(tasks: Tasks, qtbot: QtBot) -> None:
    source = CountedSource((_KEPT_PAGES + 6) * PAGE)
    model = TableModel(source, tasks)
    with qtbot.waitSignal(model.counted):
        model.set_view(View())
    for page in range(_KEPT_PAGES + 6):
        if shown(model, page * PAGE) == WAITING:
            with qtbot.waitSignal(model.page_arrived):
                pass
    assert len(model._pages) == _KEPT_PAGES


def test_sorting_asks_the_source_and_starts_at_the_top(
    model: TableModel, source: CountedSource, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.counted):
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert source.views[-1].sort == (("number", True),)
    assert shown(model, 0) == f"P-{source.count}"


def test_rows_that_came_between_two_questions_are_shown(
    source: CountedSource, tasks: Tasks, qtbot: QtBot
) -> None:
    source.moved = [source.count + 1]
    model = TableModel(source, tasks)
    with qtbot.waitSignal(model.counted):
        model.set_view(View())
    assert model.rowCount() == source.count + 1
    assert model.key(0) == source.count + 1


def test_refresh_of_the_same_rows_keeps_the_place(model: TableModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.counted):
        model.refresh()
    assert model.position(500) == 499


def test_words_and_alignment_follow_the_column(model: TableModel) -> None:
    assert shown(model, 0, 1) == "draft"
    assert shown(model, 0, 2) == "1.5"
    right = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(0, 0), ROW_ROLE).id == 1
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_what_went_wrong_is_said_and_can_be_tried_again(
    source: CountedSource, tasks: Tasks, qtbot: QtBot
) -> None:
    source.error = Unavailable("The drive is gone.")
    model = TableModel(source, tasks)
    with qtbot.waitSignal(model.state_changed, check_params_cb=lambda state: state == "failed"):
        model.set_view(View())
    assert model.failure == "The drive is gone."
    source.error = None
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert model.state == "ready"


def test_a_list_without_rows_says_so(tasks: Tasks, qtbot: QtBot) -> None:
    model = TableModel(CountedSource(0), tasks)
    with qtbot.waitSignal(model.state_changed, check_params_cb=lambda state: state == "empty"):
        model.set_view(View())
    assert model.rowCount() == 0


class LingeringSource(CountedSource):
    """Of the whole list the keys come only when they are let go."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.may_answer = Event()

    def first(self, _office: Any, view: View, limit: int) -> list[Row]:
        return super().first(_office, view, limit)[: 1 if view.text else limit]

    def keys(self, _office: Any, view: View) -> array[int]:
        assert self.may_answer.wait(5)
        return super().keys(_office, view)


def test_a_late_answer_about_another_view_is_not_shown(tasks: Tasks, qtbot: QtBot) -> None:
    source = LingeringSource(5)
    model = TableModel(source, tasks)
    with qtbot.waitSignal(model.counted):
        model.set_view(View())
    model.refresh()
    with qtbot.waitSignal(model.counted):
        model.set_view(View(text="one"))
    source.may_answer.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert (model.rowCount(), model.view.text) == (1, "one")
