"""The time axis of what expires: bars by month over the list, each of which narrows the list to its rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.charts.due import Bucket, DueAxis
from drillapp.core.i18n import _
from drillapp.core.supplies.dates.expiry import ExpiryMonth, expiry_by_month
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import card, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

MONTHS = 24
_HEIGHT = 220


class ExpiryAxis(Page):
    """What of the scope's stock expires in each of the coming months."""

    kinds = frozenset({"movements", "items", "storehouses", "units", "stocktakes", "aid_requests"})
    month_chosen = Signal(object)
    """An ExpiryMonth whose rows are wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.chart = ChartView(_("What expires when"), self)
        self.chart.chosen.connect(self.month_chosen)
        self._sum = label("", "small", parent=self)
        frame, inner = card(self)
        inner.addLayout(row(label(self.chart.name, "heading", parent=self), 1, self._sum))
        inner.addWidget(self.chart, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        layout.addWidget(frame)
        self.setFixedHeight(_HEIGHT)

    def reload(self) -> None:
        unit_id = self.session.scope.unit_id
        self.session.tasks.run_read(
            lambda office, _progress: expiry_by_month(office, unit_id, MONTHS),
            self._on_months,
            owner=self,
            replaces="expiry-months",
        )

    def _on_months(self, months: list[ExpiryMonth]) -> None:
        words = _("{expired} lots expired, {later} more within {months} months; a bar opens its rows")
        self._sum.setText(
            words.format(expired=f"{months[0].lots:,}", later=f"{sum(one.lots for one in months[1:]):,}", months=MONTHS)
        )  # fmt: skip
        buckets = [_bucket(month) for month in months]
        self.chart.show_figure(DueAxis(buckets, self.session.as_of, past_words=_("expired")))


def _bucket(month: ExpiryMonth) -> Bucket:
    counted = _("{lots} lots of {items} items").format(lots=f"{month.lots:,}", items=f"{month.items:,}")
    return Bucket(month, month.first_day, month.lots, counted)
