"""Which record a row without a code means, and which records rows are much like: by name, within the unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import UNSET, structs
from sqlalchemy import Connection, select

from drillapp.core.database.base import narrowed
from drillapp.core.database.rows import plain_rows
from drillapp.core.i18n import _
from drillapp.core.ledgers.naming import NAMINGS, Naming
from drillapp.core.lookups import Lookups
from drillapp.core.numbering import next_numbers
from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.saving import Completed
from drillapp.core.search.passages import squeezed_all
from drillapp.core.units.model import Unit

_FEWEST_LETTERS = 2
"""So much of a name must be left when its usual ending is taken off."""
Key = tuple[str, ...]
Fold = Callable[[Sequence[str]], Sequence[str]]
"""Makes of names what is compared."""


class Record(NamedTuple):
    """A record that is there."""

    code: str
    name: str


class Completer:
    """Finds the codes of entries that have none: those of the records with their names, or new ones."""

    def __init__(self, office: Office, kind: str, *, number: bool) -> None:
        """`number` says whether new records get the office's next numbers; otherwise they are refused."""
        self._office = office
        self._kind = kind
        self._naming = NAMINGS[kind]
        self._number = number
        self.entries: Sequence[Any] | None = None
        """The entries with their codes, once it was called."""

    def __call__(self, connection: Connection, entries: Sequence[Any]) -> Completed:
        """The entries with their codes; refused are those whose name is not clear or, without numbers, new."""
        self.entries = entries
        naming = self._naming
        without = [i for i, entry in enumerate(entries) if not _said(entry, naming.code)]
        if not without:
            return Completed(entries)
        known, refused, new = self._known(connection, entries, without)
        codes = {i: record.code for i, record in known.items()}
        notes: list[tuple[int, str, str]] = []
        if self._number:
            numbers = self._numbers(connection, entries, new)
            codes |= numbers
            told = _("New, under the number {number}.")
            notes = [(i, naming.code, told.format(number=number)) for i, number in numbers.items()]
        else:
            told = _("New: nothing of that name is there. Give it a code, or let new ones be numbered.")
            refused += [(i, naming.code, told) for i in new]
        completed = list(entries)
        for i in without:
            # A text even where it is refused, since saves look codes up.
            completed[i] = structs.replace(entries[i], **{naming.code: codes.get(i, "")})
        for i, record in known.items():
            # Written with other spaces or letters it is no other name.
            completed[i] = structs.replace(completed[i], **{naming.names[0]: record.name})
        self.entries = completed
        return Completed(completed, notes, refused)

    def _known(
        self, connection: Connection, entries: Sequence[Any], without: Sequence[int]
    ) -> tuple[dict[int, Record], list[tuple[int, str, str]], list[int]]:
        """The records of known names, what is refused, and which entries are new."""
        keys = _keys(connection, self._naming, entries, without, squeezed_all)
        known = self._records(connection, keys.values())
        records: dict[int, Record] = {}
        refused: list[tuple[int, str, str]] = []
        first: dict[Key, int] = {}
        new = []
        field = self._naming.code
        for i, key in keys.items():
            found = known.get(key, ())
            if first.setdefault(key, i) != i:
                refused.append(
                    (i, field, _("Stands further above already: leave one of them out, or give codes."))
                )
            elif len(found) > 1:
                told = _("Several are called so: {codes}. Write the code.")
                refused.append((i, field, told.format(codes=", ".join(one.code for one in found[:5]))))
            elif found:
                records[i] = found[0]
            else:
                new.append(i)
        return records, refused, new

    def _records(self, connection: Connection, keys: Iterable[Key]) -> Mapping[Key, Sequence[Record]]:
        units = {key[0] for key in keys}
        found: dict[Key, list[Record]] = defaultdict(list)
        for key, record in _records(connection, self._office, self._naming, squeezed_all, units):
            found[key].append(record)
        if self._naming.unit != "parent_code":
            return found
        # A unit is found by its name alone where the file does not say what is above it.
        anywhere: dict[Key, list[Record]] = defaultdict(list)
        for key, records in found.items():
            anywhere["", *key[1:]] += records
        return {**found, **anywhere}

    def _numbers(self, connection: Connection, entries: Sequence[Any], new: Sequence[int]) -> dict[int, str]:
        said = [_said(entries[i], self._naming.unit) for i in new]
        units = _unit_codes(connection, said)
        own = connection.execute(select(Unit.code).where(Unit.id == self._office.unit_id)).scalar() or ""
        owners = [units.get(text, text) or own for text in said]
        taken = {_said(entry, self._naming.code) for entry in entries} - {""}
        day = self._office.as_of
        return dict(zip(new, next_numbers(connection, self._kind, owners, day, taken), strict=True))


def look_alikes(
    connection: Connection, office: Office, kind: str, entries: Sequence[Any], new: Sequence[int],
    lookups: Lookups,
) -> dict[int, Record | int]:  # fmt: skip
    """For new entries the record that is there, or the earlier one of them, whose name is much like theirs."""
    if kind not in NAMINGS or not new:
        return {}
    naming = NAMINGS[kind]
    fold = _without_endings(tuple(load_toml("ledgers/matching.toml")["endings"][kind]))
    keys = _keys(connection, naming, entries, new, fold)

    def first_records(units: Collection[str] | None) -> dict[Key, Record]:
        # Of those with one key the last that is put in stays.
        return dict(reversed([*_records(connection, office, naming, fold, units)]))

    there = lookups.of(connection, f"{kind} by name", {key[0] for key in keys.values()}, first_records)
    different = set(keys.values())
    if len(different) == len(keys) and different.isdisjoint(there):
        return {}  # the usual answer, in half the time
    first: dict[Key, int] = {}
    found: dict[int, Record | int] = {}
    for i, key in keys.items():
        if key in there:
            found[i] = there[key]
        elif first.setdefault(key, i) != i:
            found[i] = first[key]
    return found


def _folded(values: Iterable[Any], fold: Fold) -> dict[Any, str]:
    """Each of the values as names are compared."""
    different = list(dict.fromkeys(values))
    return dict(zip(different, fold(list(map(_text, different))), strict=True))


def _keys(
    connection: Connection, naming: Naming, entries: Sequence[Any], chosen: Sequence[int], fold: Fold
) -> dict[int, Key]:
    """For each chosen entry by what its record is known; none for an entry without a name."""
    some = [entries[i] for i in chosen]
    columns = [_in_folds(list(map(attrgetter(name), some)), fold) for name in naming.names]
    units = list(map(attrgetter(naming.unit), some)) if naming.unit else [""] * len(some)
    said = {unit: _text(unit) for unit in set(units)}
    codes = _unit_codes(connection, said.values())
    owners = {unit: codes.get(text, text) for unit, text in said.items()}
    keys = zip(map(owners.__getitem__, units), *columns, strict=True)
    return {i: key for i, key in zip(chosen, keys, strict=True) if key[1]}


def _records(
    connection: Connection, office: Office, naming: Naming, fold: Fold, units: Collection[str] | None
) -> Iterable[tuple[Key, Record]]:
    """The records in use of these units (None: of all), each with its key."""
    statement = naming.records(office.id)
    if naming.unit == "unit_code":
        statement = narrowed(statement, Unit.code, units)
    rows = plain_rows(connection, statement)
    if not rows:
        return ()
    codes, owners, *names = zip(*rows, strict=True)
    keys = zip((unit or "" for unit in owners), *(_in_folds(column, fold) for column in names), strict=True)
    return zip(keys, map(Record, codes, map(_text, names[0])), strict=True)


def _in_folds(values: Sequence[Any], fold: Fold) -> list[str]:
    return list(map(_folded(values, fold).__getitem__, values))


def _unit_codes(connection: Connection, said: Iterable[str]) -> dict[str, str]:
    """Names of units, where only one has the name, to their codes."""
    wanted = set(said) - {""}
    codes = set(connection.execute(narrowed(select(Unit.code), Unit.code, wanted)).scalars())
    if not (names := wanted - codes):
        return {}
    statement = narrowed(select(Unit.name, Unit.code).where(Unit.retired_on.is_(None)), Unit.name, names)
    found: dict[str, list[str]] = defaultdict(list)
    for name, code in connection.execute(statement):
        found[name].append(code)
    return {name: found[name][0] for name in names if len(found[name]) == 1}


def _said(entry: Any, field: str) -> str:
    return _text(getattr(entry, field)) if field else ""


def _text(value: Any) -> str:
    return "" if value is None or value is UNSET else str(value)


def _without_endings(endings: tuple[str, ...]) -> Fold:
    """Squeezes names and takes their usual ending off, the first of these that leaves enough of it."""
    if not endings:
        return squeezed_all
    return lambda names: [
        _without_ending(name, endings) if name.endswith(endings) else name for name in squeezed_all(names)
    ]


def _without_ending(name: str, endings: Sequence[str]) -> str:
    for one in endings:
        if name.endswith(one) and len(name) >= len(one) + _FEWEST_LETTERS:
            return name.removesuffix(one)
    return name
