"""The ledger of what a drill showed and how far it is put right."""

from __future__ import annotations

import msgspec

from drillapp.core.i18n import _
from drillapp.core.reports.drill_report import DrillReport, finding_state, findings_summary
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import MM, Document
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

_SIZE = 10.0


class DrillLedger(msgspec.Struct, frozen=True):
    """What it says."""

    title: str
    about: str
    rows: tuple[tuple[str, ...], ...]


def ledger_of(drill: DrillReport) -> DrillLedger:
    """The findings of a drill."""
    rows = tuple(
        (
            str(place), one.text, one.severity, one.action, one.owner, str(one.due_on or ""), str(one.done_on or ""),
            "\n".join(filter(None, (str(one.verified_on or ""), one.verified_by))), finding_state(one, drill.as_of),
        )
        for place, one in enumerate(drill.findings, 1)
    )  # fmt: skip
    title = _("{drill}: ledger of corrections").format(drill=drill.title)
    return DrillLedger(title, findings_summary(drill), rows)


def add_ledger(document: Document, data: DrillLedger, styles: Styles) -> None:
    """Set it from where the page is."""
    document.add(Title(data.title, styles.title), Paragraph(data.about, styles.note))
    document.space(2 * MM)
    columns = (
        Column(_("No."), 32, "centre"), Column(_("Problem")), Column(_("Severity"), 48, "centre"),
        Column(_("Corrective action")), Column(_("Owner"), 84, "centre"), Column(_("To be done by"), 66, "centre"),
        Column(_("Done on"), 66, "centre"), Column(_("Verified"), 72, "centre"), Column(_("State"), 76, "centre"),
    )  # fmt: skip
    document.add(Table(columns, data.rows, table_look(document.fonts, _SIZE)))
