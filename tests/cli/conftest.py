"""The command line sets the language of the process: each test gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drillapp.core import i18n
from tests.cli.line import UNITS, Line


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
