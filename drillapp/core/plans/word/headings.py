"""Which lines are headings: by style, by outline level, by their number, or only by their looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from drillapp.core.plans.grammar import caption_begin, grammar
from drillapp.core.plans.word.ladder import DEEPEST, Ladder
from drillapp.core.plans.word.marks import ITEM_KINDS, Mark, mark_of, reads_as_title
from drillapp.core.plans.word.raw import NOTE_CLOSE, NOTE_OPEN, RawItem, RawLine, joined

LONGEST_TITLE = 100
_NO_HEADING_ROLES = frozenset({"text", "note", "caption", "contents"})
_SENTENCE_ENDS = tuple("。；;：:！？!?，,")
_LONG_LINE = 40
_WEAK_LENGTH = 20
_MOSTLY_BOLD = 0.3
_NOTE = re.compile(f"{NOTE_OPEN}\\d+{NOTE_CLOSE}")


class Heading(NamedTuple):
    """What a line is: level 0 for text."""

    level: int = 0
    why: str = ""
    """style, outline, numbering or weak."""
    number: str = ""
    gap: str = ""
    title: str = ""
    lines: int = 1
    """2 when the title stands on the line below its number."""


class Found(NamedTuple):
    """All that was found out."""

    headings: list[Heading]
    """One for each item."""
    missing: tuple[tuple[str, str], ...]
    """Numbers between which one or more are missing."""
    too_long: int
    """Paragraphs in a heading's style that are too long for a heading."""


TEXT = Heading()


def find_headings(items: Sequence[RawItem]) -> Found:
    """Go through the document once, from its first line to its last."""
    search = _Search(items)
    place = 0
    while place < len(items):
        heading = search.look_at(place)
        search.headings[place] = heading
        place += heading.lines
    _begin_at_one(search.headings)
    return Found(search.headings, tuple(search.missing), search.too_long)


class _Search:
    def __init__(self, items: Sequence[RawItem]) -> None:
        self._items = items
        self._ladder = Ladder()
        self.headings = [TEXT] * len(items)
        self.missing: list[tuple[str, str]] = []
        self.too_long = 0
        self._marks = [_mark(item) for item in items]
        self._confirmed = _confirmed(self._marks)
        self._last_annexes = {mark.number: place for place, mark in enumerate(self._marks)
                              if mark and mark.kind == "annex" and reads_as_title(mark)}  # fmt: skip
        text = [item for item in items if isinstance(item, RawLine) and reads_as_text(item.text)]
        self._has_body = bool(text)
        self._bold_means = sum(line.bold for line in text) < _MOSTLY_BOLD * len(text)

    def look_at(self, place: int) -> Heading:
        """What the item at that place is."""
        item = self._items[place]
        if not isinstance(item, RawLine) or item.role in _NO_HEADING_ROLES:
            return TEXT
        mark = self._marks[place]
        if item.level or item.outline:
            return self._styled(item, mark)
        if mark is not None:
            return self._numbered(place, item, mark)
        return self._weak(place, item)

    def _styled(self, line: RawLine, mark: Mark | None) -> Heading:
        text = _NOTE.sub("", line.text)
        if len(text) > LONGEST_TITLE:
            self.too_long += 1
            return TEXT
        level, why = line.level or line.outline, "style" if line.level else "outline"
        number, gap, title = line.number, "", text
        if not number and line.label.strip("•"):
            number, gap = line.label.strip(), _gap(line.label, text)
        elif mark is not None and mark.title and self._has_number(line, mark):
            number, gap, title = mark.number, mark.gap, _NOTE.sub("", mark.title)
        self._put(level, mark_of(joined(number, title)) if number else None, title)
        return Heading(level, why, number, gap, title)

    def _has_number(self, line: RawLine, mark: Mark) -> bool:
        """Whether a heading's style begins with a typed number, not with a figure of its title."""
        if line.number or line.has_no_number:
            return False
        return mark.kind != "1" or bool(mark.gap) or bool(self._ladder.level_for(mark))

    def _numbered(self, place: int, line: RawLine, mark: Mark) -> Heading:
        is_confirmed = place in self._confirmed
        level = 0
        if self._may_be_heading(place, mark, is_confirmed=is_confirmed):
            level = self._ladder.level_for(mark, is_confirmed=is_confirmed)
        if not level:
            self._ladder.pass_by(mark)
            return self._weak(place, line) if line.bold and not mark.title else TEXT
        if not mark.title:
            return self._with_title_below(place, level, mark)
        title = _NOTE.sub("", mark.title).rstrip(" \u3000")
        self._put(level, mark, title)
        return Heading(level, "numbering", mark.number, mark.gap, title)

    def _may_be_heading(self, place: int, mark: Mark, *, is_confirmed: bool) -> bool:
        if mark.kind == "clause" or not reads_as_title(mark):
            return False
        if mark.kind == "annex":
            is_list = mark.path == (0,) and mark.gap.strip() in ("：", ":") and bool(mark.title)
            return not is_list and self._last_annexes[mark.number] == place
        if mark.kind not in ITEM_KINDS or is_confirmed or not self._has_body:
            return True
        return not self._is_item(place, mark)

    def _is_item(self, place: int, mark: Mark) -> bool:
        """Whether the line belongs to a list: announced by a colon, or with others of its kind and nothing between."""
        before = self._items[place - 1] if place else None
        if isinstance(before, RawLine) and before.text.endswith(("：", ":")) and mark.path[-1] == 1:
            return True
        after = self._marks[place + 1] if place + 1 < len(self._marks) else None
        return after is not None and after.group == mark.group and after.path[-1] == mark.path[-1] + 1

    def _with_title_below(self, place: int, level: int, mark: Mark) -> Heading:
        """'附件1' or '第一章' on a line of its own: its title is the next line, if that can be one."""
        below = self._items[place + 1] if place + 1 < len(self._items) else None
        if (
            isinstance(below, RawLine)
            and below.role not in _NO_HEADING_ROLES
            and not below.level
            and self._marks[place + 1] is None
            and not reads_as_text(below.text)
        ):
            self._put(level, mark, below.text)
            return Heading(level, "numbering", mark.number, "\u3000", _NOTE.sub("", below.text), lines=2)
        self._put(level, mark, mark.number)
        return Heading(level, "numbering", "", "", mark.number)

    def _weak(self, place: int, line: RawLine) -> Heading:
        """A short bold line above running text, where not everything is bold."""
        captions = grammar().captions
        below = self._items[place + 1] if place + 1 < len(self._items) else None
        if (
            not self._bold_means
            or not line.bold
            or len(line.text) > _WEAK_LENGTH
            or line.text.endswith(_SENTENCE_ENDS)
            or caption_begin(captions.picture + captions.table).match(line.text)
            or line.role in ("title", "subtitle")
            or line.label
            or not any(map(str.isalpha, line.text))
            or not isinstance(below, RawLine)
            or below.bold
            or below.level
            or not reads_as_text(below.text)
        ):
            return TEXT
        level = min(self._ladder.level + 1, DEEPEST)
        return Heading(level, "weak", title=_NOTE.sub("", line.text))

    def _put(self, level: int, mark: Mark | None, title: str) -> None:
        last = self._ladder.last_of(mark) if mark else None
        if mark and last and mark.path[-1] - last.path[-1] > 1 and mark.kind != "annex":
            self.missing.append((last.number, mark.number))
        self._ladder.put(level, mark, title)


def reads_as_text(text: str) -> bool:
    """Whether a line is a sentence rather than a title."""
    return len(text) > _LONG_LINE or text.endswith(_SENTENCE_ENDS)


def split_number(text: str) -> tuple[str, str, str]:
    """Number, what stands behind it, and title of a line that is to be a heading."""
    mark = mark_of(text)
    if mark is None or not mark.title:
        return "", "", text
    return mark.number, mark.gap, mark.title


def _mark(item: RawItem) -> Mark | None:
    if not isinstance(item, RawLine):
        return None
    mark = mark_of(joined(item.label, item.text))
    if mark and item.label:  # the list's number is known for sure
        return mark._replace(number=item.label.strip(), gap=_gap(item.label, item.text), title=item.text)
    return mark


def _gap(label: str, text: str) -> str:
    return joined(label, text)[len(label) : len(joined(label, text)) - len(text)]


def _confirmed(marks: Sequence[Mark | None]) -> set[int]:
    """Places of first-level numbers below which '2.1' follows the '2'."""
    found: set[int] = set()
    candidate: tuple[int, int] | None = None
    for place, mark in enumerate(marks):
        if mark is None:
            continue
        if mark.kind == "decimal":
            if candidate and mark.path == (candidate[1], 1):
                found.add(candidate[0])
            candidate = None
        elif mark.kind in ("1", "1.") and reads_as_title(mark):
            candidate = (place, mark.path[0])
    return found


def _begin_at_one(headings: list[Heading]) -> None:
    """A document whose largest headings are of a lower level begins at level 1 all the same."""
    surplus = min((heading.level for heading in headings if heading.level), default=1) - 1
    if surplus:
        for place, heading in enumerate(headings):
            if heading.level:
                headings[place] = heading._replace(level=heading.level - surplus)
