"""The main job through the window: from ledger files to a printed drill report, and all there the next day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from drillapp.ui import theme
from tests.journeys.desk import Desk, write

TODAY = date(2026, 11, 24)
LEDGERS = {
    ("单位", "单位"): (
        "单位编码,单位名称,上级单位编码,单位类型,成立日期\n110102001,西长安街街道,110102,街道,2015-01-01\n110102001001,晏垚小吃店,110102001,企业,2018-06-01\n"
    ),
    ("单位", "岗位"): "单位编码,岗位,重点岗位\n110102001,值班长,是\n",
    ("预案", "全部预案"): (
        "预案编号,预案名称,单位编码,层级,类别,公布日期\n"
        "110102001-ZT-01,西长安街街道总体应急预案,110102001,街道级,总体预案,2025-03-01\n"
    ),
    ("物资", "物资品种"): "物资编码,物资名称,计量单位\n1010101,棉被,条\n",
    ("物资", "储备库（点）"): "储备库编码,储备库名称,单位编码\nCK1,西长安街街道储备库,110102001\n",
    ("物资", "出入库流水"): (
        "单据号,类型,储备库编码,物资编码,数量,发生日期\nRK20260105-01,入库,CK1,1010101,80,2026-01-05\n"
    ),
    ("处置卡", "全部处置卡"): (
        "处置卡编号,单位编码,岗位,处置卡名称,处置步骤,发放日期\n"
        "CZK-01,110102001,值班长,值班长处置卡,接报记录，立即报告,2026-02-01\n"
    ),
}  # fmt: skip


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    # Qt asks for the person's folder once in a process; each test has a person of its own.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = Desk(qapp, monkeypatch, TODAY)
    yield made
    if made.program is not None:
        made.leave()
    theme.apply_theme(qapp, "light")


def found_office(desk: Desk, location: Path) -> None:
    """From the welcome page to an empty office of the district."""

    def answer(dialog: Any) -> None:
        write(dialog.name, "西城区应急管理局")
        dialog.level.setCurrentIndex(dialog.level.findData("district"))
        write(dialog.code, "110102")
        write(dialog.file, str(location))
        dialog.make.click()

    desk.in_the_next_dialog(answer)
    desk.click("新建…")


def drills_met(desk: Desk) -> str:
    """What the sheet of the street says about its drills."""
    desk.go("单位", "单位")
    desk.choose_row([row.code for row in desk.rows()].index("110102001"))
    desk.open_tab("法定事项")
    return next(line for line in desk.lines() if line.startswith("演练"))


def schedule_and_log(desk: Desk) -> None:
    desk.go("演练", "全部演练")
    desk.click("安排演练", desk.pane().toolbar)
    desk.fill_in(
        unit_code="110102001", title="西长安街街道火灾疏散演练", planned_on="2026-11-20", plan_number="110102001-ZT-01",
        form="实战演练",
    )  # fmt: skip
    assert desk.dialog().form.editor("number").value() == "110102001-YL-2026-01"
    desk.click("保存")
    desk.choose_row(0)
    desk.click("更多…", desk.pane().toolbar)
    desk.pick("演练记录")
    dialog = desk.dialog()
    desk.fill_in(started_at="9:00", ended_at="10:30", participants="45", rating="良")
    write(dialog.log_entry.editor("at").line, "9:05")
    write(dialog.log_entry.editor("text"), "警铃响起，人员开始疏散")
    dialog.log_entry.submit()
    desk.settle()
    dialog.tabs.setCurrentIndex(1)
    write(dialog.finding_entry.editor("text"), "二层安全出口被杂物堵塞")
    write(dialog.finding_entry.editor("owner"), "周敏")
    dialog.finding_entry.submit()
    desk.settle()
    desk.click("保存")
    desk.click("关闭")


def printed_report(desk: Desk) -> str:
    """The text of the report as the preview shows it."""
    desk.go("演练", "全部演练")
    desk.choose_row(0)
    desk.click("打印…", desk.pane().toolbar)
    desk.pick("演练报告")
    preview = desk.dialog()
    document = pypdfium2.PdfDocument(preview._content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    preview.close()
    return text


def test_from_ledger_files_to_a_printed_drill_report(desk: Desk, tmp_path: Path) -> None:
    desk.start()
    found_office(desk, tmp_path / "office.drill")
    for number, ((place, tab), content) in enumerate(LEDGERS.items()):
        path = tmp_path / f"{number}.csv"
        path.write_text(content, encoding="utf-8-sig")
        desk.import_ledger(place, tab, path)
    assert drills_met(desk) == "演练", "nobody ever noted a drill"
    schedule_and_log(desk)
    # The street's own drill is held and rated; of its snack bar's drills nothing is known.
    assert drills_met(desk) == "演练  100%"
    text = printed_report(desk)
    for words in ("西长安街街道火灾疏散演练", "警铃响起", "二层安全出口被杂物堵塞", "周敏", "45"):
        assert words in text.replace("\r\n", ""), text
    desk.leave()

    desk.start(page="drills")
    (row,) = desk.rows()
    assert (row.title, row.participants, row.rating, row.findings) == (
        "西长安街街道火灾疏散演练",
        45,
        "good",
        1,
    )
    desk.choose_row(0)
    desk.open_tab("过程记录")
    assert desk.lines() == ["警铃响起，人员开始疏散"]
    desk.go("物资", "库存")
    assert [(row.item_name, row.quantity) for row in desk.rows()] == [("棉被", 80)]
    desk.go("处置卡", "全部处置卡")
    assert [row.state for row in desk.rows()] == ["issued"]


def test_a_backup_brings_the_office_back_to_what_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.start()
    found_office(desk, tmp_path / "office.drill")
    desk.go("设置")
    page = desk.window.stack.currentWidget()
    page.list.setCurrentRow(1)
    desk.choose_file(tmp_path / "backup.drill")
    desk.click("立即备份…")
    path = tmp_path / "units.csv"
    path.write_text(LEDGERS["单位", "单位"], encoding="utf-8-sig")
    desk.import_ledger("单位", "单位", path)
    assert len(desk.rows()) == 3
    desk.go("设置")
    desk.choose_file(tmp_path / "backup.drill")
    desk.in_the_next_dialog(lambda dialog: dialog.closing.click())
    desk.click("从备份恢复…")
    desk.go("单位", "单位")
    assert [row.code for row in desk.rows()] == ["110102"]
