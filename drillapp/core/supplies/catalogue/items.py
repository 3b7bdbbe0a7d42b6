"""Saving items of the catalogue: codes proposed, standard codes checked, packs kept, look-alikes told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import table_of
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.saving import Saved, Saving, save, save_within
from drillapp.core.supplies.catalogue.duplicates import note_duplicates
from drillapp.core.supplies.catalogue.names import aliases_of, same_text
from drillapp.core.supplies.catalogue.packs import packs_text, read_packs, show_packs, write_packs
from drillapp.core.supplies.catalogue.references import look_up_categories
from drillapp.core.supplies.catalogue.standard import code_problem, padded
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.model import Item
from drillapp.core.work import Work

LONGEST_MONTHS = 1200
LONGEST_WARNING = 3650
"""Days."""
_RANGES = {
    "shelf_life_months": (1, LONGEST_MONTHS),
    "warning_days": (0, LONGEST_WARNING),
    "inspection_months": (1, LONGEST_MONTHS),
    "maintenance_months": (1, LONGEST_MONTHS),
}
_LAST_DIGITS = re.compile(r"(.*?)(\d+)$")
_ITEMS = Target(
    kind="items",
    table=table_of(Item),
    key=("code",),
    fields=(
        "code",
        "name",
        "standard_code",
        "aliases",
        "spec",
        "unit_of_measure",
        "date_kind",
        "critical",
        *_RANGES,
    ),
    required=("name",),
    choices={"date_kind": "date_kind"},
    searched=("name", "code", "aliases"),
    derived={"packs": packs_text},
)


def save_items(office: Office, entries: Sequence[ItemEntry], saving: Saving = Saving()) -> Saved:
    """Create or update items by code; those without one get the next code.

    In a file (`saving.origin`) items without a code are known by name and specification, and only new ones get a code.

    Raises InvalidInput for months outside 1 to 1200, warnings outside 0 to 3650 days, codes that are none of
    GB/T 38565-2020, packs that cannot be read. What looks like another item is told in `notes`.
    """
    return save(office, _ITEMS, entries, saving, *_steps(saving))


def save_items_within(office: Office, work: Work, entries: Sequence[ItemEntry], saving: Saving) -> Saved:
    """Save items as part of a larger command; raises what `save_items` raises."""
    return save_within(office, work, _ITEMS, entries, saving, *_steps(saving))


def _steps(saving: Saving) -> tuple[Callable[[Batch], None], Callable[[Work, Batch], None]]:
    # In a file that names no codes a known name is a known item; in a form it is a new one, which is told as a look-alike.
    from_file = saving.origin is not None
    return (
        lambda batch: _prepare(batch, from_file=from_file),
        lambda work, batch: _finish(work, batch, saving),
    )


def next_code(codes: Sequence[str]) -> str:
    """The code after the highest of those in the office's own series, such as WZ0004 after WZ0003."""
    first: str = load_toml("numbering.toml")["first"]["items"]
    prefix, digits = _parted(first)
    numbers = [
        int(tail) for code in codes if (tail := code.removeprefix(prefix)) != code and tail.isdecimal()
    ]
    return f"{prefix}{max(numbers, default=0) + 1:0{len(digits)}}"


def _parted(code: str) -> tuple[str, str]:
    found = _LAST_DIGITS.fullmatch(code)
    return (found[1], found[2]) if found else (code, "1")


def _prepare(batch: Batch, *, from_file: bool) -> None:
    _check_ranges(batch)
    _check_texts(batch)
    _propose_codes(batch, from_file=from_file)
    _check_packs(batch)
    look_up_categories(batch)


def _check_ranges(batch: Batch) -> None:
    for name, (least, most) in _RANGES.items():
        for i, value in enumerate(batch.given[name]):
            if isinstance(value, int) and not least <= value <= most:
                batch.refuse(i, name, _("Must be {least} to {most}.").format(least=least, most=most))


def _check_texts(batch: Batch) -> None:
    """Bring codes and aliases into their common form."""
    _replace(batch, "standard_code", padded)
    _replace(batch, "aliases", lambda text: "\n".join(aliases_of(text)) or None)
    for i, code in enumerate(batch.given["standard_code"]):
        if isinstance(code, str) and code and (problem := code_problem(code)):
            batch.refuse(i, "standard_code", problem)


def _replace(batch: Batch, name: str, form: Any) -> None:
    given = batch.given[name]
    if any(isinstance(value, str) and value for value in given):
        batch.given[name] = [form(value) if isinstance(value, str) and value else value for value in given]
        batch.columns[name] = batch.given[name]


def _propose_codes(batch: Batch, *, from_file: bool) -> None:
    """Find items that are handed in without a code by name and specification, or give them the next codes."""
    without = [i for i, code in enumerate(batch.given["code"]) if not code or code is UNSET]
    if not without:
        return
    if batch.edited is not None:
        batch.refuse(0, "code", _("Must not be empty."))
        return
    rows = batch.connection.execute(
        select(Item.code, Item.name, Item.spec)
        .where(Item.owner_id == batch.owner_id)
        .order_by(Item.id.desc())
    ).all()
    known = {(same_text(row.name), same_text(row.spec)): row.code for row in rows} if from_file else {}
    codes = [row.code for row in rows] + [code for code in batch.given["code"] if isinstance(code, str)]
    proposed, code = list(batch.given["code"]), ""
    for i in without:
        spec = batch.given["spec"][i]
        key = same_text(batch.given["name"][i]), same_text(spec if isinstance(spec, str) else None)
        if key not in known:
            known[key] = code = next_code([code] if code else codes)
            told = _("New item {code}: {name}.").format(code=code, name=batch.given["name"][i])
            batch.note(i, "code", told)
        proposed[i] = known[key]
    batch.given["code"] = batch.columns["code"] = proposed


def _check_packs(batch: Batch) -> None:
    packs = list(batch.given["packs"])
    for i, text in enumerate(packs):
        if not isinstance(text, str) or not text:
            packs[i] = None if text == "" else text
            continue
        try:
            packs[i] = show_packs(read_packs(text)) or None
        except InvalidInput as error:
            batch.refuse(i, "packs", error.message)
    batch.given["packs"] = packs


def _finish(work: Work, batch: Batch, saving: Saving) -> None:
    touched = [*batch.new, *(i for i, fields in batch.changed.items() if "packs" in fields)]
    said = {i: batch.given["packs"][i] for i in touched if batch.given["packs"][i] is not UNSET}
    write_packs(work.connection, {batch.id_of(i): read_packs(text or "") for i, text in said.items()})
    note_duplicates(batch, saving.of_title)
