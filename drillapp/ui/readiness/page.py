"""The readiness page: where the scope stands, the map of all units, and the obligations behind every figure."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.overview import Overview, overview
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.placeholder import Placeholder
from drillapp.ui.parts.words import button, label
from drillapp.ui.readiness.obligations import ObligationsView
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_STANDING, _MAP, _OBLIGATIONS = range(3)


class ReadinessPage(Page):
    """Three tabs; the figures of the first two come together, those of the third when it is looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._overview: Overview | None = None
        self._wanted_unit: int | None = None
        self._holders = [QWidget(self) for _tab in range(3)]
        self.standing: Any | None = None
        self.map: Any | None = None
        self.obligations: ObligationsView | None = None
        self.placeholder = Placeholder(self)
        self.placeholder.empty_text = _("No units yet")
        self.placeholder.retry_wanted.connect(self.reload)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Views of readiness"))
        for words in (_("Standing"), _("Heat map"), _("Obligations")):
            self.tabs.addTab(words)
        self.print_button = button(_("Print the report …"), icon="print", parent=self)
        self.print_button.clicked.connect(self.print_report)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())

    def reload(self) -> None:
        self._overview = None
        unit_id = self.session.scope.unit_id
        if self.standing is None:
            self.placeholder.tell("loading")
            self._stack.setCurrentWidget(self.placeholder)
        self.session.tasks.run_read(
            lambda office, _progress: overview(office, unit_id),
            self._on_overview,
            failed=self._on_failed,
            title=_("Working out readiness"),
            replaces="overview",
        )
        if self.obligations is not None:
            self.obligations.forget_unit()
        self._show_tab()

    def show_target(self, target: Target) -> None:
        if not target.kind:
            self.tabs.setCurrentIndex(_STANDING)
        elif target.kind == "obligations":
            self._show_rows(target)
        elif target.kind == "map":
            self.tabs.setCurrentIndex(_MAP)
        elif target.kind == "units":
            self._wanted_unit = target.record_id
            self.tabs.setCurrentIndex(_STANDING)
            self._show_tab()

    def show_rows(self, unit: UnitReadiness, indicator: str) -> None:
        """Open the rows behind an indicator of a unit; all its obligations where none is named."""
        choices = {"indicator": frozenset({indicator})} if indicator else {}
        scope = self.session.scope.unit_id
        narrower = None if unit.unit_id == scope else unit.unit_id
        self._show_rows(
            Target(
                "readiness", "obligations", narrower, choices=choices, values={"unit_name": unit.unit_name}
            )
        )

    def print_report(self) -> None:
        """Show the report of the unit shown as it will be printed."""
        from drillapp.ui.parts.printing import preview_report  # brings the PDF preview

        unit = self.standing.unit if self.standing is not None else None
        if unit is not None:
            title = _("{unit}: readiness report").format(unit=unit.unit_name)
            preview_report(self.session, "readiness", title, self, unit_code=unit.unit)

    def _show_rows(self, target: Target) -> None:
        view = self._obligations_view()
        self.tabs.setCurrentIndex(_OBLIGATIONS)
        view.narrow(target)
        view.setFocus()

    def _on_overview(self, found: Overview) -> None:
        if not found.rows:
            self.placeholder.tell("empty")
            self._stack.setCurrentWidget(self.placeholder)
            return
        self._overview = found
        self._show_tab()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        self.placeholder.tell("failed", error.message if isinstance(error, DrillappError) else str(error))
        self._stack.setCurrentWidget(self.placeholder)
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)

    def _show_tab(self) -> None:
        """Show the tab chosen with the figures there are; its view is made when first looked at."""
        place = self.tabs.currentIndex()
        self.print_button.setVisible(place == _STANDING)
        if place == _OBLIGATIONS:
            self._obligations_view()
        elif self._overview is None:
            return
        elif place == _STANDING:
            self._show_standing(self._overview)
        else:
            self._show_map(self._overview)
        self._stack.setCurrentWidget(self._holders[place])

    def _show_standing(self, found: Overview) -> None:
        if self.standing is None:
            from drillapp.ui.readiness.standing import StandingView

            self.standing = StandingView(self.session, self)
            self.standing.rows_wanted.connect(self.show_rows)
            self._hold(_STANDING, self.standing)
        if self.standing.overview is not found:
            self.standing.show_overview(found)
        if self._wanted_unit is not None:
            self.standing.choose(self._wanted_unit)
            self._wanted_unit = None

    def _show_map(self, found: Overview) -> None:
        if self.map is None:
            from drillapp.ui.readiness.map import MapView

            self.map = MapView(self)
            self.map.rows_wanted.connect(self.show_rows)
            self._hold(_MAP, self.map)
        if self.map.overview is not found:
            self.map.show_overview(found)

    def _obligations_view(self) -> ObligationsView:
        if self.obligations is None:
            self.obligations = ObligationsView(self.session, self)
            self._hold(_OBLIGATIONS, self.obligations)
            self.obligations.reload()
        return self.obligations

    def _hold(self, place: int, view: QWidget) -> None:
        layout = QVBoxLayout(self._holders[place])
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)
        self._holders[place].setFocusProxy(view)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 0)
        head.setSpacing(3 * GRID)
        head.addWidget(label(_("Readiness"), "title", parent=self))
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.print_button)
        self._stack = QStackedWidget(self)
        for widget in (self.placeholder, *self._holders):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
