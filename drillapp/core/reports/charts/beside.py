"""Two charts next to each other."""

from __future__ import annotations

from typing import Any

from drillapp.core.reports.charts.ink import Chart
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.page import Block


class Beside(Chart):
    """The first takes the given share of the width, the second the rest; both begin at the top."""

    def __init__(self, first: Block, second: Block, share: float, fonts: Fonts) -> None:
        super().__init__(fonts, max(first.height(0.0), second.height(0.0)))
        self.first = first
        self.second = second
        self.share = share

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw both with the upper left corner of the first there."""
        middle = width * self.share
        self.first.draw(canvas, left, top, middle)
        self.second.draw(canvas, left + middle, top, width - middle)
