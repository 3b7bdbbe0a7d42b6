"""What can be done with units, people and posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, bindparam, select, update

from drillapp.core import enumerations
from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import table_of
from drillapp.core.database.model import OfficeRecord
from drillapp.core.i18n import _
from drillapp.core.named import write_codes
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, always, save
from drillapp.core.superiors import check_superiors
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.model import Person, Post, Unit
from drillapp.core.units.references import (
    codes_called,
    look_up_units,
    no_unit_called,
    unit_id,
    unit_ids,
)
from drillapp.core.units.tree import rebuild_ancestors
from drillapp.core.work import Work


def _parent_code(table: Table) -> ColumnElement[Any]:
    parent = table.alias("parent")
    return select(parent.c.code).where(parent.c.id == table.c.parent_id).scalar_subquery()


_UNITS = Target(
    kind="units",
    table=table_of(Unit),
    key=("code",),
    fields=("code", "name", "kind", "address", "headcount", "high_risk", "crowded", "valid_from", "valid_to"),
    required=("code", "name"),
    choices={"kind": "unit_kind"},
    searched=("name", "code"),
    derived={"parent_code": _parent_code},
)
_PEOPLE = Target(
    kind="people",
    table=table_of(Person),
    key=("unit_id", "name"),
    fields=("name", "post", "phone", "key_person"),
    required=("unit_code", "name"),
    searched=("name",),
    key_field="name",
)
_POSTS = Target(
    kind="posts",
    table=table_of(Post),
    key=("unit_id", "name"),
    fields=("name", "sector", "key_post"),
    required=("unit_code", "name"),
    key_field="name",
)


def save_units(office: Office, entries: Sequence[UnitEntry], saving: Saving = Saving()) -> Saved:
    """Create or update units by code; a parent may stand anywhere in the same entries.

    Raises InvalidInput for unknown parents, circles, an unknown kind, an end before the beginning.
    """
    return save(office, _UNITS, entries, saving, _prepare_units, _place_units, always)


def save_people(office: Office, entries: Sequence[PersonEntry], saving: Saving = Saving()) -> Saved:
    """Create or update people by unit and name; raises InvalidInput for unknown units."""
    return save(office, _PEOPLE, entries, saving, look_up_units, settled=always)


def save_posts(office: Office, entries: Sequence[PostEntry], saving: Saving = Saving()) -> Saved:
    """Create or update posts by unit and name; raises InvalidInput for unknown units."""
    return save(office, _POSTS, entries, saving, look_up_units, settled=always)


def make_own_unit(office: Office, code: str) -> None:
    """Say which unit this office is."""
    with office.write("make own unit") as work:
        key = unit_id(work.connection, code)
        work.connection.execute(update(OfficeRecord).where(OfficeRecord.is_own).values(unit_id=key))
        work.changed("offices", office.id, {"unit_id": (office.unit_id, key)})
    office.unit_id = key


def _prepare_units(batch: Batch) -> None:
    batch.columns["sectors"] = [
        ",".join(value) or None if isinstance(value, tuple) else value for value in batch.given["sectors"]
    ]
    for i, entry in enumerate(batch.entries):
        _check_unit(batch, i, cast(UnitEntry, entry))
    _note_kinds(batch)
    _look_up_superiors(batch)


def _check_unit(batch: Batch, i: int, entry: UnitEntry) -> None:
    if entry.headcount and entry.headcount < 0:
        batch.refuse(i, "headcount", _("Must be 0 or more."))
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        batch.refuse(i, "valid_to", _("Lies before the beginning, {day}.").format(day=entry.valid_from))


def _note_kinds(batch: Batch) -> None:
    """Say, at the first of them, of new units of which no kind is said what they are taken for."""
    silent = {
        code: i
        for i, (code, kind) in enumerate(zip(batch.given["code"], batch.given["kind"], strict=True))
        if not kind and i not in batch.refused
    }
    there = unit_ids(batch.connection, set(silent)) if silent else {}
    new = [i for code, i in silent.items() if code not in there]
    if new:
        told = _("New units of which no kind is said: {count}. They are taken as '{kind}'.")
        kind = enumerations.label("unit_kind", str(batch.default("kind")))
        batch.note(new[0], "kind", told.format(count=len(new), kind=kind))


def _look_up_superiors(batch: Batch) -> None:
    own = _own_code(batch.connection)
    there = unit_ids(batch.connection, batch.codes_of("parent_code")).keys() | set(batch.given["code"])
    there |= _write_superiors(batch, batch.codes_of("parent_code") - there)
    # The office's own unit is the top of its tree; what is above it is another office's.
    batch.given["parent_code"] = [
        None if parent and code == own and parent not in there else parent
        for code, parent in zip(batch.given["code"], batch.given["parent_code"], strict=True)
    ]
    check_superiors(
        batch,
        "code",
        "parent_code",
        unknown=_("There is no unit with the code '{value}'."),
        named=no_unit_called(),
        circle=_("This unit would be above itself."),
    )
    if own is not None:
        _note_tops(batch, own)
        _note_own_name(batch, own)


def _write_superiors(batch: Batch, names: set[str]) -> set[str]:
    """Put codes in the place of superiors that are known by name, there or in the same entries; returns these codes."""
    if not names:
        return set()
    called = {name: set(codes) for name, codes in codes_called(batch.connection, names).items()}
    for name, code in zip(batch.given["name"], batch.given["code"], strict=True):
        if name in names:
            called.setdefault(name, set()).add(code)
    write_codes(batch, "parent_code", called)
    return {code for codes in called.values() if len(codes) == 1 for code in codes}


def _note_tops(batch: Batch, own: str) -> None:
    """Say, at the first of them, of new units without a superior that they are not below the office's own unit."""
    tops = {
        code: i
        for i, (code, parent) in enumerate(zip(batch.given["code"], batch.given["parent_code"], strict=True))
        if not parent and code != own and i not in batch.refused
    }
    there = unit_ids(batch.connection, set(tops)) if tops else {}
    new = [i for code, i in tops.items() if code not in there]
    if new:
        told = _("New units without a superior: {count}. They stand beside {own}, not below it.")
        batch.note(new[0], "parent_code", told.format(count=len(new), own=own))


def _note_own_name(batch: Batch, own: str) -> None:
    """Say when the office's own unit is renamed: its name stands on every paper."""
    for i, (code, name) in enumerate(zip(batch.given["code"], batch.given["name"], strict=True)):
        if code != own or i in batch.refused or not name:
            continue
        before = batch.connection.execute(select(Unit.name).where(Unit.code == own)).scalar()
        if name != before:
            told = _("The office's own unit is renamed: so far it is called '{name}'.")
            batch.note(i, "name", told.format(name=before))


def _own_code(connection: Connection) -> str | None:
    statement = (
        select(Unit.code).join(OfficeRecord, OfficeRecord.unit_id == Unit.id).where(OfficeRecord.is_own)
    )
    return connection.execute(statement).scalar()


def _place_units(work: Work, batch: Batch) -> None:
    moved = [*batch.new, *(i for i, fields in batch.changed.items() if "parent_code" in fields)]
    if not moved:
        return
    parents = {i: batch.given["parent_code"][i] for i in moved}
    ids = unit_ids(work.connection, {code for code in parents.values() if code})
    keys = [batch.id_of(i) for i in moved]
    rows = [
        {"_id": key, "_parent": ids[code] if code else None}
        for key, code in zip(keys, parents.values(), strict=True)
    ]
    statement = update(Unit).where(Unit.id == bindparam("_id")).values(parent_id=bindparam("_parent"))
    work.connection.execute(statement, rows)
    rebuild_ancestors(work.connection, keys)
