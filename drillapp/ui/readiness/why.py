"""Why the unit in front has its score: the arithmetic term by term, and the three things that would help most."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.by_rule import RuleCount
from drillapp.core.readiness.why import Term, Why, why
from drillapp.core.readiness.why_words import value_words, why_lines
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import label, line, row, scrolled
from drillapp.ui.readiness import said
from drillapp.ui.readiness.folded import Folded
from drillapp.ui.readiness.help_card import HelpCard
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_HELP_WIDTH = 380


class WhyView(ReadinessView):
    """A term opens its rows; below it stand the rules that it counts, and each of them opens its own."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.why: Why | None = None
        self.help = HelpCard(session, self)
        self._waiting = label("", "muted", parent=self)
        self._area = scrolled(None, self, sideways=False)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addLayout(row(label(_("How the score is worked out"), "heading", parent=self), self._waiting, 1))
        left.addWidget(self._area, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(left, 1)
        self.help.setFixedWidth(_HELP_WIDTH)
        layout.addWidget(self.help)
        self.help.rows_wanted.connect(self.rows_wanted)

    def refresh(self, shown: Shown) -> None:
        """Ask for the arithmetic of the unit in front, then for what would help."""
        unit_id = shown.unit.unit_id
        self._waiting.setText(_("Working it out …"))
        self.session.tasks.run_read(
            lambda office, _progress: why(office, unit_id),
            self._on_why,
            failed=self._on_failed,
            title=_("Working out readiness"),
            replaces="why",
        )
        self.help.ask(shown.unit)

    def terms(self) -> list[RecordLink]:
        """The lines of the terms, from top to bottom."""
        return [link for link in self.findChildren(RecordLink) if link.objectName().startswith("term-")]

    def _on_why(self, found: Why) -> None:
        self._waiting.setText("")
        self.why = found
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(2)
        for term in found.terms:
            layout.addWidget(self._folded(term, content))
        layout.addWidget(line(content))
        for words in why_lines(found)[len(found.terms) :]:
            layout.addWidget(label(words, wraps=True, parent=content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _on_failed(self, error: BaseException) -> None:
        self._waiting.setText("")
        if not isinstance(error, Cancelled):
            self.session.tasks.tell_error(error)

    def _folded(self, term: Term, parent: QWidget) -> Folded:
        link = self._link(_term_line(term, self._target("indicator", term.indicator)), parent)
        link.setObjectName(f"term-{term.indicator}")
        rules = [self._link(_rule_line(one, self._target("rule", one.rule)), parent) for one in term.rules]
        return Folded(link, rules, _("{indicator}: the rules behind it").format(indicator=term.title), parent)

    def _link(self, line: RecordLine, parent: QWidget) -> RecordLink:
        link = RecordLink(line, parent)
        if line.target is not None:
            link.clicked.connect(lambda _on=False: self.rows_wanted.emit(line.target))
        return link

    def _target(self, column: str, code: str) -> Target:
        assert self.why is not None
        unit: Any = self.why.readiness
        values = {"unit_name": unit.unit_name}
        return Target(
            "readiness", "obligations", unit.unit_id, choices={column: frozenset({code})}, values=values
        )


def _term_line(term: Term, target: Target) -> RecordLine:
    """An indicator: its points of those that it could bring, and the sum behind it as a sentence."""
    if term.share is None:
        return RecordLine(term.title, said.value_words(term.value), _("left out"), "neutral", target)
    words = _("{value}; × weight {weight} = {product}").format(
        value=value_words(term.value), weight=f"{term.value.weight:g}", product=f"{term.product:,.1f}"
    )
    most = term.points + term.lost
    mark = _("{points} of {most} points").format(points=f"{term.points:.1f}", most=f"{most:.1f}")
    return RecordLine(term.title, words, mark, "neutral", target, share=term.share, wraps=True)


def _rule_line(count: RuleCount, target: Target) -> RecordLine:
    """A rule: what it asks, by which article, how far that was verified, how much is met."""
    verified = enumerations.label("rule_mark", count.mark) if count.mark != "V" else ""
    words = " · ".join(part for part in (count.rule, count.article, verified) if part)
    mark = _("{met} of {asked} met").format(met=f"{count.met:,}", asked=f"{count.known:,}")
    if unknown := count.asked - count.known:
        mark = _("{words}, {count} without data").format(words=mark, count=f"{unknown:,}")
    return RecordLine(count.title, words, mark, "neutral", target)
