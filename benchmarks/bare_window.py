"""A window with nothing in it; with an office file also the least that showing figures from it needs.

A script of its own, so that nothing else is imported: it prints when it was painted, and leaves.
"""

from __future__ import annotations

import time

BEGAN = time.perf_counter()

import sys  # noqa: E402

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtGui import QPaintEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: E402


class BareWindow(QMainWindow):
    """Notes when it is painted first, then fetches one figure if there is an office."""

    def __init__(self, office: str | None) -> None:
        super().__init__()
        self.office = office
        self.frame_ms = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self.frame_ms:
            self.frame_ms = _milliseconds()
            QTimer.singleShot(0, self.fill)

    def fill(self) -> None:
        """Ask the office one question and show the answer."""
        if self.office:
            self.setWindowTitle(str(_count_units(self.office)))
        self.repaint()
        print(f'{{"shown_ms": {_milliseconds():.1f}, "frame_ms": {self.frame_ms:.1f}}}', flush=True)
        self.close()


def _milliseconds() -> float:
    return (time.perf_counter() - BEGAN) * 1000


def _count_units(office: str) -> int:
    from pathlib import Path

    import sqlalchemy.orm  # noqa: F401

    from drillapp.core.database.engine import file_engine
    from drillapp.core.database.keys import read_key

    engine = file_engine(Path(office), read_key(Path(office)))
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM units").scalar_one())


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = BareWindow(sys.argv[1] if len(sys.argv) > 1 else None)
    window.resize(1280, 800)
    window.show()
    app.exec()
