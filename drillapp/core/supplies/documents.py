"""Stock documents: all their lines are booked together or none, under a number of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.numbering import free_document
from drillapp.core.office import Office
from drillapp.core.saving import Saved
from drillapp.core.supplies.book import book_movements
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.work import Work


class BookedDocument(NamedTuple):
    """A document's number, and what came of its lines."""

    document: str
    saved: Saved

    @property
    def changes(self) -> Changes:
        """What was touched, for the window to hear of."""
        return self.saved.changes


def book_document(office: Office, entries: Sequence[MovementEntry]) -> BookedDocument:
    """Book the lines of one document whole; without a number it gets the next one of its kind and day.

    Raises InvalidInput with a problem for each line that cannot be booked (its index is the line's place), and for a
    document without lines.
    """
    with office.write("book document") as work:
        return book_lines(office, work, entries)


def book_lines(office: Office, work: Work, entries: Sequence[MovementEntry]) -> BookedDocument:
    """The same inside the caller's transaction."""
    if not entries:
        raise InvalidInput(_("The document has no lines."), _("Add what is moved."), field="quantity")
    lines = numbered(work.connection, entries)
    return BookedDocument(lines[0].document, book_movements(office, work, lines))


def numbered(connection: Connection, entries: Sequence[MovementEntry]) -> list[MovementEntry]:
    """The lines of a document, with the next number of the first one's kind and day where they have none."""
    if all(entry.document for entry in entries):
        return list(entries)
    first = entries[0]
    document = first.document or free_document(connection, first.kind, first.occurred_on)
    return [entry if entry.document else replace(entry, document=document) for entry in entries]
