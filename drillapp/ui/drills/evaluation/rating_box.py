"""The rating by the rule with its arithmetic behind 'Why?', and the verdict."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.overall import DrillEvaluation, Verdict
from drillapp.core.drills.evaluation.rating_words import percent, rating_in_words
from drillapp.core.i18n import _
from drillapp.ui.parts import tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, card, label, row
from drillapp.ui.theme import GRID


class RatingBox(QWidget):
    """A card at the head of the overview."""

    verdict_wanted = Signal()
    findings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, inside = card(self)
        self.mark = Mark(frame)
        self.score = label("", "heading", parent=frame)
        self.note = label("", "small", wraps=True, parent=frame)
        self.why = button(_("Why?"), role="link", checkable=True, parent=frame)
        self.words = label("", wraps=True, parent=frame)
        self.words.hide()
        self.verdict = label("", wraps=True, parent=frame)
        self.decide = button(_("Give the verdict …"), role="primary", parent=frame)
        self.findings = button(_("Make findings …"), icon="finding", parent=frame)
        for made in (self.why, self.decide, self.findings):
            made.setAutoDefault(False)
        self.why.toggled.connect(self.words.setVisible)
        self.decide.clicked.connect(self.verdict_wanted)
        self.findings.clicked.connect(self.findings_wanted)
        inside.addLayout(row(self.mark, self.score, self.why, 1, self.findings, self.decide))
        for words in (self.note, self.words, self.verdict):
            inside.addWidget(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.addWidget(frame)

    def show_evaluation(self, found: DrillEvaluation, writable: bool) -> None:
        """Show the rating as it is now."""
        rating = found.rating
        self.mark.setVisible(rating.code is not None)
        self.mark.tell(enumerations.label("drill_rating", rating.code), tones.GRADE)
        self.why.setVisible(rating.code is not None)
        score = rating.figures.score
        self.score.setText(_("Not rated yet") if score is None else f"{percent(score)} %")
        self.words.setText("\n".join(rating_in_words(rating)))
        self.note.setText(provisional(found))
        self.note.setVisible(bool(self.note.text()))
        self.verdict.setText(verdict_in_words(found.verdict))
        self.verdict.setVisible(found.verdict is not None)
        self.decide.setVisible(writable and rating.code is not None)
        self.findings.setVisible(writable)
        self.findings.setEnabled(any(item.faulted_by for item in found.items))


def provisional(found: DrillEvaluation) -> str:
    """What has to happen before the drill can be rated; empty when nothing has."""
    lacks = []
    if not found.has_ended:
        lacks.append(_("the drill has not ended"))
    if found.open_sheets:
        lacks.append(_("sheets not handed in: {count}").format(count=len(found.open_sheets)))
    if found.unjudged:
        lacks.append(_("objectives not judged: {count}").format(count=len(found.unjudged)))
    return _("Provisional: {reasons}.").format(reasons=_("; ").join(lacks)) if lacks else ""


def verdict_in_words(verdict: Verdict | None) -> str:
    """Who decided what, and why otherwise than by the rule."""
    if verdict is None:
        return ""
    words = _("Verdict: {rating}, by {who} on {day}.").format(
        rating=enumerations.label("drill_rating", verdict.rating) or "—", who=verdict.decided_by, day=verdict.decided_on
    )  # fmt: skip
    if not verdict.reason:
        return words
    computed = enumerations.label("drill_rating", verdict.computed)
    return (
        words + " " + _("By the rule {computed}: {reason}").format(computed=computed, reason=verdict.reason)
    )
