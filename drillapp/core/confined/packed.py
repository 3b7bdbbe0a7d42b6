"""Zipped documents (.xlsx, .docx) before they are opened: are they small enough, and whole?"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from drillapp.core.confined.refusals import protected, too_large, truncated

MAX_UNZIPPED = 768 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_RATIO = 250
RATIO_MATTERS_FROM = 32 * 1024 * 1024


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what goes wrong while it is looked through becomes Damaged or InvalidInput."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, NotImplementedError) as error:
        raise truncated(path) from error
    except RuntimeError as error:  # zipfile's word for a password on an entry
        raise protected(path) from error


def check_sizes(archive: zipfile.ZipFile) -> int:
    """Bytes of all parts together, as declared; raises InvalidInput instead of unpacking a trap."""
    path = Path(str(archive.filename))
    entries = archive.infolist()
    unzipped = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    bloated = unzipped > RATIO_MATTERS_FROM and unzipped / packed > MAX_RATIO
    if len(entries) > MAX_ENTRIES or unzipped > MAX_UNZIPPED or bloated:
        raise too_large(path)
    if any(entry.flag_bits & 1 for entry in entries):
        raise protected(path)
    return unzipped
