"""Blocks that belong to each other: headings and what stands under them."""

from __future__ import annotations

from typing import Any

from drillapp.core.reports.page import Block


class Together:
    """Blocks one below the other of which only the last may be divided, so that no heading is left behind."""

    def __init__(self, *blocks: Block) -> None:
        self.blocks = blocks

    @property
    def keep_with_next(self) -> float:
        """Points that the last block wants free below it."""
        return self.blocks[-1].keep_with_next

    def height(self, width: float) -> float:
        """Points that all of them take."""
        return sum(block.height(width) for block in self.blocks)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """All but the last with what fits of it, and the rest; None when nothing of the last fits."""
        *first, last = self.blocks
        parts = last.split(width, room - sum(block.height(width) for block in first))
        return None if parts is None else (Together(*first, parts[0]), parts[1])

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw them with the upper left corner of the first there."""
        for block in self.blocks:
            canvas.saveState()
            block.draw(canvas, left, top, width)
            canvas.restoreState()
            top -= block.height(width)


class Space:
    """Some of the page left free."""

    keep_with_next = 0.0

    def __init__(self, points: float) -> None:
        self.points = points

    def height(self, width: float) -> float:
        """Points that it takes."""
        return self.points

    def split(self, width: float, room: float) -> None:
        """It stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Leave the page white."""
