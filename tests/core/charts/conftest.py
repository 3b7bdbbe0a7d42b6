"""English words in the tests of charts, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drillapp.core.i18n import use_language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh_CN")
