"""Runs the chosen figures on both sizes of the district, prints them as they come, writes the results."""

from __future__ import annotations

import compileall
import os
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.district import District, district
from benchmarks.figure import Figure
from benchmarks.growth import grown

RESULTS = Path(__file__).with_name("RESULTS.md")
_PROGRAM = Path(__file__).resolve().parent.parent / "drillapp"
_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "msgspec", "python-calamine", "reportlab")


def run(names: Sequence[str], growing: Mapping[str, float], *, write_results: bool) -> int:
    """Measure; returns 1 when a limit is not kept."""
    # The processes that read files would compile the program at each start where Python may not keep what it compiled.
    compileall.compile_dir(_PROGRAM, quiet=1)
    whole = {name: _measured(name, district()) for name in names}
    tenth = {name: _measured(name, district(0.1), quiet=True) for name in names if name in growing}
    figures = [figure for group in whole.values() for figure in group]
    growth: list[Figure] = []
    for name, small in tenth.items():
        growth += grown(whole[name], {figure.name: figure for figure in small}, growing[name])
    for figure in growth:
        print(_line(figure))
    if write_results:
        RESULTS.write_text(_results(figures, growth), encoding="utf-8")
    return 0 if all(figure.is_met for figure in (*figures, *growth)) else 1


def _measured(name: str, place: District, *, quiet: bool = False) -> list[Figure]:
    found = []
    for figure in import_module(f"benchmarks.{name}").figures(place):
        found.append(figure)
        if not quiet:
            print(_line(figure), flush=True)
    return found


def _line(figure: Figure) -> str:
    return (
        f"{figure.name:52} {figure.ours:9.1f} {figure.floor:9.1f} {figure.unit}  x {figure.ratio:5.2f}"
        f"  {figure.allowed:22} {'ok' if figure.is_met else 'TOO MUCH'}"
    )


def _results(figures: Sequence[Figure], growth: Sequence[Figure]) -> str:
    return "\n".join(
        [
            "# How fast it is",
            "",
            "Written by `make bench`: a district of 20,000 units, 60,000 plans, 120,000 drills, 100,000 cards and",
            "1,000,000 movements, each figure beside a floor that was measured in the same run.",
            "",
            f"{date.today().isoformat()}, {_machine()}, Python {platform.python_version()}, "  # noqa: DTZ011
            + ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
            "",
            *_table(figures),
            "",
            "## Growth from a tenth of the rows",
            "",
            "The floor is the same figure on a tenth of the district.",
            "",
            *_table(growth),
            "",
        ]
    )


def _table(figures: Iterable[Figure]) -> list[str]:
    lines = ["| figure | ours | floor | ratio | limit | |", "|---|---|---|---|---|---|"]
    for each in figures:
        lines.append(
            f"| {each.name} | {each.ours:,.1f} {each.unit} | {each.floor:,.1f} {each.unit} | {each.ratio:.2f} "
            f"| {each.allowed.replace('<=', '≤')} | {'ok' if each.is_met else '**too much**'} |"
        )
    return lines


def _machine() -> str:
    """Processor and memory in words."""
    name = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        models = [
            line.split(":", 1)[1].strip()
            for line in information.read_text().splitlines()
            if "model name" in line
        ]
        name = models[0] if models else name
    memory = psutil.virtual_memory().total / 2**30
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, {sys.platform}"
