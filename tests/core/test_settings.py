"""An office's choices are kept with it, and the journal tells who made them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from drillapp.core.journal.model import JournalEntry
from drillapp.core.office import Office
from drillapp.core.settings import set_setting, setting


def entries(office: Office) -> list[str]:
    with office.read() as connection:
        return [
            str(row.content)
            for row in connection.execute(select(JournalEntry.content).order_by(JournalEntry.id))
        ]


def test_what_was_never_chosen_is_the_default(office: Office) -> None:
    assert setting(office, "printing.copies") is None
    assert setting(office, "printing.copies", 2) == 2


@pytest.mark.parametrize("value", [3, "A4", ["a", "b"], {"left": 1.5}, False])
def test_a_choice_comes_back_as_it_was_made(office: Office, value: Any) -> None:
    set_setting(office, "printing", value)
    assert setting(office, "printing", "default") == value


def test_a_choice_is_journalled_with_the_one_before_and_only_when_it_is_another(office: Office) -> None:
    set_setting(office, "printing.copies", 2)
    before = len(entries(office))
    set_setting(office, "printing.copies", 2)
    assert len(entries(office)) == before
    set_setting(office, "printing.copies", 3)
    assert "[2,3]" in entries(office)[-1]
