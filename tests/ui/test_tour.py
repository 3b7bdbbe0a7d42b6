"""The tour paints what the window shows, and says when a page cannot be shown."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from drillapp.ui import tour as module
from drillapp.ui.destinations import Destination
from drillapp.ui.parts.page import Page
from drillapp.ui.tour import tour


class PlainPage(Page):
    def reload(self) -> None:
        self.session.tasks.run_read(lambda office, _progress: office.name, self.setWindowTitle)


class BrokenPage(Page):
    def reload(self) -> None:
        self.session.tasks.run_read(lambda _office, _progress: 1 // 0, self.setWindowTitle)


@pytest.fixture
def only_home(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    page = ModuleType("drillapp.ui.home.page")
    page.HomePage = PlainPage  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "drillapp.ui.home", ModuleType("drillapp.ui.home"))
    monkeypatch.setitem(sys.modules, "drillapp.ui.home.page", page)
    monkeypatch.setattr(module, "destinations", lambda: (Destination("home", "Home", "home", "HomePage"),))
    return page


def test_every_page_is_painted_in_both_dresses(
    office_file: Path, tmp_path: Path, only_home: ModuleType, themed: QApplication
) -> None:
    written = list(tour(str(office_file), None, tmp_path / "tour"))
    pictures = [QImage(str(path)) for path in written if path.suffix == ".png"]
    assert [path.name for path in written if path.suffix == ".png"] == ["home-light.png", "home-dark.png"]
    assert all((picture.width(), picture.height()) == (1366, 768) for picture in pictures)
    assert pictures[0] != pictures[1]


def test_page_that_fails_ends_the_tour(
    office_file: Path, tmp_path: Path, only_home: ModuleType, themed: QApplication
) -> None:
    only_home.HomePage = BrokenPage  # type: ignore[attr-defined]
    with pytest.raises(ZeroDivisionError):
        list(tour(str(office_file), None, tmp_path / "tour"))
