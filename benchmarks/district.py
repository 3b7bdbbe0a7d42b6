"""The district that is measured: made once for each size and state of the program, kept in build/bench."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import cache, partial
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
_TEXT_SOURCES = (
    "drillapp/core/plans/content.py",
    "drillapp/core/search/section_index.py",
    "drillapp/core/search/passages.py",
)
"""What the texts of plans depend on too."""


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
    path = PLACE / f"{_state(_SOURCES)}-{size:g}.office"
    if not path.exists():
        from benchmarks.making.office import make_office

        _make(path, f"-{size:g}.office", partial(make_office, size=size))
    return District(path, size)


def district_with_texts(size: float = 1.0) -> District:
    """The district with what is written in its plans, which only full-text search needs."""
    base = district(size)
    path = PLACE / f"{_state(_SOURCES + _TEXT_SOURCES)}-{size:g}-texts.office"
    if not path.exists():
        from benchmarks.making.sections import make_sections

        _make(path, f"-{size:g}-texts.office", partial(make_sections, size=size), base)
    return District(path, size)


def _make(path: Path, ending: str, make: Callable[[Path], None], base: District | None = None) -> None:
    """Make an office file in the place of an older one, from nothing or from another one."""
    for old in PLACE.glob(f"*{ending}"):
        remove(old)
    start = time.perf_counter()
    part = path.with_name(f"part{ending}")
    remove(part)
    if base is not None:
        base.copy(part.name)
    # In a process of its own, so that the memory this takes is no part of what is measured.
    process = multiprocessing.get_context("spawn").Process(target=make, args=(part,))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError("the district could not be made")
    Path(f"{part}.keys").rename(f"{path}.keys")
    part.rename(path)
    remove(part)
    print(f"made {path.name} in {time.perf_counter() - start:.0f} s", file=sys.stderr)


def remove(path: Path) -> None:
    """Delete an office file and what lies beside it."""
    for suffix in ("", ".keys", ".lock", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


@cache
def _state(sources: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for pattern in sources:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
