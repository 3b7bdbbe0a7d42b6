"""A person at the desk: what they see of the window, and what they click and type."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QWidget,
)

from drillapp.ui.app import Application, Start
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.scanner import Scanner

_PATIENCE_MS = 20_000
_STEP_MS = 10
_QUIET_LOOKS = 5


class Desk:
    """The program, started as a person starts it; file dialogs answer with the file wanted.

    Where the program would open its error dialog, which waits for somebody, the journey fails at once.
    """

    def __init__(self, app: QApplication, monkeypatch: pytest.MonkeyPatch, today: date | None) -> None:
        self._app = app
        self._patch = monkeypatch
        self._today = today
        self._told: list[BaseException] = []
        monkeypatch.setattr("drillapp.ui.errors.report", lambda error, _parent=None: self._told.append(error))
        self.program: Application | None = None

    def start(self, page: str = "home") -> None:
        """Start the program and wait until it shows something."""
        self.program = Application(self._app, Start(as_of=self._today, page=page, language="zh_CN"))
        self.program.begin()
        self.program.window.resize(1366, 768)
        self.until(lambda: self.program.findChild(Scanner), "the program that listens to scanners")

    def leave(self) -> None:
        """Close the window and let go of the office."""
        assert self.program is not None
        self.program.window.close()
        self.program._on_quit()
        self._app.aboutToQuit.disconnect(self.program._on_quit)
        self.program.window.deleteLater()
        self.program.deleteLater()
        self.program = None
        self._let_work()

    @property
    def window(self) -> Any:
        """The program's window."""
        assert self.program is not None
        return self.program.window

    def settle(self, looks: int = _QUIET_LOOKS) -> None:
        """Wait until nothing moves any more, and has not for so many looks."""
        assert self.program is not None
        quiet = 0
        for _look in range(_PATIENCE_MS // _STEP_MS):
            self._let_work()
            if self._told:
                raise AssertionError("the program opened its error dialog") from self._told[0]
            quiet = quiet + 1 if self.program.tasks.is_idle else 0
            if quiet > looks:
                return
        raise AssertionError("the program never came to rest")

    def _let_work(self) -> None:
        """Let the window work for a moment, and the threads beside it: QTest.qWait would hold them up all that time."""
        self._app.processEvents()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(_STEP_MS / 1000)

    def until(self, holds: Callable[[], object], words: str) -> None:
        """Wait until something is so that a person would wait to see."""
        for _look in range(_PATIENCE_MS // (_STEP_MS * _QUIET_LOOKS)):
            self.settle()
            if holds():
                return
        raise AssertionError(f"{words}: this never came")

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """Click the button, link or line with these words."""
        parent = inside or self._front()
        found = [one for one in parent.findChildren(QAbstractButton) if _says(one, words)]
        assert found, (
            words,
            sorted({one.text() for one in parent.findChildren(QAbstractButton) if one.isVisible()}),
        )
        assert found[0].isEnabled(), f"'{words}' cannot be clicked"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.settle()

    def pick(self, words: str) -> None:
        """Choose from the menu that is open."""
        menu = next(one for one in self.window.findChildren(QMenu) if one.isVisible())
        entry = next(one for one in menu.actions() if one.text() == words)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
        self.settle()

    def fill_in(self, **values: str) -> None:
        """Type into the form in front, by field."""
        form = self.dialog().form
        for name, text in values.items():
            editor = form.editor(name)
            if hasattr(editor, "findText"):
                editor.setCurrentIndex(editor.findText(text))
                editor.activated.emit(editor.currentIndex())
            else:
                write(getattr(editor, "line", editor), text)
        self.settle()

    def dialog(self) -> Any:
        """The dialog in front."""
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog), "no dialog is open"
        return found

    def in_the_next_dialog(self, done: Callable[[Any], None]) -> None:
        """Do something in a dialog that the next click opens and waits for."""
        QTimer.singleShot(200, lambda: done(self.dialog()))

    def choose_file(self, path: Path) -> None:
        """Answer the next file dialog; the system's own cannot be driven by a test."""
        for name in ("getOpenFileName", "getSaveFileName"):
            self._patch.setattr(QFileDialog, name, staticmethod(lambda *_args: (str(path), "")))

    def go(self, place: str, tab: str = "") -> Any:
        """Go to a destination by clicking its name, and to one of its tabs, or of those of its groups."""
        self.click(place, self.window.navigation)
        page = self.window.stack.currentWidget()
        way = _way(page, tab) if tab else []
        assert way or not tab, f"there is no list '{tab}'"
        for tabs, index in way:
            if tabs.isVisible():  # a group of one list shows no tabs of its own
                QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(index).center())
                self.settle()
        return page

    def import_ledger(self, place: str, tab: str, path: Path) -> str:
        """Import a file from a list; what the dialog said before it was agreed to."""
        self.go(place, tab)
        self.choose_file(path)
        self.click("导入…", self.pane().toolbar)
        dialog = self.dialog()
        said = str(dialog.summary.text())
        assert dialog.go.isEnabled(), said
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        self.settle()
        return said

    def drop(self, path: Path) -> Any:
        """Drag a file over the window and let go; the assistant that opens."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        keys = Qt.KeyboardModifier.NoModifier
        spot = self.window.rect().center()
        for event in (
            QDragEnterEvent(spot, action, data, button, keys),
            QDropEvent(QPointF(spot), action, data, button, keys),
        ):
            self._app.sendEvent(self.window, event)
            assert event.isAccepted(), f"the window does not take {path.name}"
        self.until(QApplication.activeModalWidget, "the assistant for the dropped file")
        return self.dialog()

    def pane(self) -> ListPane:
        """The list in front."""
        page = self.window.stack.currentWidget()
        while isinstance(group := page._views.get(page.tabs.currentIndex()), ListPage):
            page = group
        found: ListPane = page._panes[page.tabs.currentIndex()]
        return found

    def rows(self) -> list[Any]:
        """The rows of the list in front."""
        model = self.pane().table.model
        return [model.row(place) for place in range(model.rowCount())]

    def choose_row(self, place: int) -> None:
        """Click a row of the list in front."""
        grid = self.pane().table.grid
        spot = grid.visualRect(self.pane().table.model.index(place, 0)).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def open_tab(self, words: str, pane: ListPane | None = None) -> None:
        """Click a tab of the detail panel."""
        tabs = (pane or self.pane()).detail._tabs
        texts = [tabs.tabText(i) for i in range(tabs.count())]
        spot = tabs.tabBar().tabRect(texts.index(words)).center()
        QTest.mouseClick(tabs.tabBar(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def lines(self, pane: ListPane | None = None) -> list[str]:
        """Titles of the record lines in the detail panel."""
        from drillapp.ui.parts.record_link import RecordLink

        found = (pane or self.pane()).detail.findChildren(RecordLink)
        return [one.line.title for one in found if one.isVisible()]

    def reads(self, words: str) -> bool:
        """Whether the window says these words somewhere."""
        return any(words in one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    def _front(self) -> QWidget:
        front = QApplication.activeModalWidget()
        return front if front is not None else self.window


def _way(page: ListPage, words: str) -> list[tuple[QTabBar, int]]:
    """The tabs to click one after the other: a list is meant before a group of the same name."""
    for index, view in page._views.items():
        if isinstance(view, ListPage) and (deeper := _way(view, words)):
            return [(page.tabs, index), *deeper]
    texts = [page.tabs.tabText(i) for i in range(page.tabs.count())]
    return [(page.tabs, texts.index(words))] if words in texts else []


def write(line: QLineEdit, text: str) -> None:
    """Type a text in place of what stands there; Qt's test keyboard has no Chinese, so that comes as an input method's."""
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    line.selectAll()
    if text.isascii():
        QTest.keyClicks(line, text)
    else:
        line.insert(text)
        line.textEdited.emit(text)


def _says(one: QAbstractButton, words: str) -> bool:
    if not one.isVisible():
        return False
    title = getattr(getattr(one, "line", None), "title", "")
    return words in (one.text().strip(), title, one.toolTip()) or (  # narrow pages show icons alone
        not isinstance(one, QPushButton) and one.accessibleName() == words
    )
