from __future__ import annotations

from collections.abc import Iterator

import pytest

from drillapp.core.i18n import use_language


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("zh_CN")
