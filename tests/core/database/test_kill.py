"""Whenever the power goes, an office opens again with every acknowledged command and no half of any."""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path

import xlsxwriter
from sqlalchemy import func, select

from drillapp.core.drills.model import Drill
from drillapp.core.journal import chain
from drillapp.core.journal.model import JournalEntry
from drillapp.core.office import Office
from drillapp.core.units.model import Unit, UnitAncestor
from tests.core.database.killed import BULK, IN_BULK, rows_in_bulk, work

KILLS = 50
BULK_LIVES = 10
"""So many of the lives import in bulk."""
LONGEST_LIFE = {False: 0.4, True: 1.4}
"""Seconds to the kill from the opening, or from the first acknowledgement; drawn anew for each life."""

# A process that is forked from one with everything imported lives long enough to work.
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def test_killed_at_any_moment_an_office_keeps_its_word(office_file: Path) -> None:
    context = multiprocessing.get_context(START)
    context.set_forkserver_preload(["tests.core.database.killed"])
    chance = random.Random()
    # Every fifth life may finish its first command, so that there is something to keep.
    lives = [(life < BULK_LIVES, life % 5 == 0) for life in range(KILLS)]
    chance.shuffle(lives)
    acknowledged: dict[bool, list[str]] = {False: [], True: []}
    for life, (in_bulk, patient) in enumerate(lives):
        if in_bulk:
            _write_workbook(office_file.with_name(f"{life}-0.xlsx"), f"{life}-0")
        seconds = chance.uniform(0, LONGEST_LIFE[in_bulk])
        acknowledged[in_bulk] += _live(context, office_file, life, in_bulk, patient, seconds)
    with Office.open(office_file) as office:
        _is_whole(office)
        _has_each_command_once(office, acknowledged[False])
        _has_no_half_of_any_bulk(office, acknowledged[True])


def _write_workbook(path: Path, name: str) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows_in_bulk(name)):
            sheet.write_row(number, 0, row)


def _live(
    context: BaseContext, location: Path, life: int, in_bulk: bool, patient: bool, seconds: float
) -> list[str]:
    """Let a process work for so long (patient: after its first command), kill it, return what it acknowledged."""
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(location, life, in_bulk, sending))
    process.start()
    sending.close()
    heard = []
    with receiving:
        assert receiving.recv_bytes() == b"open"
        if patient:
            heard.append(receiving.recv_bytes().decode())
        time.sleep(seconds)
        process.kill()
        process.join()
        with suppress(EOFError, OSError):  # the end of what it said, or the middle of a word
            while True:
                heard.append(receiving.recv_bytes().decode())
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    process.close()
    return heard


def _is_whole(office: Office) -> None:
    with office.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert list(chain.broken_entries(connection)) == []
        units = connection.execute(select(func.count()).select_from(Unit)).scalar_one()
        drills = connection.execute(select(func.count()).select_from(Drill)).scalar_one()
        # The office's own unit stands above each: whatever was saved, was saved with its place and its words.
        places = select(func.count()).select_from(UnitAncestor).where(UnitAncestor.distance == 1)
        assert connection.execute(places).scalar_one() == units - 1
        assert connection.exec_driver_sql("SELECT count(*) FROM search_index").scalar() == units + drills


def _has_each_command_once(office: Office, names: list[str]) -> None:
    with office.read() as connection:
        units = set(connection.execute(select(Unit.code)).scalars())
        drills = set(connection.execute(select(Drill.number)).scalars())
        entries = connection.execute(
            select(JournalEntry.content).where(JournalEntry.command == "save drills")
        )
        journalled = [json.loads(row.content)["changed"][0]["fields"]["number"][1] for row in entries]
    assert len(names) >= (KILLS - BULK_LIVES) // 5
    assert set(names) <= units
    assert set(names) <= drills
    assert sorted(journalled) == sorted(drills)


def _has_no_half_of_any_bulk(office: Office, names: list[str]) -> None:
    with office.read() as connection:
        codes = connection.execute(select(Unit.code).where(Unit.name == IN_BULK)).scalars()
        sizes = Counter(code.rpartition("-")[0] for code in codes)
        bulks = [
            json.loads(content) for content in connection.execute(select(JournalEntry.content)).scalars()
        ]
    assert names
    journalled = [Path(entry["file"]["name"]).stem for entry in bulks if "file" in entry]
    assert set(names) <= sizes.keys()
    assert set(sizes.values()) <= {BULK}
    assert sorted(journalled) == sorted(sizes)
