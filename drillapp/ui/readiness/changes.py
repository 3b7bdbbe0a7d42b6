"""Two days compared: what moved the score and why, and how the units below moved."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.charts import pairs
from drillapp.core.dates import months_before
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.compared import Compared, Moved, compared
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.charts.rows_view import RowsView
from drillapp.ui.parts import record_lines
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import button, label, line, row, scrolled
from drillapp.ui.readiness import said
from drillapp.ui.readiness.folded import Folded
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_USUAL = 3


class ChangesView(ReadinessView):
    """The later day is the window's date until another is chosen, the earlier one a quarter before it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.compared: Compared | None = None
        self._own_day: date | None = None
        """The later day, where one was chosen that is not the window's."""
        self._months = _USUAL
        self.before = DateField(self)
        self.after = DateField(self)
        self.spans = [self._span(months, words) for months, words in _spans()]
        self.problem = label("", "problem", parent=self)
        self.summary = label("", "heading", wraps=True, parent=self)
        self._area = scrolled(None, self, sideways=False)
        self.chart = RowsView(_("Units below on both days"), self)
        self._lay_out()
        self._name_fields()
        for field in (self.before, self.after):
            field.line.editingFinished.connect(self._on_days)
            field.edited.connect(self._on_typed)
        self.chart.chosen.connect(lambda unit_id: self.unit_wanted.emit(unit_id))

    def refresh(self, shown: Shown) -> None:
        """Another unit, scope or date: the later day follows the window's date, the earlier one at the same distance."""
        if self._own_day is None:
            self.after.set_value(shown.as_of)
            self.before.set_value(months_before(shown.as_of, self._months))
        self._on_days()

    def days(self) -> str | None:
        found = self.compared
        return None if found is None else f"{found.before_on}..{found.after_on}"

    def moves(self) -> list[RecordLink]:
        """The lines of what moved, from top to bottom."""
        return [link for link in self.findChildren(RecordLink) if link.objectName() == "moved"]

    def _on_span(self, months: int) -> None:
        self._months = months
        after = self._value(self.after)
        if after is not None:
            self.before.set_value(months_before(after, months))
            self._on_days()

    def _on_typed(self) -> None:
        if not (self.before.line.hasFocus() or self.after.line.hasFocus()):  # picked from the calendar
            self._on_days()

    def _on_days(self) -> None:
        before, after = self._value(self.before), self._value(self.after)
        if self.shown is None or before is None or after is None:
            self.problem.setText(_("Write the date like 2026-05-06."))
            return
        if before >= after:
            self.problem.setText(_("The earlier day must be before the later one."))
            return
        self._own_day = after if after != self.shown.as_of else None
        unit_id = self.shown.unit.unit_id
        self.problem.setText("")
        self.summary.setText(_("Working it out …"))
        self.session.tasks.run_read(
            lambda office, progress: compared(office, unit_id, before, after, progress=progress),
            self._on_compared,
            failed=self._on_failed,
            title=_("Comparing two days"),
            replaces="compared",
        )

    def _on_failed(self, error: BaseException) -> None:
        self.summary.setText("")
        if not isinstance(error, Cancelled):
            self.session.tasks.tell_error(error)

    def _on_compared(self, found: Compared) -> None:
        self.compared = found
        self.summary.setText(_summary(found))
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(2)
        if not found.moved:
            layout.addWidget(label(_("Nothing moved between the two days."), "muted", parent=content))
        for moved in found.moved:
            layout.addWidget(self._folded(moved, content))
        layout.addStretch(1)
        self._area.setWidget(content)
        self._show_pairs(found)

    def _show_pairs(self, found: Compared) -> None:
        rows = [_pair(one.before, one.after) for one in found.below]
        rows.sort(key=lambda one: -abs((one.after or 0.0) - (one.before or 0.0)))
        figure = pairs.Pairs(
            rows, before_words=found.before_on.isoformat(), after_words=found.after_on.isoformat(),
            empty_words=_("No units below."),
        )  # fmt: skip
        self.chart.show_figure(figure)
        self._right.setVisible(bool(rows))

    def _folded(self, moved: Moved, parent: QWidget) -> Folded:
        link = self._link(_moved_line(moved, self._target(moved)), parent)
        link.setObjectName("moved")
        rows = [self._link(record_lines.obligation_line(one), parent) for one in moved.rows]
        return Folded(link, rows, _("{rule}: the rows behind it").format(rule=moved.rule_title), parent)

    def _link(self, told: RecordLine, parent: QWidget) -> RecordLink:
        link = RecordLink(told, parent)
        target = told.target
        if target is not None:
            link.clicked.connect(lambda _on=False: self._go(target))
        return link

    def _go(self, target: Target) -> None:
        if target.page == "readiness":
            self.rows_wanted.emit(target)
        else:
            self.session.go(target)

    def _target(self, moved: Moved) -> Target:
        """The rows of the rule as they are now."""
        unit = self.shown.unit if self.shown is not None else None
        values = {"unit_name": unit.unit_name if unit else ""}
        choices = {"rule": frozenset({moved.rule})}
        return Target(
            "readiness", "obligations", unit.unit_id if unit else None, choices=choices, values=values
        )

    @staticmethod
    def _value(field: DateField) -> date | None:
        try:
            return field.value()
        except ValueError:
            return None

    def _span(self, months: int, words: str) -> QPushButton:
        made = button(words, role="chip", parent=self)
        made.setToolTip(_("From so long before the later day"))
        made.clicked.connect(lambda _on=False: self._on_span(months))
        return made

    def _name_fields(self) -> None:
        for field, name in ((self.before, _("Earlier day")), (self.after, _("Later day"))):
            field.line.setAccessibleName(name)
            field.setFixedWidth(150)

    def _lay_out(self) -> None:
        to = label("→", "muted", parent=self)
        days = row(self.before, to, self.after, *self.spans, self.problem, 1)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.summary)
        left.addWidget(line(self))
        left.addWidget(self._area, 1)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(label(self.chart.name, "heading", parent=self))
        right.addWidget(self.chart, 1)
        columns = QHBoxLayout()
        columns.setSpacing(2 * GRID)
        columns.addLayout(left, 11)
        columns.addWidget(self._right, 9)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(days)
        layout.addLayout(columns, 1)
        self.setFocusProxy(self.before)


def _spans() -> tuple[tuple[int, str], ...]:
    """Months between the two days that one click chooses, in words."""
    return (1, _("A month")), (3, _("A quarter")), (6, _("Half a year")), (12, _("A year"))


def _summary(found: Compared) -> str:
    before, after = found.whole.before, found.whole.after
    if before is None or after is None or before.score is None or after.score is None:
        return _("There was no score on one of the two days.")
    change = round(after.score - before.score, 1)
    return _("{before} ({grade_before}) → {after} ({grade_after}): {change}").format(
        before=said.score_words(before.score), grade_before=before.grade, after=said.score_words(after.score),
        grade_after=after.grade, change=_signed(change, 1),
    )  # fmt: skip


def _moved_line(moved: Moved, target: Target) -> RecordLine:
    """A rule by which the score moved: the cause, how many duties, how many points."""
    cause = enumerations.label("readiness_cause", moved.cause)
    words = _("{cause}: {count}").format(cause=cause, count=f"{moved.count:,}")
    where = _("{count} of the unit itself").format(count=f"{moved.own:,}") if moved.own else ""
    mark = _("{points} points").format(points=_signed(moved.points, 2))
    told = " · ".join(part for part in (moved.title, words, where, moved.rule) if part)
    return RecordLine(moved.rule_title, told, mark, "neutral", target)


def _signed(points: float, places: int) -> str:
    return f"{points:+.{places}f}".replace("-", "−")


def _pair(before: UnitReadiness | None, after: UnitReadiness | None) -> pairs.Pair:
    unit = after or before
    assert unit is not None
    return pairs.Pair(
        unit.unit_id, unit.unit_name, said.share_of(before.score) if before else None,
        said.share_of(after.score) if after else None, was_asked=bool(before and before.units),
        is_asked=bool(after and after.units),
    )  # fmt: skip
