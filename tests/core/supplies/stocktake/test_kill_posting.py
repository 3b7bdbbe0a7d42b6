"""Whenever the power goes while a stocktake is posted, it is posted whole or not at all."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path

from sqlalchemy import func, select

from drillapp.core.journal import chain
from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.model import Movement
from drillapp.core.supplies.stocktake.drawing import draw_up
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.reviewing import review, submit
from drillapp.core.supplies.stocktake.rows import Drawing
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import OWN, line
from tests.core.supplies.stocktake.furnished import COUNTER, REVIEWER, count, explain_all
from tests.core.supplies.stocktake.killed import post

KILLS = 20
LOTS = 30
LONGEST = 0.12
"""Seconds from the beginning of the posting to the kill; drawn anew for each life."""
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def test_killed_while_posting_a_stocktake_is_whole_or_not_there(office_file: Path) -> None:
    with Office.open(office_file) as office:
        keys = [reviewed(office, number) for number in range(KILLS)]
    context = multiprocessing.get_context(START)
    context.set_forkserver_preload(["tests.core.supplies.stocktake.killed"])
    chance = random.Random()
    done = [live(context, office_file, key, chance.uniform(0, LONGEST)) for key in keys]
    with Office.open(office_file) as office:
        with office.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert list(chain.broken_entries(connection)) == []
        for key, was_done in zip(keys, done, strict=True):
            state = stocktake_view(office, key).header.state
            assert state == "posted" or not was_done
            assert booked(office, key) == (LOTS if state == "posted" else 0)
            if state != "posted":
                post_stocktake(office, key)
                assert booked(office, key) == LOTS
        with office.read() as connection:
            assert wrong_entries(connection) == []


def reviewed(office: Office, number: int) -> int:
    """A stocktake that is ready to be posted: one less of each lot than booked."""
    code = f"K{number}"
    save_storehouses(office, [StorehouseEntry(code=code, name=code, unit_code=OWN)])
    save_items(office, [ItemEntry(code="SHOVEL", name="SHOVEL")])
    lots = [line("in", 9, "2026-01-05", f"RK{number}", storehouse=code, lot=f"{one}") for one in range(LOTS)]
    assert save_movements(office, lots).created == LOTS
    key = draw_up(office, Drawing(storehouse=code, tolerance=100)).id
    count(office, key, dict.fromkeys(range(1, LOTS + 1), 8))
    explain_all(office, key)
    submit(office, key, COUNTER)
    review(office, key, REVIEWER, same_seat=True)
    return key


def live(context: BaseContext, location: Path, key: int, seconds: float) -> bool:
    """Let a process post for so long, kill it; whether it said that it had done it."""
    receiving, sending = context.Pipe()
    process = context.Process(target=post, args=(location, key, sending))
    process.start()
    sending.close()
    said = b""
    with receiving:
        assert receiving.recv_bytes() == b"begun"
        time.sleep(seconds)
        process.kill()
        process.join()
        with suppress(EOFError, OSError):
            said = receiving.recv_bytes()
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    process.close()
    return said == b"done"


def booked(office: Office, key: int) -> int:
    """How many count lines the stock ledger has of a stocktake."""
    number = stocktake_view(office, key).header.number
    with office.read() as connection:
        statement = select(func.count()).select_from(Movement).where(Movement.reference == number)
        return connection.execute(statement).scalar_one()
