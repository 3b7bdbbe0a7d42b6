"""The letter by which a unit asks another for supplies, and the reply slip that the other fills in and sends back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.code_mark import CodeMark
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

_TO_FILL_IN = "\u00a0"
_SEAL = "\n\u00a0\n\u00a0"
"""Room for the stamp, below the unit's name."""


class AidLetter(msgspec.Struct, frozen=True):
    """What the letter says."""

    title: str
    number: str
    code: str
    """What its QR code says."""
    giver: str
    asker: str
    day: date
    needed_by: date | None
    reason: str
    items: tuple[tuple[str, ...], ...]
    """Number, name, specification, unit of measure, asked for."""
    agreed: tuple[str, ...]
    """How much of each was agreed; '' while nobody has answered."""
    from_storehouse: str
    to_storehouse: str
    address: str
    receiver: str
    """Who takes it in, with phones."""
    keeper: str
    """Who hands it over, with phones."""
    answer: str
    """What was answered, and what was said with it; '' for an answer still to be filled in."""
    answered_by: str
    answered_on: date | None


def render_aid_letter(
    data: AidLetter,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the letter; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(data.title, author=data.asker, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.add(CodeMark(data.code, data.number, fonts))
    document.add(Title(data.title, styles.title))
    document.space(LEADING / 2)
    document.add(Paragraph(_("{authority}:").format(authority=data.giver), styles.flush))
    document.add(styles.text(_request(data)))
    document.space(LEADING / 4)
    document.add(Table(_columns(), data.items, table_look(fonts, 12)))
    document.space(LEADING / 4)
    document.add(Form(_facts(data), fonts))
    document.add(styles.text(_("Please send back the reply slip; if it is urgent, please call first.")))
    document.add(Signature(data.asker, data.day, (), fonts))
    document.new_page()
    _add_slip(document, data, styles)
    return document.close(target)


def _add_slip(document: Document, data: AidLetter, styles: Styles) -> None:
    """The other unit's answer: what is on record, or lines and boxes to fill in."""
    document.add(CodeMark(data.code, data.number, styles.fonts))
    document.add(Title(_("Reply slip"), styles.title))
    document.space(LEADING / 2)
    document.add(Paragraph(_("{authority}:").format(authority=data.asker), styles.flush))
    text = _("On your letter {number} of {day} we answer:")
    document.add(styles.text(text.format(number=data.number, day=long_date(data.day))))
    document.space(LEADING / 4)
    columns = (*_columns(), Column(_("Agreed"), 64, "centre"))
    rows = [(*item, agreed) for item, agreed in zip(data.items, data.agreed, strict=True)]
    document.add(Table(columns, rows, table_look(styles.fonts, 12)))
    document.space(LEADING / 4)
    document.add(Form(_slip_facts(data), styles.fonts))
    document.space(LEADING / 4)
    document.add(
        styles.text(
            _("The lots that expire first go first; what has expired or is in quarantine is not sent.")
        )
    )


def _slip_facts(data: AidLetter) -> list[Fact]:
    boxes = (_("□ agreed in full"), _("□ agreed as entered in the table"), _("□ cannot help, because:"))
    day = long_date(data.answered_on) if data.answered_on else _TO_FILL_IN
    return [
        Fact(_("What we answer"), data.answer or "\n".join(boxes), is_wide=True),
        Fact(_("Answered by"), data.answered_by or _TO_FILL_IN),
        Fact(_("Answered on"), day),
        Fact(_("Goods leave on"), _TO_FILL_IN),
        Fact(_("Vehicle, driver"), _TO_FILL_IN),
        Fact(_("Approved by"), _TO_FILL_IN),
        Fact(_("Keeper"), _TO_FILL_IN),
        Fact(_("Unit (seal)"), f"{data.giver}{_SEAL}", is_wide=True),
    ]


def _request(data: AidLetter) -> str:
    if data.reason and data.needed_by:
        text = _(
            "For {reason} we are short of the supplies below, and ask you to help us with them by {day}."
        )
    elif data.reason:
        text = _("For {reason} we are short of the supplies below, and ask you to help us with them.")
    elif data.needed_by:
        text = _("We are short of the supplies below, and ask you to help us with them by {day}.")
    else:
        text = _("We are short of the supplies below, and ask you to help us with them.")
    return text.format(reason=data.reason, day=long_date(data.needed_by) if data.needed_by else "")


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 40, "centre"),
        Column(_("Item name")),
        Column(_("Specification"), 110),
        Column(_("Unit of measure"), 64, "centre"),
        Column(_("Asked for"), 64, "centre"),
    )


def _facts(data: AidLetter) -> list[Fact]:
    return [
        Fact(_("From storehouse"), data.from_storehouse, is_wide=True),
        Fact(_("Who hands over"), data.keeper, is_wide=True),
        Fact(_("To storehouse"), data.to_storehouse, is_wide=True),
        Fact(_("Address"), data.address, is_wide=True),
        Fact(_("Who takes in"), data.receiver, is_wide=True),
    ]
