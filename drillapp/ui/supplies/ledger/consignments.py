"""Consignments: what is under way between storehouses."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.core.supplies.open_lines import CONSIGNMENTS, ConsignmentRow
from drillapp.ui.parts.cells import Tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.sections import sections_tab
from drillapp.ui.session import Target
from drillapp.ui.supplies.ledger.loans import answers, open_rows
from drillapp.ui.supplies.ledger.slips import print_slip

_TONES: Tones = {"state": {"under_way": "blue", "received": "neutral"}}


def consignments_spec() -> ListSpec:
    """All consignments of the scope as of the date."""
    return ListSpec(
        "consignments",
        label="Goods under way",
        chips=(Chip("state", label="State", enumeration="consignment_state", chosen=("under_way",)),),
        tones=_TONES,
        tabs=(Tab(label="Arrivals", make=sections_tab(answers)),),
        actions=(
            Action(label="Receive …", icon="check", done=_receive, needs=2, role="primary", writes=True),
            Action(label="Send …", icon="movement", done=_send, writes=True),
        ),
        prints=(Action(label="Slip of the document", icon="print", done=_print, needs=1),),
        listing=CONSIGNMENTS,
        editable=False,
        opens=_receive,
        empty_label="What is sent from one storehouse to another stands here until it has arrived.",
    )


def _receive(pane: ListPane) -> None:
    from drillapp.ui.supplies.ledger.answer_dialog import ReceiveDialog  # not needed to show the list

    keys = pane.table.selected_keys()
    if not keys or pane.session.is_read_only:
        return

    def then(found: list[ConsignmentRow]) -> None:
        if found:
            ReceiveDialog(pane.session, found, pane).open()
        else:
            pane.session.said.emit(_("It has all arrived already."))

    pane.session.tasks.run_read(
        lambda office, _progress: open_rows(office, CONSIGNMENTS, keys, lambda row: row.under_way), then, owner=pane
    )  # fmt: skip


def _send(pane: ListPane) -> None:
    pane.session.go(Target("supplies", "movements", action="new", values={"kind": "send"}))


def _print(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        print_slip(pane.session, row.document, "send", pane)
