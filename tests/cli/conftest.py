"""The command line sets the language of the process: each test gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from drillapp.core import i18n
from tests.cli.line import UNITS, Line


@pytest.fixture(scope="session", autouse=True)
def commands_made_once() -> Iterator[None]:
    """Typer's runner makes all commands anew for each line, which takes longer than nearly every one of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.testing._get_command", cache(get_command))
        yield


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = i18n.language()
    yield
    i18n.use_language(before)


@pytest.fixture
def line(office_location: str, tmp_path: Path) -> Line:
    made = Line(tmp_path, office_location)
    made.bring("units", UNITS)
    return made
