"""Issuing readiness bulletins and withdrawing them: what was published stays as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from drillapp.core.attachments.store import keep
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.numbering import free_number
from drillapp.core.office import Office
from drillapp.core.readiness.bulletins.model import Bulletin
from drillapp.core.readiness.bulletins.rows import BulletinEntry, Issued, UnitFigures
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.queries import readiness
from drillapp.core.units.model import Unit

_BULLETINS = table_of(Bulletin)
_PDF = "application/pdf"


def next_bulletin_number(office: Office, unit_id: int) -> str:
    """The number of a unit's next bulletin, to be printed on it; a series begins anew each year."""
    with office.read() as connection:
        code, _name = _unit(connection, unit_id)
        return free_number(connection, "bulletins", Bulletin.number, code, office.as_of)


def issue_bulletin(office: Office, entry: BulletinEntry, pdf: bytes | None = None) -> Issued:
    """Issue a bulletin with the figures of its day, which are kept, and with its paper.

    Raises InvalidInput for a day that has not come, a day to compare with that is not before it, a number that was
    given already, a paper that is no PDF or is too large; NotFound for an unknown unit or version of the formula, and
    for a unit that is not in effect on the day.
    """
    _check(office, entry, pdf)
    used = formula(entry.version)
    rows = readiness(office, entry.unit_id, entry.as_of, used.version)
    if not any(row.unit_id == entry.unit_id for row in rows):
        raise NotFound(_("The unit is not there on {day}.").format(day=entry.as_of))
    with office.write("issue bulletin") as work:
        code, name = _unit(work.connection, entry.unit_id)
        number = entry.number.strip() or free_number(
            work.connection, "bulletins", Bulletin.number, code, office.as_of
        )
        _refuse_taken(work.connection, office, number)
        title = entry.title.strip() or _("Readiness bulletin of {unit}").format(unit=name)
        told = {
            "number": number, "title": title, "unit_id": entry.unit_id, "as_of": entry.as_of,
            "compared_with": entry.compared_with, "formula": used.version, "issued_on": office.as_of,
            "issued_by": office.actor,
        }  # fmt: skip
        (key,) = next_ids(work.connection, _BULLETINS, 1)
        kept: dict[str, Any] = {
            "figures": msgspec.json.encode([UnitFigures.of(row) for row in rows]).decode(),
            "attachment_id": None if pdf is None else keep(work.connection, pdf, _PDF),
        }
        identity = {"id": key, "uid": new_uid(), "owner_id": office.id, "revision": 1}
        work.connection.execute(insert(_BULLETINS).values({**identity, **told, **kept}))
        work.changed("bulletins", key, {name: (None, value) for name, value in told.items()})
        work.touched("bulletins", {entry.unit_id})
        return Issued(key, number, work.changes)


def withdraw_bulletin(office: Office, bulletin_id: int, day: date) -> Changes:
    """Withdraw a bulletin from a day on; it stays in the list, and its number is not given again.

    Raises NotFound; InvalidInput for one that was withdrawn already, and for a day before it was issued or to come.
    """
    with office.write("withdraw bulletin") as work:
        chosen = _BULLETINS.c.id == bulletin_id, _BULLETINS.c.owner_id == office.id
        found = work.connection.execute(select(_BULLETINS).where(*chosen)).first()
        if found is None:
            raise NotFound(_("This bulletin is not there."))
        if found.retired_on is not None:
            raise InvalidInput(_("It was withdrawn already, on {day}.").format(day=found.retired_on))
        if not found.issued_on <= day <= max(office.as_of, office.clock.today()):
            raise InvalidInput(
                _("A bulletin is withdrawn on the day it was issued or later, and not in advance."),
                field="day",
            )
        work.connection.execute(
            update(_BULLETINS).where(*chosen).values(retired_on=day, revision=found.revision + 1)
        )
        work.changed("bulletins", bulletin_id, {"retired_on": (None, day)})
        work.touched("bulletins", {found.unit_id})
        return work.changes


def _check(office: Office, entry: BulletinEntry, pdf: bytes | None) -> None:
    for name in ("title", "number"):
        if problem := text_problem(getattr(entry, name)):
            raise InvalidInput(problem, field=name)
    if entry.as_of > max(office.as_of, office.clock.today()):
        raise InvalidInput(_("This day has not come yet."), field="as_of")
    if entry.compared_with is not None and entry.compared_with >= entry.as_of:
        raise InvalidInput(_("Figures are compared with those of an earlier day."), field="compared_with")
    if pdf is not None and not pdf.startswith(b"%PDF-"):
        raise InvalidInput(_("The paper of a bulletin is a PDF."), field="pdf")


def _unit(connection: Connection, unit_id: int) -> tuple[str, str]:
    found = connection.execute(select(Unit.code, Unit.name).where(Unit.id == unit_id)).first()
    if found is None:
        raise NotFound(_("This unit is not there."))
    return found.code, found.name


def _refuse_taken(connection: Connection, office: Office, number: str) -> None:
    taken = select(_BULLETINS.c.id).where(_BULLETINS.c.number == number, _BULLETINS.c.owner_id == office.id)
    if connection.execute(taken).first() is not None:
        raise InvalidInput(
            _("There is a bulletin with the number {number} already.").format(number=number), field="number"
        )
