"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The person stopped the work; nothing of it stays behind."""


class Progress(Protocol):
    """What a long operation reports to."""

    def step(self, done: int, total: int | None, text: str) -> None:
        """Say that `done` of `total` (None: unknown) is finished; raises Cancelled to stop the work."""


class _Silent:
    def step(self, done: int, total: int | None, text: str) -> None:
        return None


SILENT: Progress = _Silent()
