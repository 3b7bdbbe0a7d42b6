"""A confirmed record becomes a drill with its design, log, findings and document: all of it or nothing."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from msgspec import UNSET, Struct
from sqlalchemy import insert, select

from drillapp.core.attachments.store import content_from, digest_of, keep
from drillapp.core.batch import Batch, text_problem
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct.lines import LineRow, lines_of, write_lines
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.model import Finding
from drillapp.core.drills.record.model import DrillDesign, DrillFile, DrillParty
from drillapp.core.drills.record.parts import Design, PartyLine, RecordParts
from drillapp.core.drills.record.saving import count_up, subject, write_parts
from drillapp.core.drills.word_record.draft import DESIGN, FindingDraft, LineDraft, WordRecord
from drillapp.core.drills.word_record.times import due_in, line_time, next_day_if_before, read_when
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import BEIJING, local_moment
from drillapp.core.office import Office
from drillapp.core.saving import Editing, Saved, Saving
from drillapp.core.work import Work

_FINDINGS = table_of(Finding)


class _Document(Struct, frozen=True):
    name: str
    content: bytes


class _Span(NamedTuple):
    """When the drill was held, as far as it is known."""

    day: date
    begin: datetime | None


def entry_of(values: Mapping[str, Any]) -> DrillEntry:
    """The drill that the values of a record make; raises InvalidInput naming what is missing."""
    missing = [name for name in ("number", "unit_code", "title", "planned_on") if not values.get(name)]
    if missing:
        problems = [Problem(0, name, "", _("Must not be empty.")) for name in missing]
        raise InvalidInput(
            _("The record does not say: {fields}.").format(fields=", ".join(missing)), problems=problems
        )
    return DrillEntry(**values)


def save_word_record(
    office: Office, entry: DrillEntry, record: WordRecord, path: Path | None, saving: Saving = Saving()
) -> Saved:
    """Create or update the drill, and add to it what it does not have yet: log, findings, parties, the document.

    The drill that the record is taken for is updated as long as the entry has its number; another number is a new one.
    Raises what `save_drills` raises, Conflict when the known drill was changed since the record was read, and
    InvalidInput for texts and times that cannot be kept, and for a new drill's number that a drill has already.
    """
    editing = _editing(entry, record)
    document = None if path is None else _Document(path.name, content_from(path))

    def write(work: Work, batch: Batch) -> None:
        if batch.refused:
            return
        if editing is None and not batch.new:
            _refuse_number(entry.number)
        drill_id = batch.id_of(0)
        span = _Span(entry.planned_on, batch.value("started_at", 0) or None)
        lines = _log(record, span, office.clock.now())
        if _write_design(work, drill_id, record) and not batch.changed and not batch.new:
            count_up(work, drill_id)
        _write_log(work, drill_id, lines)
        _write_findings(work, drill_id, record.findings)
        if document is not None:
            _keep_document(work, drill_id, document, office.clock.now())

    return save_drills(office, [entry], saving._replace(editing=editing), write)


def _editing(entry: DrillEntry, record: WordRecord) -> Editing | None:
    known = record.known
    return Editing(known.id, known.revision) if known is not None and known.number == entry.number else None


def _refuse_number(number: str) -> NoReturn:
    """Somebody took the number meanwhile, or the person means a drill that the record was not compared with."""
    told = _("There is a drill with this number already.")
    raise InvalidInput(
        told, _("If it is its record, read the document as the record of this drill."),
        problems=[Problem(0, "number", number, told)],
    )  # fmt: skip


def _log(record: WordRecord, span: _Span, now: datetime) -> list[LineRow]:
    """The lines with their moments; one without a time stands at the beginning."""
    _refuse_unstorable(_("Recorded by"), record.recorder)
    who = record.recorder.strip() or None
    rows: list[LineRow] = []
    for line in record.lines:
        if not line.text.strip():
            continue
        if problem := text_problem(line.text):
            raise InvalidInput(problem, field="lines")
        moment = _moment(line, span)
        if moment > now:
            raise InvalidInput(_("This moment has not come yet."), field="lines")
        rows.append(LineRow(0, moment, line.kind, line.text.strip(), who, recorded_at=now))
    return rows


def _moment(line: LineDraft, span: _Span) -> datetime:
    begin = span.begin
    if not line.at.strip():
        return begin or datetime.combine(span.day, datetime.min.time(), BEIJING)
    dated, timed = read_when(line.at), line_time(line.at)
    if dated.started_at is not None:
        return dated.started_at
    if timed is None:
        told = _("'{value}' is no time of day.").format(value=line.at)
        raise InvalidInput(told, field="lines")
    on = local_moment(begin).date() if begin else span.day
    moment = datetime.combine(on, timed[0], BEIJING)
    return next_day_if_before(moment, begin) if begin else moment


def _refuse_unstorable(label: str, text: str) -> None:
    if problem := text_problem(text):
        raise InvalidInput(_("{field}: {problem}").format(field=label, problem=problem))


def _write_design(work: Work, drill_id: int, record: WordRecord) -> bool:
    """Texts of the design and parties, where the drill has none yet; returns whether there were any."""
    labels = {
        "organiser": _("Organiser"),
        "scenario": _("Scenario"),
        "safety": _("Safety measures"),
    }
    columns = (getattr(DrillDesign, name) for name in DESIGN)
    known = work.connection.execute(select(*columns).where(DrillDesign.drill_id == drill_id)).first()
    texts = {
        name: text
        for name in DESIGN
        if (text := getattr(record, name)) and not (known and getattr(known, name))
    }
    for name, text in texts.items():
        _refuse_unstorable(labels[name], text)
    has_parties = select(DrillParty.id).where(DrillParty.drill_id == drill_id).limit(1)
    parties = tuple(PartyLine(name=name) for name in dict.fromkeys(record.parties))
    if work.connection.execute(has_parties).first() is not None:
        parties = ()
    design: Any = Design(**texts) if texts else UNSET
    return write_parts(work, drill_id, RecordParts(design=design, parties=parties or UNSET))


def _write_log(work: Work, drill_id: int, rows: Sequence[LineRow]) -> None:
    known = {(line.at, line.text) for line in lines_of(work.connection, drill_id)}
    new = [row for row in rows if (row.at, row.text) not in known]
    if new:
        write_lines(work, drill_id, subject(work.connection, drill_id).unit_id, new)


def _write_findings(work: Work, drill_id: int, findings: Sequence[FindingDraft]) -> None:
    statement = select(Finding.number, Finding.text).where(Finding.drill_id == drill_id)
    known = work.connection.execute(statement).all()
    texts = {row.text for row in known}
    new = [one for one in findings if one.text.strip() and one.text.strip() not in texts]
    for one in new:
        for text in (one.text, one.action, one.owner):
            if problem := text_problem(text):
                raise InvalidInput(problem, field="findings")
    if not new:
        return
    last = max((int(row.number) for row in known if row.number.isascii() and row.number.isdigit()), default=0)
    unit_id = subject(work.connection, drill_id).unit_id
    ids = next_ids(work.connection, _FINDINGS, len(new))
    columns: dict[str, Sequence[Any]] = {
        "id": ids, "uid": [new_uid() for _one in new], "owner_id": [work.office_id] * len(new),
        "revision": [1] * len(new), "drill_id": [drill_id] * len(new), "unit_id": [unit_id] * len(new),
        "number": [str(last + place) for place in range(1, len(new) + 1)],
        "text": [one.text.strip() for one in new], "action": [one.action.strip() or None for one in new],
        "owner": [one.owner.strip() or None for one in new], "due_on": [_due(one) for one in new],
    }  # fmt: skip
    insert_rows(work.connection, _FINDINGS, columns)
    for place, key in enumerate(ids):
        names = ("drill_id", "number", "text", "action", "owner", "due_on")
        fields = {name: (None, columns[name][place]) for name in names}
        work.changed("findings", key, fields)
    work.touched("findings", {unit_id})


def _due(finding: FindingDraft) -> date | None:
    if not finding.due.strip():
        return None
    day = due_in(finding.due)
    if day is None:
        told = _("'{value}' is not a date (YYYY-MM-DD).").format(value=finding.due)
        raise InvalidInput(told, field="findings")
    return day


def _keep_document(work: Work, drill_id: int, document: _Document, now: datetime) -> None:
    """Keep the document with the drill, once."""
    media_type = mimetypes.guess_type(document.name)[0] or "application/octet-stream"
    attachment = keep(work.connection, document.content, media_type)
    same = select(DrillFile.id).where(DrillFile.drill_id == drill_id, DrillFile.attachment_id == attachment)
    if work.connection.execute(same).first() is not None:
        return
    values = {
        "drill_id": drill_id, "kind": "log", "name": document.name, "attachment_id": attachment,
        "added_at": now.replace(microsecond=0),
    }  # fmt: skip
    key = work.connection.execute(insert(DrillFile).values(values).returning(DrillFile.id)).scalar_one()
    told = values | {"attachment_id": digest_of(document.content)}
    work.changed("drill_files", key, {name: (None, value) for name, value in told.items()})
