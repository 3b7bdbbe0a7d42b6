"""The readiness page: how ready the scope is, why, what moved, what is asked and what is due."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import NamedTuple, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.overview import Overview, overview
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.placeholder import Placeholder
from drillapp.ui.parts.words import button, label
from drillapp.ui.readiness.head import Head
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.theme import GRID

_LISTS = frozenset({"obligations", "due"})
"""Views with a list that is printed as it is shown; that of bulletins has an action of its own."""


class _Tab(NamedTuple):
    """A view, which is imported when it is first looked at."""

    name: str
    """Also that of its module in `drillapp.ui.readiness`."""
    label: str
    """English message id."""
    view: str
    """Name of its class."""

    def make(self, session: Session, parent: QWidget) -> ReadinessView:
        """The view, made now."""
        module = import_module(f"drillapp.ui.readiness.{self.name}")
        made: ReadinessView = getattr(module, self.view)(session, parent)
        return made


class ReadinessPage(Page):
    """A head that stays, and views below it; the figures of all come together, beside the window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.shown: Shown | None = None
        self._wanted_unit: int | None = None
        self._views: dict[str, ReadinessView] = {}
        self._tabs = _tabs()
        self._holders = {tab.name: QWidget(self) for tab in self._tabs}
        self.placeholder = Placeholder(self)
        self.placeholder.empty_text = _("No units yet")
        self.placeholder.retry_wanted.connect(self.reload)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Views of readiness"))
        for tab in self._tabs:
            self.tabs.addTab(_(tab.label))
        self.head = Head(self)
        self.waiting = label("", "small", parent=self)
        self.print_button = button(_("Print …"), icon="print", parent=self)
        self._lay_out()
        self._connect()

    @property
    def current(self) -> str:
        """Name of the view in front."""
        return self._tabs[self.tabs.currentIndex()].name

    def view(self, name: str) -> ReadinessView:
        """A view, made now if it was not looked at yet."""
        if name not in self._views:
            tab = next(tab for tab in self._tabs if tab.name == name)
            made = self._views[name] = tab.make(self.session, self)
            made.rows_wanted.connect(self.show_target)
            made.unit_wanted.connect(self.show_unit)
            layout = QVBoxLayout(self._holders[name])
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(made)
            self._holders[name].setFocusProxy(made)
        return self._views[name]

    def show_view(self, name: str) -> ReadinessView:
        """Bring a view to the front."""
        self.tabs.setCurrentIndex(next(i for i, tab in enumerate(self._tabs) if tab.name == name))
        return self.view(name)

    def reload(self) -> None:
        """What is shown stays until the new figures are there."""
        scope, day = self.session.scope, self.session.as_of
        if self.shown is None:
            self.placeholder.tell("loading")
            self._stack.setCurrentWidget(self.placeholder)
        else:
            self.waiting.setText(_("Working it out …"))
        self.session.tasks.run_read(
            lambda office, _progress: overview(office, scope.unit_id),
            lambda found: self._on_overview(found, day),
            owner=self,
            failed=self._on_failed,
            title=_("Working out readiness"),
            replaces="overview",
        )

    def show_target(self, target: Target) -> None:
        if not target.kind:
            self.show_view("overview")
        elif target.kind == "obligations":
            self._show_rows(target)
        elif target.kind in self._holders:
            self.show_view(target.kind)
        elif target.kind == "units" and target.record_id is not None:
            self.show_view("overview")
            self.show_unit(target.record_id)

    def show_unit(self, unit_id: int) -> None:
        """Put a unit of the scope in front, at once or once the figures are there."""
        self._wanted_unit = unit_id
        if self.shown is not None:
            self._show(self.shown.with_unit(unit_id))

    def _show_rows(self, target: Target) -> None:
        from drillapp.ui.readiness.obligations import ObligationsView

        view = cast(ObligationsView, self.view("obligations"))
        view.shown = self.shown  # narrowed below, which asks for the rows
        self.show_view("obligations")
        view.narrow(target)
        view.setFocus()

    def _on_overview(self, found: Overview, day: date) -> None:
        self.waiting.setText("")
        if not found.rows:
            self.shown = None
            self.placeholder.tell("empty")
            self._stack.setCurrentWidget(self.placeholder)
            return
        self._show(Shown(found, day, self._wanted_unit))

    def _on_failed(self, error: BaseException) -> None:
        self.waiting.setText("")
        if isinstance(error, Cancelled):
            return
        self.placeholder.tell("failed", error.message if isinstance(error, DrillappError) else str(error))
        self.shown = None
        self._stack.setCurrentWidget(self.placeholder)
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.head.show_figures(shown)
        self._show_tab()

    def _show_tab(self) -> None:
        """Show the view in front with the figures there are."""
        if self.shown is None:
            return
        name = self.current
        self.view(name).show_figures(self.shown)
        self.stack.setCurrentWidget(self._holders[name])
        self._stack.setCurrentWidget(self._content)

    def _show_top(self) -> None:
        self._wanted_unit = None
        if self.shown is not None:
            self._show(Shown(self.shown.overview, self.shown.as_of))

    def _make_scope(self) -> None:
        if self.shown is not None:
            unit = self.shown.unit
            self.session.set_scope(Scope(unit.unit_id, unit.unit, unit.unit_name))

    def _show_broken(self) -> None:
        from drillapp.ui.readiness.map import MapView

        cast(MapView, self.show_view("map")).show_broken()

    def _open_menu(self) -> None:
        from drillapp.ui.readiness.printing import add_list, fill_menu

        if self.shown is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        compared = self._views.get("changes")
        days = None if compared is None else compared.days()
        fill_menu(menu, self.session, self.shown, days, self)
        if self.current in _LISTS:
            add_list(menu, self.session, self.view(self.current), self.tabs.tabText(self.tabs.currentIndex()))
        menu.popup(self.print_button.mapToGlobal(self.print_button.rect().bottomLeft()))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self.print_button.clicked.connect(lambda _on=False: self._open_menu())
        self.head.rows_wanted.connect(self.show_target)
        self.head.top_wanted.connect(self._show_top)
        self.head.scope_wanted.connect(self._make_scope)
        self.head.floors_wanted.connect(self._show_broken)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 0)
        top.setSpacing(2 * GRID)
        top.addWidget(label(_("Readiness"), "title", parent=self))
        top.addWidget(self.tabs, 1)
        top.addWidget(self.waiting)
        top.addWidget(self.print_button)
        self.stack = QStackedWidget(self)
        for holder in self._holders.values():
            self.stack.addWidget(holder)
        self._content = QWidget(self)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(GRID)
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        head.addWidget(self.head)
        content.addLayout(head)
        content.addWidget(self.stack, 1)
        self._stack = QStackedWidget(self)
        for widget in (self.placeholder, self._content):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)


def _tabs() -> tuple[_Tab, ...]:
    """Each brings its own charts and lists when it is first looked at, not before."""
    return (
        _Tab("overview", label="At a glance", view="OverviewView"),
        _Tab("map", label="Heat map", view="MapView"),
        _Tab("why", label="Why?", view="WhyView"),
        _Tab("changes", label="Two days compared", view="ChangesView"),
        _Tab("obligations", label="Obligations", view="ObligationsView"),
        _Tab("bulletins", label="Bulletins", view="BulletinsView"),
        _Tab("due", label="Due dates", view="DueView"),
    )
