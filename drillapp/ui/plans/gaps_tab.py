"""What a version lacks: each with where, why, and by which article; a click goes there."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.gaps import Gap, gaps_of
from drillapp.core.plans.versions import VersionRow
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.version_tab import VersionTab
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_TABS = {
    "no_content": "Text",
    "section_missing": "Text",
    "section_empty": "Text",
    "levels_count": "Levels",
    "level_trigger": "Levels",
    "level_starter": "Levels",
    "phone_missing": "People",
    "phone_invalid": "People",
    "person_gone": "People",
    "person_unknown": "People",
    "superior_newer": "Links",
    "superior_retired": "Links",
}
"""Where a gap is closed; what is missing on record, on the tab of the plan's life."""
_HERE = Target("plans")


class GapsTab(VersionTab):
    """What rules ask first, then advice."""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.links: list[RecordLink] = []
        self._area = scrolled(None, self, sideways=False)
        self.body.addWidget(self._area, 1)

    def ask(self, office: Office, plan: Any, version: VersionRow) -> list[Gap]:
        return gaps_of(office, version.id)

    def show_version(self, version: VersionRow, data: list[Gap]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(2)
        self.links = []
        asked, advice = [gap for gap in data if not gap.is_advice], [gap for gap in data if gap.is_advice]
        for title, gaps in ((_("Asked by rules"), asked), (_("Worth a look"), advice)):
            if gaps:
                layout.addWidget(label(f"{title} · {len(gaps)}", "label", parent=content))
            for gap in gaps:
                layout.addWidget(self._link(gap, content))
        if not data:
            layout.addWidget(label(_("Nothing is missing."), "muted", parent=content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _link(self, gap: Gap, parent: QWidget) -> RecordLink:
        kind = enumerations.label("plan_gap", gap.kind)
        below = " · ".join(part for part in (gap.message, gap.article) if part)
        made = RecordLink(RecordLine(gap.where or kind, below, kind, "neutral", _HERE, wraps=True), parent)
        made.clicked.connect(lambda: self.shown.go(_TABS.get(gap.kind, "Life"), gap.section))
        self.links.append(made)
        return made
