"""How a stocktake and its figures are written on paper."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment
from drillapp.core.supplies.stocktake.rows import Header, LineRow, MovedRow


def extent_words(header: Header) -> str:
    """What is counted: the whole store, a category, a sample with the seed that draws it again."""
    words = label("stocktake_extent", header.extent)
    if header.category:
        words = _("{extent}: {category}").format(extent=words, category=header.category)
    if header.seed is not None:
        words = _("{extent}, {count} lines, seed {seed}").format(
            extent=words, count=header.sample, seed=header.seed
        )
    return words


def item_words(line: LineRow) -> str:
    """Name and specification, one below the other."""
    found = _("(not on the list)") if line.added else ""
    return "\n".join(part for part in (line.item_name, line.spec or "", found) if part)


def moved_words(moved: Sequence[MovedRow]) -> str:
    """What was booked of a line meanwhile: the document, what it did, on which side of the count."""
    return "\n".join(
        _("{document} {kind} {quantity}, {side}").format(
            document=one.document,
            kind=label("movement_kind", one.kind),
            quantity="" if one.delta is None else f"{one.delta:+,}",
            side=_("after the count") if one.is_after else _("before the count"),
        )
        for one in moved
    )


def moment_words(header: Header) -> str:
    """When it was drawn up."""
    return f"{local_moment(header.drawn_up_at):%Y-%m-%d %H:%M}"
