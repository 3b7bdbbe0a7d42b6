"""A drill conducted through its window, by keys and clicks; what is shown is what is on disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.attachments.store import MOST_MEGABYTES
from drillapp.core.clock import FixedClock
from drillapp.core.drills.conduct import commands
from drillapp.core.drills.conduct.phrases import phrases_of
from drillapp.core.drills.record.reading import drill_record
from drillapp.ui.drills.conduct.afterwards_dialog import AfterwardsDialog
from drillapp.ui.drills.conduct.dialogs import CorrectDialog, PhrasesDialog, ReasonDialog
from drillapp.ui.drills.conduct.window import ConductWindow
from drillapp.ui.session import Session
from tests.ui.drills.conduct.conducted import hold, kept, log, opened, pass_time, planned_drill, states
from tests.ui.filled import settle

KEY = Qt.Key


@pytest.fixture
def drill(session: Session) -> int:
    assert session.office is not None
    return planned_drill(session.office)


@pytest.fixture
def window(session: Session, qtbot: QtBot, drill: int) -> Iterator[ConductWindow]:
    made = opened(session, qtbot, drill)
    yield made
    made.close()


def key(window: ConductWindow, code: KEY, session: Session, qtbot: QtBot) -> None:
    QTest.keyClick(window, code)
    settle(session, qtbot)


def start(window: ConductWindow, session: Session, qtbot: QtBot) -> None:
    hold(window.head.main, qtbot, session)


def test_a_slip_starts_nothing(window: ConductWindow, session: Session, qtbot: QtBot, drill: int) -> None:
    qtbot.mouseClick(window.head.main, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert kept(session, drill).timeline.state == "ready"
    assert window.notice.isVisible()


def test_a_drill_runs_from_start_to_end(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int, clock: FixedClock
) -> None:
    QAbstractItemModelTester(window.injects.list.rows)
    QAbstractItemModelTester(window.log.list.model_)
    start(window, session, qtbot)
    assert window.head.face.time == "0:00:00"
    assert states(window)["1"] == "due now"
    key(window, KEY.Key_F9, session, qtbot)
    pass_time(window, clock, 180)
    assert states(window)["2"] == "due now"
    key(window, KEY.Key_F9, session, qtbot)
    assert [line.words.text() for line in window.awaited.lines.values()] == ["2  Activate the plan"]
    pass_time(window, clock, 60)
    (line,) = window.awaited.lines.values()
    assert line.left.text() == "1:00"
    qtbot.mouseClick(line.done, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert states(window)["2"] == "done in time"

    hold(window.head.main, qtbot, session)
    pass_time(window, clock, 600)
    assert (window.head.face.time, window.head.state.accessibleName()) == ("0:04:00", "Paused")
    key(window, KEY.Key_F9, session, qtbot)
    assert "paused" in window.notice.words.text()
    hold(window.head.main, qtbot, session)

    pass_time(window, clock, 240)
    key(window, KEY.Key_F9, session, qtbot)
    pass_time(window, clock, 241)
    assert states(window)["3"] == "late"
    assert window.awaited.lines[window.conductor.awaited()[0][0].id].mark.accessibleName() == "late"
    key(window, KEY.Key_F8, session, qtbot)
    assert states(window)["3"] == "done late"
    _release_the_rest(window, session, qtbot, clock)
    view = kept(session, drill)
    assert (view.timeline.state, len(view.timeline.released), len(view.timeline.done)) == ("ended", 9, 2)
    assert view.seconds(clock.moment) == 240 + 240 + 241 + 5 * 300
    assert window.head.face.time == "0:37:01"
    assert not any(line.left for line in window.injects.list.rows.rows if not line.left.startswith("took"))
    assert not window.injects.release.isVisible()


def _release_the_rest(window: ConductWindow, session: Session, qtbot: QtBot, clock: FixedClock) -> None:
    """The reserve inject and all that are left, then the end."""
    place = [line.number for line in window.injects.list.rows.rows].index("R1")
    window.injects.list.setCurrentIndex(window.injects.list.rows.index(place))
    assert states(window)["R1"] == "reserve"
    QTest.keyClick(window.injects.list, KEY.Key_Space)
    settle(session, qtbot)
    assert states(window)["R1"] == "released"

    for number in ("4", "5", "6", "7", "8"):
        pass_time(window, clock, 300)
        key(window, KEY.Key_F9, session, qtbot)
        assert states(window)[number] == "released"
    hold(window.head.end, qtbot, session)


def test_a_line_is_on_disk_when_its_key_is_up_again(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int
) -> None:
    start(window, session, qtbot)
    QTest.keyClick(window, KEY.Key_F2)
    qtbot.keyClicks(window.log.text, "Doors are open")
    qtbot.keyClicks(window.log.who, "Li")
    QTest.keyClick(window.log.text, KEY.Key_Return)
    written = kept(session, drill).lines[-1]
    assert (written.text, written.who, written.kind) == ("Doors are open", "Li", "note")
    settle(session, qtbot)
    assert log(window) == ["start", "Doors are open"]
    assert (window.log.text.text(), window.log.who.text()) == ("", "Li")


def test_typing_anywhere_begins_a_line(window: ConductWindow, session: Session, qtbot: QtBot) -> None:
    window.injects.list.setFocus()
    qtbot.keyClicks(window.injects.list, "Al")
    assert window.log.text.text() == "Al"


def test_a_line_that_is_refused_comes_back(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int
) -> None:
    window.log.text.setText("x" * 10_001)
    window.log.submit()
    settle(session, qtbot)
    assert len(window.log.text.text()) == 10_001
    assert window.notice.isVisible()
    assert log(window) == []


def test_phrases_are_under_keys(window: ConductWindow, session: Session, qtbot: QtBot, drill: int) -> None:
    assert session.office is not None
    start(window, session, qtbot)
    window._on_phrases()
    dialog = window.findChild(PhrasesDialog)
    assert dialog is not None
    for field, words in zip(dialog.fields, ("All safe", "Head count: …", *[""] * 7), strict=True):
        field.setText(words)
    dialog.accept()
    settle(session, qtbot)
    assert phrases_of(session.office) == ["All safe", "Head count: …"]
    window.log.use_phrase(0)
    settle(session, qtbot)
    window.log.use_phrase(1)
    assert window.log.text.text() == "Head count: "
    qtbot.keyClicks(window.log.text, "64")
    QTest.keyClick(window.log.text, KEY.Key_Return)
    settle(session, qtbot)
    assert log(window)[1:] == ["All safe", "Head count: 64"]


def test_a_line_is_corrected_and_annulled_by_further_lines(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int, clock: FixedClock
) -> None:
    start(window, session, qtbot)
    pass_time(window, clock, 60)
    window.conductor.note("Head count 46", "Wu", "")
    settle(session, qtbot)
    window.log.list.setCurrentIndex(window.log.list.model_.index(1))
    QTest.keyClick(window.log.list, KEY.Key_Return)
    dialog = window.findChild(CorrectDialog)
    assert dialog is not None
    dialog.text.setText("Head count 64")
    dialog.accept()
    settle(session, qtbot)
    assert log(window) == ["start", "~Head count 46", "Head count 64"]

    window.log.list.correct_wanted.emit(kept(session, drill).log[-1])
    (dialog,) = [one for one in window.findChildren(CorrectDialog) if one.isVisible()]
    qtbot.mouseClick(dialog.annul, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert [words for words in log(window) if not words.startswith("~")] == ["start"]


def test_what_was_released_by_mistake_is_annulled_at_once(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int
) -> None:
    start(window, session, qtbot)
    key(window, KEY.Key_F9, session, qtbot)
    assert states(window)["1"] == "released"
    qtbot.mouseClick(window.notice.action, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert states(window)["1"] == "due now"


def test_an_inject_that_waits_for_another_is_released_only_when_confirmed(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int
) -> None:
    start(window, session, qtbot)
    inject = next(row.id for row in kept(session, drill).injects if row.number == "6")
    window.injects.act(inject)
    settle(session, qtbot)
    assert inject not in kept(session, drill).timeline.released
    qtbot.mouseClick(window.notice.action, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert inject in kept(session, drill).timeline.released


def test_people_are_checked_in(window: ConductWindow, session: Session, qtbot: QtBot, drill: int) -> None:
    assert window.check_in.figure.text() == "0 / 2"
    QTest.keyClick(window, KEY.Key_F4)
    qtbot.keyClicks(window.check_in.line, "Li")
    QTest.keyClick(window.check_in.line, KEY.Key_Return)
    settle(session, qtbot)
    assert window.check_in.figure.text() == "1 / 2"
    qtbot.keyClicks(window.check_in.line, "Volunteers")
    window.check_in.count.setValue(18)
    QTest.keyClick(window.check_in.line, KEY.Key_Return)
    settle(session, qtbot)
    assert window.check_in.figure.text() == "19 / 20"
    qtbot.keyClicks(window.check_in.line, "Li")
    QTest.keyClick(window.check_in.line, KEY.Key_Return)
    settle(session, qtbot)
    assert "already" in window.notice.words.text()
    window.check_in.line.clear()
    qtbot.waitUntil(lambda: window.check_in.people.count() == 3)
    wu = next(
        window.check_in.people.item(i) for i in range(3) if "Wu" in window.check_in.people.item(i).text()
    )
    window.check_in.people.itemActivated.emit(wu)
    settle(session, qtbot)
    assert kept(session, drill).roll.checked_in == 20


def test_files_are_dropped_in_and_a_large_one_is_refused(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int, tmp_path: Path
) -> None:
    assert session.office is not None
    picture, video = tmp_path / "hall.jpg", tmp_path / "drill.mp4"
    picture.write_bytes(b"\xff\xd8picture")
    with video.open("wb") as file:
        file.truncate(200_000_000)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (video, picture)])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle(session, qtbot)
    assert [(one.name, one.kind) for one in drill_record(session.office, drill).files] == [
        ("hall.jpg", "photo")
    ]
    assert f"at most {MOST_MEGABYTES} MB" in window.notice.words.text()


def test_a_drill_is_stopped_early_with_a_reason(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int
) -> None:
    start(window, session, qtbot)
    qtbot.mouseClick(window.head.stop, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ReasonDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.reason, "Real fire")
    dialog.accept()
    settle(session, qtbot)
    assert kept(session, drill).timeline.state == "stopped"
    assert log(window)[-1] == "stopped early Real fire"
    window.log.text.setText("Went well until then")
    window.log.submit()
    settle(session, qtbot)
    assert kept(session, drill).lines[-1].kind == "comment"


def test_the_window_opened_again_stands_where_the_log_says(
    session: Session, qtbot: QtBot, drill: int, clock: FixedClock
) -> None:
    assert session.office is not None
    office = session.office
    commands.start(office, drill)
    clock.moment += timedelta(seconds=200)
    view = kept(session, drill)
    commands.release(office, drill, view.injects[1].id)
    commands.pause(office, drill)
    clock.moment += timedelta(seconds=3000)
    window = opened(session, qtbot, drill)
    assert (window.head.face.time, window.head.main.text()) == ("0:03:20", "Resume")
    assert states(window)["2"] == "released"
    assert [line.left.text() for line in window.awaited.lines.values()] == ["2:00"]
    hold(window.head.main, qtbot, session)
    pass_time(window, clock, 100)
    assert window.head.face.time == "0:05:00"
    window.close()


def test_a_tick_asks_the_database_nothing(
    window: ConductWindow, session: Session, qtbot: QtBot, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(window, session, qtbot)
    for way in ("read", "write"):
        monkeypatch.setattr(type(session.office), way, lambda *_said: pytest.fail("asked the database"))
    for _second in range(20):
        pass_time(window, clock, 1)
    assert session.tasks.is_idle
    assert window.head.face.time == "0:00:20"


def test_the_room_sees_what_is_told_to_everybody(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int, clock: FixedClock
) -> None:
    start(window, session, qtbot)
    key(window, KEY.Key_F7, session, qtbot)
    room = window.room
    assert room is not None
    assert room.findChildren(QPushButton) == []
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    key(window, KEY.Key_F9, session, qtbot)
    pass_time(window, clock, 200)
    key(window, KEY.Key_F9, session, qtbot)
    assert (room.situation, room.time, room.state) == ("Storm warning", "0:03:20", "Under way")
    window.injects.room_wanted.emit(kept(session, drill).injects[1].id)
    assert room.situation == "Fire on the third floor"
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    QTest.keyClick(room, KEY.Key_F11)
    assert room.isFullScreen()
    QTest.keyClick(room, KEY.Key_Escape)
    assert not room.isFullScreen()


def test_a_paper_record_is_entered_afterwards(
    window: ConductWindow, session: Session, qtbot: QtBot, drill: int, clock: FixedClock
) -> None:
    qtbot.mouseClick(window.head.afterwards, Qt.MouseButton.LeftButton)
    dialog = window.findChild(AfterwardsDialog)
    assert dialog is not None
    for place, texts in enumerate((("9:30", "Hall is empty"), ("25:00", "Late"), ("9:00", ""))):
        for column, text in zip((0, 3), texts, strict=True):
            dialog.lines.table.item(place, column).setText(text)
    dialog.lines.table.item(2, 1).setData(int(Qt.ItemDataRole.UserRole), "start")
    dialog.accept()
    settle(session, qtbot)
    assert "Row 2" in dialog.problem.text()
    dialog.lines.table.item(1, 0).setText("10:15")
    dialog.accept()
    settle(session, qtbot)
    assert log(window) == ["start", "Hall is empty", "Late"]
    assert window.conductor.view is not None
    assert window.conductor.view.log[-1].seconds == 75 * 60
