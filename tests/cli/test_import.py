"""Files as offices have them are brought in from the command line, and what is guessed of them is explained."""

from __future__ import annotations

import json

import openpyxl

from tests.cli.line import Line

STOCK = "某街道应急物资清单,,,\n序号,物资名称,数量,存放地点\n1,沙袋,50,一楼\n2,铁锹,7,二楼\n"
UNITS = "2026年重点单位名单,,\n序号,单位名称,地址\n1,甲公司,一号\n2,乙公司,二号\n"


def test_a_kind_that_is_not_said_is_guessed(line: Line) -> None:
    path = line.file("某区通讯录.csv", "单位名称,姓名,职务,手机号码\n社区一,张三,书记,13800138000\n")
    for arguments in (("auto", path), (path,)):
        result = line.run("import", *arguments, "--dry-run")
        assert result.exit_code == 0, result.output
        assert "1 new" in result.stdout
        assert "people" in result.stderr


def test_what_is_no_ledger_is_refused_with_the_kinds_it_may_be(line: Line) -> None:
    result = line.run("import", "auto", line.file("x.csv", "甲,乙\n1,2\n"))
    assert result.exit_code == 1
    assert "not clear" in result.stderr
    assert "units" in result.stderr


def test_a_guess_is_explained_and_nothing_is_written(line: Line) -> None:
    path = line.file("清单.csv", STOCK)
    text = line.ok("import", "auto", path, "--explain")
    for words in ("stock", "row 2", "B '物资名称' → item_name", "D '存放地点' → shelf", "storehouse"):
        assert words in text
    assert line.json("list", "items") == []

    guess = line.json("import", path, "--explain")["guess"]
    assert (guess["kind"], guess["header"]) == ("stock", [2, 2])
    assert [column["field"] for column in guess["columns"]] == [None, "item_name", "quantity", "shelf"]
    assert [column["column"] for column in guess["columns"]] == ["A", "B", "C", "D"]
    assert all(0 < column["certainty"] <= 1 for column in guess["columns"] if column["field"])


def test_an_explanation_comes_with_a_check_where_one_is_asked_for(line: Line) -> None:
    path = line.file("单位.csv", UNITS)
    result = line.run("import", path, "--map", "序号=code", "--explain", "--dry-run", "--json")
    told = json.loads(result.stdout)
    assert (told["created"], told["dry_run"], told["guess"]["columns"][0]["field"]) == (2, True, "code")
    assert len(line.json("list", "units")) == 4


def test_a_table_that_is_not_read_is_told(line: Line) -> None:
    book = openpyxl.Workbook()
    for name, code in (("一月", "N1"), ("二月", "N2")):
        sheet = book.create_sheet(name)
        sheet.append(["单位编码", "单位名称", "地址"])
        sheet.append([code, "新单位", "一号"])
    path = line.folder / "两月.xlsx"
    book.save(path)
    result = line.run("import", str(path))
    assert "1 new" in result.stdout
    assert "二月" in result.stderr
    assert line.json("import", str(path), "--sheet", "二月")["created"] == 1


def test_a_column_is_named_by_its_letter_too(line: Line) -> None:
    path = line.file("单位.csv", "甲,乙\nN1,新单位\n")
    assert line.json("import", "units", path, "--map", "A=code", "--map", "B=name")["created"] == 1


def test_what_is_said_for_the_whole_file_never_goes_unheard_beside_a_column(line: Line) -> None:
    path = line.file("单位.csv", "单位编码,单位名称,地址\nN1,甲公司,东街\n")
    said = ("import", "units", path, "--set", "address=西街")
    refused = line.run(*said)
    assert refused.exit_code == 1
    assert "地址" in refused.stderr
    line.ok(*said, "--map", "地址=")
    assert [row["address"] for row in line.json("list", "units") if row["code"] == "N1"] == ["西街"]


def test_the_options_that_say_what_no_column_holds_are_named(line: Line) -> None:
    stock = line.file("库存.csv", "物资名称,规格型号,数量,存放地点\n沙袋,大,5,东屋\n")
    refused = line.run("import", "stock", stock)
    assert refused.exit_code == 1
    assert "--storehouse CODE" in refused.stderr
    assert '--set "storehouse=VALUE"' in refused.stderr
    units = line.run("import", "units", line.file("单位.csv", "单位编码,地址,人数\nN1,东街,5\n"))
    assert '--map "COLUMN=name"' in units.stderr
    assert "--storehouse" not in units.stderr


def test_new_records_without_a_code_are_numbered_only_when_that_is_asked_for(line: Line) -> None:
    path = line.file("单位.csv", UNITS)
    refused = line.run("import", "units", path)
    assert refused.exit_code == 1
    assert "--number" in refused.stderr
    assert len(line.json("list", "units")) == 4
    result = line.run("import", "units", path, "--number", "--json")
    assert "--number" not in result.stderr
    told = json.loads(result.stdout)
    codes = {row["name"]: row["code"] for row in line.json("list", "units")}
    numbered = [note["value"] for note in told["notes"] if note["field"] == "code"]
    assert (told["created"], numbered) == (2, [codes["甲公司"], codes["乙公司"]])
    # Known by name from now on.
    assert line.json("import", "units", path)["unchanged"] == 2


def test_the_same_sheet_is_understood_alike_the_next_time(line: Line) -> None:
    first = line.file("一.csv", "证号,供热单位,区域\n通1,甲热力站,北苑\n")
    said = ("--map", "证号=code", "--map", "供热单位=name", "--map", "区域=address")
    assert line.json("import", "units", first, *said)["created"] == 1
    second = line.file("二.csv", "证号,供热单位,区域\n通2,乙热力站,南苑\n")
    assert line.json("import", second)["created"] == 1
    assert {row["code"]: row["address"] for row in line.json("list", "units")}["通2"] == "南苑"
