"""From the start of the process to a frame that answers, and to Home with its figures."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks import window_process
from benchmarks.district import District
from benchmarks.figure import Figure

_ROUNDS = 7


def figures(district: District) -> Iterator[Figure]:
    """Both against a bare window; the second also with the database layer, the file opened and one query."""
    window_process.program(district)  # files come from the disk once, and Home's figures are remembered
    ours, bare, fetching = [], [], []
    for _ in range(_ROUNDS):
        ours.append(window_process.program(district))
        bare.append(window_process.bare())
        fetching.append(window_process.bare(district))
    frames = (statistics.median(shown.frame_ms for shown in group) for group in (ours, bare))
    yield Figure("start to a frame that answers", *frames, 1.3)
    shown = (statistics.median(shown.shown_ms for shown in group) for group in (ours, fetching))
    yield Figure("start to Home with its figures", *shown, 1.3)
