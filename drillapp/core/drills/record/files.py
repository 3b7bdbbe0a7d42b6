"""Photographs, scans and other files of a drill: kept one by one, so that one that is too large costs no other."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from sqlalchemy import delete, insert, select, update

from drillapp.core import enumerations
from drillapp.core.attachments.store import content_from, keep
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.drills.record.model import DrillFile
from drillapp.core.drills.record.saving import subject
from drillapp.core.errors import DrillappError, InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress


class Refusal(Struct, frozen=True):
    """A file that was not kept, and why."""

    name: str
    message: str


class AddedFiles(Struct, frozen=True):
    """What came of adding files."""

    ids: tuple[int, ...]
    refused: tuple[Refusal, ...]
    changes: Changes


def add_files(
    office: Office, drill_id: int, paths: Iterable[Path], kind: str | None = None, progress: Progress = SILENT
) -> AddedFiles:
    """Keep files with a drill; without a kind pictures are photographs. What cannot be kept is named in the answer.

    Raises NotFound for the drill, InvalidInput for an unknown kind.
    """
    chosen = list(paths)
    ids: list[int] = []
    refused: list[Refusal] = []
    changes = Changes()
    for done, path in enumerate(chosen):
        progress.step(done, len(chosen), path.name)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        try:
            content = content_from(path)
        except DrillappError as error:
            refused.append(Refusal(path.name, error.message))
            continue
        key, changes = add_file(office, drill_id, path.name, content, media_type, kind)
        ids.append(key)
    return AddedFiles(tuple(ids), tuple(refused), changes)


def add_file(
    office: Office, drill_id: int, name: str, content: bytes, media_type: str, kind: str | None = None
) -> tuple[int, Changes]:
    """Keep one file with a drill; returns its key. Raises NotFound, InvalidInput for what cannot be kept."""
    chosen = kind or kind_of_file(media_type)
    _check(name.strip(), chosen)
    with office.write("add drill file") as work:
        drill = subject(work.connection, drill_id)
        values = {
            "drill_id": drill_id,
            "kind": chosen,
            "name": name.strip(),
            "attachment_id": keep(work.connection, content, media_type),
            "added_at": office.clock.now().replace(microsecond=0),
        }
        key = work.connection.execute(insert(DrillFile).values(values).returning(DrillFile.id)).scalar_one()
        work.changed("drill_files", key, {field: (None, value) for field, value in values.items()})
        work.touched("drills", {drill.unit_id})
        return key, work.changes


def change_file(office: Office, file_id: int, *, kind: str, name: str) -> Changes:
    """Call a file otherwise, or say that it is of another kind; raises NotFound, InvalidInput."""
    _check(name.strip(), kind)
    with office.write("change drill file") as work:
        columns = (DrillFile.drill_id, DrillFile.kind, DrillFile.name)
        row = work.connection.execute(select(*columns).where(DrillFile.id == file_id)).first()
        if row is None:
            raise NotFound(_("This file is not there any more."))
        values = {"kind": kind, "name": name.strip()}
        fields = {field: (getattr(row, field), value) for field, value in values.items()}
        fields = {field: pair for field, pair in fields.items() if pair[0] != pair[1]}
        if fields:
            work.connection.execute(update(DrillFile).where(DrillFile.id == file_id).values(values))
            work.changed("drill_files", file_id, fields)
            work.touched("drills", {subject(work.connection, row.drill_id).unit_id})
        return work.changes


def remove_file(office: Office, file_id: int) -> Changes:
    """Take a file away from a drill; its bytes stay, others may show them. Raises NotFound."""
    with office.write("remove drill file") as work:
        columns = (DrillFile.drill_id, DrillFile.kind, DrillFile.name, DrillFile.attachment_id)
        row = work.connection.execute(select(*columns).where(DrillFile.id == file_id)).first()
        if row is None:
            raise NotFound(_("This file is not there any more."))
        work.connection.execute(delete(DrillFile).where(DrillFile.id == file_id))
        work.changed("drill_files", file_id, {name: (value, None) for name, value in row._mapping.items()})
        work.touched("drills", {subject(work.connection, row.drill_id).unit_id})
        return work.changes


def kind_of_file(media_type: str) -> str:
    """What a file most likely is."""
    return "photo" if media_type.startswith("image/") else "other"


def _check(name: str, kind: str) -> None:
    if problem := text_problem(name) or ("" if name else _("Must not be empty.")):
        raise InvalidInput(problem, field="name")
    codes = enumerations.codes("drill_file")
    if kind not in codes:
        message = _("'{value}' is not allowed; allowed: {codes}").format(value=kind, codes=" ".join(codes))
        raise InvalidInput(message, field="kind")
