"""The whole office out and in from the settings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from drillapp.core.kinds import KINDS
from drillapp.core.units.entries import UnitEntry
from drillapp.ui.session import Session
from drillapp.ui.settings import whole_office
from drillapp.ui.settings.page import SettingsPage
from tests.ui.filled import shown


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Answer the next question for a folder; the system's own dialog cannot be driven by a test."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_args: str(folder)))
    monkeypatch.setattr(whole_office, "confirm", lambda *_args, **_options: True)


def test_what_was_exported_fills_a_new_office_and_it_is_opened_again(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(session, qtbot, SettingsPage)
    part = page.section("data").whole
    choose(monkeypatch, tmp_path)
    with qtbot.waitSignal(session.said) as said:
        part.out.click()
    assert said.args == ["1 ledgers written to Test district 2026-11-24"]
    [folder] = tmp_path.glob("Test district*/")
    with qtbot.waitSignal(session.said) as said:
        part.forms.click()
    assert len(list((tmp_path / "Empty forms").iterdir())) == len(KINDS)
    choose(monkeypatch, folder)
    with qtbot.waitSignal(session.reopen_wanted):
        part.back.click()
    shutil.rmtree(next(path for path in folder.iterdir() if path.is_dir()))
    with qtbot.waitSignal(session.said) as said:
        part.back.click()
    assert "only what ledgers carry" in said.args[0]


def test_an_office_in_use_is_not_overwritten(
    session: Session,
    errors: list[BaseException],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert session.office is not None
    KINDS["units"].save(session.office, [UnitEntry(code="S1", name="Street", parent_code="110102")])
    page = shown(session, qtbot, SettingsPage)
    part = page.section("data").whole
    choose(monkeypatch, tmp_path)
    with qtbot.waitSignal(session.said):
        part.out.click()
    choose(monkeypatch, next(tmp_path.glob("Test district*/")))
    part.back.click()
    qtbot.waitUntil(lambda: bool(errors))
    assert "in use" in str(errors.pop())
