"""How each figure grows from a tenth of the district to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.figure import Figure


def grown(whole: Iterable[Figure], tenth: Mapping[str, Figure], largest: float) -> Iterator[Figure]:
    """For each figure of the whole district: its time against that on a tenth of the rows."""
    for figure in whole:
        small = tenth.get(figure.name)
        if small is not None:
            yield Figure(f"growth: {figure.name}", figure.ours, small.ours, largest, unit=figure.unit)
