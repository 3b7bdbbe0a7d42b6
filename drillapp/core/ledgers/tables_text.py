"""Values of tables as texts in .csv files, and back without loss."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary
from sqlalchemy.types import TypeEngine

from drillapp.core.database.types import Moment, Quantity, Uid

NOTHING = "\\N"
"""What is not there; other texts that begin with a backslash have one more."""


def written(value: Any, files: Path) -> str:
    """A value as a text; bytes become a file of their own, named by their SHA-256."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return f"\\{value}" if value.startswith("\\") else value
    if isinstance(value, bytes):
        name = hashlib.sha256(value).hexdigest()
        (files / name).write_bytes(value)
        return name
    return value.isoformat() if isinstance(value, date) else repr(value)


def reader(column: Column[Any], files: Path) -> Callable[[str], Any]:
    """What makes a value of a column from its text; raises ValueError or OSError for what is none."""
    convert = _conversion(column.type, files)
    return lambda text: None if text == NOTHING else convert(text)


def _conversion(kind: TypeEngine[Any], files: Path) -> Callable[[str], Any]:
    if isinstance(kind, Moment):
        return datetime.fromisoformat
    if isinstance(kind, Quantity | Float):
        return _number
    if isinstance(kind, Uid):
        return str
    if isinstance(kind, Boolean):
        return lambda text: bool(int(text))
    if isinstance(kind, Integer):
        return int
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return lambda name: (files / Path(name).name).read_bytes()
    return _text


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number == int(number) else number


def _text(text: str) -> str:
    return text[1:] if text.startswith("\\") else text
