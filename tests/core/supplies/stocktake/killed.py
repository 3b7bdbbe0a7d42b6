"""A process that posts a stocktake until it is killed."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.posting import post_stocktake


def post(location: Path, stocktake_id: int, say: Connection) -> None:
    """Say that the posting begins, post, say that it is done, and stay."""
    with Office.open(location) as office:
        say.send_bytes(b"begun")
        post_stocktake(office, stocktake_id)
        say.send_bytes(b"done")
        say.poll(60)
