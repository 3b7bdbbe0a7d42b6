"""A plain reading of differences: the old text becomes the new by doing what they say, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drillapp.core.plans.blocks import BlockDifference, RowDifference
from drillapp.core.plans.compare import Difference
from drillapp.core.plans.content import (
    Content,
    Grid,
    Level,
    LevelAction,
    Named,
    Paragraph,
    Picture,
    Resource,
    Section,
)
from drillapp.core.plans.spans import Span


def old_of(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans if span.kind != "inserted")


def new_of(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans if span.kind != "deleted")


def rearranged(old: Sequence[Any], edits: Sequence[Any], made: Sequence[Any]) -> list[Any]:
    """What is edited stands where its edit says; the rest keeps its order and fills the gaps."""
    touched = {edit.old for edit in edits if edit.old is not None}
    rest = iter([item for place, item in enumerate(old) if place not in touched])
    put = {edit.new: item for edit, item in zip(edits, made, strict=True) if edit.new is not None}
    count = len(old) - len(touched) + len(put)
    result = [put[place] if place in put else next(rest) for place in range(count)]
    assert list(rest) == []
    return result


def rows(old: Sequence[tuple[str, ...]], edits: Sequence[RowDifference]) -> tuple[tuple[str, ...], ...]:
    for edit in edits:
        if edit.old is not None:
            assert tuple(map(old_of, edit.cells)) == old[edit.old]
    return tuple(rearranged(old, edits, [tuple(map(new_of, edit.cells)) for edit in edits]))


def block(edit: BlockDifference) -> Any:
    match edit.after:
        case None:
            return None
        case Paragraph():
            return Paragraph(new_of(edit.spans))
        case Picture(digest, width):
            return Picture(digest, width, new_of(edit.spans))
        case Grid(_rows, heads):
            before = edit.before.rows if isinstance(edit.before, Grid) else ()
            return Grid(rows(before, edit.rows), heads)


def fields(item: Any, difference: Difference) -> dict[str, str]:
    for each in difference.fields:
        assert old_of(each.spans) == str(getattr(item, each.name, ""))
    return {each.name: new_of(each.spans) for each in difference.fields}


def section(old: Sequence[Section], difference: Difference) -> Section:
    before = old[difference.old] if difference.old is not None else Section(0, "")
    given = fields(before if difference.old is not None else None, difference)
    blocks = rearranged(before.blocks, difference.blocks, [block(edit) for edit in difference.blocks])
    return Section(
        int(given.get("level", before.level) or 0), given.get("title", before.title), given.get("number", before.number),
        tuple(blocks),
    )  # fmt: skip


def listed(old: Sequence[Any], difference: Difference, kind: type[Any]) -> Any:
    before = old[difference.old] if difference.old is not None else kind(name="")
    given = fields(before if difference.old is not None else None, difference)
    values = {
        name: given.get(name, getattr(before, name)) for name in kind.__struct_fields__ if name != "actions"
    }
    if kind is Level:
        actions = [
            (a.action, a.actor, "" if a.within_minutes is None else str(a.within_minutes))
            for a in before.actions
        ]
        values["actions"] = tuple(
            LevelAction(action, actor, int(minutes) if minutes else None)
            for action, actor, minutes in rows(actions, difference.rows)
        )
    return kind(**values)


def applied(old: Content, differences: Sequence[Difference]) -> Content:
    """The new text, made of the old one and of what the differences say."""
    by_what = {what: [each for each in differences if each.what == what] for what in
               ("section", "level", "roster", "contacts", "resources")}  # fmt: skip
    sections = by_what["section"]
    kinds = {"level": Level, "roster": Named, "contacts": Named, "resources": Resource}
    lists = {"level": old.levels, "roster": old.roster, "contacts": old.contacts, "resources": old.resources}
    made = {
        what: tuple(
            rearranged(
                lists[what], by_what[what], [listed(lists[what], each, kind) for each in by_what[what]]
            )
        )
        for what, kind in kinds.items()
    }
    return Content(
        tuple(rearranged(old.sections, sections, [section(old.sections, each) for each in sections])),
        made["level"], made["roster"], made["contacts"], made["resources"],
    )  # fmt: skip
