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
    page.HomePage = PlainPage
    monkeypatch.setitem(sys.modules, "drillapp.ui.home", ModuleType("drillapp.ui.home"))
    monkeypatch.setitem(sys.modules, "drillapp.ui.home.page", page)
    monkeypatch.setattr(module, "destinations", lambda: (Destination("home", "Home", "home", "HomePage"),))
    return page


def test_every_page_is_painted_and_what_opens_over_it(
    office_file: Path, tmp_path: Path, only_home: ModuleType, themed: QApplication
) -> None:
    written = list(tour(str(office_file), None, tmp_path / "tour"))
    pictures = {path.name: QImage(str(path)) for path in written if path.suffix == ".png"}
    assert list(pictures) == ["01-home.png", "02-search.png", "03-welcome.png", "04-home-dark.png"]
    assert all((picture.width(), picture.height()) == (1440, 900) for picture in pictures.values())
    assert pictures["01-home.png"] != pictures["04-home-dark.png"]
    assert [path.name for path in written if path.suffix == ".pdf"] == ["readiness.pdf"]


def test_pictures_of_an_earlier_tour_do_not_stay(
    office_file: Path,
    tmp_path: Path,
    only_home: ModuleType,
    themed: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_papers", lambda _office, _out: iter(()))
    (tmp_path / "77-gone.png").write_bytes(b"")
    written = list(tour(str(office_file), None, tmp_path))
    assert sorted(tmp_path.glob("*.png")) == [path for path in written if path.suffix == ".png"]


def test_page_that_fails_ends_the_tour(
    office_file: Path, tmp_path: Path, only_home: ModuleType, themed: QApplication
) -> None:
    only_home.HomePage = BrokenPage
    with pytest.raises(ZeroDivisionError):
        list(tour(str(office_file), None, tmp_path / "tour"))
