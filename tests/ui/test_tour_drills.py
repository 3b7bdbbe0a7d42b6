"""The tour shows whole drills of the sample, and conducts one on a copy: the sample itself stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.office import Office
from drillapp.core.sample import CODE, LEVEL, fill
from drillapp.ui import tour as module
from drillapp.ui.destinations import destinations
from drillapp.ui.tour import tour

SHOWN = {
    "drill-design", "record", "record-8", "script", "evaluation", "drill-papers", "findings-board", "programme",
    "reporting", "reporting-rates", "participation", "conduct", "conduct-room", "conduct-event",
}  # fmt: skip
PAPERS = {
    "drill", "drill_file", "evaluation_report", "correction_notice", "readiness", "cards", "annual_programme",
    "correction_ledger", "reporting_rates", "participation",
}  # fmt: skip


def test_whole_drills_are_shown_and_nothing_is_written(
    tmp_path: Path, themed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = tmp_path / "sample.drill"
    with Office.create(location, name="Sample", level=LEVEL, code=CODE) as office:
        fill(office)
        entries = _journal(office)
    only = [place for place in destinations() if place.name == "drills"]
    monkeypatch.setattr(module, "destinations", lambda: only)
    monkeypatch.setattr(module, "_dark", lambda _app, _camera: iter(()))  # no page of drills is shown dark
    written = list(tour(str(location), None, tmp_path / "tour"))
    pictures = {path.stem.partition("-")[2]: path for path in written if path.suffix == ".png"}
    assert pictures.keys() >= SHOWN
    assert not QImage(str(pictures["conduct"])).isNull()
    assert {path.stem for path in written if path.suffix == ".pdf"} >= PAPERS
    with Office.open(location) as office:
        planned = drill_record(office, drill_named(office, "110102001-YL-2026-05"))
        assert planned.drill.started_at is None
        assert _journal(office) == entries


def _journal(office: Office) -> int:
    with office.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())
