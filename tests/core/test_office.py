"""An office as a person meets it: made, opened, shared, refused."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from drillapp.core.clock import FixedClock
from drillapp.core.database.model import OfficeRecord
from drillapp.core.errors import Conflict, Damaged, Denied, InvalidInput, NotFound, Unavailable
from drillapp.core.journal.model import JournalEntry
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import unit_tree
from tests.postgres import PostgresServer

file_only = pytest.mark.sqlite_only("a server has no file")


def test_a_new_office_has_its_own_unit(office: Office) -> None:
    [own] = unit_tree(office)
    assert (own.code, own.name, own.kind, own.id) == ("110102", "Test district", "district", office.unit_id)
    assert office.name == "Test district"
    assert not office.is_read_only


def test_what_was_saved_is_there_after_reopening(office_location: str, clock: FixedClock) -> None:
    with Office.open(office_location, clock=clock) as office:
        save_units(office, [UnitEntry(code="A", name="甲", parent_code="110102")])
        uid = office.uid
    with Office.open(office_location, clock=clock) as office:
        assert [node.code for node in unit_tree(office)] == ["110102", "A"]
        assert office.uid == uid


def test_the_journal_knows_who_and_when(office_location: str) -> None:
    moment = datetime(2026, 3, 1, 1, 2, 3, 456, tzinfo=UTC)
    with Office.open(office_location, clock=FixedClock(moment), actor="王芳") as office:
        save_units(office, [UnitEntry(code="A", name="甲")])
        with office.read() as connection:
            newest = select(JournalEntry.actor, JournalEntry.at).order_by(JournalEntry.id.desc()).limit(1)
            assert tuple(connection.execute(newest).one()) == ("王芳", moment)


def test_the_date_is_today_until_another_is_chosen(office_location: str, clock: FixedClock) -> None:
    with Office.open(office_location, clock=clock) as office:
        assert office.as_of == date(2026, 11, 24)
        clock.moment += timedelta(days=1)
        assert office.as_of == date(2026, 11, 25)
        office.as_of = date(2025, 1, 1)
        assert office.as_of == date(2025, 1, 1)
        office.as_of = None
        assert office.as_of == date(2026, 11, 25)
    with Office.open(office_location, clock=clock, as_of=date(2024, 2, 29)) as office:
        assert office.as_of == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "甲" * 5000}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "\udcff"}, "name"),
        ({"code": " "}, "code"),
        ({"code": "1\x00"}, "code"),
        ({"level": "kingdom"}, "level"),
    ],
)
def test_a_refused_office_leaves_nothing_behind(tmp_path: Path, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        Office.create(tmp_path / "new.office", **{"name": "x", "level": "street", "code": "1"} | wrong)
    assert refusal.value.field == field
    assert list(tmp_path.iterdir()) == []


def test_a_new_office_does_not_replace_an_old_one(office_location: str) -> None:
    with pytest.raises(Conflict):
        Office.create(office_location, name="Another", level="street")
    with Office.open(office_location) as office:
        assert office.name == "Test district"


def test_a_new_office_is_made_with_its_folder(tmp_path: Path) -> None:
    with Office.create(
        tmp_path / "办公室" / "2026" / "新.office", name="西城区应急局", level="district"
    ) as office:
        assert [node.name for node in unit_tree(office)] == ["西城区应急局"]


def test_a_new_office_on_a_server(postgres_server: PostgresServer) -> None:
    url = postgres_server.create("new_office")
    try:
        with Office.create(url, name="甲街道", level="street", code="S1") as office:
            assert office.is_server
            assert [node.code for node in unit_tree(office)] == ["S1"]
    finally:
        postgres_server.drop("new_office")


def test_an_empty_database_is_no_office(postgres_server: PostgresServer) -> None:
    url = postgres_server.create("no_office")
    try:
        with pytest.raises(Damaged):
            Office.open(url)
    finally:
        postgres_server.drop("no_office")


def test_a_server_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Office.open(f"postgresql+psycopg://nobody@/office?host={tmp_path}")
    with pytest.raises(Unavailable):
        Office.create(f"postgresql+psycopg://nobody@/office?host={tmp_path}", name="x", level="street")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Office.open(tmp_path / "nothing.office")
    assert list(tmp_path.iterdir()) == []


# One writer ------------------------------------------------------------------------------------------------------


@file_only
def test_a_second_window_may_only_read(office_location: str) -> None:
    with Office.open(office_location) as first:
        with pytest.raises(Unavailable):
            Office.open(office_location, mode="write")
        with Office.open(office_location, mode="auto") as second:
            assert second.is_read_only
            save_units(first, [UnitEntry(code="A", name="甲")])
            assert "A" in {node.code for node in unit_tree(second)}
            with pytest.raises(Denied):
                save_units(second, [UnitEntry(code="B", name="乙")])
    with Office.open(office_location, mode="auto") as third:
        assert not third.is_read_only


@file_only
def test_a_second_process_may_only_read(
    office_location: str, home: Path, grant_home: Callable[[dict[str, str], Path], dict[str, str]]
) -> None:
    program = (
        "import sys; from drillapp.core.office import Office\n"
        "print(Office.open(sys.argv[1], mode='auto').is_read_only)\n"
        "Office.open(sys.argv[1])\n"
    )
    command = [sys.executable, "-c", program, office_location]
    environment = grant_home(dict(os.environ), home)
    with Office.open(office_location):
        process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert process.stdout.strip() == "True"
    assert "Unavailable" in process.stderr


@file_only
def test_who_only_reads_keeps_nobody_from_writing(office_location: str) -> None:
    with Office.open(office_location, mode="read") as reader, Office.open(office_location) as writer:
        assert reader.is_read_only
        assert not writer.is_read_only


def test_two_seats_of_a_server_write_in_turn(office_url: str) -> None:
    with Office.open(office_url) as first, Office.open(office_url) as second:
        save_units(first, [UnitEntry(code="A", name="甲")])
        save_units(second, [UnitEntry(code="B", name="乙", parent_code="A")])
        assert {node.code for node in unit_tree(first)} == {"110102", "A", "B"}


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(office_location: str) -> None:
    count = text("SELECT count(*) FROM units")
    with Office.open(office_location) as office:
        with office.read() as connection:
            before = connection.execute(count).scalar()
            save_units(office, [UnitEntry(code="A", name="甲")])
            assert connection.execute(count).scalar() == before
        with office.read() as connection:
            assert connection.execute(count).scalar() == before + 1


# Key and file ----------------------------------------------------------------------------------------------------


@file_only
def test_nothing_of_the_data_stands_on_the_disk_in_plain(office_location: str) -> None:
    with Office.open(office_location) as office:
        save_units(office, [UnitEntry(code="SECRETCODE", name="保密单位名称")])
        while_open = _bytes_on_disk(office_location)
    for content in (while_open, _bytes_on_disk(office_location)):
        assert len(content) > 50_000
        for plain in (b"SECRETCODE", "保密单位名称".encode(), b"SQLite format 3", b"CREATE TABLE"):
            assert plain not in content


def _bytes_on_disk(location: str) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(Path(location).parent.iterdir()))


@file_only
def test_the_file_is_kept_safely(office: Office) -> None:
    with office.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@file_only
def test_another_machine_cannot_open_the_file(office_location: str, home: Path) -> None:
    device_key = next(home.rglob("device.key"))
    device_key.write_bytes(bytes(32))
    with pytest.raises(Denied):
        Office.open(office_location)
    device_key.unlink()
    with pytest.raises(Denied):
        Office.open(office_location)


@file_only
def test_the_key_file_is_missed(office_location: str) -> None:
    Path(office_location + ".keys").unlink()
    with pytest.raises(Unavailable, match="密钥文件"):
        Office.open(office_location)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"{", b"["),
        (b'"nonce": "', b'"nonce": "AAAA'),
        (b'"wrapped": "', b'"wrapped": "AAAA'),
        (b'"slots"', b'"slits"'),
    ],
)
@file_only
def test_a_damaged_key_file_is_said_so(office_location: str, old: bytes, new: bytes) -> None:
    path = Path(office_location + ".keys")
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(Damaged):
        Office.open(office_location)


@pytest.mark.parametrize("content", [b"", b"x" * 10_000, b"SQLite format 3\x00" + b"\x00" * 4080])
@file_only
def test_a_foreign_file_is_refused_and_left_alone(office_location: str, content: bytes) -> None:
    path = Path(office_location)
    path.write_bytes(content)
    with pytest.raises(Damaged):
        Office.open(path)
    assert path.read_bytes() == content


@file_only
def test_a_damaged_file_is_refused_and_can_be_tried_again(office_location: str) -> None:
    path = Path(office_location)
    whole = path.read_bytes()
    path.write_bytes(bytes(100) + whole[100:])
    with pytest.raises(Damaged):
        Office.open(path)
    path.write_bytes(whole)
    Office.open(path).close()


def test_newer_tables_are_refused_and_left_alone(office_location: str) -> None:
    with Office.open(office_location) as office, office.write("pretend") as work:
        work.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for mode in ("write", "read"):
        with pytest.raises(Unavailable, match="9999"):
            Office.open(office_location, mode=mode)


def test_an_exception_leaves_no_trace(office: Office) -> None:
    def break_off() -> None:
        with office.write("break") as work:
            work.connection.execute(update(OfficeRecord).values(name="Broken"))
            work.changed("offices", office.id, {"name": ("Test district", "Broken")})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with office.read() as connection:
        assert connection.execute(select(OfficeRecord.name)).scalar() == "Test district"
        assert "break" not in connection.execute(select(JournalEntry.command)).scalars().all()
