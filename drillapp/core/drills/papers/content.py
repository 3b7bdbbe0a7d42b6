"""The text of a drill's document: sections with headings, paragraphs and tables, and how they are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from msgspec import Struct, json
from msgspec.structs import replace

from drillapp.core.drills.papers.words import words
from drillapp.core.plans.content import Block, Grid, Section, text_of
from drillapp.core.plans.word.marks import mark_of

DEEPEST = 3


class PaperSection(Struct, frozen=True, omit_defaults=True):
    """A heading with what stands below it."""

    heading: str
    level: int = 1
    blocks: tuple[Block, ...] = ()
    key: str = ""
    """Which section of the template it came from; empty for one that somebody added."""
    drafted: str = ""
    """A digest of what was drafted, by which it is known whether somebody wrote on it."""

    @property
    def is_edited(self) -> bool:
        """Whether it says something else than was drafted."""
        return self.drafted != digest_of(self)


_encoder = json.Encoder()
_decoder = json.Decoder(tuple[PaperSection, ...])


def write_sections(sections: Sequence[PaperSection]) -> str:
    """Sections as they are stored."""
    return _encoder.encode(tuple(sections)).decode()


def read_sections(stored: str) -> tuple[PaperSection, ...]:
    """Sections from how they are stored."""
    return _decoder.decode(stored)


def digest_of(section: PaperSection) -> str:
    """What a section says, in a few characters."""
    said = json.encode((section.heading, section.level, section.blocks))
    return sha256(said).hexdigest()[:16]


def as_drafted(section: PaperSection) -> PaperSection:
    """The section as one that nobody wrote on yet."""
    return replace(section, drafted=digest_of(section))


def numbered(sections: Sequence[PaperSection]) -> Iterator[Section]:
    """The sections with their numbers, as they are printed and written for Word.

    A heading that begins with a number of its own keeps that.
    """
    counts = [0] * DEEPEST
    for section in sections:
        level = min(max(section.level, 1), DEEPEST)
        number = ""
        if mark_of(section.heading) is None:
            counts[level - 1] += 1
            counts[level:] = [0] * (DEEPEST - level)
            number = number_of(level, counts[level - 1])
        yield Section(level, section.heading, number, section.blocks, section.key)


def number_of(level: int, place: int) -> str:
    """The number of a heading: the first level as 'one,' in Chinese, the second the same in brackets."""
    return words().levels[level - 1].format(n=place, cn=in_chinese(place))


def in_chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals; larger ones in figures."""
    if not 0 < number < 100:
        return str(number)
    digits, ten = words().digits, words().ten
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + (ten if tens else "") + digits[ones]


def gaps_of(sections: Sequence[PaperSection]) -> list[tuple[str, str]]:
    """What is still to be filled in: each gap with the heading under which it stands."""
    pattern = words().gap_pattern
    return [
        (section.heading, found[0])
        for section in sections
        for found in pattern.finditer(f"{section.heading}\n{text_of(section.blocks)}")
    ]


def grid(name: str, rows: Sequence[Sequence[str]]) -> tuple[Block, ...]:
    """A table with the heads of that name; nothing without rows."""
    if not rows:
        return ()
    return (Grid((words().tables[name], *(tuple(row) for row in rows)), 1),)
