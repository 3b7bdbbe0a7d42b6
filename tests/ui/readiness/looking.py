"""What the readiness page shows, as its tests read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from pytestqt.qtbot import QtBot

from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.readiness.map import MapView
from drillapp.ui.readiness.obligations import ObligationsView
from drillapp.ui.readiness.overview import OverviewView
from drillapp.ui.readiness.page import ReadinessPage
from drillapp.ui.readiness.rows_behind import ObligationRow
from drillapp.ui.session import Session, Target


def settled(page: ReadinessPage, qtbot: QtBot) -> None:
    """Wait until the page shows all it has to."""
    qtbot.waitUntil(lambda: page.shown is not None and page.session.tasks.is_idle, timeout=30_000)


def front(page: ReadinessPage) -> UnitReadiness:
    """The unit in front."""
    assert page.shown is not None
    return page.shown.unit


def overview(page: ReadinessPage) -> OverviewView:
    """The first view."""
    return cast(OverviewView, page.view("overview"))


def obligations(page: ReadinessPage) -> ObligationsView:
    """The view of obligations."""
    return cast(ObligationsView, page.view("obligations"))


def heat_map(page: ReadinessPage) -> MapView:
    """The map, brought to the front."""
    return cast(MapView, page.show_view("map"))


def rows(page: ReadinessPage, qtbot: QtBot) -> list[ObligationRow]:
    """The obligations listed."""
    model = obligations(page).list.table.model
    qtbot.waitUntil(lambda: page.session.tasks.is_idle and model.state != "loading", timeout=30_000)
    found = [model.row(i) for i in range(model.rowCount())]
    return [row for row in found if row is not None]


def figure(chart: ChartView) -> Any:
    """What a chart shows."""
    assert chart.figure is not None
    return chart.figure


def wanted(session: Session, qtbot: QtBot, act: Callable[[], object]) -> Target:
    """Where the window is asked to go."""
    with qtbot.waitSignal(session.wanted) as told:
        act()
    return told.args[0]


def choose_bar(page: ReadinessPage, place: int) -> UnitReadiness:
    """Put the unit of a bar in front."""
    ranking = overview(page).ranking
    unit: UnitReadiness = figure(ranking).key(place)
    ranking.chosen.emit(unit)
    return unit
