"""The command line brings in what came back from many units, and says of each file what came of it."""

from __future__ import annotations

from pathlib import Path

from .line import Line


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
