"""The words, ledger columns and enumeration labels that the sample is made of."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).resolve().parent.parent / "sample_words"
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@cache
def words(name: str) -> dict[str, Any]:
    """A table of sample words, such as `cards`."""
    return _load(_WORDS / f"{name}.toml")


@cache
def columns(kind: str) -> list[dict[str, Any]]:
    """The ledger's columns in order: name, header, enumeration or ''."""
    fields = _load(RESOURCES / "ledgers" / f"{kind}.toml")["field"]
    return [
        {"name": field["name"], "header": field["headers"][0], "enumeration": _enumeration(field)}
        for field in fields
    ]


@cache
def label(enumeration: str, code: str) -> str:
    """The Chinese word of an enumeration's code."""
    return str(_load(RESOURCES / "enumerations.toml")[enumeration][code]["zh"])


def _enumeration(field: dict[str, Any]) -> str:
    return "yes_no" if field["type"] == "flag" else str(field.get("enumeration", ""))


def _load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
