"""A page of one or more lists; most pages are nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts import words
from drillapp.ui.parts.list_pane import ListPane, ListSpec
from drillapp.ui.parts.page import Page
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID


class ListPage(Page):
    """A title, tabs where there is more than one list, and the lists, each made when first looked at.

    A subclass says `label` and `specs`; views of other kinds come in by `add_view`.
    """

    label = ""
    """English message id of the title."""
    specs: tuple[ListSpec, ...] = ()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._panes: dict[int, ListPane] = {}
        self._views: dict[int, Page] = {}
        self._holders: list[QWidget] = []
        self._stale: set[int] = set()
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Lists of this page"))
        self._stack = QStackedWidget(self)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 0)
        self.head.setSpacing(3 * GRID)
        self.title = words.label(_(self.label), "title", parent=self)
        self.head.addWidget(self.title)
        self.head.addWidget(self.tabs)
        self.head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(self.head)
        layout.addWidget(self._stack, 1)
        for spec in self.specs:
            self._add_tab(_(spec.label))
        self.tabs.currentChanged.connect(self._on_tab)

    def add_view(self, label: str, view: Page) -> None:
        """Add a tab that is no list: a matrix, a calendar, a chart."""
        index = self._add_tab(label)
        self._views[index] = view
        layout = QVBoxLayout(self._holders[index])
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)

    def pane(self, kind: str) -> ListPane:
        """The list of a kind, made now if it was not looked at yet; raises StopIteration for another kind."""
        return self._pane(next(i for i, spec in enumerate(self.specs) if spec.kind == kind))

    def show_pane(self, kind: str) -> ListPane:
        """Go to the list of a kind."""
        self.tabs.setCurrentIndex(next(i for i, spec in enumerate(self.specs) if spec.kind == kind))
        return self.pane(kind)

    def reload(self) -> None:
        self._stale = set(range(len(self._holders)))
        self._reload_current()

    def show_target(self, target: Target) -> None:
        kinds = [spec.kind for spec in self.specs]
        kind = target.kind if target.kind in kinds else kinds[0]
        if target.kind or target.record_id or target.action or target.text or target.choices:
            self.show_pane(kind).show_target(target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_toolbar()

    def _fit_toolbar(self) -> None:
        """Give the tabs their room first: the toolbar's words go, the lesser ones before, where both do not fit."""
        pane = self._panes.get(self.tabs.currentIndex())
        if pane is not None:
            room = self.width() - 6 * GRID - sum(self._widths_beside_toolbar())
            pane.tighten(room)

    def _widths_beside_toolbar(self) -> Iterator[int]:
        toolbars = [pane.toolbar for pane in self._panes.values()]
        for place in range(self.head.count()):
            item = self.head.itemAt(place)
            widget = None if item is None else item.widget()
            if widget is not None and widget not in toolbars and not widget.isHidden():
                yield widget.sizeHint().width() + 3 * GRID

    def _add_tab(self, label: str) -> int:
        holder = QWidget(self)
        self._holders.append(holder)
        self._stack.addWidget(holder)
        index = self.tabs.addTab(label)
        self.tabs.setVisible(self.tabs.count() > 1)
        return index

    def _pane(self, index: int) -> ListPane:
        if index not in self._panes:
            pane = ListPane(self.session, self.specs[index], self)
            layout = QVBoxLayout(self._holders[index])
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(pane)
            self.head.addWidget(pane.toolbar)
            pane.toolbar.hide()
            self._panes[index] = pane
        return self._panes[index]

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._reload_current()

    def _show_toolbar(self, index: int) -> None:
        """Hidden ones take no room from the tabs."""
        for place, pane in self._panes.items():
            pane.toolbar.setVisible(place == index)
        self._fit_toolbar()

    def _reload_current(self) -> None:
        index = self.tabs.currentIndex()
        self._show_toolbar(index)
        if index not in self._stale:
            return
        self._stale.discard(index)
        if index < len(self.specs):
            pane = self._pane(index)
            self._show_toolbar(index)
            self.setFocusProxy(pane)
            pane.reload()
        else:
            self._views[index].make_stale()
