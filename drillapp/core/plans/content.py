"""What is written in a version of a plan, as plain values: from a form, from Word, to print, to compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct, json


class Paragraph(Struct, frozen=True, tag="p", omit_defaults=True):
    """Running text."""

    text: str


class Grid(Struct, frozen=True, tag="t", omit_defaults=True):
    """A table: rows of cells, the first `heads` rows are its head."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 0


class Picture(Struct, frozen=True, tag="i", omit_defaults=True):
    """A picture, kept as an attachment."""

    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    width_mm: float = 0.0
    caption: str = ""


Block: TypeAlias = Paragraph | Grid | Picture


class Section(Struct, frozen=True, omit_defaults=True):
    """A section with what stands before its first subsection."""

    level: int
    title: str
    number: str = ""
    blocks: tuple[Block, ...] = ()
    lineage: str = ""
    """Empty for a section that is new in this version."""
    id: int = 0
    """The stored section's key; 0 while it is not stored."""


class LevelAction(Struct, frozen=True):
    """What somebody does on a response level."""

    action: str
    actor: str = ""
    within_minutes: int | None = None


class Level(Struct, frozen=True):
    """A response level: trigger, who starts it, what is done."""

    name: str
    trigger: str = ""
    starter: str = ""
    actions: tuple[LevelAction, ...] = ()


class Named(Struct, frozen=True):
    """Somebody in the command roster or among the contacts."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    phone: str = ""
    duty: str = ""


class Resource(Struct, frozen=True):
    """What the plan counts on."""

    name: str
    quantity: str = ""
    place: str = ""
    keeper: str = ""
    phone: str = ""


class Content(Struct, frozen=True):
    """All that is written in a version."""

    sections: tuple[Section, ...] = ()
    levels: tuple[Level, ...] = ()
    roster: tuple[Named, ...] = ()
    contacts: tuple[Named, ...] = ()
    resources: tuple[Resource, ...] = ()


_encoder = json.Encoder()
_decoder = json.Decoder(tuple[Block, ...])


def write_blocks(blocks: tuple[Block, ...]) -> str:
    """Blocks as they are stored."""
    return _encoder.encode(blocks).decode()


def read_blocks(stored: str) -> tuple[Block, ...]:
    """Blocks from how they are stored."""
    return _decoder.decode(stored)


def text_of(blocks: tuple[Block, ...]) -> str:
    """The words of blocks, one paragraph or table row a line."""
    return "\n".join(_lines(blocks))


def says_anything(blocks: tuple[Block, ...]) -> bool:
    """Whether there is a word or a picture in blocks."""
    return bool(text_of(blocks).strip()) or any(isinstance(block, Picture) for block in blocks)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Grid(rows):
                yield from ("\t".join(row) for row in rows)
            case Picture():
                if block.caption:
                    yield block.caption
