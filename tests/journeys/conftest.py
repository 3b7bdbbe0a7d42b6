"""Journeys paint their window without showing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.conftest import OFFSCREEN_CANNOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's warnings fail tests, but for those about what a painted, not shown, window cannot do."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT))
