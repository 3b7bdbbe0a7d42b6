"""Which sections a plan of a kind must have, from resources/standards, and which of them a text lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.i18n import language
from drillapp.core.plans.content import Content, Section
from drillapp.core.plans.grammar import any_of, grammar, numeral
from drillapp.core.resources import resource_path

Said = Annotated[str, msgspec.Meta(min_length=1)]
Mark = Literal["V", "V2", "M", "own"]
"""V read in the standard's text, V2 read second-hand, M general knowledge, own a template of ours."""
ListName = Literal["levels", "roster", "contacts", "resources"]

_TELLING = 4  # characters of a title that say what a section is about when they stand in a longer one
_NOT_WORDS = re.compile(r"[^\w]|_")
_OTHERS = ("assessment", "gbt38565", "teams")
"""How the files beside the outlines begin that are none: the assessment of plans, classes of supplies, teams."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of an outline."""

    number: Said
    """As a new plan numbers it: '1', '1.2', '附件3'."""
    title: Said
    mark: Mark
    clause: str = ""
    """Where the standard asks for it."""
    also: tuple[Said, ...] = ()
    """What else plans call it."""
    required: bool = True
    hint: str = ""
    """What the writer should say here."""
    filled_by: ListName | None = None
    """The list of the version that says it where the section itself does not."""

    @property
    def level(self) -> int:
        """How deep it stands, from 1."""
        return self.number.count(".") + 1


class Outline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sections that plans of some kinds and tiers should have."""

    id: Said
    order: int
    zh: Said
    en: Said
    standard: Said
    mark: Mark
    tiers: tuple[str, ...]
    kinds: tuple[str, ...]
    entry: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    def hint_for(self, title: str) -> str:
        """What a section with this title should say; empty when the outline has none."""
        words = title_key(title)
        return next((entry.hint for entry in self.entry if words in _keys(entry)), "")

    def source_of(self, entry: Entry) -> str:
        """The standard with the clause that asks for a section."""
        if not entry.clause:
            return self.standard
        standard = self.standard.split(f" {grammar().numbers.ordinal}")[0]  # without its chapters
        return f"{standard} {entry.clause}" if entry.clause[0].isdigit() else entry.clause


class Lack(msgspec.Struct, frozen=True):
    """A required section that a text does not have, or has without a word in it."""

    entry: Entry
    place: int | None
    """Where the empty section stands in the text, from 0; None when it is missing."""


@cache
def outlines() -> tuple[Outline, ...]:
    """All outlines in their order; raises Damaged naming file, line and field of what is wrong."""
    names = (path.name for path in resource_path("standards").glob("*.toml"))
    files = (name for name in names if not name.startswith(_OTHERS))
    found = [read_data_file(f"standards/{name}", Outline, _check) for name in files]
    return tuple(sorted(found, key=lambda outline: outline.order))


def outline_for(kind: str | None, tier: str | None) -> Outline:
    """The outline for a plan of a kind on a tier; the nearest one where none is made for both."""
    return min(outlines(), key=lambda outline: (_distance(outline, kind, tier), outline.order))


def _distance(outline: Outline, kind: str | None, tier: str | None) -> int:
    """0 when made for kind and tier; a tier that does not fit is worse than a kind, which old records often lack."""
    other_tier = tier is not None and tier not in outline.tiers
    other_kind = kind is not None and kind not in outline.kinds
    return 2 * other_tier + other_kind


def starting_content(outline: Outline) -> Content:
    """The headings of an outline, to be written under."""
    return Content(
        tuple(Section(level=entry.level, title=entry.title, number=entry.number) for entry in outline.entry)
    )


def filled_lists(content: Content) -> set[ListName]:
    """Which lists of a version hold something."""
    lists: dict[ListName, Sequence[object]] = {
        "levels": content.levels,
        "roster": content.roster,
        "contacts": content.contacts,
        "resources": content.resources,
    }
    return {name for name, rows in lists.items() if rows}


def lacks(
    outline: Outline, sections: Sequence[tuple[int, str, bool]], filled: Collection[ListName] = ()
) -> Iterator[Lack]:
    """The required sections that are missing or empty.

    Sections are given by level, title and whether they say something themselves. What is missing as a whole is told
    once, without its subsections; a section says something when one below it does.
    """
    speaks = _speaking(sections)
    places = _places([title for _level, title, _own in sections], speaks)
    # A title that is another section's own says nothing of this one ('组织体系' in '应急组织体系图').
    own = {key for entry in outline.entry for key in _keys(entry)}
    others = {title: place for title, place in places.items() if title not in own}
    missing: list[str] = []
    for entry in outline.entry:
        if not entry.required or entry.filled_by in filled or entry.number.startswith(tuple(missing)):
            continue
        found = _found(entry, places, others)
        if not found:
            missing.append(f"{entry.number}.")
            yield Lack(entry, None)
        elif not any(speaks[place] for place in found):
            yield Lack(entry, min(found))


def _speaking(sections: Sequence[tuple[int, str, bool]]) -> list[bool]:
    """For each section whether it or one below it says something."""
    result = [False] * len(sections)
    heard = [False] * (max((level for level, _title, _own in sections), default=0) + 2)
    for place in range(len(sections) - 1, -1, -1):
        level, _title, own = sections[place]
        result[place] = own or any(heard[level + 1 :])
        heard[level + 1 :] = [False] * (len(heard) - level - 1)
        heard[level] = heard[level] or result[place]
    return result


def _places(titles: Sequence[str], speaks: Sequence[bool]) -> dict[str, int]:
    """Where a title stands: the first place, or the first that says something."""
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        key = title_key(title)
        if key not in found or (speaks[place] and not speaks[found[key]]):
            found[key] = place
    return found


def _found(entry: Entry, places: dict[str, int], others: dict[str, int]) -> list[int]:
    """Where the titles of an entry stand, or else longer titles that hold one of them ('加强信息报送')."""
    keys = _keys(entry)
    exact = [places[key] for key in keys if key in places]
    if exact:
        return exact
    long = [key for key in keys if len(key) >= _TELLING]
    return [place for title, place in others.items() if any(key in title for key in long)]


def _keys(entry: Entry) -> list[str]:
    return [title_key(title) for title in (entry.title, *entry.also)]


@cache
def title_key(title: str) -> str:
    """A title as it is compared: without its number, spaces, marks, and words that make no difference."""
    plain = unicodedata.normalize("NFKC", title).strip()
    bare = _leading_number().sub("", plain).strip() or plain
    return _NOT_WORDS.sub("", bare).translate(_alike()).casefold()


@cache
def _leading_number() -> re.Pattern[str]:
    numbers = grammar().numbers
    digit = rf"(?:\d|{numeral()})"
    counted = any_of(word for words in numbers.counted.values() for word in words)
    ordinal, annex = rf"{numbers.ordinal}{digit}+{counted}", rf"{any_of(numbers.annex)}\s*{digit}*"
    return re.compile(rf"^(?:{ordinal}|{annex}|[\d.．]+)[、.:：]?")


@cache
def _alike() -> dict[int, int | None]:
    titles = grammar().titles
    return str.maketrans(titles.alike, titles.alike[0] * len(titles.alike), titles.empty)


def _check(outline: Outline) -> None:
    for field in ("tiers", "kinds"):
        unknown = set(getattr(outline, field)) - set(enumerations.codes(f"plan_{field[:-1]}"))
        if unknown:
            raise BadField(field, " ".join(sorted(unknown)))
    seen: dict[str, int] = {}
    for place, entry in enumerate(outline.entry):
        path = f"entry[{place}].number"
        if entry.number in seen:
            raise BadField(path, f"{entry.number} is there twice")
        above = entry.number.rpartition(".")[0]
        if above and above not in seen:
            raise BadField(path, f"{entry.number} stands before {above}")
        seen[entry.number] = place
