"""Offices that many tests only look at: each is filled once a worker, and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.office import Office

_KEPT: dict[Callable[[Office], object], Path] = {}


def kept_office(fill: Callable[[Office], object]) -> Callable[..., Path]:
    """The fixture `office_file` of a module or folder whose every test is about an office filled like this."""

    @pytest.fixture
    def office_file(office_file: Path, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return bring(office_file, fill, clock, tmp_path_factory)

    return office_file


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
