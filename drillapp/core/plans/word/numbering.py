"""The numbers of automatic lists, counted as Word counts them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from drillapp.core.plans.word.counting import written
from drillapp.core.plans.word.names import VAL, w
from drillapp.core.plans.word.styles import ListPlace, child_value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


class _Level(NamedTuple):
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    """The level after which it begins anew; 0: never."""
    legal: bool = False
    """The numbers of higher levels stand in digits."""
    style: str = ""


class Numbering:
    """The lists of a document with how far each is counted."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, Any] = {}
        self._abstracts: dict[str, Any] = {}
        self._by_style: dict[str, str] = {}
        self._levels: dict[str, list[_Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        for node in root if root is not None else ():
            if node.tag == w("num"):
                self._lists[node.get(w("numId"), "")] = node
            elif node.tag == w("abstractNum"):
                key = node.get(w("abstractNumId"), "")
                self._abstracts[key] = node
                if style := child_value(node, "styleLink"):
                    self._by_style[style] = key

    def label(self, place: ListPlace, style: str) -> str:
        """Count one paragraph of the list; what Word shows before it."""
        node = self._lists.get(place.list_id)
        if node is None:
            return ""
        abstract = self._abstract(child_value(node, "abstractNumId") or "")
        levels = self._levels_of(place.list_id, node, abstract)
        depth = place.level if place.level >= 0 else _level_of_style(levels, style)
        depth = min(depth, _LEVELS - 1)
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._begin(place.list_id, node, levels, counts)
        _count(counts, levels, depth)
        return _shown(counts, levels, depth)

    def _abstract(self, key: str) -> str:
        """The list itself, where one only points to a style that has it."""
        node = self._abstracts.get(key)
        link = None if node is None else child_value(node, "numStyleLink")
        return self._by_style.get(link, key) if link else key

    def _levels_of(self, list_id: str, node: Any, abstract: str) -> list[_Level]:
        if list_id not in self._levels:
            levels = [_Level()] * _LEVELS
            source = self._abstracts.get(abstract)
            nodes = [] if source is None else list(source.iterfind(w("lvl")))
            nodes += node.iterfind(f"{w('lvlOverride')}/{w('lvl')}")
            for each in nodes:
                depth = each.get(w("ilvl"), "")
                if depth.isdigit() and int(depth) < _LEVELS:
                    levels[int(depth)] = _level(each)
            self._levels[list_id] = levels
        return self._levels[list_id]

    def _begin(self, list_id: str, node: Any, levels: list[_Level], counts: list[int | None]) -> None:
        """A list that says where it starts begins there at its first paragraph, whatever was counted before."""
        if list_id in self._begun:
            return
        self._begun.add(list_id)
        for override in node.iterfind(w("lvlOverride")):
            depth, start = override.get(w("ilvl"), ""), child_value(override, "startOverride")
            if start and start.isdigit() and depth.isdigit() and int(depth) < _LEVELS:
                levels[int(depth)] = levels[int(depth)]._replace(start=int(start))
                counts[int(depth)] = None


def _level(node: Any) -> _Level:
    start, restart, form = (child_value(node, name) for name in ("start", "lvlRestart", "numFmt"))
    legal = node.find(w("isLgl"))
    return _Level(
        start=int(start) if start and start.isdigit() else 1,
        form=form or "decimal",
        text=child_value(node, "lvlText") or "",
        restart=int(restart) if restart and restart.isdigit() else None,
        legal=legal is not None and legal.get(VAL) not in ("0", "false"),
        style=child_value(node, "pStyle") or "",
    )


def _level_of_style(levels: list[_Level], style: str) -> int:
    return next((depth for depth, level in enumerate(levels) if style and level.style == style), 0)


def _count(counts: list[int | None], levels: list[_Level], depth: int) -> None:
    for above in range(depth):
        if counts[above] is None:  # Word shows a level that was never counted as its first
            counts[above] = levels[above].start
    count = counts[depth]
    counts[depth] = levels[depth].start if count is None else count + 1
    for below in range(depth + 1, _LEVELS):
        restart = levels[below].restart
        if restart is None or 0 < depth + 1 <= restart:
            counts[below] = None


def _shown(counts: list[int | None], levels: list[_Level], depth: int) -> str:
    level = levels[depth]
    if level.form == "bullet":
        return "•"

    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        count = counts[place]
        form = "decimal" if level.legal and place != depth else levels[place].form
        return written(levels[place].start if count is None else count, form)

    return _PLACE.sub(number, level.text)
