"""The tokens of many titles, worked out by another process while this one writes their records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from drillapp.core.search.tokens import tokens

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MANY = 20_000
"""For fewer titles it takes longer to start a process than to do its work."""

Found = Callable[[], Iterable[Sequence[str]]]
"""Gives what there is to index of each title, in order; waits until it is worked out."""


@contextmanager
def tokens_beside(titles: Sequence[str]) -> Iterator[Found]:
    """Work the tokens out beside whatever is done until they are asked for."""
    if len(titles) < _MANY:
        yield partial(map, tokens, titles)
        return
    import multiprocessing  # the window's frame is shown without it

    # A new interpreter, not a fork: the window's threads and the open database must not be copied into it.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work_out, args=(theirs, titles), daemon=True)
    process.start()
    theirs.close()
    try:
        yield partial(_received, ours, titles)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _work_out(connection: Connection, titles: Sequence[str]) -> None:
    found = msgspec.msgpack.encode(list(map(tokens, titles)))
    try:
        connection.send_bytes(found)
    except BrokenPipeError:  # the tokens are not wanted any more
        return


def _received(connection: Connection, titles: Sequence[str]) -> Iterable[Sequence[str]]:
    try:
        found: Any = msgspec.msgpack.decode(connection.recv_bytes())
    except (EOFError, OSError):  # the other process came to an end before its work
        return map(tokens, titles)
    return found  # type: ignore[no-any-return]
