"""The lists of stocktakes on the supplies page, and what they offer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from drillapp.core.enumerations import label as word
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.queries import STOCKTAKES, STOCKTAKES_DUE, stocktake_view
from drillapp.core.supplies.stocktake.rows import Drawn
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.parts.tones import tone
from drillapp.ui.session import Target
from drillapp.ui.supplies.stocktake.line_table import DUE_TONES, LINE_TONES, STOCKTAKE_TONES, shown_line

_SHOWN = 60
"""So many lines are named beside the list."""


def stocktakes() -> ListSpec:
    """All stocktakes, the newest first."""
    return ListSpec(
        "stocktakes",
        label="Stocktakes",
        chips=(
            Chip("state", label="State", enumeration="stocktake_state"),
            Chip("extent", label="Extent", enumeration="stocktake_extent"),
        ),
        tones=STOCKTAKE_TONES,
        tabs=(Tab(label="Differences", make=sections_tab(_differences)),),
        actions=(
            Action(label="Draw up a stocktake", icon="add", done=draw, role="primary", writes=True),
            Action(label="Open the stocktake", icon="open", done=open_chosen, needs=1),
        ),
        prints=(
            Action(label="Stocktake sheet", icon="print", done=print_sheet, needs=1),
            Action(label="Report on surplus and shortage", icon="print", done=print_report, needs=1),
        ),
        listing=STOCKTAKES,
        editable=False,
        retires=False,
        opens=open_chosen,
        empty_label="Draw up the first stocktake; a storehouse is usually counted once a quarter.",
    )


def stocktakes_due() -> ListSpec:
    """Each storehouse with its last stocktake and the next."""
    return ListSpec(
        "stocktakes_due",
        label="Stocktakes due",
        chips=(Chip("state", label="State", enumeration="stocktake_due_state"),),
        tones=DUE_TONES,
        actions=(Action(label="Draw up a stocktake", icon="add", done=draw, role="primary", writes=True),),
        listing=STOCKTAKES_DUE,
        editable=False,
        opens=open_under_way,
        empty_label="Storehouses stand here as soon as anything is booked in them.",
    )


def draw(pane: ListPane) -> None:
    """Ask what is to be counted; of the due list, the storehouse under the cursor."""
    from drillapp.ui.supplies.stocktake.draw_dialog import DrawDialog

    row = pane.table.current_row()
    storehouse = row.storehouse if row is not None and pane.spec.kind == "stocktakes_due" else ""
    dialog = DrawDialog(pane.session, storehouse, pane)
    dialog.drawn.connect(lambda drawn: _on_drawn(pane, drawn))
    dialog.open()


def open_chosen(pane: ListPane) -> None:
    """Open the stocktake under the cursor at its next step."""
    row = pane.table.current_row()
    if row is not None:
        open_stocktake(pane, row.id, row.state)


def open_under_way(pane: ListPane) -> None:
    """Show the stocktake that is under way in the storehouse under the cursor, or the last one."""
    row = pane.table.current_row()
    if row is not None and (row.under_way or row.number):
        pane.session.go(Target("supplies", "stocktakes", text=row.under_way or row.number))


def open_stocktake(pane: ListPane, stocktake_id: int, state: str) -> None:
    """Count while it is counted; afterwards review, post and read."""
    from drillapp.ui.supplies.stocktake.counting import CountingDialog  # its modules would slow the start
    from drillapp.ui.supplies.stocktake.review_dialog import ReviewDialog

    make = CountingDialog if state == "counting" else ReviewDialog
    dialog: QDialog = make(pane.session, stocktake_id, pane)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def print_sheet(pane: ListPane) -> None:
    """Show the sheet as it will be printed."""
    row = pane.table.current_row()
    if row is not None:
        title = _("{storehouse}: stocktake sheet").format(storehouse=row.storehouse_name)
        preview_report(pane.session, "stocktake_sheet", title, pane, number=row.number)


def print_report(pane: ListPane) -> None:
    """Show the report of surplus and shortage."""
    row = pane.table.current_row()
    if row is not None:
        title = _("{storehouse}: report on surplus and shortage").format(storehouse=row.storehouse_name)
        preview_report(pane.session, "stocktake_report", title, pane, number=row.number)


def _on_drawn(pane: ListPane, drawn: Drawn) -> None:
    open_stocktake(pane, drawn.id, "counting")


def _differences(office: Office, row: Any) -> list[Section]:
    """What differs, and what is still to be counted."""
    view = stocktake_view(office, row.id)
    differing = [line for line in view.lines if line.difference]
    left = [line for line in view.lines if line.state != "counted"]
    found = []
    for title, lines, empty in (
        (_("Differences"), differing, _("There are none.")),
        (_("To be counted"), left, _("Nothing is left to be counted")),
    ):
        links = []
        for line in lines[:_SHOWN]:
            shown = shown_line(line, view.moved_of(line.position))
            words = " · ".join(filter(None, (line.lot or "", shown.reasons, shown.moved)))
            mark = shown.difference if line.difference else word("stocktake_line_state", line.state)
            links.append(
                RecordLine(
                    f"{line.position} {line.item_name}", words, mark, tone(LINE_TONES, line.state), None
                )
            )
        found.append(Section(title, links, len(lines), empty=empty))
    return found
