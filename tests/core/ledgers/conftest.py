"""Files that are dear to make and that no test changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from .workbooks import with_sheet


@pytest.fixture(scope="session")
def bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of a few megabytes that is a gigabyte when unzipped."""
    return with_sheet(tmp_path_factory.mktemp("bomb") / "bomb.xlsx", (bytes(8 << 20) for _ in range(128)))
