"""Who of the office's people stands on a card, so that it is known to be wrong when they leave or their phone changes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from drillapp.core.batch import Batch
from drillapp.core.cards.model import CardPerson
from drillapp.core.database.base import still, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.units.model import Person, Unit, UnitAncestor
from drillapp.core.work import Work

_LINKS = table_of(CardPerson)
_NAMING = {"person", "alarm", "contacts", "unit_id"}
"""What of a card says who stands on it."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile("\\d(?:[\\d() \u2010-\u2015-]*\\d)?")
_SHORTEST = 5
"""Digits of a person's phone; 110 and 119 are nobody's own."""
_FEW_UNITS = 200
_TITLED = (2, 3, 4)
"""Lengths of a name that stands right behind its title."""


class _Known(NamedTuple):
    """Somebody who can be found on a card."""

    id: int
    unit_id: int
    name: str
    phones: frozenset[str]


class _Mention(NamedTuple):
    """A line of a card: the words and the phones in it."""

    words: tuple[str, ...]
    phones: tuple[str, ...]


def link_people(work: Work, batch: Batch) -> None:
    """Note who stands on the new cards, and anew who stands on those that name others now."""
    changed = [i for i, fields in batch.changed.items() if not _NAMING.isdisjoint(fields)]
    if changed:
        statement = delete(_LINKS).where(_LINKS.c.card_id == bindparam("_card"))
        work.connection.execute(statement, [{"_card": batch.id_of(i)} for i in changed])
    chosen = (*batch.new, *changed)
    people = _People(work.connection, batch.as_of, {batch.value("unit_id", i) for i in chosen})
    found: list[tuple[int, int, str | None]] = []
    for i in chosen:
        texts = tuple(batch.value(name, i) or "" for name in ("person", "alarm", "contacts"))
        links = people.on(batch.value("unit_id", i), *texts)
        found += [(batch.id_of(i), person, phone) for person, phone in links.items()]
    if found:
        columns: dict[str, Sequence[object]] = dict(
            zip(("card_id", "person_id", "phone"), zip(*found, strict=True), strict=True)
        )
        insert_rows(work.connection, _LINKS, {"id": next_ids(work.connection, _LINKS, len(found)), **columns})


def phones_in(text: str) -> tuple[str, ...]:
    """The numbers in a text that may be somebody's own, as digits alone."""
    plain = unicodedata.normalize("NFKC", text)
    runs = (re.sub(r"\D", "", run) for run in _NUMBER.findall(plain))
    return tuple(run for run in runs if len(run) >= _SHORTEST)


class _People:
    """The people of these units and of those above them, found by name or phone on the units' cards."""

    def __init__(self, connection: Connection, as_of: date, units: Collection[int]) -> None:
        self._connection = connection
        statement = select(Person.id, Person.unit_id, Person.name, Person.phone).where(
            still(Person.retired_on, as_of)
        )
        if len(units) <= _FEW_UNITS:
            above = select(UnitAncestor.ancestor_id).where(UnitAncestor.unit_id.in_(units))
            statement = statement.where(Person.unit_id.in_(above))
        rows = connection.execute(statement)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        self._by_phone: dict[str, list[_Known]] = defaultdict(list)
        for key, unit, name, phone in rows:
            known = _Known(key, unit, name, frozenset(phones_in(phone or "")))
            self._by_name[name].append(known)
            for number in known.phones:
                self._by_phone[number].append(known)
        self._parents: dict[int, int | None] | None = None

    def on(self, unit: int, holder: str, *texts: str) -> dict[int, str | None]:
        """Who stands on a card of a unit, each with the phone that is printed there."""
        links: dict[int, str | None] = {}
        for person in self._of_unit(self._by_name.get(holder, ()), unit):
            links[person.id] = None
        for text in texts:
            for mention in _mentions(text):
                for person, phone in self._mentioned(unit, mention):
                    links[person.id] = phone or links.get(person.id)
        return links

    def _mentioned(self, unit: int, mention: _Mention) -> Iterator[tuple[_Known, str | None]]:
        named = [one for word in mention.words for one in self._named(unit, word)]
        for person in named:
            printed = [phone for phone in mention.phones if phone in person.phones] or mention.phones
            yield person, printed[0] if printed and person.phones else None
        for phone in mention.phones:
            owners = self._of_unit(self._by_phone.get(phone, ()), unit)
            if len(owners) == 1 and owners[0] not in named:
                yield owners[0], phone  # a number that several share is the desk's, not one person's

    def _named(self, unit: int, word: str) -> list[_Known]:
        for name in (word, *(word[-length:] for length in _TITLED if len(word) > length)):
            found = self._of_unit(self._by_name.get(name, ()), unit)
            if found:
                return found
        return []

    def _of_unit(self, people: Sequence[_Known], unit: int) -> list[_Known]:
        """Those of the unit itself, or else of the nearest unit above it that has such people."""
        above: int | None = unit
        while people and above is not None:
            found = [person for person in people if person.unit_id == above]
            if found:
                return found
            above = self._above(above)
        return []

    def _above(self, unit: int) -> int | None:
        if self._parents is None:
            self._parents = dict(self._connection.execute(select(Unit.id, Unit.parent_id)).all())
        return self._parents.get(unit)


@lru_cache(maxsize=16_384)  # the same lines stand on many cards
def _mention(line: str) -> _Mention:
    return _Mention(tuple(_WORD.findall(line)), phones_in(line))


def _mentions(text: str) -> list[_Mention]:
    return [_mention(line) for line in text.splitlines() if line.strip()]
