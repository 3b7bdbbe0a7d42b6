"""Keeping, with an import and in its transaction, what it takes to undo it."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import Connection

from drillapp.core.database.base import table_of
from drillapp.core.database.recording import Recorded, Recording
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.model import LedgerImport
from drillapp.core.ledgers.undoing.images import Image, image_of, pack, rows_of_ledgers
from drillapp.core.ledgers.undoing.measures import measured
from drillapp.core.work import Origin, Work

_LEFT_OUT = (
    "journal", "ledger_imports", "remembered_figures", "offices", "attachments",
)  # fmt: skip
"""What undoing does not touch: what is about the office itself, and contents that are kept once for all."""


class Keeping:
    """One import on its way in; afterwards `entry` says in which entry of the journal it stands."""

    def __init__(self, kind: str, origin: Origin) -> None:
        self.entry: int | None = None
        """None as long as nothing was written."""
        self._kind = kind
        self.origin = Origin(origin.name, origin.digest, self._begin)
        """What the save is told; where nothing is to be written, it gets the plain one."""

    def _begin(self, work: Work) -> None:
        recording = Recording(work.connection, _LEFT_OUT)
        work.afterwards(lambda entry: self._keep(work, recording, entry))

    def _keep(self, work: Work, recording: Recording, entry: int | None) -> None:
        recording.stop()
        if entry is None:
            return
        images = [_image(work.connection, one) for one in recording.tables.values()]
        table = table_of(LedgerImport)
        created, updated = _counts(rows_of_ledgers(images), KINDS[self._kind].table)
        values = {
            "id": next_ids(work.connection, table, 1)[0], "entry_id": entry, "kind": self._kind,
            "file_name": self.origin.name, "created": created, "updated": updated, "before": pack(images),
            "undone_by": None,
        }  # fmt: skip
        insert_rows(work.connection, table, {name: [value] for name, value in values.items()})
        self.entry = entry


def _image(connection: Connection, recorded: Recorded) -> Image:
    image = image_of(connection, recorded)
    return replace(image, measured=measured(connection, image))


def _counts(images: list[Image], name: str) -> tuple[int, int]:
    """New and changed records of the import's own kind; of any where it wrote only what hangs on them."""
    own = [image for image in images if image.name == name and (image.created or image.left)] or images
    return sum(image.count() for image in own), sum(len(image.left) for image in own)
