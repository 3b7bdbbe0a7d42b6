"""Turning the wheel over a list of 120,000 drills: how long a step keeps the window from answering."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.district import District
from benchmarks.figure import Figure

_STEPS = 400
_LONGEST_MS = 50
_TURNS = 3
"""What is slow in one turn and not in another is the machine's."""


def figures(district: District) -> Iterator[Figure]:
    """The longest of 400 steps, against the longest over a model of a few words."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    with district.open() as office:
        ours = min(max(_steps(app, *_our_table(app, office))) for _ in range(_TURNS))
        floor = min(max(_steps(app, *_bare_table(app))) for _ in range(_TURNS))
    yield Figure(f"longest of {_STEPS} wheel steps", ours, floor, float("inf"), ceiling=_LONGEST_MS)


def _steps(app: Any, table: Any, grid: Any) -> list[float]:
    """Milliseconds that each step took until the window was painted and answered again."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent

    times = []
    for _ in range(_STEPS):
        center = QPointF(grid.viewport().rect().center())
        wheel = QWheelEvent(
            center, grid.viewport().mapToGlobal(center), QPoint(), QPoint(0, -600),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        start = time.perf_counter()
        app.sendEvent(grid.viewport(), wheel)
        app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.004)  # a hand turns no faster
        app.processEvents()
    table.close()
    table.deleteLater()
    return times


def _our_table(app: Any, office: Any) -> tuple[Any, Any]:
    from drillapp.core.drills.queries import DRILLS
    from drillapp.core.listing import View
    from drillapp.ui import theme
    from drillapp.ui.parts.source import ListingSource
    from drillapp.ui.parts.table import Table
    from drillapp.ui.preferences import Preferences
    from drillapp.ui.session import Scope, Session
    from drillapp.ui.tasks import Tasks

    def fail(error: BaseException) -> None:
        raise error

    theme.apply_theme(app, "light")
    tasks = Tasks(fail)
    tasks.garbage.begin()
    session = Session(tasks, Preferences())
    session.begin(office, Scope())
    table = Table(ListingSource(DRILLS), session, "benchmark")
    table.resize(1200, 800)
    table.show()
    table.set_view(View())
    until = time.perf_counter() + 30
    while table.model.rowCount() < 5000 and time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.01)
    if table.model.rowCount() < 5000:
        raise RuntimeError("the list did not appear")
    return table, table.grid


def _bare_table(app: Any) -> tuple[Any, Any]:
    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QTableView

    class Words(QAbstractTableModel):
        """The same few words everywhere."""

        def rowCount(self, _parent: Any = None) -> int:  # noqa: N802
            return 120_000

        def columnCount(self, _parent: Any = None) -> int:  # noqa: N802
            return 20

        def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
            return f"{index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    grid = QTableView()
    grid.setModel(Words(grid))
    grid.resize(1200, 800)
    grid.show()
    app.processEvents()
    return grid, grid
