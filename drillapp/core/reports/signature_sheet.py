"""The sheet on which people sign for the disposal cards that are handed to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from drillapp.core.cards.copy_lists import COPIES, CopyRow
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

_BLOCK = 500
_SIZE, _ROOM = 10.0, 8.0
"""Points: of the text, and above and below it, so that a name written by hand finds its place."""


def render_signature_sheet(
    office: Office, copy_ids: Sequence[int], path: Path, progress: Progress = SILENT
) -> Rendered:
    """Write the sheet for these copies, in their order; raises NotFound when there are none."""
    lines: list[tuple[str, ...]] = []
    for start in range(0, len(copy_ids), _BLOCK):
        progress.step(start, len(copy_ids), _("Signature sheet"))
        block = rows(office, COPIES, copy_ids[start : start + _BLOCK])
        lines += [_line(len(lines) + place, copy) for place, copy in enumerate(block, 1)]
    if not lines:
        raise NotFound(_("There are no copies to sign for."))
    title = _("Signature sheet for disposal cards")
    fonts = bundled()
    styles = Styles(fonts)
    document = Document(
        title, author=office.name, fonts=fonts, paper=ACROSS, numbering="of", progress=progress
    )
    day = f"{office.name}　{long_date(office.as_of)}"
    promise = _("I have received the card, read it, and know what it asks of me.")
    document.add(
        Title(title, styles.title), Paragraph(day, styles.subtitle), Paragraph(promise, styles.subtitle)
    )
    document.space(3 * MM)
    look = msgspec.structs.replace(table_look(fonts, _SIZE), padding=_ROOM)
    document.add(Table(_columns(), lines, look))
    return document.close(path)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), align="right"),
        Column(_("Card number")),
        Column(_("Card title")),
        Column(_("Version"), align="right"),
        Column(_("Unit")),
        Column(_("Post")),
        Column(_("Card holder")),
        Column(_("Issued on")),
        Column(_("Signature and date"), width=42 * MM),
    )


def _line(place: int, copy: CopyRow) -> tuple[str, ...]:
    return (
        str(place),
        copy.number,
        copy.title or "",
        str(copy.version),
        copy.unit_name,
        copy.post,
        copy.person or "",
        copy.issued_on.isoformat(),
        "",
    )
