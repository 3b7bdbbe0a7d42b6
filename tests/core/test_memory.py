"""What was needed for a moment goes back to the system, or to another thread."""

from __future__ import annotations

import sys

import psutil
import pytest

from drillapp.core.database.engine import asked_of_driver
from drillapp.core.memory import give_back
from drillapp.core.office import Office

_MB = 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="other systems need no telling")
def test_what_became_free_between_what_is_kept_goes_back() -> None:
    process = psutil.Process()
    blocks = [bytes(20_000) for _block in range(2_000)]
    kept = blocks[::10]
    del blocks
    before = process.memory_info().rss
    give_back()
    assert before - process.memory_info().rss > 20 * _MB
    assert len(kept) == 200


@pytest.mark.sqlite_only("a server keeps pages of its own")
def test_a_question_over_whole_tables_keeps_fewer_pages_and_only_meanwhile(office: Office) -> None:
    def pages() -> int:
        """KiB of pages that the next connection may keep, below nought as the database tells it."""
        with office.read() as connection:
            return int(asked_of_driver(connection, "PRAGMA cache_size")[0][0])

    usual = pages()
    with office.read_whole() as connection:
        assert usual < int(asked_of_driver(connection, "PRAGMA cache_size")[0][0]) < 0
    assert pages() == usual
