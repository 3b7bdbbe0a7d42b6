"""Reading a drill record in Word, with the unit, the number and the drill of the office that it is probably of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, select

from drillapp.core.attachments.model import Attachment
from drillapp.core.attachments.store import content_from, digest_of
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillDesign, DrillFile
from drillapp.core.drills.record.reading import drill_row
from drillapp.core.drills.word_record.draft import DESIGN, DrillName, KnownDrill, WordRecord
from drillapp.core.drills.word_record.labels import words
from drillapp.core.drills.word_record.pairs import document_of
from drillapp.core.drills.word_record.understanding import understood
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.numbering import next_numbers
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.plans.word.reading import read_items
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search.passages import squeezed
from drillapp.core.units.model import Unit

_SHORTEST_NAME = 3
"""Names of units that are shorter stand in many texts by chance."""

_MOST_OTHERS = 3
"""So many drills of the day are told; others are known by their number."""


def read_word_record(
    office: Office, path: Path, progress: Progress = SILENT, *, unit_code: str | None = None,
    number: str | None = None,
) -> WordRecord:  # fmt: skip
    """Read a record; its values name unit and number, where these are clear; a drill that is there is `known`.

    `unit_code` and `number` are those of unit and drill, where a person knows them.
    Raises what `plans.word.reading.read_items` raises, and InvalidInput for a document without a drill's record.
    """
    document = document_of(read_items(path, progress))
    if not any(one.field for one in document.told):
        raise InvalidInput(
            _("'{file}' has no table of a drill record that could be understood.").format(file=path.name),
            _("Enter the drill by hand and keep the document with it."),
        )
    return _proposed(
        office, understood(path.name, document), digest_of(content_from(path)), unit_code, number
    )


def _proposed(
    office: Office, record: WordRecord, digest: str, unit_code: str | None, number: str | None
) -> WordRecord:
    """The record with unit and number; `digest` is that of the document, which may be with a drill already."""
    with office.read() as connection:
        unit = _unit(connection, record) if unit_code is None else {"unit_code": unit_code}
        values = record.values | unit
        plan = _plan(connection, record.plan)
        of_day = _drills_of_day(connection, values)
        if number is not None:
            values["number"] = number
            known = _drill_numbered(connection, number)
        else:
            known = _drill_with(connection, digest) or _drill_like(of_day, values)
        drill = None if known is None else _known(connection, known.id, office.as_of)
        if drill is None and unit and number is None:
            day = values.get("planned_on", office.as_of)
            values["number"] = next_numbers(connection, "drills", [values["unit_code"]], day)[0]
    notes = list(record.notes)
    if plan is not None:
        values["plan_number"] = plan
    elif record.plan:
        told = _("No plan of the office is called '{name}': choose it where it was drilled.")
        notes.append(told.format(name=record.plan))
    if drill is not None:
        # It goes on being called what the office calls it, and stays with its unit.
        values |= {name: drill.values[name] for name in ("number", "unit_code", "title")}
        values.setdefault("planned_on", drill.values["planned_on"])
        told = _("It is taken for the record of the drill {number} '{title}', which is there already.")
        notes.append(told.format(number=drill.number, title=drill.title))
    elif not unit:
        told = _("Choose the unit: no unit of the office is called '{name}'.")
        notes.append(told.format(name=record.organiser) if record.organiser else _("Choose the unit."))
    others = tuple(DrillName(row.number, row.title) for row in of_day[:_MOST_OTHERS])
    others = others if drill is None else ()
    if others and number is None:
        told = _("The unit has other drills on that day; this is taken for none of them: {drills}.")
        names = _(", ").join(f"{other.number} {other.title}" for other in others)
        notes.append(told.format(drills=names))
    return replace(record, values=values, notes=tuple(notes), known=drill, others=others)


def _known(connection: Connection, drill_id: int, as_of: date) -> KnownDrill:
    """A drill with what it says."""
    row = drill_row(connection, drill_id, as_of)
    values = {name: getattr(row, name) for name in DrillEntry.__struct_fields__}
    columns = (getattr(DrillDesign, name) for name in DESIGN)
    design = connection.execute(select(*columns).where(DrillDesign.drill_id == drill_id)).mappings().first()
    filled = {name: value for name, value in (values | dict(design or {})).items() if value is not None}
    return KnownDrill(id=row.id, revision=row.revision, number=row.number, title=row.title, values=filled)


def _unit(connection: Connection, record: WordRecord) -> dict[str, str]:
    """The unit that is named: by its whole name, or as the only one whose name stands in what is said."""
    units = connection.execute(select(Unit.code, Unit.name).where(Unit.retired_on.is_(None))).all()
    names = [(squeezed(name), code) for code, name in units]
    for text in (record.organiser, record.values.get("title", ""), record.heading):
        said = squeezed(text)
        found = {code for name, code in names if name == said}
        inside = {name: code for name, code in names if len(name) >= _SHORTEST_NAME and name in said}
        longest = max(map(len, inside), default=0)
        found = found or {code for name, code in inside.items() if len(name) == longest}
        if len(found) == 1:
            return {"unit_code": found.pop()}
    return {}


def _plan(connection: Connection, name: str) -> str | None:
    """The number of the only plan that is called so."""
    if not name:
        return None
    plans = connection.execute(select(Plan.number, Plan.title).where(Plan.retired_on.is_(None)))
    found = [number for number, title in plans if squeezed(title) == squeezed(name)]
    return found[0] if len(found) == 1 else None


_DRILLS = select(Drill.id, Drill.number, Drill.title, Unit.code).join(Unit, Unit.id == Drill.unit_id)


def _drill_with(connection: Connection, digest: str) -> Any:
    """The drill that the document is kept with."""
    files = select(DrillFile.drill_id).join(Attachment, Attachment.id == DrillFile.attachment_id)
    statement = _DRILLS.where(
        Drill.id.in_(files.where(Attachment.digest == digest)), Drill.retired_on.is_(None)
    )
    return connection.execute(statement.limit(1)).first()


def _drill_numbered(connection: Connection, number: str) -> Any:
    """The drill that a person named."""
    statement = _DRILLS.where(Drill.number == number, Drill.retired_on.is_(None))
    return connection.execute(statement).first()


def _drills_of_day(connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
    """The unit's drills of the record's day."""
    if "unit_code" not in values or "planned_on" not in values:
        return ()
    of_day = _DRILLS.where(
        Unit.code == values["unit_code"], Drill.planned_on == values["planned_on"], Drill.retired_on.is_(None)
    )
    return connection.execute(of_day.order_by(Drill.number)).all()


def _drill_like(of_day: Sequence[Any], values: Mapping[str, Any]) -> Any:
    """The day's only drill that is called so; where the document has no title of its own, the only drill there is."""
    title = values.get("title", "")
    if title and title not in words()["form_titles"]:
        of_day = [row for row in of_day if squeezed(row.title) == squeezed(title)]
    return of_day[0] if len(of_day) == 1 else None
