"""How many packs to order so that they hold what is missing: with as little too much as can be."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class PackCount(Struct, frozen=True):
    """So many packs of one size."""

    name: str
    holds: int
    """In thousandths of the item's unit of measure."""
    count: int


def whole_packs(missing: int, packs: Mapping[str, int]) -> tuple[PackCount, ...]:
    """The packs that hold at least what is missing (both in thousandths), the largest first; none without packs.

    Large packs are filled first, and the rest is rounded up to one size. Of the sizes for that the one with least too
    much is taken, then the one with fewest packs: so never as much as a smallest pack is too much.
    """
    sizes = sorted(packs.items(), key=lambda pack: (-pack[1], pack[0]))
    if missing <= 0 or not sizes:
        return ()
    choices = (_rounded_at(place, missing, sizes) for place in range(len(sizes)))
    best = min(choices, key=lambda counts: (ordered(counts), sum(one.count for one in counts)))
    return tuple(one for one in best if one.count)


def ordered(counts: tuple[PackCount, ...]) -> int:
    """What packs hold together, in thousandths."""
    return sum(one.holds * one.count for one in counts)


def _rounded_at(place: int, missing: int, sizes: list[tuple[str, int]]) -> tuple[PackCount, ...]:
    counts: list[PackCount] = []
    for name, size in sizes[:place]:
        counts.append(PackCount(name, size, missing // size))
        missing %= size
    name, size = sizes[place]
    counts.append(PackCount(name, size, -(-missing // size)))
    return tuple(counts)
