"""The list of stock: what lies where, and what can be done with it."""

from __future__ import annotations

from typing import Any

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.levels.requirements import REQUIREMENTS
from drillapp.core.supplies.listings import MOVEMENTS, STOCK
from drillapp.ui.parts import record_lines, tones
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target
from drillapp.ui.supplies.labels.actions import label_action
from drillapp.ui.supplies.ledger.card_action import card_action
from drillapp.ui.supplies.ledger.inventory import inventory_action, inventory_of_action
from drillapp.ui.supplies.ledger.quarantine import set_aside_action
from drillapp.ui.supplies.stores.page import put_on_shelf_action


def stock_spec(who_has: Action) -> ListSpec:
    """What lies in the storehouses of the scope."""
    return ListSpec(
        "stock",
        label="Stock",
        chips=(Chip("state", label="State", enumeration="stock_state"),),
        tones=tones.STOCK,
        tabs=(Tab(label="Movements", make=sections_tab(_history)),),
        actions=(
            Action(label="Book a document", icon="movement", done=_book, role="primary", writes=True),
            card_action(),
            who_has,
            set_aside_action(),
            put_on_shelf_action(),
            Action(
                label="Import a list of stock …",
                icon="import",
                done=ListPane.bring_in,
                role="ghost",
                writes=True,
            ),
            Action(label="Export …", icon="export", done=ListPane.take_out, role="ghost"),
        ),
        prints=(
            label_action(),
            inventory_action(),
            inventory_of_action(),
        ),
        listing=STOCK,
        editable=False,
        empty_label="Book the first receipt, or import the movements from a ledger.",
    )


def _book(pane: ListPane) -> None:
    """Begin a document; of what is under the cursor, it goes out, or is scrapped if it has expired."""
    row = pane.table.current_row()
    values: dict[str, object] = {"kind": "in"}
    if row is not None:
        kind = "scrap" if row.state == "expired" else "out"
        values = {
            "kind": kind, "storehouse": row.storehouse, "item_code": row.item, "lot": row.lot or "",
            "expires_on": row.expires_on,
        }  # fmt: skip
    pane.session.go(Target("supplies", "movements", action="new", values=values))


def _history(office: Office, row: Any) -> list[Section]:
    """What is required of the unit, and what was booked of this lot in this storehouse."""
    required = View(conditions=(Condition("unit_id", "=", row.unit_id), Condition("item", "=", row.item)))
    levels = [_level_line(one) for one in first_rows(office, REQUIREMENTS, required, 1)]
    lot = Condition("lot", "is null") if row.lot is None else Condition("lot", "=", row.lot)
    here = (Condition("storehouse", "=", row.storehouse), Condition("item_code", "=", row.item), lot)
    chosen = {"storehouse": frozenset((row.storehouse,)), "item_code": frozenset((row.item,))}
    booked = record_lines.records_section(
        office, _("Movements"), MOVEMENTS, here, record_lines.movement_line,
        Target("supplies", "movements", choices=chosen),
    )  # fmt: skip
    nothing = _("No level is required of this unit.")
    return [Section(_("Required level"), levels, total=0, empty=nothing), booked]


def _level_line(row: Any) -> RecordLine:
    words = _("required {required}, can be used {available}").format(
        required=number_words(row.required), available=number_words(row.available)
    )
    mark = enumerations.label("fulfilment_state", row.state)
    target = Target("supplies", "requirements", row.id)
    return RecordLine(row.item_name, words, mark, tones.tone(tones.FULFILMENT, row.state), target)
