"""What changed among the paragraphs, tables and pictures of a section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from drillapp.core.plans.content import Block, Grid, Paragraph, Picture, text_of
from drillapp.core.plans.matching import ALIKE, likeness
from drillapp.core.plans.spans import Span, spans, steps

Edit = Literal["added", "removed", "changed"]
_MOST_PAIRED = 10_000


class RowDifference(msgspec.Struct, frozen=True):
    """A row of a table, or an action of a response level, cell by cell."""

    how: Edit
    old: int | None
    new: int | None
    cells: tuple[tuple[Span, ...], ...]


class BlockDifference(msgspec.Struct, frozen=True):
    """A paragraph, table or picture: `spans` of its text or caption, `rows` of a table."""

    how: Edit
    old: int | None
    new: int | None
    before: Block | None = None
    after: Block | None = None
    spans: tuple[Span, ...] = ()
    rows: tuple[RowDifference, ...] = ()


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> tuple[BlockDifference, ...]:
    """What happened to the paragraphs, tables and pictures of a section."""
    if old == new:
        return ()
    return tuple(
        _block(a, b, None if a is None else old[a], None if b is None else new[b])
        for a, b in _edits(old, new, _block_likeness)
    )


def _block(a: int | None, b: int | None, old: Block | None, new: Block | None) -> BlockDifference:
    how: Edit = "added" if old is None else "removed" if new is None else "changed"
    if isinstance(old or new, Grid):
        rows = compare_rows(*(each.rows if isinstance(each, Grid) else () for each in (old, new)))
        return BlockDifference(how, a, b, old, new, rows=rows)
    return BlockDifference(how, a, b, old, new, spans(_written(old), _written(new)))


def _written(block: Block | None) -> str:
    match block:
        case Paragraph(text):
            return text
        case Picture():
            return block.caption
    return ""


def _block_likeness(old: Block, new: Block) -> float:
    """A picture is the same one while its bytes are; a table is known by its words."""
    if type(old) is not type(new):
        return 0.0
    if isinstance(old, Picture) and isinstance(new, Picture):
        return float(old.digest == new.digest)
    return likeness(text_of((old,)), text_of((new,)))


def compare_rows(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> tuple[RowDifference, ...]:
    """What happened to the rows of a table."""
    if old == new:
        return ()
    found = []
    for a, b in _edits(old, new, _row_likeness):
        before, after = ((None if at is None else rows[at]) for at, rows in ((a, old), (b, new)))
        how: Edit = "added" if before is None else "removed" if after is None else "changed"
        empty = ("",) * len(before or after or ())
        cells = tuple(map(spans, before or empty, after or empty))
        found.append(RowDifference(how, a, b, cells))
    return tuple(found)


def _row_likeness(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    """Rows of as many cells; one equal cell that says something is enough to be the same row."""
    if len(old) != len(new):
        return 0.0
    same = sum(bool(a) and a == b for a, b in zip(old, new, strict=True))
    return max(likeness("\n".join(old), "\n".join(new)), ALIKE + same / len(old) if same else 0.0)


def _edits(
    old: Sequence[Any], new: Sequence[Any], alike: Callable[[Any, Any], float]
) -> Iterator[tuple[int | None, int | None]]:
    """What is not equal, in order: pairs that changed, removed and added ones."""
    for kind, i, j, k, m in steps(old, new):
        if kind == "equal":
            continue
        pairs = _paired(old[i:j], new[k:m], alike)
        for a, b in [*((i + x, k + y) for x, y in pairs), (j, m)]:
            yield from ((place, None) for place in range(i, a))
            yield from ((None, place) for place in range(k, b))
            if a < j:
                yield a, b
            i, k = a + 1, b + 1


def _paired(a: Sequence[Any], b: Sequence[Any], alike: Callable[[Any, Any], float]) -> list[tuple[int, int]]:
    """Which belong together, in order: the pairing that keeps most; too many are not worth the time."""
    if len(a) * len(b) > _MOST_PAIRED:
        return []
    scores = [[alike(one, other) for other in b] for one in a]
    best = [[0.0] * (len(b) + 1) for _row in range(len(a) + 1)]
    for x in range(len(a) - 1, -1, -1):
        for y in range(len(b) - 1, -1, -1):
            together = scores[x][y] + best[x + 1][y + 1] if scores[x][y] >= ALIKE else 0.0
            best[x][y] = max(best[x + 1][y], best[x][y + 1], together)
    pairs, x, y = [], 0, 0
    while x < len(a) and y < len(b):
        if best[x][y] == best[x + 1][y]:
            x += 1
        elif best[x][y] == best[x][y + 1]:
            y += 1
        else:
            pairs.append((x, y))
            x, y = x + 1, y + 1
    return pairs
