"""Labels on sheets, from any place of the first one on, or one behind the other on a roll."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.labels.drawing import SYMBOLOGIES, Label, Symbology, draw_label
from drillapp.core.reports.labels.formats import label_format
from drillapp.core.reports.page import MM, Rendered, new_canvas, save

MOST_COPIES = 500
MOST_LABELS = 20_000
_REPORT_EVERY = 100


class LabelPrint(msgspec.Struct, frozen=True):
    """How labels are printed."""

    format: str = "a4_3x8"
    """A name of label_formats()."""
    symbology: Symbology = "qr"
    start: int = 1
    """The first free place of a sheet that was used before, row by row from 1."""
    copies: int = 1
    """Of each label."""


def render_labels(
    office: str,
    labels: list[Label],
    how: LabelPrint,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Print labels; characters that no font has are named in what comes back.

    Raises NotFound without any label, InvalidInput for an unknown format or kind of code, a start that the sheet has
    not, a number of copies that is not from 1 to 500, too many labels at once, and bars that would be too thin.
    """
    layout, fonts = label_format(how.format), fonts or bundled()
    _check(how, layout.places, len(labels))
    width, height = (side * MM for side in layout.page)
    canvas = new_canvas(_("Labels"), office, (width, height), fonts)
    place, pages, done = how.start - 1, 1, 0
    for label in labels:
        for _copy in range(how.copies):
            if place == layout.places:
                canvas.showPage()
                place, pages = 0, pages + 1
            left, top = layout.corner(place)
            draw_label(canvas, label, layout, how.symbology, (left * MM, height - top * MM), fonts)
            place, done = place + 1, done + 1
            if not done % _REPORT_EVERY:
                progress.step(done, len(labels) * how.copies, _("{count} labels").format(count=done))
    canvas.showPage()
    return save(canvas, target, pages)


def _check(how: LabelPrint, places: int, count: int) -> None:
    if not count:
        raise NotFound(_("There is nothing to print labels for."), _("Choose something that is kept here."))
    if how.symbology not in SYMBOLOGIES:
        raise InvalidInput(
            _("There is no kind of code '{name}'.").format(name=how.symbology),
            _("Allowed: {codes}").format(codes=" ".join(SYMBOLOGIES)),
            field="symbology",
        )
    if not 1 <= how.start <= places:
        raise InvalidInput(
            _("The sheet has places 1 to {places}.").format(places=places),
            _("Count the free places row by row, from the upper left."),
            field="start",
        )
    if not 1 <= how.copies <= MOST_COPIES:
        raise InvalidInput(_("From 1 to {most} copies.").format(most=MOST_COPIES), field="copies")
    if count * how.copies > MOST_LABELS:
        raise InvalidInput(
            _("{count} labels at once are too many; at most {most}.").format(
                count=count * how.copies, most=MOST_LABELS
            ),
            _("Choose fewer, for instance one storehouse."),
            field="copies",
        )
