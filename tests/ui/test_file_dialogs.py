"""Asking for files: where a dialog begins, what it proposes, and what the name becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from drillapp.ui.parts.file_dialogs import ask_folder, ask_open, ask_save
from drillapp.ui.session import Session

FORMS = "Excel (*.xlsx);;Text (*.csv);;Paper (*.pdf)"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What each dialog began with; every one is answered with a file or folder `chosen`."""
    starts: list[str] = []

    def answer(_parent: QWidget, _question: str, start: str, *_forms: str) -> tuple[str, str]:
        starts.append(start)
        return str(tmp_path / "there" / "chosen.xlsx"), ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(answer))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *asked: answer(*asked)[0]))
    return starts


def test_a_dialog_begins_where_the_last_of_its_sort_ended(
    session: Session, parent: QWidget, begun: list[str], tmp_path: Path
) -> None:
    there = tmp_path / "there"
    assert ask_open(session, parent, "Which?", FORMS, "import") == there / "chosen.xlsx"
    assert ask_open(session, parent, "Which?", FORMS, "import") == there / "chosen.xlsx"
    assert ask_save(session, parent, "Where?", "list.xlsx", FORMS, "import") == there / "chosen.xlsx"
    assert ask_folder(session, parent, "Where?", "whole") == there / "chosen.xlsx"
    assert ask_folder(session, parent, "Where?", "whole") == there / "chosen.xlsx"
    assert begun[1:3] == [str(there), str(there / "list.xlsx")]
    assert begun[4] == str(there / "chosen.xlsx")


@pytest.mark.parametrize("has_documents", [True, False])
def test_the_first_dialog_begins_in_the_documents_or_at_home(
    session: Session,
    parent: QWidget,
    begun: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    has_documents: bool,
) -> None:
    places = QStandardPaths.StandardLocation
    folders = {places.DocumentsLocation: tmp_path / "Documents", places.HomeLocation: tmp_path}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(folders[place]))
    if has_documents:
        folders[places.DocumentsLocation].mkdir()
    ask_open(session, parent, "Which?", FORMS, "import")
    assert begun == [str(folders[places.DocumentsLocation if has_documents else places.HomeLocation])]


def test_a_proposed_name_has_no_sign_that_a_system_refuses(
    session: Session, parent: QWidget, begun: list[str]
) -> None:
    ask_save(session, parent, "Where?", 'Storm: wind/rain?\n"2026" <1|2>*\\.xlsx', FORMS, "export")
    assert Path(begun[0]).name == "Storm windrain2026 12.xlsx"


@pytest.mark.parametrize(
    ("typed", "form", "becomes"),
    [
        ("list", "Excel (*.xlsx)", "list.xlsx"),
        ("list", "Text (*.csv)", "list.csv"),
        ("list", "", "list.xlsx"),
        ("list.xlsx", "Text (*.csv)", "list.csv"),
        ("list.CSV", "Excel (*.xlsx)", "list.CSV"),
        ("list.pdf", "Excel (*.xlsx)", "list.pdf"),
        ("24.11 list", "Excel (*.xlsx)", "24.11 list.xlsx"),
        ("list 1.2", "Paper (*.pdf)", "list 1.2.pdf"),
    ],
)
def test_a_name_gets_the_ending_of_its_form(
    session: Session,
    parent: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    form: str,
    becomes: str,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / typed), form))
    assert ask_save(session, parent, "Where?", "list.xlsx", FORMS, "export") == tmp_path / becomes


@pytest.mark.parametrize("typed", ["IMG_1.JPG", "IMG_1.jpg"])
def test_an_ending_in_capitals_is_none_the_less_one(
    session: Session, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / typed), ""))
    assert ask_save(session, parent, "Where?", "IMG_1.JPG", "", "export") == tmp_path / typed


@pytest.mark.parametrize("agrees", [True, False])
def test_a_file_whose_ending_was_added_is_not_written_over_unasked(
    session: Session, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    asked: list[str] = []

    def confirm(_title: str, words: str, *_more: object, **_said: object) -> bool:
        asked.append(words)
        return agrees

    monkeypatch.setattr("drillapp.ui.parts.file_dialogs.confirm", confirm)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "list"), ""))
    path = tmp_path / "list.xlsx"
    assert ask_save(session, parent, "Where?", "list.xlsx", FORMS, "export") == path
    path.write_bytes(b"")
    found = ask_save(session, parent, "Where?", "list.xlsx", FORMS, "export")
    assert found == (path if agrees else None)
    assert ["list.xlsx" in words for words in asked] == [True]


def test_what_the_system_asked_about_is_not_asked_again(
    session: Session, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    assert ask_save(session, parent, "Where?", "list.xlsx", FORMS, "export") == path


def test_nothing_is_remembered_of_a_dialog_that_is_left(
    session: Session, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_asked: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: "")
    assert ask_open(session, parent, "Which?", FORMS, "import") is None
    assert ask_save(session, parent, "Where?", "list.xlsx", FORMS, "import") is None
    assert ask_folder(session, parent, "Where?", "import") is None
    assert session.preferences.text("folders/import") == ""
