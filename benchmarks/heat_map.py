"""The heat map of 20,000 units by seven indicators: its first paint, and a frame while it is dragged."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from benchmarks.district import District
from benchmarks.figure import Figure, milliseconds

_UNITS, _INDICATORS = 20_000, 7
_WIDTH, _HEIGHT = 1180, 720
_ROUNDS, _FRAMES = 7, 120
_MOST_MS, _MOST_FRAME_MS = 200, 20
_STEP = 37
"""Pixels from one frame to the next: other rows come into sight with each."""


def figures(_district: District) -> Iterator[Figure]:
    """First paint at the usual height of rows, and frames at the usual and the lowest one, against one QImage."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from drillapp.ui import theme

    app = QApplication.instance() or QApplication([])
    theme.apply_theme(app, "light")
    rows = _rows()
    _painted(app, rows).close()
    first = [_closed_after(lambda: _painted(app, rows)) for _ in range(_ROUNDS)]
    bare = [_closed_after(lambda: _bare(app)) for _ in range(_ROUNDS)]
    name = f"heat map of {_UNITS:,} × {_INDICATORS}, first paint"
    yield Figure(name, statistics.median(first), statistics.median(bare), float("inf"), ceiling=_MOST_MS)
    for label, zoom in (("dragging the heat map, a frame", 1.0), ("the same zoomed out, a frame", 0.01)):
        view, floor = _painted(app, rows), _bare(app)
        view.zoom(zoom)
        ours = _frame(app, view.canvas, lambda place, view=view: view.bar.setValue(place * _STEP))
        least = _frame(app, floor, lambda _place: None)
        view.close()
        floor.close()
        yield Figure(label, ours, least, float("inf"), ceiling=_MOST_FRAME_MS)


def _closed_after(open_window: Callable[[], Any]) -> float:
    """Milliseconds until a window is painted."""
    opened: list[Any] = []
    taken = milliseconds(lambda: opened.append(open_window()))
    opened[0].close()
    opened[0].deleteLater()
    return taken


def _rows() -> list[Any]:
    """Values of all kinds: known, hardly known, not known, not asked."""
    from drillapp.core.charts.heat_map import Cell, HeatRow

    random = Random(6)
    kinds = [Cell(step / 100, words=f"{step} / 100") for step in range(101)]
    kinds += [Cell(0.5, confidence=0.3), Cell(None), Cell(None), Cell(None, is_asked=False)]
    return [
        HeatRow(place, f"Unit {place}", tuple(random.choices(kinds, k=_INDICATORS)))
        for place in range(_UNITS)
    ]


def _painted(app: Any, rows: list[Any]) -> Any:
    """The view of these rows, painted."""
    from drillapp.core.charts.heat_map import HeatMap
    from drillapp.ui.charts.rows_view import RowsView

    view = RowsView("Heat map")
    view.resize(_WIDTH, _HEIGHT)
    view.show_figure(HeatMap([f"Indicator {place}" for place in range(_INDICATORS)], rows))
    view.show()
    app.processEvents()
    if not view.drawn_rows:
        raise RuntimeError("the heat map was not painted")
    return view


def _bare(app: Any) -> Any:
    """A window that paints one picture of that size."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QWidget

    class Picture(QWidget):
        """The same pixels every time."""

        image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)

        def paintEvent(self, _event: Any) -> None:  # noqa: N802
            painter = QPainter(self)
            painter.drawImage(0, 0, self.image)
            painter.end()

    made = Picture()
    made.image.fill(0xFF4B49C4)
    made.resize(_WIDTH, _HEIGHT)
    made.show()
    app.processEvents()
    return made


def _frame(app: Any, widget: Any, move: Callable[[int], None]) -> float:
    """Milliseconds from a move until it is painted, the middle one of many."""
    times = []
    for place in range(1, _FRAMES + 1):
        start = time.perf_counter()
        move(place)
        widget.repaint()
        app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
