"""Loans: what is out, with whom and until when."""

from __future__ import annotations

from typing import Any

from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.listing import rows as rows_of
from drillapp.core.office import Office
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.open_lines import LOANS, LoanRow
from drillapp.ui.parts.cells import Tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_lines import movement_line
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target
from drillapp.ui.supplies.ledger.card_action import card_action
from drillapp.ui.supplies.ledger.slips import print_slip

_TONES: Tones = {"state": {"outstanding": "blue", "overdue": "red", "returned": "neutral"}}
_MOST = 500


def loans_spec() -> ListSpec:
    """All loans of the scope as of the date."""
    return ListSpec(
        "loans",
        label="Loans",
        chips=(Chip("state", label="State", enumeration="loan_state", chosen=("outstanding", "overdue")),),
        tones=_TONES,
        tabs=(Tab(label="Returns", make=sections_tab(answers)),),
        actions=(
            Action(label="Take back …", icon="check", done=_take_back, needs=2, role="primary", writes=True),
            Action(label="Lend …", icon="movement", done=_lend, writes=True),
            card_action(),
        ),
        prints=(Action(label="Loan slip", icon="print", done=_print, needs=1),),
        listing=LOANS,
        editable=False,
        opens=_take_back,
        empty_label="What is lent stands here until it is back.",
    )


def answers(office: Office, row: Any) -> list[Section]:
    """What came back of a loan, or arrived of a consignment, and when."""
    name = f"{row.document}/{row.line}"
    view = View(conditions=(Condition("answers", "=", name),), sort=(("occurred_on", False),))
    lines = [movement_line(one) for one in first_rows(office, MOVEMENTS, view, _MOST) if not one.is_reversed]
    everything = Target("supplies", "movements", choices={"document": frozenset((row.document,))})
    return [
        Section(_("Document {number}").format(number=row.document), [movement_line(one) for one in _own(office, row)],
                1, everything),
        Section(_("What came of it"), lines, empty=_("Nothing yet.")),
    ]  # fmt: skip


def open_rows(office: Office, listing: Any, keys: list[int], open_of: Any) -> list[Any]:
    """The lines of the documents of these rows of which something is open."""
    chosen = rows_of(office, listing, keys)
    documents = list(dict.fromkeys(row.document for row in chosen))
    view = View(
        conditions=(Condition("document", "in", documents),), sort=(("document", False), ("line", False))
    )
    return [row for row in first_rows(office, listing, view, _MOST) if open_of(row) > 0]


def _own(office: Office, row: Any) -> list[Any]:
    return list(first_rows(office, MOVEMENTS, View(conditions=(Condition("id", "=", row.id),)), 1))


def _take_back(pane: ListPane) -> None:
    from drillapp.ui.supplies.ledger.answer_dialog import TakeBackDialog  # not needed to show the list

    keys = pane.table.selected_keys()
    if not keys or pane.session.is_read_only:
        return

    def then(found: list[LoanRow]) -> None:
        if found:
            TakeBackDialog(pane.session, found, pane).open()
        else:
            pane.session.said.emit(_("It is all back already."))

    pane.session.tasks.run_read(
        lambda office, _progress: open_rows(office, LOANS, keys, lambda row: row.outstanding),
        then,
        owner=pane,
    )


def _lend(pane: ListPane) -> None:
    pane.session.go(Target("supplies", "movements", action="new", values={"kind": "lend"}))


def _print(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        print_slip(pane.session, row.document, "lend", pane)
