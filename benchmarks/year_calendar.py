"""The year calendar over 120,000 drills: from asking for it until it is painted."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.district import District
from benchmarks.figure import Figure, milliseconds
from benchmarks.recorded import Bare

_ROUNDS = 7
_MOST_MS = 100
_COUNTED = """
SELECT planned_on, count(*), sum(ended_at IS NOT NULL), sum(reported_on IS NOT NULL) FROM drills
WHERE planned_on BETWEEN ?1 AND ?2 AND retired_on IS NULL GROUP BY planned_on"""


def figures(district: District) -> Iterator[Figure]:
    """A year of the whole district, against counting its drills by day in bare SQL."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    with district.open() as office:
        session = _session(app, office)
        bare, year = Bare(office), office.as_of.year
        ours, floor = [], []
        for _ in range(_ROUNDS):
            ours.append(_painted(app, session))
            floor.append(milliseconds(lambda: bare.ask(_COUNTED, f"{year}-01-01", f"{year}-12-31")))
        bare.close()
        session.tasks.close()
    name = "year calendar of 120,000 drills, first paint"
    yield Figure(name, statistics.median(ours), statistics.median(floor), float("inf"), ceiling=_MOST_MS)


def _session(app: Any, office: Any) -> Any:
    from drillapp.ui import theme
    from drillapp.ui.preferences import Preferences
    from drillapp.ui.session import Scope, Session
    from drillapp.ui.tasks import Tasks

    def fail(error: BaseException) -> None:
        raise error

    theme.apply_theme(app, "light")
    tasks = Tasks(fail)
    tasks.garbage.begin()
    session = Session(tasks, Preferences())
    session.begin(office, Scope(office.unit_id, "", office.name))
    return session


def _painted(app: Any, session: Any) -> float:
    """Milliseconds until the days with drills are on the screen."""
    from PySide6.QtCore import QEventLoop

    from drillapp.ui.drills.calendar_view import CalendarView

    view = CalendarView(session)
    view.resize(1180, 720)
    start = time.perf_counter()
    view.show()
    while not view.year_view.days and time.perf_counter() - start < 30:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    view.year_view.repaint()
    taken = (time.perf_counter() - start) * 1000
    if not view.year_view.days:
        raise RuntimeError("the calendar did not appear")
    view.close()
    view.deleteLater()
    app.processEvents()
    return taken
