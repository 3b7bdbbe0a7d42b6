"""Lists, forms and the whole office, taken out from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from .line import Line

pytestmark = pytest.mark.sqlite_only("what is written is the same from both; the tests of core try both")


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_list_is_written_as_it_is_asked_for(line: Line, tmp_path: Path) -> None:
    said = line.ok(
        "export-list", "units", str(tmp_path / "a.csv"), "--where", "kind=street,enterprise", "--sort", "-code",
        "--columns", "name,code",
    )  # fmt: skip
    assert rows(tmp_path / "a.csv") == [["Unit name", "Unit code"], ["德胜街道", "S1"], ["加油站", "E1"]]
    assert "2 rows" in said
    line.ok("export-list", "holdings", str(tmp_path / "b.xlsx"), "--unit", "S1", "--where", "quantity>=1")
    about = dict(openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[1].iter_rows(values_only=True))
    assert (about["Unit"], about["Filter"], about["Rows"]) == ("德胜街道", "Quantity ≥ 1.0", "0")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nope", "a.csv"), "nope"),
        (("units", "a.csv", "--columns", "nope"), "nope"),
        (("units", "a.csv", "--sort", "nope"), "nope"),
        (("units", "a.doc"), ".doc"),
    ],
)
def test_what_there_is_not_is_named(
    line: Line, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    name, file, *options = arguments
    failed = line.run("export-list", name, str(tmp_path / file), *options)
    assert failed.exit_code == 1
    assert words in failed.stderr
    assert not (tmp_path / file).exists()


def test_forms_and_the_whole_office(line: Line, tmp_path: Path) -> None:
    line.ok("template", "units", str(tmp_path / "form.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "form.xlsx").worksheets[0].max_row == 1
    line.ok("export-all", str(tmp_path / "all"))
    assert (tmp_path / "all" / "01 Units.xlsx").exists()
    used = line.run("import-all", str(tmp_path / "all"))
    assert used.exit_code == 1
    assert "new one" in used.stderr
    new = Line(tmp_path, str(tmp_path / "new.drill"))
    new.ok("init", "--name", "New", "--level", "district", "--code", "1")
    assert "rows of tables" in new.ok("import-all", str(tmp_path / "all"))
    assert new.json("list", "units") == line.json("list", "units")
