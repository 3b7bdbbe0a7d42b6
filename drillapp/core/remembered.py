"""Figures worked out before, shown at once while nothing has changed: facts, date, rules and language."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from drillapp.core.database.engine import WRITING, unwaiting
from drillapp.core.database.model import RememberedFigure
from drillapp.core.i18n import language
from drillapp.core.journal import chain
from drillapp.core.office import Office
from drillapp.core.resources import resource_path

Figure = TypeVar("Figure")


def recall(office: Office, name: str, kind: type[Figure]) -> Figure | None:
    """The figure as remembered, or None when facts or date are no longer the same."""
    with office.read() as connection:
        row = connection.execute(
            select(RememberedFigure.journal_id, RememberedFigure.as_of, RememberedFigure.value)
            .where(RememberedFigure.name == _name(name))
        ).first()  # fmt: skip
        if row is None or row.as_of != office.as_of.isoformat() or row.journal_id != chain.head(connection):
            return None
    try:
        return msgspec.msgpack.decode(zlib.decompress(row.value), type=kind)
    except (zlib.error, msgspec.DecodeError):
        return None  # remembered by another version of the program


def remember(office: Office, name: str, work_out: Callable[[], Figure]) -> Figure:
    """Work a figure out and keep it, unless the office is read-only or facts changed meanwhile."""
    as_of = office.as_of
    with office.read() as connection:
        journal_id = chain.head(connection)
    figure = work_out()
    if office.is_read_only:
        return figure
    # Sooner read than as it is: that of a district would be six megabytes, each page of which has to be decrypted.
    value = zlib.compress(msgspec.msgpack.encode(figure), level=1)
    with office.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if chain.head(connection) == journal_id and office.as_of == as_of:
            connection.execute(delete(RememberedFigure).where(RememberedFigure.name == _name(name)))
            connection.execute(
                insert(RememberedFigure).values(
                    name=_name(name), journal_id=journal_id, as_of=as_of.isoformat(),
                    value=value,
                )
            )  # fmt: skip
    return figure


def keep_if_free(office: Office, name: str, edition: str, value: bytes) -> bool:
    """Keep what holds whatever is written later, in the place of older editions; tells whether it is kept.

    It is not in an office that is read-only, nor while somebody writes: what can be worked out again waits for nobody.
    """
    if office.is_read_only:
        return False
    with office.engine.connect().execution_options(**{WRITING: True}) as connection, unwaiting(connection):
        try:
            with connection.begin():
                connection.execute(
                    delete(RememberedFigure).where(RememberedFigure.name.startswith(name, autoescape=True))
                )
                connection.execute(
                    insert(RememberedFigure).values(
                        name=f"{name}{edition}", journal_id=chain.head(connection), as_of="", value=value
                    )
                )
        except (OperationalError, IntegrityError):  # a file is locked; another seat has just kept the same
            return False
    return True


def _name(name: str) -> str:
    return f"{name} {language()} {_edition()}"


@cache
def _edition() -> str:
    """Tells one set of rules, standards and weights from another."""
    digest = hashlib.sha256()
    told = (path for folder in ("rules", "standards") for path in resource_path(folder).rglob("*.toml"))
    for path in (*sorted(told), resource_path("readiness.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
