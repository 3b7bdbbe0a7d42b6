"""What can be asked about bulletins: their list, their papers, and whether their figures would be the same today."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from drillapp.core.attachments.model import Attachment
from drillapp.core.database.base import AnySelect
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.readiness.bulletins.model import Bulletin
from drillapp.core.readiness.bulletins.rows import BulletinRow, Difference, Recomputed, UnitFigures
from drillapp.core.readiness.queries import readiness
from drillapp.core.units.model import Unit


def _bulletins(_as_of: date) -> AnySelect:
    return select(
        Bulletin.id, Bulletin.unit_id, Bulletin.revision, Bulletin.number, Bulletin.title, Unit.code.label("unit_code"),
        Unit.name.label("unit_name"), Bulletin.as_of, Bulletin.compared_with, Bulletin.formula, Bulletin.issued_on,
        Bulletin.issued_by, Bulletin.attachment_id.is_not(None).label("has_paper"), Bulletin.retired_on,
    ).join(Unit, Unit.id == Bulletin.unit_id)  # fmt: skip


BULLETINS = Listing(
    "bulletins",
    BulletinRow,
    (
        Column("number", "Bulletin", width=170),
        Column("title", "Title", width=240),
        Column("unit_name", "Unit", width=150),
        Column("as_of", "As of", "date", 100),
        Column("compared_with", "Compared with", "date", 110),
        Column("issued_on", "Bulletin issued on", "date", 110),
        Column("issued_by", "Issued by", width=100),
        Column("formula", "Formula", width=80),
        Column("retired_on", "Withdrawn on", "date", 110),
    ),
    _bulletins,
    searched=("number", "title", "unit_name"),
    sort=(("as_of", True), ("number", True)),
)


def bulletin_named(office: Office, number: str) -> BulletinRow:
    """The office's own bulletin with a number; raises NotFound."""
    statement = _bulletins(office.as_of).where(Bulletin.number == number, Bulletin.owner_id == office.id)
    return _one(office, statement)


def bulletin(office: Office, bulletin_id: int) -> BulletinRow:
    """The bulletin with a key; raises NotFound."""
    return _one(office, _bulletins(office.as_of).where(Bulletin.id == bulletin_id))


def bulletin_content(office: Office, bulletin_id: int) -> bytes:
    """The PDF as it was issued; raises NotFound for a bulletin that is not there or was issued without one."""
    statement = (
        select(Attachment.content)
        .join(Bulletin, Bulletin.attachment_id == Attachment.id)
        .where(Bulletin.id == bulletin_id)
    )
    with office.read() as connection:
        content = connection.execute(statement).scalar()
    if content is None:
        raise NotFound(_("No paper is kept with this bulletin."))
    return bytes(content)


def bulletin_figures(office: Office, bulletin_id: int) -> tuple[UnitFigures, ...]:
    """The figures as they were published; raises NotFound."""
    with office.read() as connection:
        told = connection.execute(select(Bulletin.figures).where(Bulletin.id == bulletin_id)).scalar()
    if told is None:
        raise NotFound(_("This bulletin is not there."))
    return msgspec.json.decode(told, type=tuple[UnitFigures, ...])


def recomputed(office: Office, bulletin_id: int) -> Recomputed:
    """A bulletin's figures beside those that its formula gives for its day now, and the units where they differ.

    They differ where facts were entered or corrected later that bear on that day. Raises NotFound.
    """
    row = bulletin(office, bulletin_id)
    then = bulletin_figures(office, bulletin_id)
    now = tuple(map(UnitFigures.of, readiness(office, row.unit_id, row.as_of, row.formula)))
    return Recomputed(row, then, now, _differences(then, now))


def _differences(then: tuple[UnitFigures, ...], now: tuple[UnitFigures, ...]) -> tuple[Difference, ...]:
    before, after = ({one.unit_id: one for one in figures} for figures in (then, now))
    found = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        told = new or old
        if old == new or told is None:
            continue
        nothing = UnitFigures(key, told.unit, told.unit_name)
        old, new = old or nothing, new or nothing
        names = [
            name for name in {**old.values, **new.values} if old.values.get(name) != new.values.get(name)
        ]
        if names or (old.score, old.grade, old.units, old.reported) != (
            new.score, new.grade, new.units, new.reported,
        ):  # fmt: skip
            found.append(
                Difference(
                    key, told.unit, told.unit_name, old.score, new.score, old.grade, new.grade, tuple(names)
                )
            )
    return tuple(found)


def _one(office: Office, statement: AnySelect) -> BulletinRow:
    with office.read() as connection:
        found = connection.execute(statement).first()
    if found is None:
        raise NotFound(_("This bulletin is not there."))
    return BulletinRow(*found)
