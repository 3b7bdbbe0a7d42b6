"""Who of the office's people stands on a card, so that it is known to be wrong when they leave or their phone changes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from drillapp.core.batch import Batch
from drillapp.core.cards.model import CardPerson
from drillapp.core.database.base import still, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.units.model import Person, Unit, UnitAncestor
from drillapp.core.work import Work

_LINKS = table_of(CardPerson)
_TEXTS = ("person", "alarm", "contacts")
_NAMING = {*_TEXTS, "unit_id"}
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
    phones: frozenset[str]


class _Mention(NamedTuple):
    """A line of a card in which somebody may stand: names and numbers of people of the office, and all its numbers."""

    names: tuple[str, ...]
    known: tuple[str, ...]
    phones: tuple[str, ...]


_Said = tuple[int, int, list[str]]
"""A card, its unit, and the texts in which people are looked for: the holder first."""


def link_people(work: Work, batch: Batch) -> None:
    """Note who stands on the new cards, and anew who stands on those that name others now."""
    changed = [i for i, fields in batch.changed.items() if not _NAMING.isdisjoint(fields)]
    if changed:
        statement = delete(_LINKS).where(_LINKS.c.card_id == bindparam("_card"))
        work.connection.execute(statement, [{"_card": batch.id_of(i)} for i in changed])
    said = [*_said_by_new(batch), *_said_by_changed(batch, changed)]
    people = _People(work.connection, batch.as_of, {unit for _card, unit, _texts in said})
    found = [
        (card, person, phone)
        for card, unit, texts in said
        for person, phone in people.on(unit, *texts).items()
    ]
    if found:
        columns: dict[str, Sequence[object]] = dict(
            zip(("card_id", "person_id", "phone"), zip(*found, strict=True), strict=True)
        )
        insert_rows(work.connection, _LINKS, {"id": next_ids(work.connection, _LINKS, len(found)), **columns})


def _said_by_new(batch: Batch) -> Iterator[_Said]:
    units = batch.columns["unit_id"]
    texts = list(zip(*(batch.columns[name] for name in _TEXTS), strict=True))
    for i in batch.new:
        yield batch.id_of(i), units[i], [text if isinstance(text, str) else "" for text in texts[i]]


def _said_by_changed(batch: Batch, changed: Sequence[int]) -> Iterator[_Said]:
    for i in changed:
        yield batch.id_of(i), batch.value("unit_id", i), [batch.value(name, i) or "" for name in _TEXTS]


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
        self._named: dict[tuple[str, int], list[_Known]] = defaultdict(list)
        self._called: dict[tuple[str, int], list[_Known]] = defaultdict(list)
        for key, unit, name, phone in connection.execute(statement):
            known = _Known(key, frozenset(phones_in(phone or "")))
            self._named[name, unit].append(known)
            for number in known.phones:
                self._called[number, unit].append(known)
        self._names = {name for name, _unit in self._named}
        self._phones = {phone for phone, _unit in self._called}
        self._parents: dict[int, int | None] | None = None
        self._mentions: dict[str, list[_Mention]] = {}
        """What was found in a text: the same contacts stand on many cards."""

    def on(self, unit: int, holder: str, *texts: str) -> dict[int, str | None]:
        """Who stands on a card of a unit, each with the phone that is printed there."""
        links: dict[int, str | None] = {}
        if holder in self._names:
            links.update((person.id, None) for person in self._nearest(self._named, holder, unit))
        for text in texts:
            for mention in self._mentioned(text):
                for person, phone in self._links(unit, mention):
                    links[person] = phone or links.get(person)
        return links

    def _links(self, unit: int, mention: _Mention) -> Iterator[tuple[int, str | None]]:
        named = [person for name in mention.names for person in self._nearest(self._named, name, unit)]
        for person in named:
            printed = [phone for phone in mention.phones if phone in person.phones] or mention.phones
            yield person.id, printed[0] if printed and person.phones else None
        for phone in mention.known:
            owners = self._nearest(self._called, phone, unit)
            if len(owners) == 1 and owners[0] not in named:
                yield owners[0].id, phone  # a number that several share is the desk's, not one person's

    def _mentioned(self, text: str) -> list[_Mention]:
        """The lines of a text in which a name or a number of the office's people stands."""
        found = self._mentions.get(text)
        if found is None:
            mentions = map(self._mention, text.splitlines())
            found = self._mentions[text] = [one for one in mentions if one.names or one.known]
        return found

    def _mention(self, line: str) -> _Mention:
        phones = phones_in(line)
        names = filter(None, map(self._name, _WORD.findall(line)))
        return _Mention(tuple(names), tuple(phone for phone in phones if phone in self._phones), phones)

    def _name(self, word: str) -> str:
        """The name that a word is, or ends in behind a title; empty for none."""
        names = (word, *(word[-length:] for length in _TITLED if len(word) > length))
        return next((name for name in names if name in self._names), "")

    def _nearest(
        self, people: Mapping[tuple[str, int], Sequence[_Known]], name: str, unit: int
    ) -> Sequence[_Known]:
        """Those of the unit itself, or else of the nearest unit above it that has such people."""
        above: int | None = unit
        while above is not None:
            if found := people.get((name, above)):
                return found
            above = self._above(above)
        return ()

    def _above(self, unit: int) -> int | None:
        if self._parents is None:
            self._parents = dict(self._connection.execute(select(Unit.id, Unit.parent_id)).all())
        return self._parents.get(unit)
