"""A difference as lines with an old and a new side, what did not change among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from drillapp.core.i18n import _
from drillapp.core.plans.blocks import BlockDifference, RowDifference
from drillapp.core.plans.compare import Difference
from drillapp.core.plans.content import Content, Grid, Level, Section, text_of
from drillapp.core.plans.spans import Span

_BETWEEN = "  ｜  "
Spans = Sequence[Span]


class SideLine(NamedTuple):
    """What stands beside each other; a side without words had, or has, nothing there."""

    left: Spans
    right: Spans
    name: str = ""
    """What it is, where that is not plain."""

    @property
    def is_same(self) -> bool:
        """Whether nothing changed here."""
        return all(span.kind == "same" for span in (*self.left, *self.right))


def side_lines(difference: Difference, old: Content, new: Content) -> list[SideLine]:
    """A difference with what stands around it."""
    lines = [
        _line(field.spans, _field_label(field.name))
        for field in difference.fields
        if _is_told(difference, field)
    ]
    before, after = _item(difference.what, old, difference.old), _item(difference.what, new, difference.new)
    if difference.what == "section":
        lines += _block_lines(before, after, difference.blocks)
    elif difference.what == "level":
        lines += _row_lines(_actions(before), _actions(after), difference.rows)
    return lines


def _is_told(difference: Difference, field: Any) -> bool:
    """A section that came or went is known by its title; its depth says nothing then."""
    is_whole = difference.old is None or difference.new is None
    return not (field.name == "level" and is_whole)


def _item(what: str, content: Content, place: int | None) -> Any:
    lists: dict[str, Sequence[Any]] = {
        "section": content.sections,
        "level": content.levels,
        "roster": content.roster,
        "contacts": content.contacts,
        "resources": content.resources,
    }
    return None if place is None else lists[what][place]


def _block_lines(
    before: Section | None, after: Section | None, edits: Sequence[BlockDifference]
) -> Iterator[SideLine]:
    old, new = (section.blocks if section else () for section in (before, after))
    for block, edit in _walk(old, new, edits):
        if edit is None:
            same = (Span("same", text_of((block,)).replace("\t", _BETWEEN)),)
            yield SideLine(same, same)
        elif edit.rows or isinstance(edit.before or edit.after, Grid):
            rows = [part.rows if isinstance(part, Grid) else () for part in (edit.before, edit.after)]
            yield from _row_lines(rows[0], rows[1], edit.rows)
        else:
            yield _line(edit.spans)


def _row_lines(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], edits: Sequence[RowDifference]
) -> Iterator[SideLine]:
    for row, edit in _walk(old, new, edits):
        if edit is None:
            same = (Span("same", _BETWEEN.join(row)),)
            yield SideLine(same, same)
        else:
            yield _line(_joined(edit))


def _joined(edit: RowDifference) -> list[Span]:
    found: list[Span] = []
    for place, cell in enumerate(edit.cells):
        kinds = {"added": "inserted", "removed": "deleted", "changed": "same"}
        if place:
            found.append(Span(kinds[edit.how], _BETWEEN))  # type: ignore[arg-type]
        found.extend(cell)
    return found


def _walk(old: Sequence[Any], new: Sequence[Any], edits: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Old and new in step: each item that stayed, with None, and each edit where it happened."""
    by_old = {edit.old: edit for edit in edits if edit.old is not None}
    came = {edit.new: edit for edit in edits if edit.old is None}
    i = j = 0
    while i < len(old) or j < len(new):
        edit = by_old.get(i) if i < len(old) else None
        if edit is not None and (edit.new is None or edit.new == j):
            i, j = i + 1, j + (edit.new is not None)
            yield None, edit
        elif j in came:
            yield None, came[j]
            j += 1
        else:
            yield (new[j] if j < len(new) else old[i]), None
            i, j = i + 1, j + 1


def _line(spans: Spans, name: str = "") -> SideLine:
    left = [span for span in spans if span.kind != "inserted"]
    right = [span for span in spans if span.kind != "deleted"]
    return SideLine(left, right, name)


def _actions(level: Level | None) -> list[tuple[str, ...]]:
    return [
        (one.action, one.actor, "" if one.within_minutes is None else str(one.within_minutes))
        for one in (level.actions if level else ())
    ]


def _field_label(name: str) -> str:
    return {
        "title": _("Title"),
        "number": _("Number"),
        "level": _("Depth"),
        "name": _("Name"),
        "trigger": _("Trigger"),
        "starter": _("Started by"),
        "role": _("Role"),
        "organisation": _("Organisation"),
        "phone": _("Phone"),
        "duty": _("Duty"),
        "quantity": _("Quantity"),
        "place": _("Kept at"),
        "keeper": _("Keeper"),
    }.get(name, name)
