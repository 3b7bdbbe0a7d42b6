"""The parent's side of a process that reads one file: messages out of it, and a sentence when it fails."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import msgspec

from drillapp.core.confined.limits import Limits
from drillapp.core.confined.refusals import in_use, too_large, too_slow, truncated
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.progress import Progress

SECONDS_LIMIT = 60.0
SECONDS_PER_MEGABYTE = 0.5
_OUT_OF_TIME = (-24, 1816)
"""How the system ends a process that used up its time of the processor: by SIGXCPU, Windows with a code of its own."""

Refusals = Mapping[str, Callable[[Path], DrillappError]]
"""What to say for each word with which the process ends; for any other the file counts as damaged."""

_COMMON: Refusals = {"memory": too_large, "PermissionError": in_use, "FileNotFoundError": in_use}


class Child:
    """The parent's end of the pipe to a reading process."""

    def __init__(
        self,
        path: Path,
        size: int,
        connection: Connection,
        process: BaseProcess,
        progress: Progress,
        refusals: Refusals,
    ) -> None:
        self.path = path
        self.progress = progress
        self._connection = connection
        self._process = process
        self._refusals = refusals
        self._patience = SECONDS_LIMIT + SECONDS_PER_MEGABYTE * size / 1_000_000

    def receive(self) -> list[Any]:
        """The next message; raises what the reading process says is wrong, or that it came to an end."""
        deadline = time.monotonic() + self._patience
        try:
            while not self._connection.poll(0.1):
                self.progress.step(0, None, _("Opening the file"))
                if time.monotonic() > deadline:
                    raise too_slow(self.path)
            message: list[Any] = msgspec.msgpack.decode(self._connection.recv_bytes())
        except (EOFError, ConnectionError) as error:
            raise self._ending() from error
        if message[0] == "failed":
            raise self._failure(message[1])
        return message

    def send(self, message: Any) -> None:
        """Answer what the reading process asked."""
        self._connection.send_bytes(msgspec.msgpack.encode(message))

    def _ending(self) -> DrillappError:
        """Why the process came to an end without a word: its library stumbled (exit code 1) or it hit a limit."""
        self._process.join(5)
        if self._process.exitcode == 1:
            return truncated(self.path)
        is_out_of_time = self._process.exitcode in _OUT_OF_TIME
        return too_slow(self.path) if is_out_of_time else too_large(self.path)

    def _failure(self, word: str) -> DrillappError:
        return self._refusals.get(word, truncated)(self.path)


@contextmanager
def reading(
    target: Callable[..., None],
    arguments: tuple[Any, ...],
    path: Path,
    size: int,
    progress: Progress,
    refusals: Refusals,
    limits: Limits = Limits(),  # noqa: B008 - cannot be changed
) -> Iterator[Child]:
    """Start `target(connection, limits, *arguments)` for a file of that (unpacked) size, and end it afterwards."""
    # A new interpreter, not a fork: the window's threads and the open database must not be copied into it.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, limits, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Child(path, size, ours, process, progress, {**_COMMON, **refusals})
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
