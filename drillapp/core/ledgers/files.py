"""What a ledger file is, seen from its content: its name may say anything."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Literal, NamedTuple

from drillapp.core.confined.limits import Limits
from drillapp.core.confined.opening import ENCRYPTED, OLE, ZIP, first_bytes
from drillapp.core.confined.refusals import protected, too_large
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import archive, delimited
from drillapp.core.ledgers.archive import Archive

MAX_PACKED = 256 * 1024 * 1024
_WORKBOOK = "Workbook".encode("utf-16-le")
_OTHER_DOCUMENTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
"""Names of streams in old-fashioned files."""
_MEGABYTE = 1024 * 1024


class LedgerFile(NamedTuple):
    """A file that may be opened."""

    path: Path
    form: Literal["xlsx", "xls", "ods", "text"]
    size: int
    """Bytes, unpacked."""
    archive: Archive | None = None
    """The parts of a zipped one."""

    @property
    def limits(self) -> Limits:
        """What a process may use to read it: enough for a real file of that size, little for a small one that swells."""
        packed = self.path.stat().st_size
        return Limits(360 * _MEGABYTE + 60 * packed, 6 + 2 * packed // _MEGABYTE)


def identify(path: Path) -> LedgerFile:
    """See what a file is; raises InvalidInput, Damaged, NotFound or Unavailable for one that cannot be opened."""
    content = first_bytes(path)
    if not content:
        raise archive.not_a_spreadsheet(path)
    if content.startswith(ZIP):
        parts = archive.inspect(path)
        return LedgerFile(path, parts.form, parts.unzipped, parts)
    size = path.stat().st_size
    if content.startswith(OLE):
        _check_old_workbook(path, size)
        return LedgerFile(path, "xls", size)
    if content.lstrip()[:1] == b"<":
        raise _web_page(path)
    if size > delimited.MAX_BYTES:
        raise too_large(path)
    return LedgerFile(path, "text", size)


def _check_old_workbook(path: Path, size: int) -> None:
    if size > MAX_PACKED:
        raise too_large(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(ENCRYPTED) >= 0:
            raise protected(path)
        if content.find(_WORKBOOK) < 0 and any(content.find(name) >= 0 for name in _OTHER_DOCUMENTS):
            raise archive.not_a_spreadsheet(path)


def _web_page(path: Path) -> DrillappError:
    return InvalidInput(
        _("'{file}' is a web page or XML text, not a spreadsheet, whatever its name says.").format(
            file=path.name
        ),
        _("Open it in a spreadsheet program and save it as .xlsx."),
    )
