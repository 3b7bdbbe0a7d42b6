"""Python without garbage collection, while many rows are made none of which is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Held:
    """Keeps Python from collecting garbage by itself as long as anybody wants that, in whatever thread."""

    def __init__(self) -> None:
        self.by = 0
        """How many want it."""
        self._lock = Lock()
        self._was_enabled = False

    def hold(self) -> None:
        """Collect nothing from now on."""
        with self._lock:
            if not self.by:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self.by += 1

    def let_go(self) -> None:
        """Want it no more, after a `hold`."""
        with self._lock:
            self.by -= 1
            if not self.by and self._was_enabled:
                _age()
                gc.enable()


def _age() -> None:
    """Let all that was made count as old: a look through it at once would take long and find nothing, either."""
    if not gc.get_freeze_count():  # what somebody set aside stays there
        gc.freeze()
        gc.unfreeze()


_HELD = Held()


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the garbage collector, which would go through a million lines again and again and find nothing."""
    _HELD.hold()
    try:
        yield
    finally:
        _HELD.let_go()


def is_uncollected() -> bool:
    """Whether any part of the program is at such work now, so that a collection would take long and find nothing."""
    return _HELD.by > 0
