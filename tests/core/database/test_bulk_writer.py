"""Many rows that another thread writes out of one text are the rows that the driver would have written."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Date, Integer, MetaData, Table, Text, select
from sqlalchemy.exc import IntegrityError

from drillapp.core.database import bulk_writer as module
from drillapp.core.database.base import table_of
from drillapp.core.database.bulk_writer import MANY, bulk_writer
from drillapp.core.database.recording import Recording
from drillapp.core.database.rows import insert_rows
from drillapp.core.ledgers.undoing.images import image_of
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.units.model import Unit
from drillapp.core.work import Work

pytestmark = pytest.mark.sqlite_only("a server is written to as ever")

ODD = Table(
    "odd", MetaData(), Column("id", Integer, primary_key=True),
    *(Column(name) for name in "abc"), Column("text", Text), Column("day", Date),
)  # fmt: skip
UNITS = table_of(Unit)
Columns = Mapping[str, Sequence[Any]]

TEXTS = st.text(max_size=8) | st.sampled_from(
    ['"', "\\", "\x00", "a\x00b", "\u2028", "\U0001f9ef", "null", "1", "  "]
)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
COLUMNS = st.sampled_from(
    [TEXTS, NUMBERS, st.integers(1, 2), st.just(7), st.none(), st.binary(max_size=4), st.floats(allow_nan=False), st.booleans()]
).flatmap(lambda values: st.sampled_from([values, values | st.none(), values | TEXTS]))  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """A command in an office with a table that takes anything."""
    with (
        Office.create(tmp_path_factory.mktemp("bulk") / "a.office", name="区", level="district") as office,
        office.write("test") as made,
    ):
        made.connection.exec_driver_sql(
            "CREATE TEMP TABLE odd (id INTEGER PRIMARY KEY, a, b, c, text TEXT, day DATE)"
        )
        yield made


@pytest.fixture
def by_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few rows make a text."""
    monkeypatch.setattr(module, "_FIRST", 2)
    monkeypatch.setattr(module, "_MOST", 5)


@st.composite
def odd_columns(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Columns of some rows that hold what columns may hold, most of them one sort of it."""
    count = draw(st.integers(1, 23))
    keys = draw(st.sampled_from([list(range(1, count + 1)), list(range(7 * count, 0, -7))]))
    columns: dict[str, list[Any]] = {"id": keys}
    for name in draw(st.sets(st.sampled_from("abc"))):
        columns[name] = draw(st.lists(draw(COLUMNS), min_size=count, max_size=count))
    if draw(st.booleans()):
        columns["text"] = draw(st.lists(TEXTS | st.none(), min_size=count, max_size=count))
        columns["day"] = draw(st.lists(st.dates() | st.none(), min_size=count, max_size=count))
    return columns


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(odd_columns())
def test_a_file_holds_what_the_driver_would_have_written(work: Work, by_few: None, columns: Columns) -> None:
    with bulk_writer(work.connection, MANY) as writer:
        assert writer is not None
        writer.insert_rows(
            ODD, len(columns["id"]), lambda some: {name: of[some] for name, of in columns.items()}
        )
    written = taken_out(work)
    insert_rows(work.connection, ODD, columns)
    assert written == taken_out(work)


def taken_out(work: Work) -> list[Any]:
    """All rows with the types that the file itself gives them; afterwards there are none."""
    names = ("id", "a", "b", "c", "text", "day")
    shown = ", ".join(f"typeof({name}), {name}" for name in names)
    rows = work.connection.exec_driver_sql(f"SELECT {shown} FROM odd ORDER BY id").all()
    work.connection.exec_driver_sql("DELETE FROM odd")
    return list(map(tuple, rows))


def units(first: int, count: int) -> Callable[[slice], Columns]:
    """Columns of so many new units."""
    keys = range(first, first + count)

    def columns(some: slice) -> Columns:
        chosen = list(keys[some])
        return {
            "id": chosen, "uid": [f"{key:032x}" for key in chosen], "owner_id": [1] * len(chosen),
            "revision": [1] * len(chosen), "code": [f"B{key}" for key in chosen],
            "name": [f"单位{key}" for key in chosen], "kind": ["enterprise"] * len(chosen),
            "high_risk": [True] * len(chosen), "crowded": [False] * len(chosen),
            "valid_from": [date(2026, 1, key % 28 + 1) for key in chosen],
        }  # fmt: skip

    return columns


def test_who_listens_knows_the_rows_without_reading_them(office: Office) -> None:
    with office.write("test") as work:
        recording = Recording(work.connection, ())
        with bulk_writer(work.connection, MANY) as writer:
            assert writer is not None
            writer.insert_rows(UNITS, MANY, units(1000, MANY))
        recorded = recording.tables[UNITS]
        assert list(recorded.new.keys) == list(range(1000, 1000 + MANY))
        known = image_of(work.connection, recorded)
        recorded.new.forget()
        assert image_of(work.connection, recorded) == known


def write_units(office: Office, *firsts: int, then: Callable[[], None] = lambda: None) -> None:
    """Write many units from each of these keys on, and do something before it is waited for."""
    with office.write("test") as work, bulk_writer(work.connection, MANY) as writer:
        assert writer is not None
        for first in firsts:
            writer.insert_rows(UNITS, MANY, units(first, MANY))
        then()


def written(office: Office) -> bool:
    """Whether there is any of these units."""
    with office.read() as connection:
        return connection.execute(select(UNITS.c.id).where(UNITS.c.id >= 1000)).first() is not None


def test_what_goes_wrong_in_the_other_thread_is_raised_in_this_one(office: Office) -> None:
    threads = threading.active_count()
    with pytest.raises(IntegrityError):
        write_units(office, 1000, 1000)
    assert (written(office), threading.active_count()) == (False, threads)
    write_units(office, 1000)
    assert written(office)


def test_who_is_stopped_meanwhile_leaves_no_thread_and_no_rows(office: Office) -> None:
    def stop() -> None:
        raise Cancelled

    threads = threading.active_count()
    with pytest.raises(Cancelled):
        write_units(office, 1000, 100_000, then=stop)
    assert (written(office), threading.active_count()) == (False, threads)


def test_threads_take_turns_as_before_afterwards(office: Office) -> None:
    before = sys.getswitchinterval()
    with office.write("test") as work, bulk_writer(work.connection, MANY):
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before


def test_few_rows_need_no_other_thread(office: Office) -> None:
    with office.write("test") as work, bulk_writer(work.connection, MANY - 1) as writer:
        assert writer is None
