"""What a plan hangs on and what hangs on it: plans above and below, cards, drills, and findings with their answers."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.cards.queries import CARDS
from drillapp.core.drills.queries import DRILLS
from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.office import Office
from drillapp.core.plans.answers import OpenFinding, open_findings
from drillapp.core.plans.drafts import DRAFTS
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import VersionRow, versions_of
from drillapp.ui.parts import record_lines as lines
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.sections import Section, SectionsTab
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_TONES = {"addressed": "green", "declined": "neutral"}


class _Findings(NamedTuple):
    findings: list[OpenFinding]
    newest: VersionRow


class LinksTab(DetailTab):
    """The open findings above, which a new version must answer; then what leads elsewhere."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: Any = None
        self.findings: list[RecordLink] = []
        self._head = label("", "label", parent=self)
        self._hint = label("", "small", wraps=True, parent=self)
        self._found = QVBoxLayout()
        self._found.setSpacing(2)
        self.sections = SectionsTab(session, links, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(2)
        for widget in (self._head, self._hint):
            widget.setContentsMargins(GRID, 0, 0, 0)
            layout.addWidget(widget)
        layout.addLayout(self._found)
        layout.addWidget(self.sections, 1)

    def show_row(self, row: Any) -> None:
        self._plan = row
        self.sections.show_row(row)
        self._session.tasks.run_read(
            lambda office, _progress: _Findings(
                open_findings(office, row.id), versions_of(office, row.id)[0]
            ),
            self._on_findings,
            owner=self,
            replaces="findings",
        )

    def _on_findings(self, read: _Findings) -> None:
        for link in self.findings:
            link.hide()
            link.deleteLater()
        may_answer = read.newest.state in DRAFTS and not self._session.is_read_only
        for widget in (self._head, self._hint):
            widget.setVisible(bool(read.findings))
        count = len(read.findings)
        self._head.setText(_("Open findings against this plan") + f" · {count:,}")
        self._hint.setText(
            _("Each must be answered before the new version is approved.")
            if may_answer
            else _("They are answered in a new version of the plan.")
        )
        self.findings = [self._link(finding, read.newest, may_answer) for finding in read.findings]
        for link in self.findings:
            self._found.addWidget(link)

    def _link(self, finding: OpenFinding, newest: VersionRow, may_answer: bool) -> RecordLink:
        answer = enumerations.label("finding_decision", finding.decision)
        where = " · ".join(
            part for part in (finding.drill_title, finding.section_title, finding.reason) if part
        )
        action = _("Answer …") if may_answer and not answer else ""
        target = Target("drills", "findings", finding.id)
        tone = _TONES.get(finding.decision or "", "neutral")
        made = RecordLink(RecordLine(finding.text, where, answer, tone, target, action), self)
        if may_answer:
            made.clicked.connect(lambda: self._answer(finding, newest))
        else:
            made.clicked.connect(lambda: self._session.go(target))
        return made

    def _answer(self, finding: OpenFinding, newest: VersionRow) -> None:
        from drillapp.ui.plans.answer_dialog import AnswerDialog

        dialog = AnswerDialog(self._session, finding, newest, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def links(office: Office, row: Any) -> list[Section]:
    """The plans above and below, the cards written from the plan, the drills that tested it."""

    def plans(title: str, *conditions: Condition) -> Section:
        chosen = {"parent_number": frozenset((row.number,))}
        return lines.records_section(
            office, title, PLANS, conditions, lines.plan_line, Target("plans", "plans", choices=chosen)
        )

    own = {"plan_number": frozenset((row.number,))}
    of_plan = (Condition("plan_number", "=", row.number),)
    superior = plans(_("Superior plan"), Condition("number", "=", row.parent_number or ""))
    if row.superior_gap:
        gap = enumerations.label("superior_gap", row.superior_gap)
        title = _("Superior plan, since then: {gap}").format(gap=gap)
        superior = superior._replace(title=title)
    return [
        superior._replace(everything=None),
        plans(_("Subordinate plans"), Condition("parent_number", "=", row.number)),
        lines.records_section(
            office, _("Cards"), CARDS, of_plan, lines.card_line, Target("cards", "cards", choices=own)
        ),
        lines.records_section(
            office, _("Drills that tested it"), DRILLS, of_plan, lines.drill_line,
            Target("drills", "drills", choices=own), (("planned_on", True),),
        ),
    ]  # fmt: skip
