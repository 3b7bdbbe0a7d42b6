"""The first page: what is due, how ready the scope is, what comes next; every figure opens the rows behind it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.home.figures import WINDOWS, HomeFigures, remembered_figures
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.readiness.rows import TrendPoint
from drillapp.core.remembered import recall
from drillapp.ui.home.due_card import DueCard, clear, list_card
from drillapp.ui.home.figure import FigureTile
from drillapp.ui.home.first_steps import FirstSteps
from drillapp.ui.home.lines import alert_lines, drill_lines, finding_lines
from drillapp.ui.home.sparkline import Sparkline
from drillapp.ui.home.standing import floor_words, standing_words
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_MONTHS = 24
_QUIET_MS = 1500
"""The trend is dear: it is worked out once the page has been looked at for a while."""


class HomePage(Page):
    """Figures as remembered at once; worked out anew beside the window when facts or date are new."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.figures: HomeFigures | None = None
        self.title = label("", "title", parent=self)
        self.when = label("", "muted", parent=self)
        self.steps = FirstSteps(session, self)
        self.tiles = {
            "overdue": FigureTile(_("Overdue"), "red", parent=self),
            "due_30": FigureTile(_("Due within 30 days"), "orange", parent=self),
            "due_90": FigureTile(_("Due within 90 days"), "yellow", parent=self),
            "no_data": FigureTile(_("Without data"), "muted", "info", parent=self),
            "findings": FigureTile(_("Findings not put right"), "blue", "finding", parent=self),
            "readiness": FigureTile(_("Readiness"), "accent", "readiness", parent=self),
        }
        self.trend = Sparkline(self)
        self.tiles["readiness"].foot.addWidget(self.trend, 2)
        self.due = DueCard(session, self)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._work_out_trend)
        self.dashboard = QWidget(self)
        self._lay_out()
        self._connect()
        self.steps.hide()
        self.dashboard.hide()

    def reload(self) -> None:
        unit_id = self.session.scope.unit_id
        self.title.setText(self.session.scope.name or _("All units"))
        day = self.session.as_of.isoformat()
        self.when.setText(
            _("{day} · today").format(day=day) if self.session.is_today else _("As of {day}").format(day=day)
        )
        self.session.tasks.run_read(
            lambda office, _progress: remembered_figures(office, unit_id),
            self._on_remembered,
            replaces="figures",
        )

    def _on_remembered(self, figures: HomeFigures | None) -> None:
        if figures is not None:
            self.show_figures(figures)
            return
        unit_id = self.session.scope.unit_id
        self.session.tasks.run_read(
            lambda office, progress: _figures(office, unit_id, progress),
            self.show_figures,
            title=_("Working out what is due"),
            replaces="figures",
        )

    def show_figures(self, figures: HomeFigures) -> None:
        """Show these figures."""
        self.figures = figures
        self.steps.setVisible(not figures.begun.is_complete)
        self.steps.show_beginnings(figures.begun)
        self.dashboard.setVisible(not figures.begun.is_empty)
        self._show_tiles(figures)
        self.due.show_figures(figures)
        self._fill(
            self._drills,
            drill_lines(figures, self.session.as_of),
            _("No drill is planned."),
        )
        self._fill(self._stock, alert_lines(figures), "")
        self._fill(self._findings, finding_lines(figures), "")
        self._recall_trend()

    def _show_tiles(self, figures: HomeFigures) -> None:
        for name in WINDOWS:
            count = figures.due[name]
            note = _("{count} this month").format(count=f"{figures.this_month:,}") if name == "due_30" else ""
            self.tiles[name].show_figure(f"{count:,}", note if count else "", is_nothing=not count)
        late, still = figures.findings.get("overdue", 0), figures.findings.get("open", 0)
        note = _("{count} of them overdue").format(count=f"{late:,}") if late else ""
        self.tiles["findings"].show_figure(f"{late + still:,}", note, is_nothing=not late + still)
        ready = figures.readiness
        score = "–" if ready is None or ready.score is None else f"{ready.score:.1f}"
        grade = enumerations.label("grade", ready.grade) if ready is not None and ready.grade else ""
        self.tiles["readiness"].show_figure(score, grade, below=standing_words(ready))
        self.tiles["readiness"].setToolTip(floor_words(ready))

    def _recall_trend(self) -> None:
        ready = self.figures.readiness if self.figures else None
        self.trend.show_values(())
        if ready is None:
            return
        name = f"trend {ready.unit_id} {_MONTHS}"
        self.session.tasks.run_read(
            lambda office, _progress: recall(office, name, list[TrendPoint]),
            self._on_trend_recalled,
            replaces="trend",
        )

    def _on_trend_recalled(self, points: list[TrendPoint] | None) -> None:
        if points is None:
            self._quiet.start()
        else:
            self._on_trend(points)

    def _work_out_trend(self) -> None:
        ready = self.figures.readiness if self.figures else None
        if ready is None or not self.isVisible():
            return
        self.session.tasks.run_read(
            lambda office, progress: _trend(office, ready.unit_id, progress),
            self._on_trend,
            owner=self,
            title=_("Working out the trend"),
            replaces="trend",
        )

    def _on_trend(self, points: list[TrendPoint]) -> None:
        self.trend.show_values([point.readiness.score for point in points])

    def _fill(self, lines: QVBoxLayout, rows: list[RecordLine], nothing: str) -> None:
        clear(lines)
        for line in rows:
            link = RecordLink(line, self)
            link.clicked.connect(lambda _on=False, line=line: self.session.go(line.target))
            lines.addWidget(link)
        if not rows and nothing:
            lines.addWidget(label(nothing, "muted", parent=self))

    def _go(self, page: str, kind: str = "", **choices: str) -> None:
        chosen: dict[str, Any] = {name: frozenset(codes.split()) for name, codes in choices.items()}
        self.session.go(Target(page, kind, choices=chosen))

    def _connect(self) -> None:
        for name in WINDOWS:
            self.tiles[name].clicked.connect(
                lambda name=name: self._go("readiness", "obligations", state=name)
            )
        self.tiles["findings"].clicked.connect(lambda: self._go("drills", "findings", state="open overdue"))
        self.tiles["readiness"].clicked.connect(lambda: self._go("readiness"))
        self.due.all_wanted.connect(lambda name: self._go("readiness", "obligations", state=name))

    def _lay_out(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(2 * GRID)
        for name, tile in self.tiles.items():
            tiles.addWidget(tile, 5 if name == "readiness" else 3)
        drills, self._drills = list_card(
            _("Next drills"), self, every=lambda: self._go("drills", "drills", state="planned")
        )
        stock, self._stock = list_card(
            _("Stock alerts"),
            self,
            every=lambda: self._go("supplies", "stock", state="expired due_30 due_90"),
        )
        findings, self._findings = list_card(
            _("Findings"), self, every=lambda: self._go("drills", "findings", state="open overdue done")
        )
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(2 * GRID)
        left.addWidget(self.due)
        left.addWidget(findings, 1)
        right.addWidget(drills)
        right.addWidget(stock, 1)
        columns = QHBoxLayout()
        columns.setSpacing(2 * GRID)
        columns.addLayout(left, 17)
        columns.addLayout(right, 9)
        board = QVBoxLayout(self.dashboard)
        board.setContentsMargins(0, 0, 0, 0)
        board.setSpacing(2 * GRID)
        board.addLayout(tiles)
        board.addLayout(columns)
        self._frame()

    def _frame(self) -> None:
        content = QWidget(self)
        content.setProperty("ground", "surface")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        inside.setSpacing(2 * GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID + 4)
        head.addWidget(self.title)
        head.addWidget(self.when)
        head.addStretch(1)
        inside.addLayout(head)
        inside.addWidget(self.steps)
        inside.addWidget(self.dashboard)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content, self))


# What works figures out brings all rooms of the core: it is loaded when figures are not remembered.
def _figures(office: Office, unit_id: int | None, progress: Progress) -> HomeFigures:
    from drillapp.core.home.queries import home_figures

    return home_figures(office, unit_id, progress)


def _trend(office: Office, unit_id: int, progress: Progress) -> list[TrendPoint]:
    from drillapp.core.readiness.overview import remembered_trend

    return remembered_trend(office, unit_id, _MONTHS, progress)
