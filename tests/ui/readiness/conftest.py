"""The readiness page on a small district, and ways to look at what it shows."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from drillapp.core.dates import month_ends
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.readiness.overview import overview
from drillapp.core.readiness.rows import TrendPoint
from drillapp.ui.readiness import trend_card
from drillapp.ui.readiness.page import ReadinessPage
from drillapp.ui.session import Session
from tests.ui.kept import kept_office
from tests.ui.readiness.looking import settled
from tests.ui.small_district import fill_and_look


def quick_trend(office: Office, unit_id: int, months: int, _progress: Progress) -> list[TrendPoint]:
    """The figures of now at every month's end: the real trend has tests of its own, and takes its time."""
    rows = overview(office, unit_id).rows
    return [TrendPoint(day, rows[0]) for day in month_ends(office.as_of, months)]


office_file = kept_office(fill_and_look)


@pytest.fixture
def page(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ReadinessPage:
    """As wide and high as it is in a window of 1366 x 768."""
    monkeypatch.setattr(trend_card, "remembered_trend", quick_trend)
    made = ReadinessPage(session)
    qtbot.addWidget(made)
    made.resize(1162, 690)
    made.show()
    settled(made, qtbot)
    return made
