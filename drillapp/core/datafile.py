"""Data files below resources/ as typed values; what is wrong in one is named by file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from drillapp.core.errors import Damaged
from drillapp.core.i18n import _
from drillapp.core.resources import load_toml, resource_path

Content = TypeVar("Content", bound=msgspec.Struct)
_FIELD = re.compile(r"field `([^`]+)`")
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")


class BadField(ValueError):
    """A value that the types allow and the file's own rules do not; `path` is such as 'entry[3].title'."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def read_data_file(
    name: str, content: type[Content], check: Callable[[Content], None] | None = None
) -> Content:
    """The content of a TOML file below resources/; raises Damaged naming file, line and field.

    `check` may raise BadField for what the types do not forbid.
    """
    try:
        found = msgspec.convert(load_toml(name), content)
        if check is not None:
            check(found)
    except BadField as error:
        raise _damaged(name, f"{error} - {error.path}", line_of(_text(name), error.path)) from error
    except msgspec.ValidationError as error:
        path, field = str(error).partition("`$.")[2].rstrip("`"), _FIELD.search(str(error))
        place = f"{path}.{field[1]}" if field else path
        raise _damaged(name, str(error).replace("`$.", "`"), line_of(_text(name), place)) from error
    except ValueError as error:  # not TOML; or not UTF-8, which has no line
        line = re.search(r"line (\d+)", str(error))
        raise _damaged(name, str(error), int(line[1]) if line else 1) from error
    return found


def line_of(text: str, path: str) -> int:
    """The line, from 1, on which a path such as 'entry[3].title' stands, or the table that should hold it."""
    lines, at = text.splitlines(), 0
    for name, index in _STEP.findall(path):
        found = _find(lines, at, name, int(index or 0))
        if found is None:
            break
        at = found
    return at + 1


def _find(lines: list[str], start: int, name: str, index: int) -> int | None:
    """The line of the table or the value with that name, the so many-th of its like, from a line on."""
    heading = re.compile(rf"\s*(?:\[\[?(?:[^\]]+\.)?{re.escape(name)}\]\]?|{re.escape(name)}\s*=)")
    table = re.compile(r"\s*\[")
    for number in range(start, len(lines)):
        if heading.match(lines[number]):
            if not index:
                return number
            index -= 1
        elif number > start and start and table.match(lines[number]):
            return None  # the next table: what is looked for is not in this one
    return None


def _text(name: str) -> str:
    return resource_path(name).read_text(encoding="utf-8", errors="replace")


def _damaged(name: str, reason: str, line: int) -> Damaged:
    return Damaged(
        _("The data file {file} cannot be read, line {line}: {reason}").format(
            file=name, line=line, reason=reason
        ),
        _("Install the program again, or correct the file."),
    )
