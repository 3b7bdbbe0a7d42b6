"""A window's session on a real office, and a source of made-up rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from drillapp.core import i18n
from drillapp.core.clock import FixedClock
from drillapp.core.office import Office
from drillapp.ui import theme
from drillapp.ui.preferences import Preferences
from drillapp.ui.session import Scope, Session
from drillapp.ui.tasks import Tasks

OFFSCREEN_CANNOT = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's warnings fail tests, but for those about what a painted, not shown, window cannot do."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT))


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """English words in the tests of the window, unless a test says otherwise."""
    before = i18n.language()
    i18n.use_language("en")
    yield
    i18n.use_language(before)


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """The program in its light dress."""
    theme.apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def errors() -> list[BaseException]:
    """What the one error dialog would have shown; a test that expects nothing asserts that it is empty."""
    return []


@pytest.fixture
def tasks(qapp: QApplication, errors: list[BaseException]) -> Iterator[Tasks]:
    """Tasks without an office; their threads are gone afterwards."""
    made = Tasks(errors.append)
    yield made
    made.close()
    qapp.processEvents()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Nothing remembered yet."""
    return Preferences(tmp_path / "preferences.ini")


@pytest.fixture
def session(
    themed: QApplication, tasks: Tasks, preferences: Preferences, office_file: Path, clock: FixedClock
) -> Iterator[Session]:
    """A session on a new office: district 110102, open to write, its clock standing still."""
    with Office.open(office_file, clock=clock) as office:
        made = Session(tasks, preferences)
        made.begin(office, Scope(office.unit_id, "110102", office.name))
        yield made
        tasks.close()
