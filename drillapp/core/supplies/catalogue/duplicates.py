"""Items that look like one and the same: by name, other names, pinyin and specification."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.batch import Batch
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.search.tokens import Tokens, title_tokens
from drillapp.core.supplies.catalogue.names import aliases_of, same_text
from drillapp.core.supplies.model import Item

_SHORTEST_READING = 5
"""Letters of pinyin from which on two readings are compared; shorter ones are alike by chance."""
_SHORTEST_PART = 2
"""Characters of a name from which on it is looked for within another."""
_FEW = 50
"""So many items are looked up without reading the names of all."""
_COMPARED = 300
"""So many items of one specification are compared each with each; more have it by habit."""


class Alike(msgspec.Struct, frozen=True):
    """Two items that look like one; `reason` is name, alias, pinyin or spec."""

    code: str
    name: str
    spec: str | None
    other_code: str
    other_name: str
    other_spec: str | None
    reason: str

    @property
    def words(self) -> str:
        """What makes them alike, in a sentence."""
        return _reasons()[self.reason]


class _Known(NamedTuple):
    id: int
    code: str
    name: str
    aliases: str | None
    spec: str | None


def suspected_duplicates(office: Office) -> list[Alike]:
    """Every item that looks like an earlier one, by code; those taken out of use are left aside."""
    with office.read() as connection:
        index = _Index(_items(connection, office.id), title_tokens)
    return sorted((_alike(*pair) for pair in index.pairs()), key=lambda pair: pair.code)


def look_alikes(
    office: Office, name: str, aliases: str | None = None, spec: str | None = None, besides: str | None = None
) -> list[Alike]:
    """The items that look like one of this name, but for the one with the code `besides`."""
    asked = _Known(-1, besides or "", name, aliases, spec)
    with office.read() as connection:
        index = _Index(_items(connection, office.id), title_tokens, [asked])
    return [_alike(asked, one, reason) for one, reason in index.like(asked) if one.code != besides]


def note_duplicates(batch: Batch, of_title: Callable[[str], Tokens]) -> None:
    """Note, of items that are new or called otherwise now, which other one each looks like."""
    called = ("name", "aliases", "spec")
    touched = [
        *batch.new,
        *(i for i, fields in batch.changed.items() if not fields.keys().isdisjoint(called)),
    ]
    if not touched:
        return
    items = _items(batch.connection, batch.owner_id)
    by_id = {item.id: item for item in items}
    own = [by_id[key] for i in touched if (key := batch.id_of(i)) in by_id]
    index = _Index(items, of_title, own if len(own) <= _FEW else None)
    for i in touched:
        item = by_id.get(batch.id_of(i))
        for other, reason in index.like(item) if item is not None else ():
            told = _("Looks like {code} {name}: {reason}.")
            words = told.format(
                code=other.code,
                name=" ".join(filter(None, (other.name, other.spec))),
                reason=_reasons()[reason],
            )
            batch.note(i, "aliases" if reason == "alias" else "name", words)
            break


def _reasons() -> dict[str, str]:
    return {
        "name": _("the same name"),
        "alias": _("the same other name"),
        "pinyin": _("the same pinyin"),
        "spec": _("a similar name and the same specification"),
    }


def _alike(item: _Known, other: _Known, reason: str) -> Alike:
    return Alike(item.code, item.name, item.spec, other.code, other.name, other.spec, reason)


def _items(connection: Connection, owner_id: int) -> list[_Known]:
    statement = (
        select(Item.id, Item.code, Item.name, Item.aliases, Item.spec)
        .where(Item.owner_id == owner_id, Item.retired_on.is_(None))
        .order_by(Item.id)
    )
    return [_Known(*row) for row in connection.execute(statement)]


class _Index:
    """Items by everything that they can be known by."""

    def __init__(
        self,
        items: Sequence[_Known],
        of_title: Callable[[str], Tokens],
        asked: Sequence[_Known] | None = None,
    ) -> None:
        """For looking up `asked`, or any of the items."""
        self._of_title = of_title
        # What is read alike is as long, so for a few names only those of their lengths need to be read.
        self._lengths = None if asked is None else {len(text) for one in asked for text in _called(one)}
        self._items = items
        self._by_key: dict[tuple[str, str], dict[str, list[_Known]]] = {}
        self._by_spec: dict[str, list[_Known]] = {}
        for item in items:
            for key, _reason in self._keys(item):
                self._by_key.setdefault(key, {}).setdefault(same_text(item.spec), []).append(item)
            if spec := same_text(item.spec):
                self._by_spec.setdefault(spec, []).append(item)

    def like(self, item: _Known) -> Iterator[tuple[_Known, str]]:
        """The items that one looks like, each once, for the plainest reason first."""
        seen = {item.id}
        for other, reason in self._alike(item):
            if other.id not in seen:
                seen.add(other.id)
                yield other, reason

    def pairs(self) -> Iterator[tuple[_Known, _Known, str]]:
        """Each item with the first of the earlier ones that it looks like."""
        for item in self._items:
            found = next(
                ((other, reason) for other, reason in self.like(item) if 0 < other.id < item.id), None
            )
            if found is not None:
                yield item, *found

    def _alike(self, item: _Known) -> Iterator[tuple[_Known, str]]:
        own = same_text(item.spec)
        for key, reason in self._keys(item):
            by_spec = self._by_key.get(key, {})
            # Two specifications tell two items apart; one that says none may be either.
            specs: Iterable[str] = (own, "") if own else by_spec
            for spec in specs:
                for other in by_spec.get(spec, ()):
                    yield other, reason
        name = same_text(item.name)
        fellows = self._by_spec.get(own, ()) if own and len(name) >= _SHORTEST_PART else ()
        for other in fellows if len(fellows) <= _COMPARED else ():
            theirs = same_text(other.name)
            if len(theirs) >= _SHORTEST_PART and (name in theirs or theirs in name):
                yield other, "spec"

    def _keys(self, item: _Known) -> Iterator[tuple[tuple[str, str], str]]:
        name, spec = same_text(item.name), same_text(item.spec)
        aliases = aliases_of(item.aliases)
        yield ("name", name), "name"
        if spec:
            yield ("name", name + spec), "name"
        for alias in aliases:
            yield ("name", same_text(alias)), "alias"
        for text in (item.name, *aliases):
            if text.isascii() or (self._lengths is not None and len(text) not in self._lengths):
                continue
            reading = self._of_title(text).syllables.replace(" ", "")
            if len(reading) >= _SHORTEST_READING:
                yield ("pinyin", reading), "pinyin"


def _called(item: _Known) -> list[str]:
    return [item.name, *aliases_of(item.aliases)]
