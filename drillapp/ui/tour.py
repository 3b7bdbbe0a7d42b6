"""A picture of every page and the sample reports, for machines without a display and for the documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTabBar

from drillapp.core.cards.queries import CARDS
from drillapp.core.drills.queries import DRILLS
from drillapp.core.errors import NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.readiness.overview import remembered_trend
from drillapp.core.reports.registry import write_report
from drillapp.core.units.queries import UNITS
from drillapp.ui import icons, theme
from drillapp.ui.app import own_scope
from drillapp.ui.camera import Camera
from drillapp.ui.destinations import destinations
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.palette import Palette
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.table import Table
from drillapp.ui.preferences import Preferences
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.page import SuppliesPage
from drillapp.ui.tasks import Tasks
from drillapp.ui.tour_drills import OVER, STREET, pictures_of_conduct, pictures_of_drills
from drillapp.ui.tour_supplies import papers_of_supplies, pictures_of_supplies
from drillapp.ui.welcome import WelcomePage
from drillapp.ui.window import Window

_SIZE = (1440, 900)
_MONTHS = 24
_WITH_FORM = "drills"
_WITH_PANEL = "plans"
_PLAN_WITH_TEXT = "110102-ZX-02"
"""A plan of the sample district."""
_TABS = ("Life", "Versions", "Text", "Levels", "People", "Papers", "Gaps", "Links")
_ALSO_DARK = ("home", "readiness")
_OF_A_DRILL = ("drill", "drill_file", "evaluation_report", "correction_notice")
_OF_A_UNIT = (
    "annual_programme", "correction_ledger", "reporting_rates", "participation", "bulletin", "comparison", "dossier",
    "reminder",
)  # fmt: skip


def tour(location: str, as_of: date | None, out: Path) -> Iterator[Path]:
    """Write pictures of every page and of what opens over them, and one PDF of each report; gives each file once written."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("[0-9][0-9]-*.png"):
        old.unlink()
    theme.choose_style()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with Office.open(location, as_of=as_of, mode="auto") as office:
        yield from _pictures(app, office, out)
        yield from _papers(office, out)


def _pictures(app: QApplication, office: Office, out: Path) -> Iterator[Path]:
    problems: list[BaseException] = []
    tasks = Tasks(problems.append)
    tasks.garbage.begin()
    session = Session(tasks, Preferences(out / "preferences.ini"))
    session.begin(office, own_scope(office))
    if office.unit_id is not None:
        remembered_trend(office, office.unit_id, _MONTHS)  # the first page shows it at once
    _dress(app, "light")
    window = Window(session)
    window.resize(*_SIZE)
    window.show()
    camera = Camera(app, window, problems, out)
    try:
        for place in destinations():
            yield from _page(camera, place.name, office)
        yield from pictures_of_conduct(camera, office, out)
        yield from _over(camera)
        yield from _dark(app, camera)
    finally:
        tasks.close()
        window.close()
        (out / "preferences.ini").unlink(missing_ok=True)


def _page(camera: Camera, name: str, office: Office) -> Iterator[Path]:
    """A page, each of its tabs with the first record chosen, and the form where it is to be shown."""
    page = camera.window.open_page(name)
    if page is None:
        camera.settle()
        return
    tabs = getattr(page, "tabs", None)
    count = tabs.count() if isinstance(tabs, QTabBar) else 1
    for place in range(count):
        if isinstance(tabs, QTabBar):
            tabs.setCurrentIndex(place)
        camera.settle()
        _choose_first(page)
        yield camera.take(name if place == 0 else f"{name}-{place + 1}")
    if name == _WITH_FORM:
        yield from _form(camera, page)
    if isinstance(page, ListPage) and name == _WITH_PANEL:
        yield from _panel(camera, page)
    if isinstance(page, DrillsPage):
        yield from pictures_of_drills(camera, page)
    if isinstance(page, SuppliesPage):
        yield from pictures_of_supplies(camera, page, office)


def _panel(camera: Camera, page: ListPage) -> Iterator[Path]:
    """Each tab of the panel, for a plan that has a text where there is one."""
    page.tabs.setCurrentIndex(0)
    pane = page.pane(_WITH_PANEL)
    pane.filters.choose(_PLAN_WITH_TEXT)
    camera.settle()
    if not pane.table.model.rowCount():
        pane.filters.clear()
        return
    _choose_first(page)
    for label in _TABS:
        pane.detail.show_tab(label)
        yield camera.take(f"{_WITH_PANEL}-{label.lower()}")
    pane.filters.clear()


def _choose_first(page: Page) -> None:
    for table in page.findChildren(Table):
        if table.isVisible():
            table.grid.selectRow(0)


def _form(camera: Camera, page: Page) -> Iterator[Path]:
    page.show_target(Target(_WITH_FORM, _WITH_FORM, action="new"))
    camera.settle()
    for dialog in page.findChildren(FormDialog):
        yield camera.take(f"{_WITH_FORM}-form", dialog)
        dialog.reject()


def _over(camera: Camera) -> Iterator[Path]:
    """What is not a page: the search with results, and what one sees at the very start."""
    window = camera.window
    palette = Palette(window.session, list(destinations()), window)
    palette.open()
    palette.line.setText(window.session.scope.name[:2])
    yield camera.take("search", palette)
    palette.close()
    window.show_alone(WelcomePage(window.session.preferences))
    yield camera.take("welcome")
    window.show_frame()


def _dark(app: QApplication, camera: Camera) -> Iterator[Path]:
    _dress(app, "dark")
    for place in destinations():
        if place.name in _ALSO_DARK:
            page = camera.window.open_page(place.name)
            tabs = getattr(page, "tabs", None)
            if isinstance(tabs, QTabBar):
                tabs.setCurrentIndex(0)
            yield camera.take(f"{place.name}-dark")
    _dress(app, "light")


def _dress(app: QApplication, mode: str) -> None:
    theme.apply_theme(app, mode)
    icons.retint()


def _papers(office: Office, out: Path) -> Iterator[Path]:
    """Papers of a whole drill or of the one with most findings, readiness of a sub-district, cards, what a year has."""
    for name, subject in _subjects(office):
        path = out / f"{name}.pdf"
        with suppress(NotFound):  # cards that were never issued have no sheet
            write_report(office, name, path, **subject)  # type: ignore[arg-type]
            yield path


def _subjects(office: Office) -> Iterator[tuple[str, dict[str, str]]]:
    """Names of reports, each with what it is about."""
    over = View(text=OVER), View(choices={"state": ("held", "reported")}, sort=(("findings", True),))
    drills = next((found for view in over if (found := first_rows(office, DRILLS, view, 1))), [])
    for drill in drills:
        for name in _OF_A_DRILL:
            yield name, {"number": drill.number}
    streets = first_rows(office, UNITS, View(choices={"kind": ("street",)}), 1)
    yield "readiness", {"unit_code": streets[0].code if streets else own_scope(office).code}
    for card in first_rows(office, CARDS, View(), 1):
        yield "cards", {"unit_code": card.unit_code}
    yield from papers_of_supplies(office)
    for unit in first_rows(office, UNITS, View(text=STREET), 1):
        for name in _OF_A_UNIT:
            yield name, {"unit_code": unit.code}
