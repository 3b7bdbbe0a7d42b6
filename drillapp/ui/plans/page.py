"""The plans page: the list, and the matrix of tiers and kinds."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.drills.queries import DRILLS
from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.office import Office
from drillapp.core.plans.queries import PLANS
from drillapp.ui.parts import record_lines as lines
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.plans.life_tab import LifeTab
from drillapp.ui.plans.matrix import PlanMatrix
from drillapp.ui.session import Session, Target


class PlansPage(ListPage):
    """Plans of the scope."""

    label = "Plans"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (_spec(),)
        super().__init__(session, parent)
        self.matrix = PlanMatrix(session)
        self.add_view(_("Tiers and kinds"), self.matrix)


def _spec() -> ListSpec:
    return ListSpec(
        "plans",
        label="All plans",
        record_label="Plan",
        chips=(
            Chip("state", label="State", enumeration="plan_state"),
            Chip("tier", label="Tier", enumeration="plan_tier"),
            Chip("kind", label="Kind", enumeration="plan_kind"),
        ),
        tones=tones.PLANS,
        tabs=(
            Tab(label="Life", make=LifeTab),
            Tab(label="Links", make=sections_tab(links)),
        ),
        actions=(Action(label="Schedule a drill", icon="drills", done=_schedule, needs=1, writes=True),),
        numbered=True,
        empty_label="Import the plans from a ledger, or enter them one by one.",
    )


def links(office: Office, row: Any) -> list[Section]:
    """What a plan hangs on, what hangs on it, and the drills that tested it."""

    def plans(title: str, *conditions: Condition) -> Section:
        chosen = {"parent_number": frozenset((row.number,))}
        return lines.records_section(
            office, title, PLANS, conditions, lines.plan_line, Target("plans", "plans", choices=chosen)
        )

    tested = {"plan_number": frozenset((row.number,))}
    return [
        plans(_("Superior plan"), Condition("number", "=", row.parent_number or ""))._replace(everything=None),
        plans(_("Subordinate plans"), Condition("parent_number", "=", row.number)),
        lines.records_section(
            office, _("Drills that tested it"), DRILLS, (Condition("plan_number", "=", row.number),),
            lines.drill_line, Target("drills", "drills", choices=tested), (("planned_on", True),),
        ),
    ]  # fmt: skip


def _schedule(pane: ListPane) -> None:
    """Begin a drill that tests the plan under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        values = {"plan_number": row.number, "unit_code": row.unit_code}
        pane.session.go(Target("drills", "drills", action="new", values=values))
