"""The figures of readiness as a workbook: the same as asked for, and text that stays text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.readiness.queries import readiness
from drillapp.core.reports.readiness_workbook import write_readiness_workbook
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "figures.xlsx"


def test_units_by_indicators_are_the_figures_that_readiness_gives(filled: Office, path: Path) -> None:
    write_readiness_workbook(filled, path)
    head, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    units = {row.unit: row for row in readiness(filled)}
    assert [row[0] for row in rows] == list(units)
    for row in rows:
        unit = units[str(row[0])]
        told = dict(zip(head, row, strict=True))
        assert told["总分"] == unit.score
        assert told["等级"] == unit.grade
        assert (told["涉及单位数"], told["有数据的单位"]) == (unit.units, unit.reported)
        for title, value in zip(
            ("预案", "演练", "整改", "物资", "处置卡", "队伍", "报送"), unit.indicators.values(), strict=True
        ):
            counts = [told[f"{title}\n{name}"] for name in ("达标", "有数据", "要求", "权重")]
            assert counts == [value.met, value.known, value.asked, value.weight]
            share = told[f"{title}\n指标值"]
            assert share == (None if value.value is None else pytest.approx(100 * value.value, abs=0.01))


def test_every_obligation_is_on_the_second_sheet_and_the_formula_on_the_third(
    filled: Office, path: Path
) -> None:
    write_readiness_workbook(filled, path)
    book = load_workbook(path)
    _head, *rows = book.worksheets[1].iter_rows(values_only=True)
    assert [(row[0], row[2]) for row in rows] == [(row.unit, row.rule) for row in obligations(filled)]
    method = "".join(str(row[0]) for row in book.worksheets[2].iter_rows(values_only=True))
    assert "本办法为2026-2版" in method
    assert "截至" in method


def test_only_a_unit_and_those_below_it_as_of_another_day(filled: Office, path: Path) -> None:
    street = next(row for row in readiness(filled) if row.unit == "S")
    write_readiness_workbook(filled, path, street.unit_id, on=date(2026, 3, 1))
    _head, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    before = {row.unit: row.score for row in readiness(filled, street.unit_id, date(2026, 3, 1))}
    assert {row[0]: row[4] for row in rows} == before


def test_a_name_that_looks_like_a_formula_stays_a_name(filled: Office, path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    save_units(filled, [UnitEntry(code="=1+1", name=evil, kind="community", parent_code="S")])
    write_readiness_workbook(filled, path)
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    (name,) = (cell for cell in cells if cell.value == evil)
    (code,) = (cell for cell in cells if cell.value == "=1+1")
    assert {name.data_type, code.data_type} <= {"s", "inlineStr"}


def test_a_unit_that_was_not_there_yet_is_not_found(filled: Office, path: Path) -> None:
    save_units(filled, [UnitEntry(code="N", name="新社区", kind="community", valid_from=date(2027, 1, 1))])
    unit = next(row.unit_id for row in readiness(filled, on=date(2027, 6, 1)) if row.unit == "N")
    with pytest.raises(NotFound):
        write_readiness_workbook(filled, path, unit)
    assert not path.exists()
