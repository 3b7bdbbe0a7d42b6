"""The district that is measured: made once for each size and state of the program, kept in build/bench."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import sys
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from drillapp.core.office import Office

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "build" / "bench"
_SOURCES = (
    "benchmarks/making/*.py",
    "benchmarks/words.toml",
    "drillapp/core/*/model.py",
    "drillapp/core/database/migrations/versions/*.py",
    "drillapp/core/database/types.py",
    "drillapp/core/search/index.py",
    "drillapp/core/search/tokens.py",
    "resources/pinyin*",
)
"""What the content of the office file depends on."""


class District(NamedTuple):
    """An office file with a district in it."""

    path: Path
    size: float

    def open(self, mode: str = "read") -> Office:
        """The district as of the day it was laid out around."""
        from benchmarks.making.office import CLOCK

        return Office.open(self.path, mode=mode, clock=CLOCK)  # type: ignore[arg-type]

    def copy(self, name: str) -> District:
        """A copy that may be written to."""
        target = self.path.with_name(name)
        remove(target)
        for suffix in ("", ".keys"):
            shutil.copy2(f"{self.path}{suffix}", f"{target}{suffix}")
        return District(target, self.size)


def use_own_home() -> None:
    """Keep the keys of the measured offices apart from those of the person who measures."""
    home = PLACE / "home"
    home.mkdir(parents=True, exist_ok=True)
    for variable in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        os.environ[variable] = str(home)


def district(size: float = 1.0) -> District:
    """The district of this size, made if it is not there."""
    use_own_home()
    path = PLACE / f"{_state()}-{size:g}.office"
    if not path.exists():
        from benchmarks.making.office import make_office

        for old in PLACE.glob(f"*-{size:g}.office"):
            remove(old)
        start = time.perf_counter()
        part = path.with_name(f"part-{size:g}.office")
        remove(part)
        # In a process of its own, so that the memory this takes is no part of what is measured.
        process = multiprocessing.get_context("spawn").Process(target=make_office, args=(part, size))
        process.start()
        process.join()
        if process.exitcode:
            raise RuntimeError("the district could not be made")
        Path(f"{part}.keys").rename(f"{path}.keys")
        part.rename(path)
        remove(part)
        print(f"made a district of size {size:g} in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return District(path, size)


def remove(path: Path) -> None:
    """Delete an office file and what lies beside it."""
    for suffix in ("", ".keys", ".lock", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


@cache
def _state() -> str:
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
