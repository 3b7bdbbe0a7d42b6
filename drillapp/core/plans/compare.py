"""Two texts of a plan side by side: what came, went, moved and changed, down to the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from drillapp.core.plans.blocks import BlockDifference, RowDifference, compare_blocks, compare_rows
from drillapp.core.plans.content import Content, Level, LevelAction, Named, Resource, Section, text_of
from drillapp.core.plans.matching import match, moved
from drillapp.core.plans.spans import Span, spans

What = Literal["section", "level", "roster", "contacts", "resources"]
How = Literal["added", "removed", "moved", "renumbered", "changed"]


class FieldDifference(msgspec.Struct, frozen=True):
    """A field with another text: title, number, trigger, phone …"""

    name: str
    spans: tuple[Span, ...]


class Difference(msgspec.Struct, frozen=True):
    """What happened to a section or to an entry of a list; `old` and `new` are its places, from 0."""

    what: What
    how: How
    name: str
    """What it is called now, or was."""
    old: int | None
    new: int | None
    is_moved: bool = False
    fields: tuple[FieldDifference, ...] = ()
    blocks: tuple[BlockDifference, ...] = ()
    rows: tuple[RowDifference, ...] = ()
    """The actions of a response level."""


def compare(old: Content, new: Content) -> list[Difference]:
    """All differences in reading order, sections first; none when both say the same."""
    return [
        *_sections(old.sections, new.sections),
        *_list("level", old.levels, new.levels, (lambda x: x.name,), _level_rows),
        *_list("roster", old.roster, new.roster, _PERSON_KEYS),
        *_list("contacts", old.contacts, new.contacts, _PERSON_KEYS),
        *_list("resources", old.resources, new.resources, (lambda x: (x.name, x.place), lambda x: x.name)),
    ]


_PERSON_KEYS: tuple[Callable[[Named], Hashable], ...] = (
    lambda person: person.name and (person.name, person.role, person.organisation),
    lambda person: person.name and (person.name, person.role),
    lambda person: person.name,
    lambda person: person.role and (person.role, person.organisation),
)


def _same_sections(old: Sequence[Section], new: Sequence[Section]) -> dict[int, int]:
    pairs = [_known_by(old), _known_by(new)]
    *stages, words = zip(*pairs, strict=True)
    return match(stages, *words)


def _known_by(sections: Sequence[Section]) -> tuple[Sequence[Any], ...]:
    """By what sections are known, the surest first; their words last."""
    titles = [re.sub(r"\s", "", section.title) for section in sections]
    paths = _paths(sections, titles)
    numbers = [section.number for section in sections]
    return (
        [section.lineage for section in sections],
        [number and (number, path) for number, path in zip(numbers, paths, strict=True)],
        paths,
        [number and (number, title) for number, title in zip(numbers, titles, strict=True)],
        titles,
        [f"{section.title}\n{text_of(section.blocks)}" for section in sections],
    )


def _paths(sections: Sequence[Section], titles: Sequence[str]) -> list[Hashable]:
    """For each section its title below those of the sections that it stands in."""
    above: list[tuple[int, str]] = []
    found: list[Hashable] = []
    for section, title in zip(sections, titles, strict=True):
        while above and above[-1][0] >= section.level:
            above.pop()
        above.append((section.level, title))
        found.append(tuple(name for _level, name in above))
    return found


def _parents(sections: Sequence[Section]) -> list[int | None]:
    above: list[int] = []
    found: list[int | None] = []
    for place, section in enumerate(sections):
        while above and sections[above[-1]].level >= section.level:
            above.pop()
        found.append(above[-1] if above else None)
        above.append(place)
    return found


def _in_order(found: dict[int, int], old_count: int, new_count: int) -> list[tuple[int | None, int | None]]:
    """Pairs in the new order; what was removed follows what it used to follow."""
    removed = set(range(old_count)) - set(found.values())
    result: list[tuple[int | None, int | None]] = []
    waiting = iter(_after(removed, 0))
    result.extend((place, None) for place in waiting)
    for place in range(new_count):
        before = found.get(place)
        result.append((before, place))
        if before is not None:
            result.extend((each, None) for each in _after(removed, before + 1))
    return result


def _after(removed: set[int], place: int) -> Iterator[int]:
    while place in removed:
        yield place
        place += 1


def _sections(old: Sequence[Section], new: Sequence[Section]) -> Iterator[Difference]:
    found = _same_sections(old, new)
    elsewhere = _under_another(old, new, found)
    elsewhere |= moved({place: before for place, before in found.items() if place not in elsewhere})
    for a, b in _in_order(found, len(old), len(new)):
        before, after = (None if a is None else old[a]), (None if b is None else new[b])
        fields = _fields(before, after, ("level", "number", "title"))
        blocks = compare_blocks(before.blocks if before else (), after.blocks if after else ())
        shown = after or before
        if shown is None or not (fields or blocks or b in elsewhere):
            continue
        name = f"{shown.number} {shown.title}".strip()
        yield Difference("section", _how(a, b, fields, blocks), name, a, b, b in elsewhere, fields, blocks)


def _under_another(old: Sequence[Section], new: Sequence[Section], found: dict[int, int]) -> set[int]:
    """The sections that stand in another section than they did, which is still there itself."""
    old_parents, new_parents, kept = _parents(old), _parents(new), set(found.values())
    result = set()
    for place, before in found.items():
        above, was_above = new_parents[place], old_parents[before]
        now = found.get(above) if above is not None else None
        if (
            now != was_above
            and (was_above is None or was_above in kept)
            and (above is None or now is not None)
        ):
            result.add(place)
    return result


def _how(old: int | None, new: int | None, fields: Sequence[FieldDifference], parts: Sequence[Any]) -> How:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    if parts or any(field.name != "number" for field in fields):
        return "changed"
    return "renumbered" if fields else "moved"


def _list(
    what: What,
    old: Sequence[Any],
    new: Sequence[Any],
    keys: Sequence[Callable[[Any], Hashable]],
    rows: Callable[[Any, Any], tuple[RowDifference, ...]] = lambda _old, _new: (),
) -> Iterator[Difference]:
    """The differences of one of a version's lists."""
    stages: list[tuple[Sequence[Hashable], Sequence[Hashable]]] = [(old, new)]
    stages += [([key(item) for item in old], [key(item) for item in new]) for key in keys]
    found = match(stages, [_words(item) for item in old], [_words(item) for item in new])
    elsewhere = moved(found)
    for a, b in _in_order(found, len(old), len(new)):
        before, after = (None if a is None else old[a]), (None if b is None else new[b])
        shown: Any = after or before
        names = [name for name in shown.__struct_fields__ if name != "actions"]
        fields, parts = _fields(before, after, names), rows(before, after)
        if fields or parts or b in elsewhere or None in (a, b):
            how = _how(a, b, fields, parts)
            yield Difference(what, how, _called(shown), a, b, b in elsewhere, fields, (), parts)


def _called(item: Level | Named | Resource) -> str:
    return item.name or (item.role if isinstance(item, Named) else "")


def _words(item: msgspec.Struct) -> str:
    return "\n".join(value for value in msgspec.structs.astuple(item) if isinstance(value, str) and value)


def _fields(old: Any, new: Any, names: Sequence[str]) -> tuple[FieldDifference, ...]:
    pairs = [(name, _text(getattr(old, name, "")), _text(getattr(new, name, ""))) for name in names]
    return tuple(FieldDifference(name, spans(a, b)) for name, a, b in pairs if a != b)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _level_rows(old: Level | None, new: Level | None) -> tuple[RowDifference, ...]:
    before, after = (
        tuple(_action(action) for action in level.actions) if level else () for level in (old, new)
    )
    return compare_rows(before, after)


def _action(action: LevelAction) -> tuple[str, ...]:
    return action.action, action.actor, _text(action.within_minutes)
