"""A stocktake by the command line, with a movement in between, from the sheet to the report."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from drillapp.core.localtime import local_day
from tests.cli.line import Line
from tests.core.reports.paper import read

TODAY = "2099-01-01"
"""The command line counts at the moment of the machine; the day of the question lies behind it."""


@pytest.fixture
def stored(line: Line) -> Line:
    line.bring("items", "code,name,unit_of_measure\nW,饮用水,瓶\nQ,棉被,床\n")
    line.bring("storehouses", "code,name,unit_code\nK1,街道库,S1\n")
    line.bring(
        "movements",
        "document,kind,storehouse,item_code,lot,quantity,occurred_on\nR1,in,K1,W,A,100,2026-01-05\n"
        "R1,in,K1,Q,,5,2026-01-05\n",
    )
    return line


def refused(line: Line, *arguments: str) -> str:
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_from_the_sheet_to_the_report(stored: Line, tmp_path: Path) -> None:
    drawn = stored.json("stocktake", "draw", "K1", "--tolerance", "5")
    number = drawn["number"]
    assert drawn["lines"] == 2
    sheet = tmp_path / "sheet.csv"
    stored.ok("stocktake", "sheet", number, "-o", str(sheet))
    stored.ok("stocktake", "sheet", number, "-o", str(tmp_path / "sheet.pdf"))
    assert number in read(tmp_path / "sheet.pdf")
    [quilt, water] = stored.json("stocktake", "enter", number, "1=5", "W=90", "--by", "王磊")
    assert (quilt["state"], quilt["book"], water["state"], water["book"]) == ("counted", 5, "again", None)
    [water] = stored.json("stocktake", "recount", number, "2=90", "--by", "赵强")
    assert (water["state"], water["difference"], water["first_counted"]) == ("counted", -10, 90)
    assert "has no reason" in refused(stored, "stocktake", "submit", number, "--by", "王磊")
    assert "add up to -9" in refused(stored, "stocktake", "explain", number, "2", "lost=-9")
    stored.ok("stocktake", "explain", number, "2", "lost=-7", "损坏=-3")
    counted_at = datetime.fromisoformat(stored.json("stocktake", "show", number)["lines"][1]["counted_at"])
    day, later = local_day(counted_at).isoformat(), (counted_at + timedelta(seconds=2)).isoformat()
    stored.bring(
        "movements",
        "document,kind,storehouse,item_code,lot,quantity,occurred_on,recorded_at\n"
        f"CK9,out,K1,W,A,20,{day},{later}\n",
    )
    stored.ok("stocktake", "submit", number, "--by", "王磊")
    assert "counted" in refused(stored, "stocktake", "review", number, "--by", "赵强", "--same-seat")
    assert "same login" in refused(stored, "stocktake", "review", number, "--by", "李敏")
    stored.ok("stocktake", "return", number, "--by", "李敏", "--note", "再看一遍", "--line", "1")
    stored.ok("stocktake", "enter", number, "1=5", "--by", "王磊")
    stored.ok("stocktake", "submit", number, "--by", "王磊")
    stored.ok("stocktake", "review", number, "--by", "李敏", "--same-seat")
    assert number in stored.ok("stocktake", "post", number)
    shown = stored.json("stocktake", "show", number)
    assert (shown["state"], shown["document"], shown["reviewed_by"]) == ("posted", number, "李敏")
    assert shown["lines"][1]["moved"] == ["CK9 after"]
    assert [row["quantity"] for row in stored.json("stock", "--item", "W", as_of=day)] == [
        80 if day < "2026" else 70
    ]
    assert [row["quantity"] for row in stored.json("stock", "--item", "W", as_of=TODAY)] == [70]
    report = tmp_path / "report.pdf"
    stored.ok("stocktake", "report", number, "-o", str(report))
    assert "-7" in read(report)
    [listed] = stored.json("stocktake", "list", "--state", "posted", "--unit", "S1")
    assert (listed["number"], listed["lines"], listed["counted"]) == (number, 2, 2)
    [due] = stored.json("stocktake", "due", as_of=TODAY)
    assert (due["storehouse"], due["number"], due["state"]) == ("K1", number, "overdue")
    assert stored.run("check").exit_code == 0


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_sheet_that_was_filled_in_and_what_is_refused(stored: Line, tmp_path: Path) -> None:
    number = stored.json("stocktake", "draw", "K1", "--sample", "1", "--seed", "9", "--book")["number"]
    assert stored.json("stocktake", "redraw", number)["same"] is True
    sheet = tmp_path / "sheet.csv"
    stored.ok("stocktake", "sheet", number, "-o", str(sheet))
    whole = sheet.read_text(encoding="utf-8-sig").splitlines()
    cells = whole[1].split(",")
    cells[whole[0].split(",").index("Counted")] = "many"
    sheet.write_text("\n".join([whole[0], ",".join(cells)]), encoding="utf-8")
    assert "many" in refused(stored, "stocktake", "import", number, str(sheet), "--by", "王磊")
    cells[whole[0].split(",").index("Counted")] = "3"
    sheet.write_text("\n".join([whole[0], ",".join(cells)]), encoding="utf-8")
    result = stored.json("stocktake", "import", number, str(sheet), "--by", "王磊")
    assert (result["read"], result["counted"], result["errors"]) == (1, 1, [])
    assert "not a moment" in refused(
        stored, "stocktake", "enter", number, "1=3", "--by", "王磊", "--at", "noon"
    )
    assert "drawn up later" in refused(
        stored, "stocktake", "enter", number, "1=3", "--by", "王磊", "--at", "2026-01-01 09:00"
    )
    assert "not a quantity" in refused(stored, "stocktake", "enter", number, "1=lots", "--by", "王磊")
    assert stored.run("stocktake", "enter", number, "1", "--by", "王磊").exit_code == 2
    stored.ok("stocktake", "add", number, "W", "4", "--lot", "Z", "--by", "王磊")
    [cleared] = stored.json("stocktake", "enter", number, "2=-", "--by", "王磊")
    assert (cleared["state"], cleared["counted"]) == ("open", None)
    stored.ok("stocktake", "cancel", number, "--reason", "重新制单")
    assert stored.json("stocktake", "show", number)["state"] == "cancelled"
