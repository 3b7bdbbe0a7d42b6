"""The first look at a file from somebody else."""

from __future__ import annotations

from pathlib import Path

from drillapp.core.confined.refusals import in_use
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What a document of today that is kept under a password has in its outer, old-fashioned file."""


def first_bytes(path: Path) -> bytes:
    """The beginning of a file that is there, is not empty and is not held by another program; folders have none."""
    _refuse_lock_files(path)
    try:
        with path.open("rb") as file:
            content = file.read(4096)
    except FileNotFoundError as error:
        raise NotFound(
            _("There is no file '{file}'.").format(file=path), _("Check the name and the folder.")
        ) from error
    except IsADirectoryError:
        return b""
    except OSError as error:
        if path.is_dir():  # as Windows says it
            return b""
        raise in_use(path) from error
    if not content:
        raise InvalidInput(
            _("'{file}' is empty.").format(file=path.name),
            _("It has no content at all: save it again and try once more."),
        )
    return content


def _refuse_lock_files(path: Path) -> None:
    if path.name.startswith(("~$", ".~lock.")):
        raise InvalidInput(
            _("'{file}' only marks that another program has a file open.").format(file=path.name),
            _("Choose the file itself."),
        )
    marks = [path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")]
    held = [mark for mark in marks if mark.exists()]
    if held:
        raise in_use(path, held[0].name)
