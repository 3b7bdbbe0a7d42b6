"""Reports upward: the list of drills that ended, the rates of the units, and who takes part."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.localtime import end_of_day
from drillapp.ui.drills.reporting.participation import ParticipationView
from drillapp.ui.drills.reporting.rates import RatesView
from drillapp.ui.drills.reporting.reports_list import reports_spec
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.session import Scope, Session


class ReportingPage(ListPage):
    """A page within the drills page, with tabs of its own, so that those of the page stay few."""

    label = "Drills to report"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (reports_spec(),)
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it
        self.rates = RatesView(session)
        self.rates.unit_wanted.connect(self.show_unit)
        self.add_view(_("Rates"), self.rates)
        self.participation = ParticipationView(session)
        self.add_view(_("Participation"), self.participation)

    def show_unit(self, scope: Scope, begin: date, end: date, words: str) -> None:
        """Show the drills of a unit and those below it that ended in a period, both days in it."""
        self.session.set_scope(scope)
        conditions = (
            Condition("ended_at", ">", end_of_day(begin - timedelta(days=1))),
            Condition("ended_at", "<=", end_of_day(end)),
        )
        self.show_pane("drill_reports").show_conditions(conditions, words)
