"""A backup is a whole office, made while work goes on; the way back keeps what was there before."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import OperationalError

from drillapp.core.database import backup as backups
from drillapp.core.database.backup import backup, restore
from drillapp.core.errors import Conflict, Damaged, InvalidInput, NotFound, Unavailable
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import unit_tree


def codes(office: Office | Path) -> set[str]:
    if isinstance(office, Office):
        return {node.code for node in unit_tree(office)} - {"110102"}
    with Office.open(office, mode="read") as opened:
        return codes(opened)


def add(office: Office, *added: str) -> None:
    save_units(office, [UnitEntry(code=code, name=code) for code in added])


@pytest.fixture
def copy(office_file: Path, tmp_path: Path) -> Path:
    """A backup of an office with the unit OLD; the office has the unit NEW since."""
    target = tmp_path / "backups" / "copy.office"
    with Office.open(office_file) as office:
        add(office, "OLD")
        backup(office, target)
        add(office, "NEW")
    return target


def beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_is_the_office_as_it_was(office_file: Path, copy: Path) -> None:
    assert codes(copy) == {"OLD"}
    assert codes(office_file) == {"OLD", "NEW"}
    assert names(copy.parent) == {"copy.office", "copy.office.keys"}


def test_a_backup_holds_what_is_not_folded_into_the_file_yet(office_file: Path, tmp_path: Path) -> None:
    with Office.open(office_file) as office:
        add(office, "A")
        assert beside(office_file, "-wal").stat().st_size > 0
        backup(office, tmp_path / "copy.office")
        assert codes(tmp_path / "copy.office") == {"A"}


def test_a_backup_comes_to_its_end_while_others_write(
    office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES_A_STEP", 7)
    with Office.open(office_file) as office:
        add(office, "BEFORE")

        class WritingMeanwhile:
            steps = 0

            def step(self, done: int, total: int | None, text: str) -> None:
                self.steps += 1
                assert self.steps < 200, "the copy does not come to its end"
                add(office, f"MEANWHILE{self.steps}")

        writing = WritingMeanwhile()
        backup(office, tmp_path / "copy.office", writing)
        assert writing.steps > 5
        assert codes(office) == {"BEFORE", *(f"MEANWHILE{i + 1}" for i in range(writing.steps))}
    assert codes(tmp_path / "copy.office") == {"BEFORE"}


def test_a_backup_replaces_an_older_one(office_file: Path, copy: Path) -> None:
    # Whoever looked into the older one may have left its log beside it.
    copy.with_name("copy.office-wal").write_bytes(b"left behind")
    with Office.open(office_file) as office:
        backup(office, copy)
    assert codes(copy) == {"OLD", "NEW"}


def test_a_stopped_backup_leaves_nothing_and_the_older_one_alone(office_file: Path, copy: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    before = copy.read_bytes()
    with Office.open(office_file) as office:
        with pytest.raises(Cancelled):
            backup(office, copy, Impatient())
        add(office, "AFTERWARDS")
    assert copy.read_bytes() == before
    assert names(copy.parent) == {"copy.office", "copy.office.keys"}


def test_a_backup_that_does_not_verify_is_thrown_away(
    office_file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise Damaged(f"{path.name} is damaged.")

    before = copy.read_bytes()
    monkeypatch.setattr(backups, "verify", refuse)
    with Office.open(office_file) as office, pytest.raises(Damaged):
        backup(office, copy)
    assert copy.read_bytes() == before
    assert names(copy.parent) == {"copy.office", "copy.office.keys"}


def test_a_backup_cannot_go_where_it_cannot(office_file: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with Office.open(office_file) as office:
        with pytest.raises(InvalidInput):
            backup(office, tmp_path / "." / office_file.name)
        with pytest.raises(Unavailable):
            backup(office, tmp_path / "file" / "copy.office")


def test_a_full_disk_is_said_so(office_file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_arguments: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(backups, "_copy_pages", fill)
    with Office.open(office_file) as office, pytest.raises(Unavailable, match="disk is full"):
        backup(office, copy)
    assert codes(copy) == {"OLD"}


def test_a_server_is_backed_up_by_its_own_tools(office_url: str, tmp_path: Path) -> None:
    with Office.open(office_url) as office, pytest.raises(Unavailable, match="服务器"):
        backup(office, tmp_path / "copy.office")


def test_the_way_back_keeps_what_was_there(office_file: Path, copy: Path) -> None:
    restore(copy, office_file)
    assert codes(office_file) == {"OLD"}
    assert codes(beside(office_file, ".before-restore")) == {"OLD", "NEW"}
    with Office.open(office_file) as office:
        add(office, "AGAIN")
    assert codes(copy) == {"OLD"}


def test_the_way_back_does_not_lose_what_was_kept_before(office_file: Path, copy: Path) -> None:
    restore(copy, office_file)
    with Office.open(office_file) as office:
        add(office, "LATER")
    with pytest.raises(Conflict):
        restore(copy, office_file)
    assert codes(office_file) == {"OLD", "LATER"}


@pytest.mark.parametrize("content", [b"", b"not an office at all" * 1000, None])
def test_the_way_back_from_a_damaged_or_lost_office(
    office_file: Path, copy: Path, content: bytes | None
) -> None:
    if content is None:
        office_file.unlink()
    else:
        office_file.write_bytes(content)
    restore(copy, office_file)
    assert codes(office_file) == {"OLD"}
    aside = beside(office_file, ".before-restore")
    assert (aside.read_bytes() if aside.exists() else None) == content


def test_the_way_back_with_a_lost_key_file(office_file: Path, copy: Path) -> None:
    beside(office_file, ".keys").unlink()
    restore(copy, office_file)
    assert codes(office_file) == {"OLD"}


def test_a_damaged_backup_is_not_restored(office_file: Path, copy: Path) -> None:
    whole = copy.read_bytes()
    half = len(whole) // 2
    for damaged in (whole[:half], whole[:half] + bytes(4096) + whole[half + 4096 :], b""):
        copy.write_bytes(damaged)
        with pytest.raises(Damaged):
            restore(copy, office_file)
        assert codes(office_file) == {"OLD", "NEW"}
    copy.unlink()
    with pytest.raises(NotFound):
        restore(copy, office_file)


def test_an_open_office_is_not_replaced(office_file: Path, copy: Path) -> None:
    with Office.open(office_file), pytest.raises(Unavailable):
        restore(copy, office_file)
    with pytest.raises(InvalidInput):
        restore(office_file, office_file)
    assert codes(office_file) == {"OLD", "NEW"}
