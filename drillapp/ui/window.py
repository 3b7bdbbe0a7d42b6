"""The one window: frame around, page inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.destinations import destinations
from drillapp.ui.frame.navigation import Navigation
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.frame.statusbar import StatusBar
from drillapp.ui.frame.topbar import TopBar
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent


_TITLE_BAR = 40
"""Height that the system's own title bar may take, in pixels."""


class Window(QFrame):
    """Navigation, top bar, status bar, and the pages, each made when first gone to."""

    painted = Signal()
    """Told once, when the frame has been on the screen for the first time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("ground", "surface")
        self.setWindowTitle(_("Plans and drills"))
        self.setWindowIcon(icons.icon("app", "accent"))
        self._places = {place.name: place for place in destinations()}
        self._pages: dict[str, Page] = {}
        self._has_painted = False
        self.navigation = Navigation(tuple(self._places.values()), self)
        self.topbar = TopBar(session, self)
        self.status = StatusBar(session, self)
        self.stack = QStackedWidget(self)
        self._waiting = label("", "muted", parent=self)
        self._waiting.setIndent(32)  # margins of a label are the style sheet's
        self.stack.addWidget(self._waiting)
        self._lay_out()
        self._connect()
        self._restore()

    def open_page(self, name: str) -> Page | None:
        """Show a destination, making its page if this is the first time; None when it cannot be made."""
        page = self._pages.get(name) or self._make_page(name)
        if page is None:
            return None
        self.navigation.choose(name)
        self.stack.setCurrentWidget(page)
        self.focus_page()
        return page

    def focus_page(self) -> None:
        """Put the keyboard into the page."""
        shown = self.stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    def show_waiting(self, text: str) -> None:
        """Say what is being waited for, in place of a page."""
        self._waiting.setText(text)
        self.stack.setCurrentWidget(self._waiting)

    def show_alone(self, widget: QWidget) -> None:
        """Show something without the frame around it: the welcome page."""
        self._show_frame(False)
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def show_frame(self) -> None:
        """Show navigation and bars again."""
        self._show_frame(True)

    def show_target(self, target: Target) -> None:
        """Go to a page and show there what was wanted."""
        page = self.open_page(target.page)
        if page is not None:
            page.show_target(target)

    def show_above(self, banner: QWidget) -> None:
        """Keep a place above the pages for something that concerns all of them."""
        self._right.insertWidget(1, banner)

    def drop_pages(self) -> None:
        """Forget all pages, because the office or the language is another one."""
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def open_palette(self) -> None:
        """Open the search over everything."""
        if self.session.office is None:
            return
        from drillapp.ui.palette import Palette  # not needed to show the frame

        Palette(self.session, list(self._places.values()), self).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self._on_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences = self.session.preferences
        preferences.set_blob("window/geometry", self.saveGeometry())
        preferences.set_flag("window/collapsed", self.navigation.is_collapsed)
        preferences.sync()
        super().closeEvent(event)

    def _on_painted(self) -> None:
        self._arm_shortcuts()
        self.painted.emit()

    def _make_page(self, name: str) -> Page | None:
        try:
            page = self._places[name].make(self.session)
        except Exception as error:  # noqa: BLE001 - a page that cannot be made must not take the window with it
            self.session.tasks.tell_error(error)
            return None
        self._pages[name] = page
        self.stack.addWidget(page)
        return page

    def _lay_out(self) -> None:
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.topbar)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.open_page)
        self.topbar.search_wanted.connect(self.open_palette)
        self.session.wanted.connect(self.show_target)

    def _arm_shortcuts(self) -> None:
        self.navigation.arm_shortcuts()
        shortcut("Ctrl+K", self, self.open_palette)
        shortcut("Ctrl+B", self, self.navigation.toggle)
        shortcut("Ctrl+U", self, self.topbar.scope.click)
        shortcut("Ctrl+D", self, self.topbar.day.click)
        shortcut("F5", self, self._on_refresh)

    def _on_refresh(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.make_stale()

    def _show_frame(self, shown: bool) -> None:
        for widget in (self.navigation, self.topbar, self.status):
            widget.setVisible(shown)

    def _restore(self) -> None:
        preferences = self.session.preferences
        geometry = preferences.blob("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            room = self.screen().availableSize().height() - _TITLE_BAR
            self.resize(1280, min(760, room))
        self.navigation.set_collapsed(preferences.flag("window/collapsed"))
        self.setMinimumSize(960, 600)
