"""A ledger comes back as it was meant, whatever an office does to it, or its cell is named: it never changes unseen."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from drillapp.core.ledgers.converting import convert, wanted_of
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.guessing.settled import settle
from drillapp.core.ledgers.heads import glances
from drillapp.core.ledgers.reading import digest
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.table import Source
from drillapp.core.progress import SILENT
from drillapp.core.supplies.quantities import Measured

from .mangling import FIELDS, Mangled, Record, mangle, records

_NUMBERS = count()


def brought_in(path: Path, kind: str) -> Rows:
    """The rows of a file as the import understands them with nobody looking."""
    shown = glances(path, SILENT)
    found = guess(shown, kind=kind)
    settle(found)
    said = Said(kind=kind)
    source, wanted = Source(path, digest(path)), wanted_of(found, kind, said)
    with ExitStack() as open_files:
        return convert(source, shown, found, said, wanted, None, SILENT, open_files, keep=False).rows


def check(kind: str, clean: list[Record], mangled: Mangled) -> None:
    rows = brought_in(mangled.path, kind)
    entries = dict(zip(rows.numbers, rows.entries, strict=True))
    refused = {(error.row, error.field) for error in rows.errors}
    told = {(note.row, note.field) for note in rows.notes}
    assert entries.keys() | {row for row, _field in refused} == set(mangled.rows)
    for row, record in zip(mangled.rows, clean, strict=True):
        if row not in entries:
            assert all(field in FIELDS[kind] for refused_row, field in refused if refused_row == row)
            continue
        for field in FIELDS[kind]:
            same = plain(getattr(entries[row], field)) == record[field]
            assert same or (field in mangled.guessable and (row, field) in told), (row, field)


def plain(value: Any) -> Any:
    if isinstance(value, Measured):
        assert value.unit in ("件", "箱")
        return value.number
    return None if value is UNSET else value


@pytest.mark.parametrize("kind", FIELDS)
@given(random=st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_file_comes_back_equal_or_is_refused_by_its_cells(
    tmp_path: Path, kind: str, random: Random
) -> None:
    clean = records(kind, random)
    check(kind, clean, mangle(kind, clean, random, _folder(tmp_path), ".csv"))


@pytest.mark.parametrize("kind", FIELDS)
@given(random=st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_workbook_comes_back_equal_or_is_refused_by_its_cells(
    tmp_path: Path, kind: str, random: Random
) -> None:
    clean = records(kind, random)
    check(kind, clean, mangle(kind, clean, random, _folder(tmp_path), ".xlsx"))


def _folder(path: Path) -> Path:
    folder = path / str(next(_NUMBERS))
    folder.mkdir()
    return folder
