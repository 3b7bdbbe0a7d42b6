"""Every word the program says in English is said in Chinese too, once, and with the same places to fill."""

from __future__ import annotations

import ast
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import drillapp
from drillapp.core.i18n import parse_catalogue
from drillapp.core.resources import resource_path

PACKAGE = Path(drillapp.__file__).parent
CATALOGUES = sorted(resource_path("locale/zh_CN").glob("*.po"))


@cache
def messages() -> dict[str, str]:
    """All message ids of the program, each with a place where it is said."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for message in _said(node):
                    found.setdefault(message, f"{path.relative_to(PACKAGE)}:{node.lineno}")
    return found


def _said(call: ast.Call) -> Iterator[str]:
    """What a call says: `_("...")`, the heading of a list's `Column`, and any `label="..."` or `..._label="..."`."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == "_":
        yield from _strings(call.args[0])
    if name == "Column" and len(call.args) > 1:
        yield from _strings(call.args[1])
    for keyword in call.keywords:
        if (keyword.arg or "").endswith("label") and name != "_":
            yield from _strings(keyword.value)


def _strings(node: ast.expr) -> Iterator[str]:
    """A text, or both texts of a choice between two; what is inside a further call was said there."""
    if isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _fields(message: str) -> set[str]:
    return {
        name for _text, name, _format, _conversion in string.Formatter().parse(message) if name is not None
    }


@cache
def translations() -> dict[str, dict[str, str]]:
    """For each message id its translation in each catalogue that has one."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in CATALOGUES:
        for message, chinese in parse_catalogue(path.read_text(encoding="utf-8")).items():
            found[message][path.name] = chinese
    return found


def test_the_extraction_finds_what_the_program_says() -> None:
    said = messages()
    assert {"Unit code", "Must not be empty.", "the approval", "The plan {number} is not in force on {day}: "
            "it came into force on {begin}."} <= said.keys()  # fmt: skip


def test_every_message_has_its_chinese() -> None:
    missing = [
        f"{place}: {message}" for message, place in messages().items() if message not in translations()
    ]
    assert missing == []


def test_a_translation_has_the_places_of_its_message() -> None:
    unequal = [
        (message, chinese)
        for message, by_catalogue in translations().items()
        for chinese in by_catalogue.values()
        if _fields(message) != _fields(chinese)
    ]
    assert unequal == []


def test_a_message_is_translated_in_one_way_only() -> None:
    several = {message: by for message, by in translations().items() if len(set(by.values())) > 1}
    assert several == {}


def test_no_translation_is_left_over() -> None:
    left_over = [(message, *by) for message, by in translations().items() if message not in messages()]
    assert left_over == []


def test_what_came_of_an_import_is_called_alike_everywhere() -> None:
    words = {"{created}": "新增", "{updated}": "更新", "{unchanged}": "未变", "{rejected}": "拒收"}
    told = {
        message: chinese
        for message, by_catalogue in translations().items()
        for chinese in by_catalogue.values()
        if "{created}" in message and "{updated}" in message
    }
    assert len(told) >= 4, "the command line, its folders, the window, whole offices"
    wrong = [
        (message, word)
        for message, chinese in told.items()
        for name, word in words.items()
        if name in message and word not in chinese
    ]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_a_catalogue_is_an_ordinary_po_file(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    entries = {str(entry.id): str(entry.string) for entry in catalogue if entry.id}
    assert catalogue.charset == "utf-8"
    assert not any(entry.fuzzy for entry in catalogue)
    # The program's own reader, which must do without a compiler of catalogues, sees what others see.
    assert parse_catalogue(path.read_text(encoding="utf-8")) == entries
    assert len(entries) == path.read_text(encoding="utf-8").count("\nmsgid ")
