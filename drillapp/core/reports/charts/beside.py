"""Two charts next to each other."""

from __future__ import annotations

from typing import Any

from drillapp.core.reports.page import Block


class Beside:
    """The first takes the given share of the width, the second the rest; both begin at the top and stay whole."""

    keep_with_next = 0.0

    def __init__(self, first: Block, second: Block, share: float) -> None:
        self.first = first
        self.second = second
        self.share = share

    def height(self, width: float) -> float:
        """Points that it takes."""
        return max(self.first.height(width * self.share), self.second.height(width * (1 - self.share)))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """It stays whole."""
        return None

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw both with the upper left corner of the first there."""
        middle = width * self.share
        self.first.draw(canvas, left, top, middle)
        self.second.draw(canvas, left + middle, top, width - middle)
