"""The lists of scenarios and of what they take."""

from __future__ import annotations

from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.fields import hinted
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.session import Target

_STATE = Chip("state", label="State", enumeration="fulfilment_state")


def scenarios_spec(items: Tab) -> ListSpec:
    """Scenarios, each with how far the stock goes."""
    return ListSpec(
        "scenarios",
        label="Scenarios",
        record_label="Supply scenario",
        chips=(_STATE,),
        tones=tones.FULFILMENT,
        fields={
            "people": hinted(hint_label="How many people are to be supplied."),
            "hours": hinted(hint_label="For how many hours; 72 are three days."),
        },
        tabs=(items,),
        actions=(
            Action(label="What it takes", icon="list", done=_rates_of, needs=1),
            Action(label="Purchase list …", icon="list", done=_buy, needs=1),
        ),
        empty_label="Enter what you prepare for, such as 5,000 people for 72 hours, then say what that takes.",
        panel=380,
    )


def rates_spec(who_has: Tab) -> ListSpec:
    """What scenarios take, item by item."""
    return ListSpec(
        "scenario_rates",
        label="Rates of scenarios",
        record_label="Rate",
        chips=(_STATE, Chip("basis", label="Reckoned", enumeration="rate_basis")),
        tones=tones.FULFILMENT,
        fields={
            "scenario": {"type": "reference", "kind": "scenarios", "label": "Supply scenario"},
            "quantity": hinted(
                hint_label="In the item's unit of measure, such as 3 litres per person and day."
            ),
            "source": {"wide": True},
        },
        tabs=(who_has,),
        empty_label="Say what a scenario takes of each item, or import the rates from a ledger.",
    )


def _rates_of(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        chosen = {"scenario_name": frozenset((row.name,)), "scenario": frozenset((row.code,))}
        pane.session.go(Target("supplies", "scenario_rates", choices=chosen))


def _buy(pane: ListPane) -> None:
    from drillapp.ui.supplies.levels.purchase_dialog import PurchaseDialog

    row = pane.table.current_row()
    if row is not None:
        PurchaseDialog(pane.session, pane.session.scope, row.code, row.name, pane).open()
