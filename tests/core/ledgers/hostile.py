"""Files that nobody should open, made from ordinary ones; and a trial of very many: python -m tests.core.ledgers.hostile 1000."""

from __future__ import annotations

import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from drillapp.core.errors import DrillappError
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.heads import glances
from drillapp.core.progress import SILENT

from .documents import cell, open_document, row, table
from .old_books import OldSheet, old_workbook
from .workbooks import delimited, workbook

ROWS = [["编码", "名称"], *([f"U{i}", f"北京市西城区第{i}单位"] for i in range(60))]
DEFINITIONS = {
    "bomb": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
}

Make = Callable[[Path], Path]
MAKERS: dict[str, Make] = {
    "xlsx": lambda folder: workbook(folder / "a.xlsx", ROWS),
    "xls": lambda folder: old_workbook(folder / "a.xls", OldSheet("表", ROWS)),
    "ods": lambda folder: open_document(
        folder / "a.ods", table("表", *(row(*map(cell, line)) for line in ROWS))
    ),
    "csv": lambda folder: delimited(folder / "a.csv", ROWS),
    "gb18030": lambda folder: delimited(folder / "b.csv", ROWS, "gb18030"),
    "utf-16": lambda folder: delimited(folder / "c.csv", ROWS, "utf-16"),
}


def rewritten(path: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """The archive with its parts changed, and some more."""
    with zipfile.ZipFile(path) as file:
        parts = {name: change(name, file.read(name)) for name in file.namelist()} | more
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def flipped(content: bytes, seed: int) -> bytes:
    """The bytes with 1 to 8 of them changed at random."""
    dice = random.Random(seed)
    changed = bytearray(content)
    for _time in range(dice.choice((1, 1, 2, 4, 8))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def outcome(path: Path) -> str:
    """What comes of a look at the file and of reading it whole: 'read', or the kind of refusal; other errors pass."""
    try:
        glances(path, SILENT)
        with reading.opened(path, lambda _glance: reading.Choice(1, 1, (0, 1)), SILENT) as opened:
            for _block in opened.blocks:
                continue
    except DrillappError as error:
        return type(error).__name__ if error.message and error.hint else "NO WORDS"
    return "read"


def _trials(count: int, folder: Path) -> Iterator[tuple[str, Path]]:
    sources = [(name, make(folder)) for name, make in MAKERS.items()]
    sources += [(path.name, path) for path in sorted(map(Path, sys.argv[2:]))]
    contents = [(name, path.suffix, path.read_bytes()) for name, path in sources]
    for seed in range(count):
        name, suffix, content = contents[seed % len(contents)]
        path = folder / f"trial{suffix}"
        path.write_bytes(flipped(content, seed))
        yield name, path


def _main() -> None:
    import resource

    seen: Counter[tuple[str, str]] = Counter()
    longest = 0.0
    with TemporaryDirectory() as folder:
        for name, path in _trials(int(sys.argv[1]), Path(folder)):
            began = time.monotonic()
            try:
                seen[name, outcome(path)] += 1
            except Exception as error:  # noqa: BLE001 - each is counted and shown
                seen[name, f"BUG {error!r}"] += 1
            longest = max(longest, time.monotonic() - began)
            print(f"\r{seen.total()}", end="", file=sys.stderr, flush=True)
    for (name, what), count in sorted(seen.items()):
        print(f"{name:20} {what:40} {count}")
    memory = [
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(f"longest {longest:.1f} s; most memory {memory[0]} MB here, {memory[1]} MB in a reading process")


if __name__ == "__main__":
    _main()
