"""What a bulk wrote is taken from the log into the file beside the work, and the log stays small."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from drillapp.core.database.keys import key_path
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import unit_tree

BULK = 5000


def add(office: Office, name: str) -> None:
    save_units(office, [UnitEntry(code=f"{name}-{i}", name=name, parent_code="110102") for i in range(BULK)])


def wait_for_checkpoint() -> None:
    for thread in threading.enumerate():
        if thread.name == "checkpoint":
            thread.join()


def log_size(office_file: Path) -> int:
    return office_file.with_name(f"{office_file.name}-wal").stat().st_size


def test_the_file_alone_holds_a_bulk_once_its_checkpoint_is_done(office_file: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.office"
    with Office.open(office_file) as office:
        add(office, "A")
        wait_for_checkpoint()
        shutil.copyfile(office_file, alone)
        shutil.copyfile(key_path(office_file), key_path(alone))
    with Office.open(alone) as office:
        assert len(unit_tree(office)) == 1 + BULK


def test_the_log_does_not_grow_with_each_bulk(office_file: Path) -> None:
    with Office.open(office_file) as office:
        add(office, "A")
        once = log_size(office_file)
        for name in "BCDEF":
            add(office, name)
        assert log_size(office_file) < 3 * once  # a bulk into more rows writes more, but not what came before
        with office.read() as connection:
            assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 1000
            assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -8000


def test_an_office_that_closes_at_once_waits_for_the_checkpoint(office_file: Path) -> None:
    with Office.open(office_file) as office:
        add(office, "A")
    assert not any(thread.name == "checkpoint" for thread in threading.enumerate())
    assert not office_file.with_name(f"{office_file.name}-wal").exists()
    with Office.open(office_file, mode="read") as office:
        assert len(unit_tree(office)) == 1 + BULK
