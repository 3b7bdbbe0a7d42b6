"""Faults on the sheets become findings: those ticked, each in words that can be changed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from drillapp.core.drills.commands import save_findings
from drillapp.core.drills.entries import FindingEntry
from drillapp.core.drills.evaluation.proposals import Proposal, proposals
from drillapp.core.i18n import _
from drillapp.core.saving import Saved
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_TEXT_HEIGHT = 56


class ProposalLine:
    """The tick, the words and the severity of one proposal."""

    def __init__(self, proposal: Proposal, parent: QWidget) -> None:
        self.proposal = proposal
        code = proposal.item.item.code
        self.tick = QCheckBox(code, parent)
        self.tick.setChecked(True)
        self.tick.setAccessibleName(f"{_('Make a finding')}: {code} {proposal.item.item.title}")
        self.text = LongTextEditor(parent)
        self.text.setProperty(
            "role", "short"
        )  # the style sheet makes long ones higher than there is room for
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.set_value(proposal.entry.text)
        self.text.setAccessibleName(f"{_('What was found')}: {code}")
        self.severity = ChoiceEditor("finding_severity", parent, required=True)
        self.severity.set_value(proposal.entry.severity)
        self.severity.setAccessibleName(f"{_('Severity')}: {code}")

    @property
    def entry(self) -> FindingEntry | None:
        """The finding as it was worded here; None when it is not wanted."""
        text = self.text.value()
        if not self.tick.isChecked() or text is None:
            return None
        return msgspec.structs.replace(self.proposal.entry, text=text, severity=self.severity.value())


class FindingsDialog(Dialog):
    """Offers a finding for each fault that has none yet."""

    def __init__(self, session: Session, drill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Make findings"), parent, width=760)
        self._session = session
        self.lines: list[ProposalLine] = []
        self.body.addWidget(label(_("Make findings"), "heading", parent=self))
        hint = _("Each item in which an evaluator found a fault and of which there is no finding yet.")
        self.body.addWidget(label(hint, "muted", wraps=True, parent=self))
        self._area = scrolled(None, self, sideways=False)
        self.body.addWidget(self._area, 1)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Make findings"), accepts=True)
        self.save.setEnabled(False)
        self.resize(820, 520)
        session.tasks.run_read(
            lambda office, _progress: proposals(office, drill_id), self._on_proposals, owner=self
        )

    def accept(self) -> None:
        """Save those ticked; the dialog closes when that has worked."""
        entries = [entry for made in self.lines if (entry := made.entry) is not None]
        if not entries:
            return
        self._session.tasks.run_write(
            lambda office, _progress: save_findings(office, entries), self._on_saved, owner=self
        )

    def _on_proposals(self, found: Sequence[Proposal]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        grid = QGridLayout(content)
        grid.setHorizontalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        self.lines = [ProposalLine(proposal, content) for proposal in found]
        for place, made in enumerate(self.lines):
            for column, widget in enumerate((made.tick, made.text, made.severity)):
                grid.addWidget(widget, place, column)
        if not found:
            grid.addWidget(label(_("Every fault has its finding already."), "muted", parent=content), 0, 0)
        grid.setRowStretch(len(found), 1)
        self._area.setWidget(content)
        self.save.setEnabled(bool(found))

    def _on_saved(self, saved: Saved) -> None:
        self._session.said.emit(_("Findings made: {count}").format(count=saved.created))
        super().accept()
