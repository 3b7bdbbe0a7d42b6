"""Offices that many tests only look at: each is filled once a worker, and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.office import Office

_KEPT: dict[Callable[[Office], object], Path] = {}


def bring(
    office_file: Path, fill: Callable[[Office], object], clock: FixedClock, folders: pytest.TempPathFactory
) -> Path:
    """Fill a new office, which is not open, as it was filled the first time: with facts and what was worked out from them."""
    kept = _KEPT.get(fill)
    if kept is None:
        with Office.open(office_file, clock=clock) as office:
            fill(office)
        kept = _KEPT[fill] = folders.mktemp("kept")
        shutil.copytree(office_file.parent, kept, dirs_exist_ok=True)
    else:
        shutil.copytree(kept, office_file.parent, dirs_exist_ok=True)
    return office_file
