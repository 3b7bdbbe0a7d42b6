"""The slip of a stock document: what came in, went out, moved, was lent, came back or was scrapped, and who signs for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.code_mark import CodeMark
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, MM, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.stock_words import number_words, with_days
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.supplies.codes import payload_of_document
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.rows import MovementRow

_SIZE = 10.0
_ALL = 1 << 31


class StockSlip(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    number: str
    code: str
    """What its QR code says."""
    facts: tuple[Fact, ...]
    rows: tuple[tuple[str, ...], ...]
    undertaking: str
    """What a borrower signs; '' on other slips."""
    signature: Signature


def stock_slip(office: Office, number: str) -> StockSlip:
    """The slip of a document of the stock ledger; raises NotFound."""
    lines = _lines(office, number)
    first = lines[0]
    kinds = list(dict.fromkeys(line.kind for line in lines))
    title = _titles()[kinds[0]] if len(kinds) == 1 else _("Slip of a stock document")
    signature = Signature(first.unit_name, first.occurred_on, _signers(kinds[0]), bundled())
    return StockSlip(
        first.unit_name, title, number, payload_of_document(number), _facts(lines),
        tuple(_row(place, line) for place, line in enumerate(lines, 1)),
        _undertaking(lines) if kinds == ["lend"] else "", signature,
    )  # fmt: skip


def loan_slip(office: Office, number: str) -> StockSlip:
    """The slip of a loan; raises NotFound, and InvalidInput for a document that lends nothing."""
    if any(line.kind != "lend" for line in _lines(office, number)):
        raise InvalidInput(
            _("The document {number} is no loan.").format(number=number),
            _("Its own slip can be printed instead."),
            field="number",
        )
    return stock_slip(office, number)


def _lines(office: Office, number: str) -> list[MovementRow]:
    view = View(conditions=(Condition("document", "=", number),))
    found: list[MovementRow] = first_rows(office, MOVEMENTS, view, _ALL)
    if not found:
        raise NotFound(
            _("There is no document {number} in the stock ledger.").format(number=number),
            _("Look for it in the list of movements."),
        )
    return sorted(found, key=lambda line: line.line)


def _titles() -> dict[str, str]:
    return {
        "in": _("Receipt slip"),
        "out": _("Issue slip"),
        "transfer": _("Transfer slip"),
        "send": _("Consignment slip"),
        "receive": _("Slip of a consignment received"),
        "lend": _("Loan slip"),
        "return": _("Return slip"),
        "scrap": _("Scrapping slip"),
        "count": _("Slip of a count"),
        "reverse": _("Correction slip"),
    }


def _signers(kind: str) -> tuple[str, ...]:
    handed, taken = _("Goods handed over by"), _("Taken in by")
    return {
        "in": (handed, _("Accepted by"), _("Keeper"), _("Head of the unit")),
        "lend": (_("Keeper"), _("Borrower"), _("Approved by"), _("Taken back by")),
        "scrap": (_("Keeper"), _("Technical opinion"), _("Approved by"), _("Disposed of by")),
        "count": (_("Counted by"), _("Keeper")),
        "reverse": (_("Keeper"), _("Approved by")),
    }.get(kind, (_("Keeper"), handed, taken, _("Approved by")))


def _facts(lines: Sequence[MovementRow]) -> tuple[Fact, ...]:
    first = lines[0]
    causes = dict.fromkeys(label("movement_cause", line.cause) for line in lines if line.cause)
    due = {line.due_on for line in lines if line.due_on}
    optional = (
        (_("To storehouse"), first.to_storehouse_name),
        (_("From or to whom"), _joined(line.counterparty for line in lines)),
        (_("Cause"), _joined(causes)),
        (_("To be back by"), _days(due)),
        (_("Handled by"), _joined(line.handler for line in lines)),
        (_("Approved by"), _joined(line.approved_by for line in lines)),
        (_("Reference"), _joined(line.reference for line in lines)),
    )
    return (
        Fact(_("Storehouse"), _joined(line.storehouse_name for line in lines)),
        Fact(_("Occurred on"), _days({line.occurred_on for line in lines})),
        *(Fact(name, value) for name, value in optional if value),
        Fact(_("Entered by"), _joined(line.recorded_by for line in lines)),
        Fact(_("Reason"), _joined(line.reason for line in lines), is_wide=True),
    )


def _joined(words: Iterable[str | None]) -> str:
    return _(", ").join(dict.fromkeys(word for word in words if word))


def _days(days: set[date]) -> str:
    return _(", ").join(long_date(day) for day in sorted(days))


def _row(place: int, line: MovementRow) -> tuple[str, ...]:
    remarks = (
        _("taken back, does not count") if line.is_reversed else "",
        _("takes back {line}").format(line=line.reverses) if line.reverses else "",
        _("for {line}").format(line=line.answers) if line.answers else "",
    )
    return (
        str(place), line.item_code, line.item_name, with_days(line.lot, line.expires_on, line.produced_on),
        line.unit_of_measure or "", number_words(line.quantity), "\n".join(filter(None, remarks)),
    )  # fmt: skip


def _undertaking(lines: Sequence[MovementRow]) -> str:
    due = {line.due_on for line in lines if line.due_on}
    until = _days(due) or _("the day agreed")
    return _(
        "The borrower keeps the goods with care, uses them for nothing else, returns them complete and clean by {day}, "
        "and replaces what is lost or damaged."
    ).format(day=until)


def render_stock_slip(
    data: StockSlip,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the slip; characters that no font has are named in what comes back."""
    return render_alone(_add, data, target, progress, fonts)


def _add(document: Document, data: StockSlip, styles: Styles) -> None:
    document.add(CodeMark(data.code, data.number, document.fonts))
    document.add(Title(data.title, styles.title))
    document.space(LEADING / 4)
    document.add(Form((Fact(_("Number"), data.number), *data.facts), document.fonts))
    document.space(3 * MM)
    document.add(Table(_columns(), data.rows, table_look(document.fonts, _SIZE)))
    if data.undertaking:
        document.space(3 * MM)
        document.add(styles.text(data.undertaking))
    document.add(data.signature)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 28, "centre"), Column(_("Item code"), 68), Column(_("Item name")),
        Column(_("Lot and date"), 92), Column(_("Unit of measure"), 40, "centre"), Column(_("Quantity"), 60, "right"),
        Column(_("Remarks"), 76),
    )  # fmt: skip
