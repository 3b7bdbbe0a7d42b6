"""The command line brings in what came back from many units, and says of each file what came of it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from .line import Line


def test_tables_of_a_file_that_are_not_brought_in_are_told(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["单位编码", "单位名称", "地址"], ["U7", "乙厂", "一号"], ["合计", "", ""]):
        sheet.append(row)
    other = book.create_sheet("队伍")
    for row in (["队伍名称", "队伍类型", "负责人", "驻地"], ["甲队", "", "张三", "一号"]):
        other.append(row)
    book.save(folder / "两表.xlsx")
    told = line.run("import-folder", str(folder), "--dry-run")
    assert told.exit_code == 0
    [table] = [text for text in told.output.splitlines() if "队伍" in text]
    assert "not brought in" in table.casefold()
    assert "row 1" in table
    assert "A row of totals, left out." in told.output
    [report] = line.json("import-folder", str(folder))
    assert report["unread"] == [
        {
            "sheet": "队伍",
            "header": [1, 1],
            "kind": "teams",
            "words": ["队伍名称", "队伍类型", "负责人", "驻地"],
        }
    ]


def test_the_options_that_put_a_folder_right_are_named_once(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.csv").write_text(f"单位名称,地址\n{name}厂,一号\n", encoding="utf-8")
    (folder / "库存.csv").write_text("物资名称,规格型号,数量,存放地点\n沙袋,大,5,东屋\n", encoding="utf-8")
    told = line.run("import-folder", str(folder), "--dry-run").stderr
    assert told.count("--number") == 1
    assert '--set "storehouse=VALUE"' in told
    assert "--map" not in told
    assert "--number" not in line.run("import-folder", str(folder), "--dry-run", "--number").stderr


def test_every_file_of_a_folder_is_told(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    (folder / "people.csv").write_text("单位编码,姓名,电话\nU7,张某,13800000001\n", encoding="utf-8")
    (folder / "units.csv").write_text("单位编码,单位名称\nU7,乙街道\n", encoding="gb18030")
    (folder / "wrong.csv").write_text("单位编码,单位名称,人数\nU8,丙厂,很多\n", encoding="utf-8")
    checked = line.run("import-folder", str(folder), "--dry-run")
    assert "each file is checked by itself" in checked.output.casefold()
    refused = line.run("import-folder", str(folder), "--reports", str(tmp_path / "reports"))
    assert refused.exit_code == 1
    assert "wrong.csv" in refused.output
    assert "很多" in refused.output
    assert {path.name for path in (tmp_path / "reports").iterdir()} >= {"wrong.csv.csv"}
    (folder / "wrong.csv").unlink()
    told = {one["file"]: one for one in line.json("import-folder", str(folder))}
    assert {name: (one["kind"], one["result"]["unchanged"]) for name, one in told.items()} == {
        "people.csv": ("people", 1),
        "units.csv": ("units", 1),
    }
