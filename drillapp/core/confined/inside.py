"""What every reading process does around its work; only light modules are imported here."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from drillapp.core.confined.limits import Limits, confine

MAX_MESSAGE = 96 * 1024 * 1024
"""Bytes; the parent, which has no limit of memory of its own, is not to be filled by a file."""


class Parent:
    """The reading process's end of the pipe."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, *message: Any) -> None:
        """Tell the parent something; raises MemoryError for more than it takes."""
        content = msgspec.msgpack.encode(message)
        if len(content) > MAX_MESSAGE:
            raise MemoryError
        self._connection.send_bytes(content)

    def receive(self) -> Any:
        """What the parent answers."""
        return msgspec.msgpack.decode(self._connection.recv_bytes())


def serve(
    connection: Connection,
    limits: Limits,
    work: Callable[[Parent], None],
    expected: tuple[type[Exception], ...],
) -> None:
    """Do the work within the limits; of an expected error the parent is told the name."""
    _silence()
    gc.disable()  # the process ends with its file; until then nearly all that it makes is in use
    confine(limits)
    parent = Parent(connection)
    try:
        work(parent)
    except MemoryError:
        parent.send("failed", "memory", "")
    except BrokenPipeError:
        return
    except expected as error:
        parent.send("failed", type(error).__name__, str(error))


def _silence() -> None:
    # A library may write a backtrace when it aborts; the person gets a sentence instead.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
