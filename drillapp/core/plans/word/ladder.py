"""The headings that are open at a place of the text: which number may come next, and at which level."""

from __future__ import annotations

from typing import NamedTuple

from drillapp.core.plans.grammar import grammar
from drillapp.core.plans.word.marks import ITEM_KINDS, Mark

DEEPEST = 9
_RANKS = {"part": 0, "chapter": 1, "section": 2}
_LARGEST_STEP = 2
"""One number may be missing: people delete a section and forget to count anew."""


class _Rung(NamedTuple):
    level: int
    mark: Mark | None
    annex_title: bool = False
    """Its title says 附件: the annexes stand below it."""


class Ladder:
    """Takes the headings in their order."""

    def __init__(self) -> None:
        self._rungs: list[_Rung] = []
        self._items: dict[tuple[str, tuple[int, ...]], int] = {}
        self._last_item: Mark | None = None

    @property
    def level(self) -> int:
        """Of the heading that is open; 0 before the first."""
        return self._rungs[-1].level if self._rungs else 0

    @property
    def _has_no_decimals(self) -> bool:
        return not any(rung.mark and rung.mark.kind == "decimal" for rung in self._rungs)

    def put(self, level: int, mark: Mark | None, title: str = "") -> None:
        """A heading at that level has come."""
        while self._rungs and self._rungs[-1].level >= level:
            self._rungs.pop()
        is_annex = mark is not None and "".join(title.split()) in grammar().numbers.annexes
        self._rungs.append(_Rung(level, mark, is_annex))
        self._items = {group: number for group, number in self._items.items() if group[0] not in ITEM_KINDS}

    def last_of(self, mark: Mark) -> Mark | None:
        """The heading that the number counts on from, if that is open."""
        return next((rung.mark for rung in self._rungs if rung.mark and rung.mark.group == mark.group), None)

    def pass_by(self, mark: Mark) -> None:
        """A numbered line has come that is running text."""
        self._items[mark.group] = mark.path[-1]
        self._last_item = mark

    def level_for(self, mark: Mark, *, is_confirmed: bool = False) -> int:
        """The level of a heading with that number here; 0 when the number does not count on from anything."""
        if mark.kind == "annex":
            return self._annex_level()
        for place in range(len(self._rungs) - 1, -1, -1):
            rung = self._rungs[place]
            if rung.mark is None:
                continue
            if rung.mark.group == mark.group:
                return rung.level if self._counts_on(rung.mark, mark, is_confirmed) else 0
            if _are_roots(rung.mark, mark) and self._counts_on(rung.mark, mark, is_confirmed):
                return rung.level
            if mark.kind == "decimal" and (level := self._decimal_level(rung, mark)):
                return level
        return self._new_level(mark)

    def _annex_level(self) -> int:
        for rung in reversed(self._rungs):
            if rung.mark is not None and rung.mark.kind == "annex":
                return rung.level
            if rung.annex_title:
                return rung.level + 1
        return 1

    def _counts_on(self, last: Mark, mark: Mark, is_confirmed: bool) -> bool:
        seen, number = self._items.get(mark.group, 0), mark.path[-1]
        if mark.kind in ("decimal", "chapter", "section", "part"):
            last_number = max(last.path[-1], seen)
            return 0 < number - last_number <= _LARGEST_STEP
        if seen and seen == number - 1 and not is_confirmed and not self._is_ended(last, mark):
            return False  # it continues a list in the text
        return 0 < number - last.path[-1] <= _LARGEST_STEP

    def _is_ended(self, last: Mark, mark: Mark) -> bool:
        """Whether the list has come to its full stop, and the number follows on the last heading as well."""
        item = self._last_item
        return item is not None and item.title.endswith("。") and mark.path[-1] == last.path[-1] + 1

    def _decimal_level(self, rung: _Rung, mark: Mark) -> int:
        """The level of '1.2' below '1' or 第一章, of '2.1' beside '1.3' where the heading '2' is missing."""
        assert rung.mark is not None
        path, here = mark.path, rung.mark.path
        if rung.mark.kind == "decimal" and len(here) == len(path):
            step = [new - old for new, old in zip(path, here, strict=True)]
            first = next((each for each in step if each), 0)
            return rung.level if path[-1] == 1 and 0 < first <= _LARGEST_STEP + 1 else 0
        if path[:-1] == here and path[-1] - self._items.get(mark.group, 0) in (0, 1, _LARGEST_STEP):
            return min(rung.level + 1, DEEPEST)
        return 0

    def _new_level(self, mark: Mark) -> int:
        """A way of counting that is not open yet begins with its first number, below what is open."""
        number, seen = mark.path[-1], self._items.get(mark.group, 0)
        is_first = number == 1 or (number == 0 and mark.kind in ("1", "decimal"))
        if mark.kind == "decimal":
            is_first = self._has_no_decimals and (is_first or number == seen + 1 or not self._rungs)
        if not is_first:
            return 0
        if mark.kind in _RANKS:
            return self._ranked_level(_RANKS[mark.kind])
        if not self._rungs:
            return len(mark.path)
        return self.level + 1 if self.level < DEEPEST else 0

    def _ranked_level(self, rank: int) -> int:
        for rung in reversed(self._rungs):
            if rung.mark is not None and _RANKS.get(rung.mark.kind, DEEPEST) < rank:
                return rung.level + 1
            if rung.mark is None:
                return rung.level + 1
        return 1


def _are_roots(one: Mark, other: Mark) -> bool:
    """'1 总则' and '2. 组织体系': the same way of counting, typed carelessly."""
    return {one.kind, other.kind} == {"1", "1."}
