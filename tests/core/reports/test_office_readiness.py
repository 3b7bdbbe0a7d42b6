"""What a readiness report says when it is written from the office's ledgers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.reports.readiness_source import LISTED, readiness_report
from drillapp.core.reports.registry import write_report
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.core.reports.paper import read
from tests.core.reports.small_office import START


def test_a_readiness_report_gives_arithmetic_trend_ranking_and_gaps(filled: Office, target: Path) -> None:
    assert write_report(filled, "readiness", target, unit_code="S") == []
    report, text = readiness_report(filled, "S"), read(target)
    assert f"德胜街道应急准备就绪度为{report.score:.1f}分" in text
    assert all("".join(line.split()) in text for line in report.why)
    assert "近3个月趋势" in text
    assert "（一）社区（2个）" in text
    assert "（二）企业（1个）" in text
    assert "有现行有效的应急预案（3项）依据：突发事件应对法第26条" in text
    assert "䶮里社区没有现行有效的应急预案" in text
    assert "重点单位每半年至少演练一次（1项）" in text
    assert "䶮里社区名册未更新演练D-12026-08-10" in text


def test_met_and_missing_add_up_to_what_is_asked(filled: Office) -> None:
    for indicator in readiness_report(filled, "S").indicators:
        assert indicator.met + sum(rule.count for rule in indicator.lacking) == indicator.asked
        assert indicator.known <= indicator.asked


def test_without_a_unit_the_report_is_about_the_offices_own(filled: Office) -> None:
    report = readiness_report(filled)
    assert report.unit == "Test district"
    assert {ranking.kind for ranking in report.below} == {"街道", "其他"}


def test_the_place_is_among_units_of_the_same_kind(filled: Office) -> None:
    entries = [
        DrillEntry(
            number="D-5", unit_code="C2", title="疏散", planned_on=date(2026, 5, 1), started_at=START,
            ended_at=START + timedelta(hours=1),
        )
    ]  # fmt: skip
    save_drills(filled, entries)
    standing = readiness_report(filled, "C1").standing
    assert standing is not None
    assert (standing.place, standing.of, standing.kind) == (2, 2, "社区")


def test_only_the_first_gaps_are_listed_and_the_others_counted(filled: Office, target: Path) -> None:
    posts = [
        PostEntry(unit_code="C1", name=f"岗位{number:02d}", key_post=True) for number in range(LISTED + 7)
    ]
    save_posts(filled, posts)
    write_report(filled, "readiness", target, unit_code="C1")
    text = read(target)
    assert f"岗位{LISTED - 1:02d}：未发放处置卡" in text
    assert f"岗位{LISTED:02d}" not in text
    assert "另有7项未列出" in text


def test_a_unit_of_which_nothing_is_asked_is_told_so(filled: Office, target: Path) -> None:
    write_report(filled, "readiness", target, unit_code="O")
    text = read(target)
    assert "老年协会目前没有应办事项，不评分。" in text
    assert "各项要求均已达到，无缺项。" in text


def test_a_unit_that_was_not_there_yet_is_not_found(filled: Office, target: Path) -> None:
    save_units(filled, [UnitEntry(code="N", name="新社区", kind="community", valid_from=date(2027, 1, 1))])
    with pytest.raises(NotFound):
        write_report(filled, "readiness", target, unit_code="N")
