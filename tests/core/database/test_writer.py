"""Commands of one office follow one another, whatever became of the one before and whichever thread sends them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from drillapp.core.check import check
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import unit_tree


def add(office: Office, code: str) -> None:
    save_units(office, [UnitEntry(code=code, name=code)])


def test_after_a_command_that_failed_the_next_is_written(office: Office) -> None:
    before = len(unit_tree(office))
    with pytest.raises(RuntimeError):
        _rename_and_fail(office)
    add(office, "A")
    assert len(unit_tree(office)) == before + 1
    assert "changed" not in {unit.name for unit in unit_tree(office)}


def test_after_a_commit_that_failed_the_next_command_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(unit_tree(office))
    add(office, "A")
    with monkeypatch.context() as failing:
        failing.setattr(office.engine.dialect, "do_commit", _fail)
        with pytest.raises(OSError, match="disk"):
            add(office, "B")
    add(office, "C")
    assert len(unit_tree(office)) == before + 2


def test_threads_of_one_office_write_one_after_the_other(office: Office) -> None:
    before = len(unit_tree(office))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: add(office, f"T{number}"), range(20)))
    assert len(unit_tree(office)) == before + 20
    assert check(office).ok


def _rename_and_fail(office: Office) -> None:
    with office.write("rename") as work:
        work.connection.exec_driver_sql("UPDATE units SET name = 'changed'")
        raise RuntimeError


def _fail(_connection: object) -> None:
    raise OSError("the disk is full")
