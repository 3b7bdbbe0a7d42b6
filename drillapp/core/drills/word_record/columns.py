"""Tables whose labels stand above what they name: a row of values below each, or a log line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drillapp.core.drills.word_record.labels import Label, any_label, known_label
from drillapp.core.drills.word_record.times import line_time

_FEWEST = 2
"""So many known labels beside one another, with nothing between, are the head of columns."""
_STEPS = ("process", "content")


class Head(NamedTuple):
    """A row of labels, by column, and how many rows below belong to it."""

    labels: dict[int, Label]
    rows: int


def head_of(row: Sequence[str], below: Sequence[Sequence[str]]) -> Head | None:
    """The head of columns that a row is; None for any other row."""
    filled = {place: cell for place, cell in enumerate(row) if cell.strip()}
    labels = {place: known_label(cell) or any_label(cell) for place, cell in filled.items()}
    known = [label for label in labels.values() if label is not None and label.field]
    if len(known) < _FEWEST or any(label is None for label in labels.values()):
        return None
    head = {place: label for place, label in labels.items() if label is not None}
    count = 0
    for cells in below:
        first = next((cell for cell in cells if cell.strip()), "")
        if not first or known_label(first) is not None:
            break
        count += 1
    return Head(head, count) if count else None


def told_in_columns(head: Head, rows: Sequence[Sequence[str]]) -> list[tuple[Label, list[str]]]:
    """What stands below each label; times of day with what was done then are the steps of a log."""
    steps = _steps(head, rows)
    if steps is not None:
        return [steps]
    found = []
    places = sorted(head.labels)
    for number, place in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else max(map(len, rows))
        texts = [" ".join(cell.strip() for cell in row[place:end] if cell.strip()) for row in rows]
        found.append((head.labels[place], [text for text in texts if text]))
    return found


def _steps(head: Head, rows: Sequence[Sequence[str]]) -> tuple[Label, list[str]] | None:
    fields = {label.field: place for place, label in head.labels.items()}
    step = next((fields[name] for name in _STEPS if name in fields), None)
    if step is None or "time" not in fields:
        return None
    times = [row[fields["time"]] for row in rows if row[fields["time"]].strip()]
    if not times or not all(line_time(text) for text in times):
        return None
    lines = []
    for row in rows:
        others = [cell.strip() for place, cell in enumerate(row) if place != fields["time"] and cell.strip()]
        lines.append(" ".join((row[fields["time"]].strip(), *others)).strip())
    return Label(head.labels[step].written, "process"), lines
