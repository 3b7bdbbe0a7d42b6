"""What a drill costs: planned, actual, by kind, against its budget."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.costs import cost_sums, over_budget
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import CostRow
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_script_table import heading_line
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences
from drillapp.core.reports.together import Together

Row = tuple[str, ...]


class CostTable(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    about: str
    rows: tuple[Row, ...]
    kinds: tuple[Row, ...]
    total: str
    signature: Signature


def cost_table(office: Office, number: str) -> CostTable:
    """The costs of a drill; raises NotFound."""
    drill = drill_report(office, number)
    record = drill_record(office, drill_named(office, number))
    sums = cost_sums(record.costs)
    total = next((one for one in sums if not one.kind), None)
    words = [
        _("Planned in all: {amount} yuan.").format(amount=money(total.planned)) if total else "",
        _("Actual in all: {amount} yuan.").format(amount=money(total.actual)) if total else "",
    ]
    if record.design.budget is not None:
        words.append(_("Budget: {amount} yuan.").format(amount=money(record.design.budget)))
        over = over_budget(record.costs, record.design.budget)
        words.append(
            _("Over the budget by {amount} yuan.").format(amount=money(over)) if over and over > 0 else ""
        )
    return CostTable(
        drill.unit,
        _("{drill}: costs").format(drill=drill.title),
        heading_line(drill),
        tuple(_row(place, row) for place, row in enumerate(record.costs, 1)),
        tuple(
            (label("drill_cost", one.kind), money(one.planned), money(one.actual)) for one in sums if one.kind
        ),
        sentences(*words),
        Signature(drill.unit, office.as_of, (_("Prepared by"), _("Approved by")), bundled()),
    )


def money(amount: float | None) -> str:
    """A sum in yuan, with fen where there are any."""
    if amount is None:
        return ""
    return f"{amount:,.2f}".removesuffix(".00")


def _row(place: int, row: CostRow) -> Row:
    kind = label("drill_cost", row.kind)
    return str(place), kind, money(row.planned), money(row.actual), row.payee or "", row.note or ""


def render_cost_table(
    data: CostTable, target: str | Path | BinaryIO, progress: Progress = SILENT, *, fonts: Fonts | None = None
) -> Rendered:
    """Write the table; characters that no font has are named in what comes back."""
    return render_alone(add_cost_table, data, target, progress, fonts)


def add_cost_table(document: Document, data: CostTable, styles: Styles) -> None:
    """Set it from where the page is."""
    document.add(Title(data.title, styles.title), Paragraph(data.about, styles.note))
    if not data.rows:
        document.add(styles.text(_("No costs were entered.")))
        return
    look = table_look(document.fonts, 11)
    planned, actual = (
        Column(_("Planned (yuan)"), 76, "right"),
        Column(_("Actual (yuan)"), 76, "right"),
    )
    columns = (
        Column(_("No."), 36, "centre"), Column(_("Kind of cost"), 80, "centre"), planned, actual, Column(_("Paid to")),
        Column(_("Remarks"), 84),
    )  # fmt: skip
    document.add(Table(columns, data.rows, look))
    document.space(LEADING / 2)
    document.add(
        Together(
            styles.headline(3, _("By kind")),
            Table((Column(_("Kind of cost")), planned, actual), data.kinds, look),
        )
    )
    document.add(styles.text(data.total), data.signature)
