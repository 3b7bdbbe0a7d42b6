"""What notice, reply and ledger of corrections say, from the office's findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drillapp.core.drills.commands import save_findings
from drillapp.core.drills.entries import FindingEntry
from drillapp.core.drills.findings.commands import accept_risk, verify
from drillapp.core.drills.findings.naming import findings_named
from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from tests.core.reports.paper import read


def test_each_responsible_unit_gets_its_own_notice_with_a_slip(filled: Office, target: Path) -> None:
    assert write_report(filled, "correction_notice", target, number="D-1") == []
    text = read(target)
    for part in (
        "德胜街道整改通知书",
        "2026年6月12日组织的“防汛综合应急演练”（编号D-1）发现你单位需整改问题1项。",
        "集合点没有标志较大",
        "补装标志刘洋2026-07-31",
        "整改情况请于2026年8月10日前书面回复。",
        "签收日期",
    ):
        assert part in text
    assert text.count("回执演练") == 2
    write_report(filled, "correction_notice", target, number="D-1", unit_code="C1")
    assert "集合点没有标志" not in read(target)


def test_the_reply_names_what_is_put_right(filled: Office, target: Path) -> None:
    write_report(filled, "correction_reply", target, number="D-1")
    text = read(target)
    assert "我单位已完成整改1项" in text
    assert "补装标志刘洋2026-07-20" in text
    assert "名册未更新" not in text


def test_the_ledger_has_all_with_their_states(filled: Office, target: Path) -> None:
    (first, second) = findings_named(filled, ["D-1/1", "D-1/2"])
    verify(filled, [first], day=date(2026, 8, 1), who="陈静", effect="标志清楚")
    write_report(filled, "correction_ledger", target)
    text = read(target)
    assert "演练问题整改台账" in text
    assert "共2项" in text
    assert "2026-07-20陈静2026-08-01已验证" in text
    assert text.index("名册未更新") < text.index("集合点没有标志"), "what is overdue comes first"
    accept_risk(
        filled, [second], day=date(2026, 8, 20), who="主任", reason="年内更新", until=date(2026, 12, 31)
    )
    write_report(filled, "correction_ledger", target, number="D-1")
    assert "接受风险" in read(target)


def test_a_long_ledger_is_whole(filled: Office, target: Path) -> None:
    more = [FindingEntry(drill_number="D-1", number=str(n), text=f"问题{n}号") for n in range(10, 1210)]
    save_findings(filled, more)
    write_report(filled, "correction_ledger", target)
    text = read(target)
    assert "共1,202项" in text
    assert all(f"问题{n}号" in text for n in (10, 509, 510, 1209))


@pytest.mark.parametrize("name", ["correction_notice", "correction_reply"])
def test_a_drill_without_findings_has_no_notice(filled: Office, target: Path, name: str) -> None:
    filled.as_of = date(2026, 6, 11)
    with pytest.raises(NotFound):
        write_report(filled, name, target, number="D-9")
    with pytest.raises(NotFound):
        write_report(filled, name, target, number="D-1", unit_code="110102")
