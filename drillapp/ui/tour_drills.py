"""Pictures of whole drills for the tour: their dialogs, one street's programme, and a drill being conducted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog, QTabWidget

from drillapp.core.database.backup import backup
from drillapp.core.drills.conduct import commands as conducting
from drillapp.core.drills.conduct.check_in import check_in
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.errors import NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.sample_time import at
from drillapp.core.units.queries import UNITS
from drillapp.ui.camera import Camera
from drillapp.ui.drills.conduct.opening import write_script
from drillapp.ui.drills.conduct.window import ConductWindow
from drillapp.ui.drills.evaluation.action import evaluate_drill
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.drills.papers.action import open_papers
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.preferences import Preferences
from drillapp.ui.session import Scope, Session
from drillapp.ui.tasks import Tasks

OVER = "110102001-YL-2026-03"
"""A drill of the sample district with all papers that belong to one."""
_LIVE, _PLANNED, _EVENT = "110102001-YL-2026-04", "110102001-YL-2026-05", "110102001-SJ-2026-01"
STREET = "110102001"
"""Whose programme the sample has."""
_TABS = ("Design", "Taking part", "Means", "Log", "Findings")
_BEGUN = timedelta(minutes=13, seconds=20)
"""So long ago the drill was started that is being conducted in its picture."""
_RELEASED = (("1", 65, 250), ("2", 245, 330), ("3", 365, 610), ("4", 550, None))
"""Number of an inject, seconds of drill time at which it was released, and at which its action was done."""
_COMING, _EARLY = 7, timedelta(minutes=12)
"""So many were checked in, so long before the start."""
_WINDOW, _RECORD = (1440, 900), (1160, 740)
"""What these have on a screen of usual size; that of a machine without a display is smaller."""


def pictures_of_drills(camera: Camera, page: DrillsPage) -> Iterator[Path]:
    """The panel and the dialogs of a drill that is over, and the views of a street; none where these are not there."""
    pane = page.pane("drills")
    page.tabs.setCurrentIndex(0)
    if _chosen(camera, pane, _LIVE):
        for label in _TABS:
            pane.detail.show_tab(label)
            yield camera.take(f"drill-{label.lower().replace(' ', '-')}")
        yield from _dialog(camera, pane, "record", lambda pane: pane.edit(), range(8))
        yield from _dialog(camera, pane, "script", write_script, (0,))
        yield from _dialog(camera, pane, "evaluation", evaluate_drill, (0, 1, 2))
        yield from _dialog(camera, pane, "drill-papers", open_papers, (0,))
    pane.filters.clear()
    yield from _street(camera, page)


def pictures_of_conduct(camera: Camera, office: Office, out: Path) -> Iterator[Path]:
    """The windows in which a drill and an event are conducted, on a copy: nothing is written to the office itself."""
    if office.is_server:
        return
    try:
        planned, event = drill_named(office, _PLANNED), drill_named(office, _EVENT)
    except NotFound:
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "copy.drill"
        backup(office, copy)
        with Office.open(copy) as opened:
            if drill_record(opened, planned).drill.started_at is None:
                _begin(opened, planned)
            tasks = Tasks(camera.problems.append)
            tasks.garbage.begin()
            session = Session(tasks, Preferences(out / "preferences.ini"))
            session.begin(opened, camera.window.session.scope)
            try:
                yield from _conducted(camera, session, planned, "conduct")
                yield from _conducted(camera, session, event, "conduct-event")
            finally:
                tasks.close()


def _chosen(camera: Camera, pane: ListPane, number: str) -> bool:
    """Whether a drill is there; it stands under the cursor then."""
    pane.filters.choose(number)
    camera.settle()
    if not pane.table.model.rowCount():
        return False
    pane.table.grid.selectRow(0)
    camera.settle()
    return True


def _dialog(
    camera: Camera, pane: ListPane, name: str, opened: Callable[[ListPane], None], pages: Sequence[int]
) -> Iterator[Path]:
    """A dialog over the list, once for each of these tabs of it."""
    opened(pane)
    camera.settle()
    for dialog in pane.findChildren(QDialog):
        if isinstance(dialog, RecordDialog):
            dialog.resize(*_RECORD)
        tabs = getattr(dialog, "tabs", None)
        for place in pages:
            if isinstance(tabs, QTabWidget):
                tabs.setCurrentIndex(place)
            camera.settle()
            yield camera.take(name if place == pages[0] else f"{name}-{place + 1}", dialog)
        dialog.done(0)
        dialog.setParent(None)
    camera.settle()


def _street(camera: Camera, page: DrillsPage) -> Iterator[Path]:
    """What shows most of one unit: its programme, its findings, its reports."""
    session, whole = camera.window.session, camera.window.session.scope
    office = session.office
    found = first_rows(office, UNITS, View(text=STREET), 1) if office is not None else []
    if not found:
        return
    session.set_scope(Scope(found[0].id, found[0].code, found[0].name))
    for place, name in ((2, "findings-board"), (4, "programme")):
        page.tabs.setCurrentIndex(place)
        yield camera.take(name)
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    for place, name in enumerate(("reporting", "reporting-rates", "participation")):
        page.reporting.tabs.setCurrentIndex(place)
        camera.settle()
        if place == 0:
            page.reporting.pane("drill_reports").table.grid.selectRow(0)
        yield camera.take(name)
    page.reporting.tabs.setCurrentIndex(0)
    page.tabs.setCurrentIndex(0)
    session.set_scope(whole)
    camera.settle()


def _begin(office: Office, drill_id: int) -> None:
    """Conduct a drill for some minutes."""
    start = office.clock.now() - _BEGUN
    injects = {one.number: one.id for one in injects_of(office, drill_id)}
    with at(office, start - _EARLY):
        for one in drill_record(office, drill_id, with_people=True).people[:_COMING]:
            check_in(office, drill_id, row_id=one.id)
    conducting.start(office, drill_id, at=start)
    for number, released, done in _RELEASED:
        conducting.release(office, drill_id, injects[number], at=start + timedelta(seconds=released))
        if done is not None:
            conducting.done(office, drill_id, injects[number], at=start + timedelta(seconds=done))


def _conducted(camera: Camera, session: Session, drill_id: int, name: str) -> Iterator[Path]:
    """The window of a drill, and the screen for the room."""
    window = ConductWindow(session, drill_id)
    window.resize(*_WINDOW)
    window.show()
    try:
        yield camera.take_alone(name, window, session.tasks)
        window.show_room()
        assert window.room is not None
        yield camera.take_alone(f"{name}-room", window.room, session.tasks)
    finally:
        window.close()
