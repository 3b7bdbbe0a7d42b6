"""A process that moves goods between two storehouses until it is killed; it acknowledges each document once it is booked."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection
from pathlib import Path

from drillapp.core.office import Office
from drillapp.core.supplies.documents import book_document
from drillapp.core.supplies.entries import MovementEntry
from tests.core.supplies.ledger import line

LOTS = 3
"""Lines of each document, each of another lot."""
DAY = "2026-11-20"


def run(location: Path, life: int, acknowledge: Connection) -> None:
    """Move a piece of each lot there or back without end: in one step, or sent and then received."""
    chance = random.Random(life)
    with Office.open(location) as office:
        acknowledge.send_bytes(b"open")
        for number in range(1_000_000):
            name = f"{life}-{number}"
            kind = chance.choice(("transfer", "send"))
            source, target = chance.choice((("S1", "S2"), ("S2", "S1")))
            acknowledge.send_bytes(_booked(office, _moved(kind, name, source, target)))
            if kind == "send":
                acknowledge.send_bytes(_booked(office, _arrived(name, target)))


def _booked(office: Office, lines: list[MovementEntry]) -> bytes:
    return book_document(office, lines).document.encode()


def _moved(kind: str, name: str, source: str, target: str) -> list[MovementEntry]:
    return [
        line(kind, 1, DAY, f"{kind}-{name}", lot=str(lot), storehouse=source, to_storehouse=target)
        for lot in range(LOTS)
    ]


def _arrived(name: str, target: str) -> list[MovementEntry]:
    return [
        line("receive", 1, DAY, f"receive-{name}", storehouse=target, answers=f"send-{name}/{number}")
        for number in range(1, LOTS + 1)
    ]
