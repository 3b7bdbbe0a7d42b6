"""What came back from many units: each file for itself, what others refer to first, and a report on each."""

from __future__ import annotations

from pathlib import Path

import pytest

from drillapp.core.errors import NotFound, Unavailable
from drillapp.core.ledgers.folder import hint_of_check, import_folder, ledger_files, write_reports
from drillapp.core.ledgers.undoing.commands import imports
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled

from .workbooks import delimited, workbook

pytestmark = pytest.mark.sqlite_only("how files are gone through does not depend on where the office is kept")


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """Files of three units, one of which refers to another's, one with a mistake, one that is none."""
    folder = tmp_path / "交回"
    (folder / "乙街道").mkdir(parents=True)
    delimited(folder / "a人员.csv", [["单位编码", "姓名", "电话"], ["U2", "张某", "13800000001"]])
    workbook(folder / "乙街道" / "单位.xlsx", [["单位编码", "单位名称"], ["U2", "乙街道"]])
    delimited(folder / "丙.csv", [["单位编码", "单位名称", "人数"], ["U3", "丙厂", "很多"]], "gb18030")
    (folder / "~$说明.docx").write_bytes(b"lock")
    (folder / "说明.txt").write_bytes(b"\x00\x01 no ledger")
    return folder


def test_each_file_goes_in_for_itself_and_in_order(office: Office, returned: Path) -> None:
    reports = {report.name: report for report in import_folder(office, returned)}
    assert len(reports) == 4
    units, people = reports["乙街道/单位.xlsx"], reports["a人员.csv"]
    assert (units.kind, units.is_in, people.kind, people.is_in) == ("units", True, "people", True)
    assert people.result is not None
    assert people.result.created == 1
    bad = reports["丙.csv"].result
    assert bad is not None
    assert (bad.created, [(error.row, error.field) for error in bad.errors]) == (0, [(2, "headcount")])
    assert reports["说明.txt"].result is None
    assert reports["说明.txt"].message
    assert {one.file_name for one in imports(office)} == {"单位.xlsx", "a人员.csv"}


def test_a_dry_run_of_a_folder_writes_nothing(office: Office, returned: Path) -> None:
    reports = import_folder(office, returned, dry_run=True)
    assert sum(report.result.created for report in reports if report.result is not None) == 1
    assert imports(office) == []
    people = next(report for report in reports if report.name == "a人员.csv")
    assert not people.is_in, "its unit is in another file"
    assert hint_of_check(reports)
    assert not hint_of_check([report for report in reports if report.is_in])


def test_what_all_files_lack_is_said_once(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    delimited(folder / "1.csv", [["姓名", "电话"], ["张某", "13800000001"]])
    delimited(folder / "2.csv", [["单位编码", "姓名", "电话"], ["110102", "李某", "13800000002"]])
    reports = import_folder(office, folder, kind="people", given={"unit_code": "110102"})
    assert [report.is_in for report in reports] == [True, True]


def test_a_report_tells_of_every_file_what_is_wrong_and_where(
    office: Office, returned: Path, tmp_path: Path
) -> None:
    written = write_reports(import_folder(office, returned), tmp_path / "报告")
    summary = written[0].read_text(encoding="utf-8-sig")
    assert summary.count("\n") == 5
    [bad] = [path for path in written if path.name == "丙.csv.csv"]
    assert "很多" in bad.read_text(encoding="utf-8-sig")
    assert any("说明.txt" in path.name for path in written)
    assert not any("a人员" in path.name for path in written), "nothing is to be said of it"


def test_what_of_a_file_is_not_brought_in_is_told_by_its_sheet_and_row(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    units = [["单位编码", "单位名称", "地址"], ["U1", "甲厂", "一号"]]
    teams = [[], [], ["队伍名称", "队伍类型", "负责人", "驻地"], ["甲队", "", "张三", "一号"]]
    workbook(folder / "两表.xlsx", units, teams, names=("单位", "队伍"))
    workbook(folder / "错.xlsx", [units[0], ["", "", "二号"]], teams, names=("单位", "队伍"))
    workbook(folder / "一表.xlsx", [units[0], ["U3", "丙厂", "三号"]])
    reports = {report.name: report for report in import_folder(office, folder)}
    whole, wrong, one = (reports[name] for name in ("两表.xlsx", "错.xlsx", "一表.xlsx"))
    assert whole.is_in
    for report in (whole, wrong):
        assert [(table.sheet, table.header, table.kind) for table in report.unread] == [
            ("队伍", (3, 3), "teams")
        ]
        assert "“队伍”" in report.unread_words
        assert "第3行" in report.unread_words.replace(" ", "")
    assert (one.unread, one.unread_words) == ((), "")
    written = {path.name: path for path in write_reports(list(reports.values()), tmp_path / "报告")}
    summary = written["全部文件汇总.csv"].read_text(encoding="utf-8-sig").splitlines()
    assert [("队伍" in line, line.split(",")[0]) for line in summary[1:]] == [
        ("两表" in line or "错" in line, line.split(",")[0]) for line in summary[1:]
    ]
    assert "队伍" in written["两表.xlsx.csv"].read_text(encoding="utf-8-sig")


def test_a_stopped_folder_still_tells_what_is_in(office: Office, returned: Path, tmp_path: Path) -> None:
    class Stopping:
        def step(self, done: int, total: int | None, text: str) -> None:
            if done == 2:
                raise Cancelled

    reports = import_folder(office, returned, progress=Stopping())
    assert [(report.name, report.is_in) for report in reports if report.is_reached] == [
        ("丙.csv", False),
        ("乙街道/单位.xlsx", True),
    ]
    assert len(reports) == 4
    assert [one.file_name for one in imports(office)] == ["单位.xlsx"]
    summary, *others = write_reports(reports, tmp_path / "报告")
    assert "a人员.csv" in summary.read_text(encoding="utf-8-sig")
    assert not any("a人员" in path.name for path in others)


def test_reports_take_no_other_files_place(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    (folder / "a").mkdir(parents=True)
    for name in ("a/b", "a_b"):
        delimited(folder / f"{name}.csv", [["单位编码", "单位名称"], ["", name]])
    source = delimited(folder / "a_b.csv.csv", [["单位编码", "单位名称"], ["U9", "玖"]])
    before = source.read_bytes()
    found = import_folder(office, folder, kind="units")
    written = write_reports(found, folder)
    assert len({path.name.casefold() for path in written}) == len(written) == 4
    assert source.read_bytes() == before
    assert write_reports(found, folder) == written, "a report takes the place of an earlier one"


def test_marks_of_open_and_hidden_files_are_passed_over(returned: Path) -> None:
    (returned / ".cache").mkdir()
    (returned / ".cache" / "x.csv").touch()
    names = [path.name for path in ledger_files(returned)]
    assert "~$说明.docx" not in names
    assert "x.csv" not in names
    assert len(names) == 4


def test_a_folder_that_is_not_there(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        import_folder(office, tmp_path / "nowhere")


def test_reports_into_what_can_be_no_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="file"):
        write_reports([], tmp_path / "file")
