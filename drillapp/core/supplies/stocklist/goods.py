"""Which item each row of a list of stock means; those that there are not yet are entered."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saving
from drillapp.core.supplies.catalogue.items import next_code, save_items_within
from drillapp.core.supplies.catalogue.names import aliases_of, same_text
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.quantities import Measured, same_unit, scales_of
from drillapp.core.work import Work


class _Known(NamedTuple):
    id: int
    code: str
    name: str
    spec: str
    units: frozenset[str]
    """What its quantities can be told in."""


class _Wanted(NamedTuple):
    """What a row says of an item."""

    code: str
    name: str
    spec: str
    unit: str
    category: str | None


def find_goods(office: Office, work: Work, batch: Batch, saving: Saving) -> None:
    """Put the items of a batch under `item_id`: by code, or by name, specification and unit of measure.

    What is not found is entered in the catalogue and noted. Refuses unknown codes without a name, and names that
    several items have.
    """
    wanted = [_wanted(batch, i) for i in range(len(batch.entries))]
    by_code, by_name = _known(batch)
    ids: list[int | None] = []
    missing: dict[tuple[str, str, str, str], list[int]] = {}
    for i, row in enumerate(wanted):
        key = None if i in batch.refused else _find(batch, i, row, by_code, by_name)
        if key is None and i not in batch.refused:
            missing.setdefault(
                (row.code, same_text(row.name), same_text(row.spec), same_unit(row.unit)), []
            ).append(i)
        ids.append(key)
    batch.columns["item_id"] = ids
    _give_units(office, work, batch, wanted, by_code)
    if missing:
        _enter(office, work, batch, saving, wanted, list(missing.values()))


def _give_units(
    office: Office, work: Work, batch: Batch, wanted: list[_Wanted], by_code: dict[str, _Known]
) -> None:
    """Let items without a unit of measure have the one that the list names first for them."""
    bare = {known.id: known for known in by_code.values() if not known.units}
    found: dict[int, int] = {}
    for i, key in enumerate(batch.columns["item_id"]):
        if key in bare and wanted[i].unit:
            found.setdefault(key, i)
    entries = [
        ItemEntry(code=bare[key].code, name=bare[key].name, unit_of_measure=wanted[i].unit)
        for key, i in found.items()
    ]
    if entries:
        save_items_within(office, work, entries, Saving(origin=work.origin))
    for entry, i in zip(entries, found.values(), strict=True):
        told = _("Unit of measure of {code}: {unit}, from this list.")
        batch.note(i, "unit_of_measure", told.format(code=entry.code, unit=entry.unit_of_measure))


def _wanted(batch: Batch, i: int) -> _Wanted:
    def said(field: str) -> str:
        value = batch.given[field][i]
        return value.strip() if isinstance(value, str) else ""

    quantity = batch.given["quantity"][i]
    # What a quantity names may be a pack; the item is measured by what the column of units says.
    named = quantity.unit if isinstance(quantity, Measured) and quantity.per is None else ""
    unit = said("unit_of_measure") or named
    return _Wanted(said("item_code"), said("item_name"), said("spec"), unit, said("category") or None)


def _known(batch: Batch) -> tuple[dict[str, _Known], dict[str, list[_Known]]]:
    """The items in use by code, and by their names and other names."""
    statement = select(Item.id, Item.code, Item.name, Item.aliases, Item.spec)
    rows = batch.connection.execute(
        statement.where(Item.owner_id == batch.owner_id, Item.retired_on.is_(None)).order_by(Item.id)
    ).all()
    scales = scales_of(batch, {row.id for row in rows})
    by_code: dict[str, _Known] = {}
    by_name: dict[str, list[_Known]] = {}
    for row in rows:
        own, packs = scales[row.id]
        units = frozenset(map(same_unit, (*([own] if own else ()), *packs)))
        known = by_code[row.code] = _Known(row.id, row.code, row.name, same_text(row.spec), units)
        for name in dict.fromkeys(map(same_text, (row.name, *aliases_of(row.aliases)))):
            by_name.setdefault(name, []).append(known)
    return by_code, by_name


def _find(
    batch: Batch, i: int, row: _Wanted, by_code: dict[str, _Known], by_name: dict[str, list[_Known]]
) -> int | None:
    if row.code and (known := by_code.get(row.code)) is not None:
        return known.id
    if row.code and not row.name:
        told = _("There is no item with the code '{value}'; to enter it, its name must be there too.")
        batch.refuse(i, "item_code", told.format(value=row.code))
        return None
    if not row.name:
        batch.refuse(i, "item_name", _("Say which item: its name or its code."))
        return None
    if row.code:
        return None
    spec, unit = same_text(row.spec), same_unit(row.unit)
    alike = by_name.get(same_text(row.name), [])
    alike = [one for one in alike if one.spec == spec] or ([] if spec else alike)
    fitting = [one for one in alike if not unit or not one.units or unit in one.units]
    if len(fitting) > 1:
        told = _("Several are called '{value}': write the code, one of {codes}.")
        codes = ", ".join(one.code for one in fitting[:10])
        batch.refuse(i, "item_name", told.format(value=row.name, codes=codes))
        return None
    return fitting[0].id if fitting else None


def _enter(
    office: Office, work: Work, batch: Batch, saving: Saving, wanted: list[_Wanted], missing: list[list[int]]
) -> None:
    """Enter the missing items, each for all the rows that mean it."""
    rows = [wanted[indices[0]] for indices in missing]
    entries = [
        ItemEntry(
            code=row.code or UNSET, name=row.name, spec=row.spec or UNSET,
            unit_of_measure=row.unit or UNSET, category=row.category or UNSET,
        )
        for row in rows
    ]  # fmt: skip
    entries = _with_codes(batch, entries)
    try:
        saved = save_items_within(
            office, work, entries, Saving(origin=saving.origin, of_title=saving.of_title)
        )
    except InvalidInput as error:
        for problem in error.problems:
            for i in missing[problem.index]:
                batch.refuse(i, _field(problem.field), problem.message)
        return
    for note in saved.notes:
        batch.note(missing[note.index][0], _field(note.field), note.message)
    for entry, indices in zip(entries, missing, strict=True):
        batch.note(indices[0], "item_name", _("New item {code}.").format(code=entry.code))
    for key, indices in zip(saved.ids, missing, strict=True):
        for i in indices:
            batch.columns["item_id"][i] = key


def _with_codes(batch: Batch, entries: list[ItemEntry]) -> list[ItemEntry]:
    """Give each item a code at once: name and specification would not tell those apart that differ in the unit."""
    statement = select(Item.code).where(Item.owner_id == batch.owner_id)
    codes = list(batch.connection.execute(statement).scalars())
    code = next_code([*codes, *(entry.code for entry in entries if isinstance(entry.code, str))])
    coded = []
    for entry in entries:
        if entry.code is UNSET:
            coded.append(replace(entry, code=code))
            code = next_code([code])
        else:
            coded.append(entry)
    return coded


def _field(field: str) -> str:
    return {"name": "item_name", "code": "item_code"}.get(field, field)
