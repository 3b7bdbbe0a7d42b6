"""The command line sets the language of the process: each test gives it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drillapp.core import i18n


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = i18n.language()
    yield
    i18n.use_language(before)
