"""Whenever the power goes while goods are moved, both storehouses know of it or neither."""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path

from sqlalchemy import func, select

from drillapp.core.check import check
from drillapp.core.journal.model import JournalEntry
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Lot, Movement, StockEntry
from drillapp.core.supplies.open_lines import CONSIGNMENTS
from tests.core.supplies.killed.mover import LOTS, run
from tests.core.supplies.ledger import book, furnish, line

KILLS = 80
"""Beside those of tests/core/supplies/stocktake/test_kill_posting.py."""
PATIENCE = (0, 0, 1, 2)
"""So many documents a life may finish before its end is near, whatever the machine's speed: one of these."""
LONGEST_LIFE = 0.04
"""Seconds from then to the kill, drawn anew for each life."""
PIECES = 100_000
"""Of each lot at each storehouse, so that none ever lacks."""
ENTRIES = {"transfer": 2, "send": 1, "receive": 1}
"""How many stock entries a line of a kind has."""

# A process that is forked from one with everything imported lives long enough to work.
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def test_killed_at_any_moment_what_is_moved_is_in_one_place(office_file: Path) -> None:
    with Office.open(office_file) as office:
        furnish(office)
        for house in ("S1", "S2"):
            book(
                office,
                *(
                    line("in", PIECES, "2026-11-17", f"RK-{house}", storehouse=house, lot=str(lot))
                    for lot in range(LOTS)
                ),
            )
    context = multiprocessing.get_context(START)
    context.set_forkserver_preload(["tests.core.supplies.killed.mover"])
    chance = random.Random()
    acknowledged: list[str] = []
    for life in range(KILLS):
        acknowledged += _live(context, office_file, life, chance)
    with Office.open(office_file) as office:
        found = check(office)
        assert found.ok, found.faults[:3]
        _has_whole_documents(office, acknowledged)
        _has_every_piece(office)


def _live(context: BaseContext, location: Path, life: int, chance: random.Random) -> list[str]:
    """Let a process move goods for a while, kill it, return the documents that it acknowledged."""
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(location, life, sending))
    process.start()
    sending.close()
    with receiving:
        assert receiving.recv_bytes() == b"open"
        heard = [receiving.recv_bytes().decode() for _ in range(chance.choice(PATIENCE))]
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        process.kill()
        process.join()
        with suppress(EOFError, OSError):  # the end of what it said, or the middle of a word
            while True:
                heard.append(receiving.recv_bytes().decode())
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    process.close()
    return heard


def _has_whole_documents(office: Office, acknowledged: list[str]) -> None:
    """Each with all its lines on both sides, and with one entry of the journal."""
    entries = func.count(StockEntry.id).label("entries")
    statement = (
        select(Movement.document, Movement.kind, func.count(Movement.id.distinct()).label("lines"), entries)
        .outerjoin(StockEntry, StockEntry.movement_id == Movement.id)
        .where(Movement.kind != "in")
        .group_by(Movement.document, Movement.kind)
    )
    with office.read() as connection:
        rows = connection.execute(statement).all()
        journal = list(connection.execute(select(JournalEntry.content)).scalars())
    documents = {row.document for row in rows}
    assert len(acknowledged) == len(set(acknowledged)) >= KILLS // 2
    assert set(acknowledged) <= documents
    # What was on disk but not acknowledged any more: at most one document a life.
    assert len(documents) - len(acknowledged) <= KILLS
    assert [row for row in rows if (row.lines, row.entries) != (LOTS, LOTS * ENTRIES[row.kind])] == []
    assert Counter(document for document in _journaled(journal) if document in documents) == dict.fromkeys(
        documents, 1
    )


def _journaled(contents: list[str]) -> Iterator[str]:
    """The documents that the journal's entries tell of, once for each entry."""
    for content in contents:
        changed = json.loads(content).get("changed", ())
        yield from {one["fields"]["document"][1] for one in changed if one["kind"] == "movements"}


def _has_every_piece(office: Office) -> None:
    """At one storehouse, at the other, or under way."""
    statement = (
        select(Lot.code, func.sum(StockEntry.delta))
        .join(Holding, Holding.id == StockEntry.holding_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .group_by(Lot.code)
    )
    with office.read() as connection:
        pieces = Counter({code: int(quantity) for code, quantity in connection.execute(statement)})
    for consignment in first_rows(office, CONSIGNMENTS, View(), 10_000):
        pieces[consignment.lot or ""] += int(consignment.under_way)
    assert pieces == {str(lot): 2 * PIECES for lot in range(LOTS)}
