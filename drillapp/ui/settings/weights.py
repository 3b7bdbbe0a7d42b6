"""How readiness is worked out: the weights and grades of the formula in force, to read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.law import rules_settled_by
from drillapp.core.readiness.formula import formula
from drillapp.ui.parts import tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session
from drillapp.ui.settings.section import SettingsSection


class WeightsSection(SettingsSection):
    """Indicators with their weight and what they count, then the grades."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        sentence = _("No law gives weights: these are a convention, named and versioned (version {version}).")
        super().__init__(session, _("Readiness formula"), sentence.format(version=formula().version), parent)
        self._add_weights()
        self._add_grades()
        self.add_stretch()

    def _add_weights(self) -> None:
        body = self.add_card(_("Weights"))
        total = sum(one.weight for one in formula().indicator)
        for one in formula().indicator:
            asked = "; ".join(
                dict.fromkeys(rule.title for kind in one.settled_by for rule in rules_settled_by(kind))
            )
            line = RecordLine(f"{one.title}  {one.weight:g}", asked, share=one.weight / total)
            body.addWidget(RecordLink(line, self))
        words = _("Value = met / asked, over the unit and all below it. Score = 100 × weighted mean.")
        body.addWidget(label(words, "small", wraps=True, parent=self))

    def _add_grades(self) -> None:
        body = self.add_card(_("Grades"))
        for step in formula().grade:
            words = enumerations.label("grade", step.code)
            mark = Mark(self, words, tones.GRADE)
            body.addLayout(
                row(mark, label(_("from {score}").format(score=f"{step.lowest:g}"), parent=self), 1)
            )
