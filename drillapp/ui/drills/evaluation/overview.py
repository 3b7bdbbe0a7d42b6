"""All evaluators together: rating, groups, where they disagree, response times, objectives."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.drills.evaluation.overall import DrillEvaluation
from drillapp.core.drills.evaluation.words import (
    no_dispute_in_words,
    no_fault_in_words,
    opinions_in_words,
    response_in_words,
    share_in_words,
)
from drillapp.core.i18n import _
from drillapp.ui.drills.evaluation.lines import Lines
from drillapp.ui.drills.evaluation.objectives_box import ObjectivesBox
from drillapp.ui.drills.evaluation.rating_box import RatingBox
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class Overview(QWidget):
    """A page of sections, one below the other."""

    verdict_wanted = Signal()
    findings_wanted = Signal()

    def __init__(self, session: Session, drill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        page = QWidget(self)
        page.setProperty("ground", "surface")
        self.rating = RatingBox(page)
        self.rating.verdict_wanted.connect(self.verdict_wanted)
        self.rating.findings_wanted.connect(self.findings_wanted)
        self.objectives = ObjectivesBox(session, drill_id, page)
        self.groups = Lines(
            (_("Group"), _("Items judged"), _("Faults"), _("Score rate")), (6, 1, 1, 1), page,
        )  # fmt: skip
        self.disputed = Lines(
            (_("Code"), _("What is judged"), _("What the evaluators said")), (0, 2, 3), page,
        )  # fmt: skip
        self.faults = Lines(
            (_("Code"), _("What is judged"), _("Score rate"), _("What the evaluators said")), (0, 4, 1, 5), page,
        )  # fmt: skip
        self.responses = Lines(
            (_("Inject or level"), _("Expected action"), _("Who acts"), _("Limit"), _("Taken"), _("State")),
            (1, 4, 2, 1, 1, 1), page,
        )  # fmt: skip
        self._lay_out(page)

    def show_evaluation(self, found: DrillEvaluation) -> None:
        """Show it as it is now."""
        self.rating.show_evaluation(found, not self._session.is_read_only)
        self.objectives.show_objectives(found.objectives)
        self.groups.show_rows(
            [
                (
                    f"{one.group.code} {one.group.title}",
                    str(one.judged),
                    str(one.faults),
                    share_in_words(one.score),
                )
                for one in found.groups
            ],
            _("Nothing was judged yet."),
        )
        self.disputed.show_rows(
            [(one.item.code, one.item.title, opinions_in_words(one.opinions)) for one in found.disputed],
            no_dispute_in_words(found),
        )
        self.faults.show_rows(
            [
                (one.item.code, one.item.title, share_in_words(one.share), opinions_in_words(one.faulted_by))
                for one in found.items
                if one.is_fault
            ],
            no_fault_in_words(found),
        )
        responses = [response_in_words(one) for one in found.responses]
        self.responses.show_rows(responses, _("No expected actions are on record."))

    def _lay_out(self, page: QWidget) -> None:
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, GRID, GRID)
        inside.setSpacing(4)
        inside.addWidget(self.rating)
        for heading, widget in (
            (_("Objectives of the drill"), self.objectives),
            (_("Where the evaluators disagree"), self.disputed),
            (_("Problems found"), self.faults),
            (_("Response times"), self.responses),
            (_("Results by group"), self.groups),
        ):
            inside.addWidget(label(heading, "section", parent=page))
            inside.addWidget(widget)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addWidget(scrolled(page, self, sideways=False))
