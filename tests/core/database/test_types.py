"""What the columns' types refuse."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import sqlite

from drillapp.core.database.types import Uid


@pytest.mark.parametrize("text", ["ab", "x", "", "01900000-0000-7000-8000-00000000000a00"])
def test_what_is_no_uid_is_not_stored(text: str) -> None:
    stored = Uid().bind_processor(sqlite.dialect())
    assert stored("01900000-0000-7000-8000-00000000000a") is not None
    with pytest.raises(ValueError):  # noqa: PT011  (what is no hexadecimal has other words)
        stored(text)
