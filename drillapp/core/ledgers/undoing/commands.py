"""The ledger files that were brought in, and taking one of them back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import msgspec
from sqlalchemy import Connection, RowMapping, select, update
from sqlalchemy.exc import IntegrityError

from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.engine import prepare_bulk
from drillapp.core.errors import Conflict, NotFound
from drillapp.core.i18n import _
from drillapp.core.journal.model import JournalEntry
from drillapp.core.ledgers.model import LedgerImport
from drillapp.core.ledgers.undoing.circles import circles
from drillapp.core.ledgers.undoing.derived import Derived
from drillapp.core.ledgers.undoing.images import Image, forget_mapping, rows_of_ledgers, unpack
from drillapp.core.ledgers.undoing.naming import describe, kind_of_table
from drillapp.core.ledgers.undoing.restoring import restore
from drillapp.core.ledgers.undoing.standing import obstacles
from drillapp.core.ledgers.undoing.telling import changed, tell
from drillapp.core.ledgers.undoing.writers import Row, with_writers
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.supplies.unsound import unsound
from drillapp.core.work import Work

_TABLE = table_of(LedgerImport)
_MOST = 5
"""So many obstacles are named."""
_STEPS = 4
_MANY = 5000
"""From so many rows on, memory is traded for time."""


class Import(msgspec.Struct, frozen=True):
    """A ledger file that was brought in."""

    entry_id: int
    """The journal's entry of it, by which it is undone."""
    at: datetime
    actor: str
    kind: str
    file_name: str
    created: int
    updated: int
    undone_at: datetime | None


def imports(office: Office) -> list[Import]:
    """All files that were brought in, the newest first."""
    own, undoing = table_of(JournalEntry).alias(), table_of(JournalEntry).alias()
    statement = (
        select(
            _TABLE.c.entry_id, own.c.at, own.c.actor, _TABLE.c.kind, _TABLE.c.file_name, _TABLE.c.created,
            _TABLE.c.updated, undoing.c.at.label("undone_at"),
        )
        .join(own, own.c.id == _TABLE.c.entry_id)
        .outerjoin(undoing, undoing.c.id == _TABLE.c.undone_by)
        .order_by(_TABLE.c.entry_id.desc())
    )  # fmt: skip
    with office.read() as connection:
        return [Import(*row) for row in connection.execute(statement)]


def undo_import(office: Office, entry_id: int, progress: Progress = SILENT) -> Changes:
    """Take back all that a file brought in, in one transaction: what it made is gone, what it changed is as before.

    It can be stopped until the end; then nothing is changed.
    Raises NotFound for an entry that is no import, and Conflict when it is undone already, or when something that it
    wrote was changed or is referred to since; then nothing is changed.
    """
    with office.write("undo import") as work:
        row = work.connection.execute(select(_TABLE).where(_TABLE.c.entry_id == entry_id)).mappings().first()
        if row is None:
            raise NotFound(
                _("There is no import with the number {number}.").format(number=entry_id),
                _("The list of imports names them all."),
            )
        if row["before"] is None:
            raise Conflict(_("The import of '{file}' is undone already.").format(file=row["file_name"]))
        everything = unpack(row["before"])
        images = rows_of_ledgers(everything)
        progress.step(0, _STEPS, _("Checking"))
        _refuse_changed(work.connection, row, images)
        _take_back(work, row, images, progress)
        forget_mapping(work.connection, everything)
        work.afterwards(lambda entry: _close(work, row["id"], entry))
        return work.changes


def _refuse_changed(connection: Connection, row: RowMapping, images: Sequence[Image]) -> None:
    if any(not set(image.columns) <= set(image.table.c.keys()) for image in images):
        raise _refusal(row, [_("It was brought in by an older version of the program.")])
    if found := obstacles(connection, row["entry_id"], images, _MOST):
        raise _refusal(row, found)


def _refusal(row: RowMapping, reasons: Sequence[str]) -> Conflict:
    message = _("The import of '{file}' can no longer be undone as a whole: {reasons}").format(
        file=row["file_name"], reasons=" ".join(reasons)
    )
    return Conflict(message, _("Undo that first, or put single records right."))


def _take_back(work: Work, row: RowMapping, images: Sequence[Image], progress: Progress) -> None:
    connection = work.connection
    if sum(image.count() + len(image.left) for image in images) > _MANY:
        prepare_bulk(connection)
    changes = {image.name: changed(connection, image) for image in images}
    derived = Derived(connection, images, changes)
    known = unsound(connection, derived.lots)
    tell(work, images, changes)
    progress.step(1, _STEPS, _("Writing"))
    derived.forget()
    try:
        restore(connection, images, changes)
        if found := [describe(connection, *one) for one in circles(connection, images, changes)]:
            raise _refusal(row, [_("{record} would be below itself.").format(record=name) for name in found])
        progress.step(2, _STEPS, _("Writing"))
        derived.renew()
    except IntegrityError as error:
        reason = _("What was there before no longer fits what was entered since.")
        raise _refusal(row, [reason]) from error
    progress.step(3, _STEPS, _("Checking"))
    further = {
        words: None if movement is None else Row("movements", movement)
        for words, movement in sorted(unsound(connection, derived.lots).items())
        if words not in known
    }
    if further:
        most = dict(islice(further.items(), _MOST))
        raise _refusal(row, with_writers(connection, row["entry_id"], most))
    for kind in {row["kind"], *filter(None, (kind_of_table(image.name) for image in images))}:
        work.touched(kind, None)


def _close(work: Work, import_id: int, entry: int | None) -> None:
    """What it takes to undo it is needed no more."""
    done = update(_TABLE).where(_TABLE.c.id == import_id).values(before=None, undone_by=entry)
    work.connection.execute(done)
