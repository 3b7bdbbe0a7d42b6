"""An inspection or maintenance as a line that leads to it."""

from __future__ import annotations

from typing import Any

from drillapp.core import enumerations
from drillapp.ui.parts import tones
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.session import Target


def done_line(row: Any) -> RecordLine:
    """When, by whom, of which lot, with which result."""
    words = " · ".join(part for part in (row.lot, row.done_by, row.note) if part)
    mark = enumerations.label("upkeep_result", row.result)
    tone = tones.UPKEEP["result"].get(row.result, "neutral")
    return RecordLine(row.done_on.isoformat(), words, mark, tone, Target("supplies", "upkeep", row.id))
