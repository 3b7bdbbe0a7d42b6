"""The sample's ledgers read with nothing but the standard library, under the fields' names."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "resources" / "samples"
KINDS = (
    "units", "posts", "people", "plans", "drills", "findings", "drill_log", "categories", "items", "storehouses", "shelves", "levels",
    "movements", "cards", "teams",
)  # fmt: skip
Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample's ledgers."""
    return SAMPLES


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def fields() -> Callable[[str], list[dict[str, Any]]]:
    """The described columns of a kind."""
    return _fields


@pytest.fixture(scope="session")
def ledger() -> Callable[[str], Rows]:
    """The rows of a kind, each cell under its field's name."""
    return _ledger


@pytest.fixture(scope="session")
def codes() -> Callable[[str, str], str | None]:
    """The code behind an enumeration's Chinese word."""
    return _code


@cache
def _fields(kind: str) -> list[dict[str, Any]]:
    return list(_toml(ROOT / "resources" / "ledgers" / f"{kind}.toml")["field"])


@cache
def _ledger(kind: str) -> Rows:
    names = {header: field["name"] for field in _fields(kind) for header in field["headers"]}
    with (SAMPLES / f"{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{names[header]: cell for header, cell in row.items()} for row in csv.DictReader(file)]


@cache
def _code(enumeration: str, word: str) -> str | None:
    entries = _toml(ROOT / "resources" / "enumerations.toml")[enumeration]
    return next((code for code, entry in entries.items() if entry["zh"] == word), None)


@cache
def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
