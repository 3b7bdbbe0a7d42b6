"""Files kept in the office and given back, each content once."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, insert, select

from drillapp.core.attachments.model import Attachment
from drillapp.core.errors import InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import _
from drillapp.core.office import Office

MOST_MEGABYTES = 20
"""Larger files make backups and reports upward unwieldy."""


class Kept(Protocol):
    """A file that knows its digest: such as a picture read from Word."""

    @property
    def digest(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def digest_of(content: bytes) -> str:
    """What a file is known by: SHA-256 of its bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def keep(connection: Connection, content: bytes, media_type: str) -> int:
    """Keep a file inside the caller's transaction; returns its key. Raises InvalidInput when it is too large or empty."""
    check_size(content)
    digest = digest_of(content)
    known = connection.execute(select(Attachment.id).where(Attachment.digest == digest)).scalar()
    if known is not None:
        return known
    values = {"digest": digest, "media_type": media_type, "content": content}
    return connection.execute(insert(Attachment).values(values).returning(Attachment.id)).scalar_one()


def keep_all(connection: Connection, files: Iterable[Kept]) -> None:
    """Keep several files at once; those that are there already are left."""
    given = {file.digest: file for file in files}
    for file in given.values():
        check_size(file.content)
    known = connection.execute(select(Attachment.digest).where(Attachment.digest.in_(list(given))))
    for digest in known.scalars().all():
        del given[digest]
    rows = [
        {"digest": digest, "media_type": file.media_type, "content": file.content}
        for digest, file in given.items()
    ]
    if rows:
        connection.execute(insert(Attachment), rows)


def content_of(office: Office, digest: str) -> bytes:
    """The bytes of a file; raises NotFound."""
    with office.read() as connection:
        content = connection.execute(select(Attachment.content).where(Attachment.digest == digest)).scalar()
    if content is None:
        raise NotFound(_("This file is not kept in the office."))
    return bytes(content)


def content_from(path: Path) -> bytes:
    """A file's bytes, read only when it is small enough to keep; raises InvalidInput, Unavailable."""
    try:
        _check_length(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            _("'{file}' cannot be read.").format(file=path.name), _("Is it a file, and open nowhere else?")
        ) from error


def check_size(content: bytes) -> None:
    """Raise InvalidInput for a file that is empty or too large to keep."""
    _check_length(len(content))


def _check_length(length: int) -> None:
    if not length:
        raise InvalidInput(_("The file is empty."), _("Choose another file."), field="content")
    if length > MOST_MEGABYTES * 1_000_000:
        raise InvalidInput(
            _("The file has {size} MB; at most {most} MB can be kept.").format(
                size=-(-length // 1_000_000), most=MOST_MEGABYTES
            ),
            _("Make it smaller, for instance by scanning it in grey."),
            field="content",
        )
