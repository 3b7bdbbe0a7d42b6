"""Entries on their way into one table: by columns, matched with what exists, with every problem noted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Table, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.errors import NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.lookups import Lookups
from drillapp.core.named import is_name

MAX_TEXT = 4000
"""Longest text of a field, in characters."""
MAX_NUMBER = 2_147_483_647
"""Largest whole number that every storage takes."""
_AT_ONCE = 200
"""So many entries are turned into columns in a memory that stays at hand."""
_SOME = 400
"""By so many values it is seen whether a column repeats itself."""


def text_problem(text: str, most: int = MAX_TEXT) -> str:
    """Why a text cannot be stored; empty when it can."""
    if len(text) > most:
        return _("At most {count} characters.").format(count=most)
    return "" if _is_storable(text) else _("Contains a character that cannot be stored.")


def _is_storable(text: str) -> bool:
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, from a bad paste or a file name
        return False


def _is_sound(values: Sequence[Any], required: bool) -> bool:
    """Whether a look at a column as a whole, many times faster than one at each value, finds nothing wrong."""
    if len(set(values[:_SOME])) < _SOME // 4:
        values = list(set(values))  # it repeats itself
    types = set(map(type, values))
    if required and not types.isdisjoint((type(None), msgspec.UnsetType)):
        return False
    if not types.isdisjoint((int, float)):
        numbers = [value for value in values if isinstance(value, (int, float))]
        if max(numbers) > MAX_NUMBER or min(numbers) < -MAX_NUMBER:
            return False
    if str not in types:
        return True
    texts = values if len(types) == 1 else [value for value in values if isinstance(value, str)]
    if required and not all(map(str.strip, texts)):
        return False
    return max(map(len, texts)) <= MAX_TEXT and _is_storable("".join(texts))


def columns_of(entries: Sequence[msgspec.Struct]) -> dict[str, list[Any]]:
    """What entries say, by fields."""
    if not entries:
        return {}
    names = entries[0].__struct_fields__
    if len(set(map(type, entries))) > 1:
        return {name: [getattr(entry, name) for entry in entries] for name in names}
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for start in range(0, len(entries), _AT_ONCE):
        rows = map(msgspec.structs.astuple, entries[start : start + _AT_ONCE])
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=True):
            column.extend(values)
    return columns


@dataclass(frozen=True)
class Target:
    """Where entries of a kind go."""

    kind: str
    table: Table
    key: tuple[str, ...]
    """The columns that tell one record from another within the office."""
    fields: tuple[str, ...]
    """Columns that take an entry's field of the same name as it is."""
    required: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    """Fields that hold a code, with their enumeration."""
    searched: tuple[str, ...] = ()
    """Fields by which the record is found: its title and, if it has one, its number."""
    key_field: str = ""
    """The entry's field at which a problem with the key is shown."""
    derived: Mapping[str, Callable[[Table], ColumnElement[Any]]] = field(default_factory=dict)
    """Fields kept elsewhere (a parent's code, an event's date): how to read them for comparison."""


class Batch:
    """All entries of one save; `columns` holds one value for each entry under each column."""

    def __init__(
        self,
        connection: Connection,
        owner_id: int,
        as_of: date,
        target: Target,
        entries: Sequence[msgspec.Struct],
        lookups: Lookups | None = None,
    ) -> None:
        self.connection = connection
        self.owner_id = owner_id
        self.as_of = as_of
        self.target = target
        self.entries = entries
        self.lookups = lookups or Lookups()
        self.given = columns_of(entries)
        self.columns: dict[str, list[Any]] = {
            name: self.given[name] for name in target.fields if name in self.given
        }
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        """What is worth a thought but keeps no entry from being saved."""
        self.made: list[tuple[str, int, dict[str, Any]]] = []
        """Records of other kinds that had to be made on the way: kind, key, fields; the save journals them."""
        self.refused: set[int] = set()
        self._refused_fields: set[tuple[int, str]] = set()
        self.ids: list[int | None] = [None] * len(entries)
        self.new: list[int] = []
        self.changed: dict[int, dict[str, tuple[Any, Any]]] = {}
        self.existing: dict[int, RowMapping] = {}
        self.edited: int | None = None
        """The record that a form changes, whatever key the entry gives it."""

    def refuse(self, index: int, field: str, message: str) -> None:
        """Note that an entry cannot be saved, and at which field; the first problem of a field is enough."""
        if (index, field) in self._refused_fields:
            return
        self._refused_fields.add((index, field))
        value = self.given[field][index] if field in self.given else ""
        text = "" if value is None or value is msgspec.UNSET else str(value)
        self.problems.append(Problem(index, field, text, message))
        self.refused.add(index)

    def note(self, index: int, field: str, message: str) -> None:
        """Say of an entry what is worth a thought; it is saved all the same."""
        value = self.given[field][index] if field in self.given else ""
        text = "" if value is None or value is msgspec.UNSET else str(value)
        self.notes.append(Problem(index, field, text, message))

    def check_texts(self) -> None:
        """Refuse empty required fields, over-long texts, characters and numbers that cannot be stored."""
        for name, values in self.given.items():
            required = name in self.target.required
            if _is_sound(values, required):
                continue
            for i, value in enumerate(values):
                if isinstance(value, str):
                    if problem := text_problem(value):
                        self.refuse(i, name, problem)
                    elif required and not value.strip():
                        self.refuse(i, name, _("Must not be empty."))
                elif required and (value is None or value is msgspec.UNSET):
                    self.refuse(i, name, _("Must not be empty."))
                elif isinstance(value, int | float) and abs(value) > MAX_NUMBER:
                    self.refuse(i, name, _("At most {count}.").format(count=MAX_NUMBER))

    def check_choice(self, field: str, codes: Collection[str]) -> None:
        """Refuse codes that are not in the list."""
        allowed = {None, msgspec.UNSET, *codes}
        values = self.given.get(field, ())
        if allowed.issuperset(values):
            return
        for i, value in enumerate(values):
            if value in allowed:
                continue
            self.refuse(
                i,
                field,
                _("'{value}' is not allowed; allowed: {codes}").format(value=value, codes=" ".join(codes)),
            )

    def look_up(self, field: str, column: str, ids: Mapping[str, int], message: str, named: str = "") -> None:
        """Turn the codes of a field into keys under `column`; refuse unknown ones with `message` ({value}).

        `named` is said instead of what is plainly a name.
        """
        values = self.given[field]
        keys: dict[Any, Any] = {**ids, None: None, msgspec.UNSET: msgspec.UNSET, "": None}
        self.columns[column] = list(map(keys.get, values))
        if keys.keys() >= set(values):
            return
        for i, value in enumerate(values):
            if value not in keys:
                told = named if named and is_name(value) else message
                self.refuse(i, field, told.format(value=value))

    def codes_of(self, *fields: str) -> set[str]:
        """All codes that occur in these fields and can be looked up."""
        refused = {name for _index, name in self._refused_fields}
        codes: set[Any] = set()
        for name in fields:
            values = self.given.get(name, ())
            if name in refused:
                values = [value for i, value in enumerate(values) if (i, name) not in self._refused_fields]
            codes.update(values)
        codes.difference_update(("", None, msgspec.UNSET))
        return codes if {*map(type, codes)} <= {str} else {code for code in codes if isinstance(code, str)}

    def match(self) -> None:
        """Find each entry's record by the key, and what would change in it; refuse repeated keys."""
        keys = list(zip(*(self.columns[name] for name in self.target.key), strict=True))
        self._refuse_repeated(keys)
        accepted = [i for i in range(len(keys)) if i not in self.refused]
        known = self._known_keys([keys[i] for i in accepted])
        for i in accepted:
            self.ids[i] = known.get(keys[i])
        self.new = [i for i in accepted if self.ids[i] is None]
        self._compare()

    def _refuse_repeated(self, keys: Sequence[tuple[Any, ...]]) -> None:
        if len(set(keys)) == len(keys):
            return
        seen: set[tuple[Any, ...]] = set()
        for i, key in enumerate(keys):
            if i in self.refused:
                continue
            if key in seen:
                self.refuse(i, self.target.key_field or self.target.key[0], _("Stands there more than once."))
            seen.add(key)

    def match_to(self, record_id: int) -> None:
        """Take the only entry as a new state of this record, whatever its key; refuse a key that another has."""
        keys = list(zip(*(self.columns[name] for name in self.target.key), strict=True))
        other = None if self.refused else self._known_keys(keys).get(keys[0])
        if other not in (None, record_id):
            self.refuse(0, self.target.key_field or self.target.key[0], _("Another record has this already."))
        self.ids[0] = record_id
        self._compare()
        if record_id not in self.existing:
            raise NotFound(
                _("This record is not there any more."), _("Close the form and look at the list again.")
            )

    def id_of(self, index: int) -> int:
        """The key of an entry's record, which is known once it is matched or written."""
        key = self.ids[index]
        assert key is not None
        return key

    def value(self, name: str, index: int) -> Any:
        """A field as it will be: what the entry says, or else what the record has."""
        values = self.columns.get(name) or self.given.get(name)
        value = values[index] if values else None
        if value is not msgspec.UNSET:
            return value
        key = self.ids[index]
        return self.existing[key].get(name) if key in self.existing else None

    def comparable(self) -> dict[str, list[Any]]:
        """Columns and derived fields, which together make up the record."""
        return self.columns | {name: self.given[name] for name in self.target.derived}

    def default(self, name: str) -> Any:
        """What a column holds when the entry says nothing."""
        default = self.target.table.c[name].default
        return default.arg if isinstance(default, ScalarElementColumnDefault) else None

    def stored(self, name: str, value: Any) -> Any:
        """The value as the column takes it: its default instead of nothing where nothing is not allowed."""
        return self.default(name) if value is None and not self.target.table.c[name].nullable else value

    def _known_keys(self, keys: Sequence[tuple[Any, ...]]) -> Mapping[tuple[Any, ...], int]:
        last = {key[-1] for key in keys}
        return self.lookups.of(self.connection, f"keys of {self.target.table}", last, self._all_keys)

    def _all_keys(self, last: Collection[Any] | None) -> Mapping[tuple[Any, ...], int]:
        """The records of the office by their key; those with one of these values in its last column."""
        table = self.target.table
        columns = [table.c[name] for name in self.target.key]
        statement = select(table.c.id, *columns).where(table.c.owner_id == self.owner_id)
        rows = self.connection.execute(narrowed(statement, columns[-1], last)).all()
        if not rows:
            return {}
        ids, *parts = zip(*rows, strict=True)
        return dict(zip(zip(*parts, strict=True), ids, strict=True))

    def _compare(self) -> None:
        self.existing = self._records([key for key in self.ids if key is not None])
        compared = self.comparable().items()
        for i, key in enumerate(self.ids):
            if key is None or i in self.refused or key not in self.existing:
                continue
            old = self.existing[key]
            fields = {
                name: (old[name], values[i])
                for name, values in compared
                if values[i] is not msgspec.UNSET and values[i] != old[name]
                and not (values[i] is None and old[name] == self._absent(name))
            }  # fmt: skip
            if fields:
                self.changed[i] = fields

    def _absent(self, name: str) -> Any:
        return self.default(name) if name in self.columns else None

    def _records(self, ids: Sequence[int]) -> dict[int, RowMapping]:
        table = self.target.table
        derived = [make(table).label(name) for name, make in self.target.derived.items()]
        statement: AnySelect = select(table, *derived)
        wanted = frozenset(ids)
        rows = self.connection.execute(narrowed(statement, table.c.id, wanted)).mappings()
        return {row["id"]: row for row in rows if row["id"] in wanted}
