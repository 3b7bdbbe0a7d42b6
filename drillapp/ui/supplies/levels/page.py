"""What must be there: by item, by unit, by scenario, and the levels themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.supplies.levels.requirements import REQUIREMENTS, UNIT_FULFILMENT
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.fields import hinted
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.sections import sections_tab
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.supplies.levels.panel import scenario_sections, unit_sections
from drillapp.ui.supplies.levels.scenario_specs import rates_spec, scenarios_spec


class LevelsPage(ListPage):
    """A page within the supplies page; what it knows of who has an item it is given."""

    label = "What must be there"

    def __init__(
        self, session: Session, who_has: Action, who_has_tab: Tab, parent: QWidget | None = None
    ) -> None:
        self.specs = (
            _requirements(who_has, who_has_tab),
            _units(),
            scenarios_spec(Tab(label="Items", make=sections_tab(scenario_sections))),
            rates_spec(who_has_tab),
            _levels(),
        )
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it


def _requirements(who_has: Action, who_has_tab: Tab) -> ListSpec:
    return ListSpec(
        "requirements",
        label="Required and there",
        chips=(Chip("state", label="State", enumeration="fulfilment_state"),),
        tones=tones.FULFILMENT,
        tabs=(who_has_tab,),
        actions=(Action(label="Purchase list …", icon="list", done=_buy, role="primary"), who_has),
        prints=(Action(label="Fulfilment table", icon="print", done=_print_fulfilment),),
        listing=REQUIREMENTS,
        editable=False,
        empty_label="Say in the required levels what units must have.",
    )


def _units() -> ListSpec:
    return ListSpec(
        "unit_fulfilment",
        label="By unit",
        chips=(Chip("state", label="State", enumeration="fulfilment_state"),),
        tones=tones.FULFILMENT,
        tabs=(Tab(label="Items", make=sections_tab(unit_sections)),),
        actions=(
            Action(label="Its items", icon="list", done=_items_of, needs=1),
            Action(label="Purchase list …", icon="list", done=_buy_for_unit, needs=1),
        ),
        prints=(Action(label="Fulfilment table", icon="print", done=_print_fulfilment),),
        listing=UNIT_FULFILMENT,
        editable=False,
        empty_label="Say in the required levels what units must have.",
    )


def _levels() -> ListSpec:
    return ListSpec(
        "levels",
        label="Required levels",
        record_label="Required level",
        chips=(Chip("unit_kind", label="Kind of unit", enumeration="unit_kind"),),
        fields={
            "unit_code": hinted(
                hint_label="A level is of one of these: a unit, all units of a kind, or a storehouse."
            ),
            "source": {"wide": True},
        },
        empty_label="Import the required levels from a ledger, or enter them one by one.",
    )


def _buy(pane: ListPane) -> None:
    from drillapp.ui.supplies.levels.purchase_dialog import PurchaseDialog

    PurchaseDialog(pane.session, pane.session.scope, parent=pane).open()


def _buy_for_unit(pane: ListPane) -> None:
    from drillapp.ui.supplies.levels.purchase_dialog import PurchaseDialog

    row = pane.table.current_row()
    if row is not None:
        PurchaseDialog(pane.session, Scope(row.unit_id, row.unit_code, row.unit_name), parent=pane).open()


def _items_of(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        chosen = {"unit_name": frozenset((row.unit_name,)), "unit_code": frozenset((row.unit_code,))}
        pane.session.go(Target("supplies", "requirements", choices=chosen))


def _print_fulfilment(pane: ListPane) -> None:
    title = _("What must be there and what is {day}").format(day=pane.session.as_of)
    preview_report(pane.session, "fulfilment", title, pane, unit_code=pane.session.scope.code or None)
