"""What a clerk must know about a document that was read: what was left out, what cannot be kept, what looks wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drillapp.core.i18n import _
from drillapp.core.plans.word.front import Front
from drillapp.core.plans.word.headings import Found

_SHOWN_LINES = 6
_SHOWN_GAPS = 5


def remarks(counts: Mapping[str, int], front: Front, found: Found, unseen: int) -> Iterator[str]:
    """A sentence for each; `unseen` pictures are of a kind that cannot be shown."""
    if front.left_out:
        words = ", ".join(f"“{line}”" for line in front.left_out[:_SHOWN_LINES])
        yield _("The title page is left out: {lines}.").format(lines=words)
    if front.contents_lines:
        yield _(
            "The table of contents is left out ({count} lines): it is made anew when the plan is printed."
        ).format(count=front.contents_lines)
    for kind, text in _texts().items():
        if counts.get(kind):
            yield text.format(count=counts[kind])
    if unseen:
        yield _("Pictures kept, but of a kind that cannot be shown here (EMF or WMF): {count}.").format(
            count=unseen
        )
    if found.too_long:
        yield _("Paragraphs in the style of a heading but too long for one, taken as text: {count}.").format(
            count=found.too_long
        )
    for before, after in found.missing[:_SHOWN_GAPS]:
        yield _("After {before} comes {after}: a heading may be missing between them.").format(
            before=before, after=after
        )


def _texts() -> dict[str, str]:
    return {
        "changes": _(
            "Tracked changes: what was inserted is taken, what was deleted is left out ({count} places)."
        ),
        "comments": _("Comments are left out: {count}."),
        "hidden": _("Hidden text is left out ({count} places)."),
        "macros": _("The document holds macros: they are left out and were not run."),
        "notes": _("Footnotes stand below their paragraphs, each with its number: {count}."),
        "boxes": _("Text boxes: their words stand below the paragraph that they belong to ({count})."),
        "charts": _("Charts and diagrams drawn in Word cannot be kept: put them in as pictures ({count})."),
        "linked": _("Pictures that are only linked are not in the file: {count}."),
        "beside_table": _("Pictures inside tables stand below their table: {count}."),
        "nested": _("Tables inside tables are taken as text of their cell: {count}."),
        "foreign": _("Parts put in from other files cannot be read: {count}."),
    }
