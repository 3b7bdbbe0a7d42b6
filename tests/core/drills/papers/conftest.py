"""English words in these tests, whose sentences are compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drillapp.core import i18n


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """English, and afterwards what it was."""
    before = i18n.language()
    i18n.use_language("en")
    yield
    i18n.use_language(before)
