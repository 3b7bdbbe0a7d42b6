"""What falls due by month, and what is overdue: a bar opens its rows below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.charts.due import Bucket, DueAxis, Span, count_by_month
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View
from drillapp.core.office import Office
from drillapp.core.readiness.formula import formula
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.windows import day_of
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.readiness.obligation_list import ObligationList
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

MONTHS = 12
_HEIGHT = 170
_Dated = tuple[date, str]
"""When something is due, and the indicator it counts for."""


class DueView(ReadinessView):
    """Of the unit in front and those below it, a year ahead."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._dated: list[_Dated] = []
        self._span: Span | None = None
        self.indicators = ChipMenu(
            _("Indicator"), [(one.name, one.title) for one in formula().indicator], self
        )
        self.everything = button("", role="chip", icon="close", parent=self)
        self.everything.setToolTip(_("Show all months again"))
        self.counted = label("", "small", parent=self)
        self.chart = ChartView(_("What falls due by month"), self)
        self.list = ObligationList(session, "due_obligations", self)
        bar = row(
            label(self.chart.name, "heading", parent=self), self.indicators, self.everything, 1, self.counted
        )
        bar.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        chart = QVBoxLayout()
        chart.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        chart.addWidget(self.chart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(bar)
        layout.addLayout(chart)
        layout.addWidget(self.list, 1)
        self.chart.setFixedHeight(_HEIGHT)
        self.setFocusProxy(self.chart)
        self.indicators.chosen.connect(lambda _codes: self._show())
        self.everything.clicked.connect(lambda _on=False: self._on_month(None))
        self.chart.chosen.connect(self._on_month)
        self.list.counted.connect(
            lambda count: self.counted.setText(_("{count} rows").format(count=f"{count:,}"))
        )

    def refresh(self, shown: Shown) -> None:
        """Ask for the days on which something is due."""
        unit_id = shown.unit.unit_id
        self._span = None
        self.session.tasks.run_read(
            lambda office, _progress: _due_days(office, unit_id), self._on_days, title=_("Working out what is due"),
            replaces="due",
        )  # fmt: skip

    def _on_days(self, dated: list[_Dated]) -> None:
        self._dated = dated
        self._show()

    def _show(self) -> None:
        if self.shown is None:
            return
        chosen = self.indicators.codes()
        dated = [one for one in self._dated if not chosen or one[1] in chosen]
        figure = DueAxis(
            buckets(dated, self.shown.as_of), self.shown.as_of, past_words=_("overdue"),
            empty_words=_("Nothing falls due within a year."),
        )  # fmt: skip
        self.chart.show_figure(figure)
        self.chart.setFixedHeight(_HEIGHT)
        self._show_rows()

    def _on_month(self, span: Span | None) -> None:
        self._span = span
        self._show_rows()

    def _show_rows(self) -> None:
        if self.shown is None:
            return
        span = self._span
        self.everything.setVisible(span is not None)
        self.everything.setText(_span_words(span))
        begin = Condition("due_on", ">=", span.begin if span and span.begin else date.min)
        conditions = [begin]
        if span is not None and span.end is not None:
            conditions.append(Condition("due_on", "<", span.end))
        codes = self.indicators.codes()
        choices = {"indicator": codes} if codes else {}
        view = View(
            self.shown.unit.unit_id, choices=choices, conditions=tuple(conditions), sort=(("due_on", False),)
        )
        self.list.show_view(view)


def buckets(dated: Iterable[_Dated], as_of: date) -> list[Bucket]:
    """What is due by month, each with how much there is of each indicator."""
    known = list(dated)
    titles = {one.name: one.title for one in formula().indicator}
    found = []
    for bucket in count_by_month([day for day, _name in known], as_of, MONTHS):
        span: Span = bucket.key
        counts = Counter(
            name for day, name in known
            if (span.begin is None or day >= span.begin) and (span.end is None or day < span.end)
        )  # fmt: skip
        words = (f"{titles[name]} {count:,}" for name, count in counts.most_common())
        found.append(msgspec.structs.replace(bucket, detail=_(", ").join(words)))
    return found


def _due_days(office: Office, unit_id: int) -> list[_Dated]:
    """The day of everything that is not met or has to be done again, and the indicator it counts for."""
    names = {one: indicator.name for indicator in formula().indicator for one in indicator.settled_by}
    rows = obligations(office, unit_id, settled_by=list(names))
    return [(day, names[one.settled_by]) for one in rows if (day := day_of(one)) is not None]


def _span_words(span: Span | None) -> str:
    if span is None:
        return ""
    if span.begin is None:
        return _("overdue")
    return f"{span.begin:%Y-%m}" if span.end is not None else _("from {day} on").format(day=span.begin)
