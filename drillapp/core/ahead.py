"""Work on two things at a time: the database lets go of the interpreter while it looks, so that a second core can help."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_AT_A_TIME = 2


def ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The result for each item, in order; the next item is taken and begun while one is waited for, none before.

    What `work` raises is raised when its turn comes; what was begun is then waited for, and nothing further begun.
    """
    with ThreadPoolExecutor(_AT_A_TIME, "ahead") as pool:
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) == _AT_A_TIME:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
