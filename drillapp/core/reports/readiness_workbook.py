"""The figures of readiness as a workbook: units by indicators, the obligations behind them, how they are worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import Formula, Value, formula
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.reports.readiness_words import days_late, floor_titles, method_lines, subject_words
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import day_of

_SHEET_ROWS = 1_048_575
"""Rows of a sheet below its head."""
_STEP = 2000
_Cell: TypeAlias = str | float | date | None
_Columns: TypeAlias = Sequence[tuple[str, int]]
"""Head and width in characters."""


def write_readiness_workbook(
    office: Office,
    path: Path,
    unit_id: int | None = None,
    *,
    on: date | None = None,
    version: str | None = None,
    progress: Progress = SILENT,
) -> None:
    """Write the figures of a unit and all below it (None: of all units) as .xlsx, on the office's date or another.

    By the formula in use or an earlier version. The file is there whole or not at all. Texts are written as texts, never
    as formulas. Raises NotFound for a unit that is not in effect on the day and for an unknown version, Unavailable when
    the file cannot be written.
    """
    used, day = formula(version), on or office.as_of
    units = readiness(office, unit_id, day, used.version)
    if not units:
        raise NotFound(_("The unit is not there on {day}.").format(day=day))
    write_whole(path, _workbook(units, obligations(office, unit_id, on=day), used, day, progress))


def _workbook(
    units: Sequence[UnitReadiness], duties: Sequence[Obligation], used: Formula, day: date, progress: Progress
) -> bytes:
    from xlsxwriter import Workbook

    content = BytesIO()
    with closing(Workbook(content, {"constant_memory": True})) as book:
        sheets = _Sheets(book, progress)
        sheets.add(_("Readiness"), _unit_columns(used), _unit_rows(units, used))
        sheets.add(_("Obligations"), _duty_columns(), (_duty_row(row, day) for row in duties))
        method = [_("As of {day}").format(day=day.isoformat()), *method_lines(used), *_columns_explained()]
        sheets.add(
            _("How it is worked out"), ((_("How it is worked out"), 120),), ((line,) for line in method)
        )
    return content.getvalue()


class _Sheets:
    """Writes the sheets of a workbook, text as text."""

    def __init__(self, book: Any, progress: Progress) -> None:
        self._book = book
        self._progress = progress
        self._head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def add(self, title: str, columns: _Columns, rows: Iterable[Sequence[_Cell]]) -> None:
        """A sheet with these rows below its head; what a sheet has no room for goes on in the next."""
        sheet, number = self._begin(title, columns), 0
        for done, row in enumerate(rows):
            if number == _SHEET_ROWS:
                sheet, number = self._begin(f"{title} ({done // _SHEET_ROWS + 1})", columns), 0
            number += 1
            self._write(sheet, number, row)
            if not done % _STEP:
                self._progress.step(done, None, title)
        if len(columns) > 1:
            sheet.autofilter(0, 0, number, len(columns) - 1)

    def _begin(self, title: str, columns: _Columns) -> Any:
        sheet = self._book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 2 if len(columns) > 1 else 0)
        for place, (head, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, head, self._head)
        return sheet

    def _write(self, sheet: Any, number: int, row: Sequence[_Cell]) -> None:
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, self._day)
            elif isinstance(value, str):
                # Never `write`, which would make a formula or a link of some texts.
                if value:
                    sheet.write_string(number, place, value, self._text)
            elif value is not None:
                sheet.write_number(number, place, value)


def _unit_columns(used: Formula) -> list[tuple[str, int]]:
    columns = [
        (_("Unit code"), 18), (_("Unit"), 30), (_("Kind"), 10), (_("Superior unit"), 18), (_("Score"), 8), (_("Grade"), 8),
        (_("Confidence (%)"), 10), (_("Units in all"), 10), (_("Units of which anything is known"), 12),
        (_("Broken floors"), 26),
    ]  # fmt: skip
    for one in used.indicator:
        for head in (_("met"), _("known"), _("asked"), _("value"), _("weight")):
            columns.append((f"{one.title}\n{head}", 9))
    return columns


def _unit_rows(units: Sequence[UnitReadiness], used: Formula) -> Iterator[list[_Cell]]:
    names = {unit.unit_id: unit.unit_name for unit in units}
    for unit in units:
        row: list[_Cell] = [
            unit.unit, unit.unit_name, label("unit_kind", unit.kind), names.get(unit.parent_id or 0, ""), unit.score,
            unit.grade, None if unit.confidence is None else round(100 * unit.confidence, 1), unit.units, unit.reported,
            _("; ").join(floor_titles(unit.broken, used)),
        ]  # fmt: skip
        for one in used.indicator:
            row += _value_cells(unit.indicators[one.name])
        yield row


def _value_cells(value: Value) -> list[_Cell]:
    share = value.value
    return [
        value.met, value.known, value.asked, None if share is None else round(100 * share, 2), value.weight
    ]  # fmt: skip


def _duty_columns() -> _Columns:
    return (
        (_("Unit code"), 18), (_("Unit"), 30), (_("Rule"), 10), (_("What is asked"), 40), (_("Article"), 40),
        (_("Verified"), 12), (_("What it is about"), 36), (_("By when"), 12), (_("Due day is"), 10), (_("State"), 10),
        (_("Days late"), 9), (_("Met late"), 9),
    )  # fmt: skip


def _duty_row(row: Obligation, day: date) -> list[_Cell]:
    due = day_of(row)
    return [
        row.unit, row.unit_name, row.rule, row.title, row.article, label("rule_mark", row.mark), subject_words(row), due,
        _("estimated") if row.is_estimated and due else "", label("obligation_state", row.state), days_late(row, day),
        label("yes_no", "yes") if row.late else "",
    ]  # fmt: skip


def _columns_explained() -> list[str]:
    return [
        _(
            "The counts and values of a unit cover it and all units below it; values are of 100. A cell that is empty has no"
            " value: nothing is asked, or nothing is known of what is asked."
        ),
        _("A due day that is estimated counts working days of a year whose holidays are not announced yet."),
    ]
