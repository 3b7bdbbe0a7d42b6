"""Papers are asked for by name, and are there whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drillapp.cli import app
from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import use_language
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.reports.registry import REPORTS, write_cards, write_report
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.core.reports.paper import read
from tests.core.reports.small_office import fill

NAMED = {
    "drill": "演练报告",
    "drill_working_plan": "演练工作方案",
    "drill_script": "演练脚本",
    "drill_evaluation_plan": "演练评估方案",
    "drill_support_plan": "演练保障方案",
    "drill_handbook": "演练观摩手册",
    "drill_publicity_plan": "演练宣传方案",
    "drill_summary": "演练总结报告",
    "drill_script_table": "演练脚本（情景注入表）",
    "drill_sign_in": "签到表",
    "drill_sign_in_blank": "签到表（空白）",
    "drill_record_form": "应急演练记录表",
    "drill_controllers": "导调记录表",
    "drill_costs": "演练经费明细表",
    "drill_slip": "演练情况报送单",
    "drill_cover": "演练档案封面",
    "drill_file": "演练档案全卷",
    "annual_programme": "年度应急演练计划表",
    "reporting_rates": "演练上报情况统计",
    "participation": "演练参与情况",
    "correction_notice": "整改通知书",
    "correction_reply": "整改回复",
    "correction_ledger": "整改台账",
    "team_sheet": "救援队伍登记表",
    "team_call_out": "救援队伍调派通讯表",
    "team_duty_roster": "队伍值班表",
    "readiness": "单位应急准备就绪度报告",
    "bulletin": "应急准备就绪度通报",
    "comparison": "应急准备就绪度对比",
    "dossier": "单位应急管理档案",
    "reminder": "法定事项催办通知书",
    "cards": "单位应急处置卡",
    "plan": "应急预案文本",
    "plan_catalogue": "应急预案目录（按属地）",
    "plan_catalogue_by_sector": "应急预案目录（按行业领域）",
    "contact_directory": "应急通讯录",
    "filing_application": "应急预案备案申报表",
    "filing_receipt": "应急预案备案登记表",
    "response_sheet": "响应级别挂图（A3）",
    "response_sheet_a4": "响应级别挂图（A4）",
    "revision_notice": "应急预案修订通知",
    "assessment_report": "应急预案评估报告",
    "evaluation_report": "演练评估报告",
    "evaluation_sheet": "演练评估表",
    "evaluation_sheet_blank": "演练评估表（空白）",
    "stocktake_sheet": "盘点表",
    "stocktake_report": "盘点盈亏报告",
    "expiry_list": "临期与过期物资清单",
    "fulfilment": "应急物资配备达标情况表",
    "purchase_list": "采购清单",
    "upkeep_plan": "检查维护计划表",
    "aid_request": "互助请求函",
    "ledger_card": "物资账卡",
    "stock_slip": "出入库单",
    "loan_slip": "借用单",
    "inventory": "储备库物资清单",
}


def test_the_reports_are_named_in_the_language_spoken_now() -> None:
    assert {name: report.title() for name, report in REPORTS.items()} == NAMED
    use_language("en")
    assert REPORTS["drill"].title() == "Report on a drill"
    assert REPORTS["drill"].needs == ("number",)
    assert REPORTS["cards"].needs == ("unit_code",)
    assert REPORTS["readiness"].needs == ()


@pytest.mark.parametrize(("name", "field"), [("drill", "number"), ("cards", "unit_code")])
def test_what_a_report_needs_is_asked_for_by_field(
    filled: Office, target: Path, name: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        write_report(filled, name, target)
    assert caught.value.field == field


def test_what_there_is_not_is_said(filled: Office, target: Path) -> None:
    with pytest.raises(NotFound) as caught:
        write_report(filled, "weather", target)
    assert "drill, drill_working_plan" in caught.value.hint
    with pytest.raises(NotFound, match="D-7"):
        write_report(filled, "drill", target, number="D-7")
    with pytest.raises(NotFound, match="X9"):
        write_report(filled, "readiness", target, unit_code="X9")


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(filled: Office, target: Path) -> None:
    with pytest.raises(Unavailable):
        write_report(filled, "drill", target / "none" / "a.pdf", number="D-1")
    target.mkdir()
    with pytest.raises(Unavailable, match=target.name):
        write_report(filled, "drill", target, number="D-1")
    assert not list(target.iterdir())


def test_stopping_leaves_the_older_paper_as_it_was(filled: Office, target: Path) -> None:
    class Stopped:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    target.write_bytes(b"older")
    with pytest.raises(Cancelled):
        write_report(filled, "readiness", target, unit_code="S", progress=Stopped())
    assert target.read_bytes() == b"older"


def test_the_english_papers_are_english(carded: Office, target: Path) -> None:
    use_language("en")
    write_report(carded, "readiness", target, unit_code="S")
    text = read(target)
    assert "Hasaplaninforce:3missing" in text
    assert "noplaninforce" in text
    assert "Community(2)" in text
    write_report(carded, "drill", target, number="D-1")
    assert "Problemsfound:2." in read(target)


def test_the_command_line_writes_the_same_papers(office_file: Path, target: Path, clock: FixedClock) -> None:
    with Office.open(office_file, clock=clock) as office:
        save_units(office, [UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102")])
        save_drills(
            office, [DrillEntry(number="D-1", unit_code="S", title="演练", planned_on=date(2026, 6, 10))]
        )
    runner, options = CliRunner(), ["--office", str(office_file), "--as-of", "2026-11-24"]
    listed = runner.invoke(app, [*options, "report", "--list"])
    assert listed.stdout.splitlines()[0] == "drill\t演练报告"
    written = runner.invoke(app, [*options, "report", "drill", "--number", "D-1", "-o", str(target)])
    assert written.exit_code == 0, written.output
    assert "德胜街道计划于2026年6月10日" in read(target)
    refused = runner.invoke(app, [*options, "report", "drill", "-o", str(target)])
    assert refused.exit_code == 1
    assert "请指明“演练报告”所述的编号。" in refused.output


def test_a_server_answers_as_a_file_does(office_url: str, clock: FixedClock, target: Path) -> None:
    with Office.open(office_url, clock=clock) as office:
        fill(office)
        post = PostEntry(unit_code="S", name="值班长")
        save_posts(office, [post])
        save_cards(office, [CardEntry(number="K-1", unit_code="S", post="值班长", steps="核实")])
        write_report(office, "drill", target, number="D-1")
        assert "09:07:00+0:07:00启动三级响应" in read(target)
        write_cards(office, target, numbers=["K-1"])
        assert "值班长应急处置卡" in read(target)
