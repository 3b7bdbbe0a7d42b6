"""The plans page: the list with a plan's life, versions and text beside it, and the matrix of tiers and kinds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.plans.gap_list import GAPS_OF_MANY, PLAN_GAPS
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import DetailTab, MakeTab, Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.plans.gaps_tab import GapsTab
from drillapp.ui.plans.life_tab import LifeTab
from drillapp.ui.plans.links_tab import LinksTab
from drillapp.ui.plans.lists_tab import LevelsTab, PeopleTab
from drillapp.ui.plans.matrix import PlanMatrix
from drillapp.ui.plans.papers_tab import PapersTab
from drillapp.ui.plans.recording import record_next
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.text_tab import TextTab
from drillapp.ui.plans.versions_tab import VersionsTab
from drillapp.ui.session import Session, Target

_PANEL = 620


class PlansPage(ListPage):
    """Plans of the scope."""

    label = "Plans"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.shown = ShownVersion()
        self.specs = (_spec(self.shown), _lacking())
        super().__init__(session, parent)
        self.shown.setParent(self)
        self.shown.tab_wanted.connect(self._on_tab_wanted)
        self.matrix = PlanMatrix(session)
        self.add_view(_("Tiers and kinds"), self.matrix)

    def show_target(self, target: Target) -> None:
        super().show_target(target)
        if target.section is not None:
            self.shown.show(target.section)

    def _on_tab_wanted(self, label: str) -> None:
        self.pane("plans").detail.show_tab(label)


def _spec(shown: ShownVersion) -> ListSpec:
    return ListSpec(
        "plans",
        label="All plans",
        record_label="Plan",
        chips=(
            Chip("state", label="State", enumeration="plan_state"),
            Chip("tier", label="Tier", enumeration="plan_tier"),
            Chip("kind", label="Kind", enumeration="plan_kind"),
            Chip("hazard_category", label="Category of emergency", enumeration="hazard_category"),
            Chip("filing_state", label="Filing", enumeration="filing_state"),
            Chip("superior_gap", label="Superior plan is", enumeration="superior_gap"),
        ),
        tones=tones.PLANS,
        tabs=(
            Tab(label="Life", make=_of(LifeTab, shown)),
            Tab(label="Versions", make=_of(VersionsTab, shown)),
            Tab(label="Text", make=_of(TextTab, shown)),
            Tab(label="Levels", make=_of(LevelsTab, shown)),
            Tab(label="People", make=_of(PeopleTab, shown)),
            Tab(label="Papers", make=_of(PapersTab, shown)),
            Tab(label="Gaps", make=_of(GapsTab, shown)),
            Tab(label="Links", make=LinksTab),
        ),
        actions=(Action(label="Schedule a drill", icon="drills", done=_schedule, needs=1, writes=True),),
        prints=_prints(),
        numbered=True,
        empty_label="Import the plans from a ledger, or enter them one by one.",
        panel=_PANEL,
        widens=True,
        asked={kind: partial(_record, kind) for kind in ("reviewed", "filed", "assessed")},
    )


def _record(kind: str, pane: ListPane) -> None:
    """Record what happened to the plan under the cursor, beside its life."""
    row = pane.table.current_row()
    pane.detail.show_tab("Life")
    if row is not None:
        record_next(pane.session, row, kind, pane)


def _lacking() -> ListSpec:
    return ListSpec(
        "plan_gaps",
        label="Lacking something",
        chips=(
            Chip("gaps", label="What it lacks", enumeration="plan_gap", codes=GAPS_OF_MANY),
            Chip("tier", label="Tier", enumeration="plan_tier"),
            Chip("kind", label="Kind", enumeration="plan_kind"),
        ),
        tones=tones.PLAN_GAPS,
        actions=(Action(label="The plan", icon="plans", done=_to_plan, needs=1, role="primary"),),
        listing=PLAN_GAPS,
        editable=False,
        retires=False,
        empty_label="Every plan has its text, is filed and assessed in time, and follows its superior.",
    )


def _to_plan(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.go(Target("plans", "plans", row.id))


def _of(make: Callable[[Session, ShownVersion], DetailTab], shown: ShownVersion) -> MakeTab:
    return lambda session: make(session, shown)


def _prints() -> tuple[Action, ...]:
    """The papers about a plan, then those about the plans of a unit."""

    def paper(name: str, label: str, needs: int = 1) -> Action:
        return Action(label=label, icon="print", done=partial(_print, name, label), needs=needs)

    return (
        paper("plan", label="Plan as a document"),
        paper("response_sheet", label="Response levels for the wall (A3)"),
        paper("response_sheet_a4", label="Response levels for the wall (A4)"),
        paper("filing_application", label="Application for the filing of a plan"),
        paper("filing_receipt", label="Receipt for the filing of a plan"),
        paper("revision_notice", label="Notice of a plan's revision"),
        paper("assessment_report", label="Report on a plan's assessment"),
        paper("contact_directory", label="Emergency directory", needs=0),
        paper("plan_catalogue", label="Catalogue of plans by territory", needs=0),
        paper("plan_catalogue_by_sector", label="Catalogue of plans by sector", needs=0),
    )


def _print(name: str, label: str, pane: ListPane) -> None:
    """A paper about the plan under the cursor, or about the plans of the scope."""
    row: Any = pane.table.current_row()
    if name in _OF_SCOPE:
        scope = pane.session.scope
        preview_report(
            pane.session, name, f"{scope.name} {_(label)}".strip(), pane, unit_code=scope.code or None
        )
    elif row is not None:
        preview_report(pane.session, name, f"{row.title} {_(label)}", pane, number=row.number)


_OF_SCOPE = ("contact_directory", "plan_catalogue", "plan_catalogue_by_sector")


def _schedule(pane: ListPane) -> None:
    """Begin a drill that tests the plan under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        values = {"plan_number": row.number, "unit_code": row.unit_code}
        pane.session.go(Target("drills", "drills", action="new", values=values))
