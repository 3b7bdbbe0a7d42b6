"""A document that was read: its lines with their levels, for a clerk to look at and change before they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.plans.content import (
    Block,
    Content,
    Grid,
    Level,
    Named,
    Paragraph,
    Picture,
    Resource,
    Section,
)
from drillapp.core.plans.grammar import caption_begin, grammar
from drillapp.core.plans.word.headings import Found, split_number
from drillapp.core.plans.word.ladder import DEEPEST
from drillapp.core.plans.word.lists import Lists
from drillapp.core.plans.word.raw import NOTE_CLOSE, NOTE_OPEN, RawGrid, RawItem, RawLine, RawPicture, joined

_LONGEST_CAPTION = 60


class WordPicture(Struct, frozen=True):
    """A picture of the document."""

    digest: str
    media_type: str
    content: bytes


class WordLine(Struct, frozen=True):
    """A paragraph, table or picture; with a level of 1 to 9 the paragraph is the title of a section."""

    block: Block
    level: int = 0
    number: str = ""
    why: str = ""
    """Why it is a heading: style, outline, numbering, weak (only by its looks) or chosen (by the clerk)."""
    gap: str = ""
    """What stood between number and title."""


class WordDocument(Struct, frozen=True):
    """A document with what was found out about it."""

    title: str
    lines: tuple[WordLine, ...]
    pictures: tuple[WordPicture, ...] = ()
    told: tuple[str, ...] = ()
    """What was left out or cannot be kept, a sentence each."""
    levels: tuple[Level, ...] = ()
    roster: tuple[Named, ...] = ()
    contacts: tuple[Named, ...] = ()
    resources: tuple[Resource, ...] = ()


def with_level(document: WordDocument, index: int, level: int) -> WordDocument:
    """The document with that line as text (0) or as a heading of level 1 to 9."""
    line = document.lines[index]
    if not isinstance(line.block, Paragraph):
        raise InvalidInput(_("Only a line of text can be a heading."), field="level")
    if not 0 <= level <= DEEPEST:
        raise InvalidInput(_("A heading has a level from 1 to 9."), field="level")
    changed = _relevelled(line, line.block.text, level)
    return replace(document, lines=(*document.lines[:index], changed, *document.lines[index + 1 :]))


def _relevelled(line: WordLine, text: str, level: int) -> WordLine:
    if level and line.level:
        return replace(line, level=level, why="chosen")
    if line.level:
        return WordLine(Paragraph(f"{line.number}{line.gap}{text}"))
    number, gap, title = split_number(text) if level else ("", "", text)
    return WordLine(Paragraph(title), level, number, "chosen" if level else "", gap)


def content_of(document: WordDocument) -> Content:
    """What is to be kept: sections from heading to heading, and the lists."""
    return Content(
        tuple(_sections(document)), document.levels, document.roster, document.contacts, document.resources
    )


def _sections(document: WordDocument) -> Iterator[Section]:
    heading = WordLine(Paragraph(_("Preamble")), 1)
    blocks: list[Block] = []
    is_open = False
    for line in document.lines:
        if not line.level:
            blocks.append(line.block)
            continue
        if is_open or blocks:
            yield _section(heading, blocks)
        heading, blocks, is_open = line, [], True
    if is_open or blocks:
        yield _section(heading, blocks)


def _section(heading: WordLine, blocks: Sequence[Block]) -> Section:
    title = heading.block.text if isinstance(heading.block, Paragraph) else ""
    return Section(heading.level, title, heading.number, tuple(blocks))


def document_of(
    title: str, items: Sequence[RawItem], found: Found, pictures: Sequence[WordPicture], told: Sequence[str]
) -> WordDocument:
    """Put together what the reading process sent and what was found out about the headings."""
    lists = Lists()
    lines: list[WordLine] = []
    place = 0
    while place < len(items):
        item, heading = items[place], found.headings[place]
        place += heading.lines
        if isinstance(item, RawGrid):
            if not (item.list_name and lists.take(item)):
                lines.append(WordLine(Grid(tuple(map(tuple, item.rows)), item.heads)))
        elif isinstance(item, RawPicture):
            caption, used = _caption(items, place)
            place += used
            lines.append(WordLine(Picture(item.digest, item.width_mm, caption)))
        elif heading.level:
            lines.append(
                WordLine(Paragraph(heading.title), heading.level, heading.number, heading.why, heading.gap)
            )
        else:
            lines.append(WordLine(Paragraph(_shown(joined(item.label, item.text)))))
    return WordDocument(title, tuple(lines), tuple(pictures), tuple(told), **lists.found())


def _caption(items: Sequence[RawItem], place: int) -> tuple[str, int]:
    """The line below a picture, if it names the picture."""
    item: Any = items[place] if place < len(items) else None
    if not isinstance(item, RawLine) or item.level or len(item.text) > _LONGEST_CAPTION:
        return "", 0
    is_caption = item.role == "caption" or caption_begin(grammar().captions.picture).match(item.text)
    return (item.text, 1) if is_caption else ("", 0)


def _shown(text: str) -> str:
    """A footnote's number in brackets, as the note below has it."""
    return text.replace(NOTE_OPEN, "［").replace(NOTE_CLOSE, "］") if NOTE_OPEN in text else text
