"""Whether an office's data is whole: file, references, balances, tree, cards and journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from drillapp.core.cards.checks import wrong_copies, wrong_sources
from drillapp.core.database import schema
from drillapp.core.database.engine import is_postgres
from drillapp.core.i18n import _
from drillapp.core.journal import chain
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.supplies.halves import days_of, wrong_halves
from drillapp.core.supplies.verifying import wrong_entries
from drillapp.core.units.tree import wrong_ancestors


class Fault(msgspec.Struct, frozen=True):
    """Something that is not as it must be."""

    part: str
    """file references balances tree cards journal"""
    message: str


class CheckResult(msgspec.Struct, frozen=True):
    """What a check looked at and found."""

    ok: bool
    checked: tuple[str, ...]
    faults: tuple[Fault, ...]


_AT_MOST = 50
"""So many faults of one part are named; the first says enough."""


def check(office: Office, progress: Progress = SILENT) -> CheckResult:
    """Look through everything that must hold; nothing is changed."""
    parts = {
        "file": _file, "references": _references, "tree": _tree, "balances": _balances, "cards": _cards,
        "journal": _journal,
    }  # fmt: skip
    faults: list[Fault] = []
    with office.read() as connection:
        for done, (name, look) in enumerate(parts.items()):
            progress.step(done, len(parts), name)
            faults += [Fault(name, message) for message in islice(look(connection), _AT_MOST)]
            if faults and name == "file":
                return CheckResult(
                    False, (name,), tuple(faults)
                )  # nothing that is read from it can be trusted
    return CheckResult(not faults, tuple(parts), tuple(faults))


def _file(connection: Connection) -> Iterator[str]:
    schema.is_current(connection)
    if is_postgres(connection):
        return
    try:
        for (message,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
            yield str(message)
        for (message,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if message != "ok":
                yield str(message)
    except DatabaseError as error:
        yield str(error.orig)


def _references(connection: Connection) -> Iterator[str]:
    if is_postgres(connection):
        return  # the server itself refuses references that lead nowhere
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield _("{table} row {row} refers to a row of {other} that is not there.").format(
            table=row[0], row=row[1], other=row[2]
        )


def _tree(connection: Connection) -> Iterator[str]:
    for unit in wrong_ancestors(connection):
        yield _("The units above unit {unit} are not those of the tree.").format(unit=unit)


def _balances(connection: Connection) -> Iterator[str]:
    for entry in wrong_entries(connection):
        yield _("The stock after movement {movement} is not what the movements give.").format(movement=entry)
    for holding, half in wrong_halves(connection):
        first, last = days_of(half)
        yield _("The sum of {first} to {last} of holding {holding} is not what its entries give.").format(
            first=first, last=last, holding=holding
        )


def _cards(connection: Connection) -> Iterator[str]:
    yield from wrong_copies(connection)
    yield from wrong_sources(connection)


def _journal(connection: Connection) -> Iterator[str]:
    for entry in chain.broken_entries(connection):
        yield _("Journal entry {entry} does not follow from the one before: it was changed.").format(
            entry=entry
        )
