"""A furnished storehouse for every test here, and English sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drillapp.core import i18n


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = i18n.language()
    i18n.use_language("en")
    yield
    i18n.use_language(before)
