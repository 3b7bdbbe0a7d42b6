"""Zipped documents (.xlsx, .docx) before they are opened: are they small enough, and whole?"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from drillapp.core.confined.refusals import in_use, protected, too_large, truncated

MAX_UNZIPPED = 768 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_RATIO = 250
RATIO_MATTERS_FROM = 32 * 1024 * 1024


_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    ElementTree.ParseError,
    NotImplementedError,
    ValueError,
    OSError,
)
"""What zipfile says of a damaged archive; the last two of parts that lie outside of the file or have impossible names."""
_END = b"PK\x05\x06"
_LONGEST_END = 65_557
_MAX_DIRECTORY = 4 * 1024 * 1024


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what goes wrong while it is looked through becomes Damaged or InvalidInput."""
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            yield archive
    except PermissionError as error:
        raise in_use(path) from error
    except _DAMAGE as error:
        raise truncated(path) from error
    except RuntimeError as error:  # zipfile's word for a password on an entry
        raise protected(path) from error


def _check_directory(path: Path) -> None:
    """Refuse an archive with a huge list of parts, which would fill the memory before anything of it is read."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _LONGEST_END, 0))
        end = file.read()
    at = end.rfind(_END)
    if at >= 0 and len(end) >= at + 16 and struct.unpack_from("<I", end, at + 12)[0] > _MAX_DIRECTORY:
        raise too_large(path)


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
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise truncated(path)
    return unzipped
