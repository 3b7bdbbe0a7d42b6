"""A picture of every page and the sample reports, for machines without a display and for the documents."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from drillapp.core.drills.queries import DRILLS
from drillapp.core.errors import NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from drillapp.ui import icons, theme
from drillapp.ui.app import own_scope
from drillapp.ui.destinations import destinations
from drillapp.ui.preferences import Preferences
from drillapp.ui.session import Session
from drillapp.ui.tasks import Tasks
from drillapp.ui.window import Window

_SIZE = (1366, 768)
_PATIENCE = 60.0
"""Seconds that a page may take to show its figures."""
_QUIET_LOOKS = 3


def tour(location: str, as_of: date | None, out: Path) -> Iterator[Path]:
    """Write a picture of every page, light and dark, and one PDF of each report; gives each file once it is written."""
    out.mkdir(parents=True, exist_ok=True)
    theme.choose_style()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with Office.open(location, as_of=as_of, mode="auto") as office:
        yield from _pictures(app, office, out)
        yield from _papers(office, out)


def _pictures(app: QApplication, office: Office, out: Path) -> Iterator[Path]:
    for mode in ("light", "dark"):
        theme.apply_theme(app, mode)
        icons.retint()
        problems: list[BaseException] = []
        tasks = Tasks(problems.append)
        session = Session(tasks, Preferences(out / "preferences.ini"))
        session.begin(office, own_scope(office))
        window = Window(session)
        window.resize(*_SIZE)
        window.show()
        try:
            for place in destinations():
                yield _picture(app, window, place.name, out / f"{place.name}-{mode}.png")
                if problems:
                    raise problems[0]
        finally:
            tasks.close()
            window.close()
            (out / "preferences.ini").unlink(missing_ok=True)


def _picture(app: QApplication, window: Window, name: str, path: Path) -> Path:
    window.open_page(name)
    wait_until_shown(app, window.session.tasks)
    window.grab().save(str(path))
    return path


def wait_until_shown(app: QApplication, tasks: Tasks) -> None:
    """Let the window work until nothing has been under way for a few looks; raises TimeoutError if that never comes."""
    quiet, end = 0, time.monotonic() + _PATIENCE
    while quiet < _QUIET_LOOKS:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)
        quiet = quiet + 1 if tasks.is_idle else 0
        if time.monotonic() > end:
            raise TimeoutError


def _papers(office: Office, out: Path) -> Iterator[Path]:
    held = first_rows(office, DRILLS, View(choices={"state": ("held", "reported")}, sort=(("findings", True),)), 1)
    code = own_scope(office).code
    subjects = {"readiness": {"unit_code": code}, "cards": {"unit_code": code}}
    if held:
        subjects["drill"] = {"number": held[0].number}
    for name, subject in subjects.items():
        path = out / f"{name}.pdf"
        with suppress(NotFound):  # an office without cards has no sheet of them
            write_report(office, name, path, **subject)  # type: ignore[arg-type]
            yield path
