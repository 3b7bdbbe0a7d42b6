"""What the styles of a document say about paragraphs: heading or not, bold, how large, in which list."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from drillapp.core.plans.grammar import any_of, grammar
from drillapp.core.plans.word.counting import chinese_value
from drillapp.core.plans.word.names import PPR, RPR, VAL, w

OWN_TEXT, OWN_NUMBER, OWN_TITLE = "Plan Text", "Plan Number", "Plan Title"
"""Names of this program's styles: running text, the number before a heading's title, a title that begins like one."""
_BODY_OUTLINE = 9


class ListPlace(NamedTuple):
    """A list and the level in it."""

    list_id: str
    level: int


class Look(NamedTuple):
    """What a style says; None where it says nothing."""

    name: str = ""
    role: str = ""
    level: int | None = None
    outline: int | None = None
    in_list: ListPlace | None = None
    bold: bool | None = None
    size: float | None = None
    centred: bool | None = None
    new_page: bool | None = None
    hidden: bool | None = None


class Styles:
    """The styles of a document, each with what it takes over from the style it is based on."""

    def __init__(self, root: Any) -> None:
        self._nodes: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self.default = ""
        for node in root.iterfind(w("style")) if root is not None else ():
            key = node.get(w("styleId"), "")
            self._nodes[key] = node
            if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true", "on"):
                self.default = key

    def look(self, key: str) -> Look:
        """What the style of that key says."""
        if key not in self._looks:
            self._looks[key] = Look()  # styles based on each other in a circle end here
            self._looks[key] = self._found(key)
        return self._looks[key]

    def _found(self, key: str) -> Look:
        node = self._nodes.get(key)
        if node is None:
            return Look()
        base = child_value(node, "basedOn")
        inherited = self.look(base) if base else Look()
        name = (child_value(node, "name") or key).strip()
        role = _role(name)
        own = looks_of(node.find(PPR), node.find(RPR))
        level = _heading_level(name)
        if level is None and own.outline != _BODY_OUTLINE:
            level = inherited.level
        known = {field: value for field, value in own._asdict().items() if value is not None and value != ""}
        return inherited._replace(**known, name=name, role=role or inherited.role, level=level)


def looks_of(paragraph: Any, run: Any) -> Look:
    """What the properties of a paragraph and of its characters say."""
    said = {} if paragraph is None else _paragraph_says(paragraph)
    if run is not None:
        said |= _run_says(run)
    return Look(**said) if said else _SILENT


def _paragraph_says(properties: Any) -> dict[str, Any]:
    """Gone through once: most properties of most paragraphs are of no interest."""
    said: dict[str, Any] = {}
    for child in properties:
        field = _PARAGRAPH_FIELDS.get(child.tag)
        if field is not None:
            name, read = field
            value = read(child)
            if value is not None:
                said[name] = value
    return said


def _run_says(properties: Any) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for child in properties:
        tag = child.tag
        if tag == _SIZE:
            value = child.get(VAL, "")
            if value.isdigit():
                said["size"] = int(value) / 2
        elif tag in _RUN_SWITCHES:
            said[_RUN_SWITCHES[tag]] = is_on(child)
    return said


def is_on(node: Any) -> bool:
    """Whether a property that is there is on."""
    return node.get(VAL) not in ("0", "false", "off", "none")


def _outline(node: Any) -> int | None:
    value = node.get(VAL, "")
    return int(value) if value.isdigit() else None


def list_place(node: Any) -> ListPlace | None:
    """The list that a paragraph or style stands in; list '0' takes it out of any."""
    if node is None:
        return None
    key, level = child_value(node, "numId"), child_value(node, "ilvl")
    # A style names the list alone: which of its levels is meant, the list says.
    return ListPlace(key or "", int(level) if level and level.isdigit() else -1)


def child_value(node: Any, name: str) -> str | None:
    """The value of a child element; None when there is none."""
    child = node.find(w(name))
    return None if child is None else child.get(VAL)


def switch(node: Any, name: str) -> bool | None:
    """Whether a property is on; None when nothing is said."""
    child = node.find(w(name))
    return None if child is None else is_on(child)


def _role(name: str) -> str:
    return "contents" if _contents_name().fullmatch(name) else _roles().get(name.lower(), "")


def _heading_level(name: str) -> int | None:
    found = _heading_name().fullmatch(name)
    if found is None:
        return None
    level = found[1] or found[2]
    return int(level) if level.isdecimal() else chinese_value(level)


@cache
def _heading_name() -> re.Pattern[str]:
    """'标题 1', or '一级标题' and '1级标题'."""
    names = grammar().styles
    digits = any_of(grammar().numerals.digits[1:])
    before = rf"{any_of(names.heading)}\s*([1-9])"
    return re.compile(rf"{before}|([1-9]|{digits}){names.heading_behind}", re.IGNORECASE)


@cache
def _contents_name() -> re.Pattern[str]:
    """'toc 1', '目录 1'."""
    names = grammar().styles
    return re.compile(
        rf"{any_of(names.contents)}\s*(?:[1-9]|{any_of(names.contents_heading)})", re.IGNORECASE
    )


@cache
def _roles() -> dict[str, str]:
    names = grammar().styles
    named = {"title": names.title, "subtitle": names.subtitle, "caption": names.caption}
    return {OWN_TEXT.lower(): "text"} | {name: role for role, each in named.items() for name in each}


_SILENT = Look()
_SIZE = w("sz")
_RUN_SWITCHES = {w("b"): "bold", w("vanish"): "hidden"}
_PARAGRAPH_FIELDS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    w("outlineLvl"): ("outline", _outline),
    w("jc"): ("centred", lambda node: node.get(VAL) == "center"),
    w("pageBreakBefore"): ("new_page", is_on),
    w("numPr"): ("in_list", list_place),
}
