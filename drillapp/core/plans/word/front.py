"""What stands before a plan's text: its title, the title page, the table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from drillapp.core.plans.grammar import any_of, grammar, spaced
from drillapp.core.plans.word.headings import reads_as_text
from drillapp.core.plans.word.marks import mark_of, reads_as_title
from drillapp.core.plans.word.raw import RawItem, RawLine

_PAGE_AT_END = re.compile(r"(?:[\s.…·．。]{2,}|[\t …]|-+)\s*[(（]?-?\s*\d{1,4}\s*-?[)）]?$")
_TITLE_LENGTH = 60
_ENTRY_LENGTH = 60
_LEADING_LINES = 40
_LARGE_PT = 18.0


class Front(NamedTuple):
    """The document without what stands before its text."""

    title: str
    items: list[RawItem]
    left_out: tuple[str, ...]
    """The lines of the title page."""
    contents_lines: int
    """Of a table of contents."""


def take_front(items: Sequence[RawItem]) -> Front:
    """Take title, title page and table of contents away."""
    marked = [item for item in items if item.place or (isinstance(item, RawLine) and item.role == "contents")]
    title_lines = [each for each in marked if isinstance(each, RawLine) and each.role == "title"]
    page = [each.text for each in marked if isinstance(each, RawLine) and each.place == "front"]
    contents = sum(isinstance(each, RawLine) and each.place != "front" for each in marked)
    kept, typed = _without_typed_contents(_without(items))
    title = title_lines[0].text if title_lines else ""
    if not title:
        title, kept, more = _title(kept, has_contents=bool(contents or typed))
        page += more
    return Front(title, kept, tuple(page), contents + typed)


def _without(items: Sequence[RawItem]) -> list[RawItem]:
    return [
        item
        for item in items
        if not item.place and not (isinstance(item, RawLine) and item.role == "contents")
    ]


def _without_typed_contents(items: list[RawItem]) -> tuple[list[RawItem], int]:
    """Leave out a table of contents that somebody typed: below the word 目录, lines that come again as headings."""
    for start, item in enumerate(items[: 10 * _LEADING_LINES]):
        if isinstance(item, RawLine) and _contents_title().fullmatch(item.text) and not item.level:
            end = _contents_end(items, start + 1)
            if end is None:
                return [*items[:start], *items[start + 1 :]], 1  # the entries are all that there is
            return [*items[:start], *items[end:]], end - start
    return items, 0


def _contents_end(items: Sequence[RawItem], start: int) -> int | None:
    """Where the entries end: None when none of them comes again and none has the number of a page."""
    seen: set[str] = set()
    have_pages = False
    place = start
    while place < len(items):
        item = items[place]
        if not isinstance(item, RawLine) or len(item.text) > _ENTRY_LENGTH or item.level:
            break
        entry = _PAGE_AT_END.sub("", item.text)
        has_page = entry != item.text
        have_pages = have_pages or has_page
        if _plain(entry) in seen and not has_page:
            return place
        if not has_page and (reads_as_text(entry) or (have_pages and place > start + 1)):
            break
        seen.add(_plain(entry))
        place += 1
    later = {_plain(each.text) for each in items[place:] if isinstance(each, RawLine)}
    return place if place > start and (have_pages or seen & later) else None


def _plain(text: str) -> str:
    return "".join(text.split()).replace("\u3000", "")


def _title(items: list[RawItem], *, has_contents: bool) -> tuple[str, list[RawItem], list[str]]:
    """The title among the first lines, the document without it, and what else stood on a title page."""
    leading = _leading(items)
    chosen = _title_lines(items, leading)
    if not chosen:
        return "", items, []
    words = [line.text for line in leading if line in chosen]
    others = [line for line in leading if line not in chosen]
    body = items[len(leading) :]
    is_page = bool(others) and _is_title_page(leading, body, has_contents=has_contents)
    rest: list[RawItem] = [] if is_page else list(others)
    return _wanted("".join(words)), [*rest, *body], [line.text for line in others] if is_page else []


def _leading(items: Sequence[RawItem]) -> list[RawLine]:
    """The short lines before the first heading, sentence or table."""
    leading: list[RawLine] = []
    for item in items[:_LEADING_LINES]:
        if (
            not isinstance(item, RawLine)
            or item.text.endswith(("。", "；", "：", ":"))
            or len(item.text) > _TITLE_LENGTH
        ):
            break
        mark = mark_of(item.text)
        if item.label or (mark is not None and reads_as_title(mark) and mark.kind != "annex"):
            break
        if (item.level or item.outline) and not _is_only_heading(item, items):
            break
        leading.append(item)
    return leading


def _is_only_heading(line: RawLine, items: Sequence[RawItem]) -> bool:
    """Whether a heading of the first level is the document's title: no other stands beside it."""
    level = line.level or line.outline
    others = [
        item for item in items
        if isinstance(item, RawLine) and item is not line and 0 < (item.level or item.outline) <= level
    ]  # fmt: skip
    return level == 1 and not others


def _title_lines(items: Sequence[RawItem], leading: Sequence[RawLine]) -> list[RawLine]:
    if not leading:
        return []
    by_style = [line for line in leading if line.role == "title"] or [
        line for line in leading if line.level == 1
    ]
    if by_style:
        return by_style[:2]
    largest = max(line.size for line in leading)
    usual = _usual_size(items)
    large = [line for line in leading if line.size == largest and line.size >= max(_LARGE_PT, usual + 2)]
    if large and len(large) <= 3:
        return large
    named = [line for line in leading if _title_end().search(line.text) or _quoted().search(line.text)]
    return named[:1]


def _usual_size(items: Sequence[RawItem]) -> float:
    sizes = sorted(item.size for item in items if isinstance(item, RawLine) and reads_as_text(item.text))
    return sizes[len(sizes) // 2] if sizes else 0.0


def _is_title_page(leading: Sequence[RawLine], body: Sequence[RawItem], *, has_contents: bool) -> bool:
    first = body[0] if body else None
    begins_page = isinstance(first, RawLine) and first.new_page
    return begins_page or has_contents or (len(leading) > 2 and all(line.centred for line in leading))


def _wanted(text: str) -> str:
    """The plan's own name, where the line is the title of the document that issues it."""
    found = _quoted().search(text)
    return (found[1] or found[2]) if found else text


@cache
def _contents_title() -> re.Pattern[str]:
    titles = (spaced(title, r"\s*") for title in grammar().front.contents)
    return re.compile("|".join(titles), re.IGNORECASE)


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(any_of(grammar().front.plan + grammar().front.like_a_plan))


@cache
def _quoted() -> re.Pattern[str]:
    """The title after 印发, or whatever plan is quoted."""
    front = grammar().front
    inner = r"[^《〈》〉]*"
    return re.compile(rf"{front.issuing}[《〈](.+)[》〉]|[《〈]({inner}{any_of(front.plan)}{inner})[》〉]")
