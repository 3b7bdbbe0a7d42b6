"""What the reading process finds in a document, before anybody asks which lines are headings."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

OWN_TAG = "drillapp."
"""How this program's own content controls begin: `drillapp.front`, `drillapp.levels` …"""
NOTE_OPEN, NOTE_CLOSE = "\x02", "\x03"
"""Around a footnote's number in a text: characters that no document can hold."""


class RawLine(Struct, frozen=True, tag="p", omit_defaults=True):
    """A line of text and what its style and its looks say about it."""

    text: str
    role: str = ""
    """What its style is for: title, subtitle, caption, contents, text (this program's own), note (a footnote)."""
    level: int = 0
    """1 to 9: a heading by its style."""
    outline: int = 0
    """1 to 9: by its outline level alone."""
    label: str = ""
    """The number that Word computes and shows before it."""
    number: str = ""
    """The number that this program wrote before a heading."""
    has_no_number: bool = False
    """This program wrote it as a title without a number, whatever it begins with."""
    bold: bool = False
    centred: bool = False
    size: float = 0.0
    """Points; 0 when nothing says."""
    new_page: bool = False
    place: str = ""
    """front or contents: inside a title page or a table of contents."""


class RawGrid(Struct, frozen=True, tag="t", omit_defaults=True):
    """A table; `list_name` names the list of the plan that this program wrote as it."""

    rows: list[list[str]]
    heads: int = 0
    place: str = ""
    list_name: str = ""


class RawPicture(Struct, frozen=True, tag="i", omit_defaults=True):
    """A picture, whose bytes come beside the lines."""

    digest: str
    width_mm: float = 0.0
    place: str = ""


RawItem: TypeAlias = RawLine | RawGrid | RawPicture


def joined(label: str, text: str) -> str:
    """A list's number and its text as they stand beside each other."""
    if not label:
        return text
    is_closed = label[-1] in "、）)】〕」.．" and not label[-1].isascii()
    return f"{label}{'' if is_closed or not text else ' '}{text}"
