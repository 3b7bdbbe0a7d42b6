"""Reminders: one notice a unit, with article, day, delay and what settles it."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from drillapp.core.reports.reminder import Reminder, ReminderLine, render_reminders
from drillapp.core.reports.reminder_source import reminders
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from tests.core.reports.paper import read, texts

LATE = ReminderLine(
    "现行预案三年内评估过", "《防汛预案》P-1", "预案管理办法第35条〔未核对〕", "2026-06-30", "147", "预案评估"
)
REMINDER = Reminder(
    office="西城区应急管理局", day=date(2026, 11, 24), unit="安德里社区", code="C2", late=(LATE,),
    unverified=("现行预案三年内评估过（未核对）",),
)  # fmt: skip


def rendered(*units: Reminder) -> list[str]:
    pdf = BytesIO()
    assert render_reminders(units, pdf).missing == ()
    return texts(pdf)


def test_a_notice_names_article_day_delay_and_what_settles_it() -> None:
    text = "".join(rendered(REMINDER))
    assert "安德里社区：截至2026年11月24日" in text
    assert "一、逾期（1项）" in text
    assert "1现行预案三年内评估过《防汛预案》P-1预案管理办法第35条〔未核对〕2026-06-30147预案评估" in text
    assert "下列规则未核对原文，引用前请查证：现行预案三年内评估过（未核对）。" in text


def test_estimated_days_are_explained_where_there_are_some() -> None:
    assert "节假日安排尚未公布" not in "".join(rendered(REMINDER))
    estimated = msgspec.structs.replace(REMINDER, is_estimated=True)
    assert "节假日安排尚未公布" in "".join(rendered(estimated))


def test_each_unit_has_sheets_of_its_own_numbered_from_one() -> None:
    other = msgspec.structs.replace(REMINDER, unit="䶮里社区", code="C1")
    pages = rendered(REMINDER, other)
    begins = [page for page in pages if "催办通知书" in page]
    assert len(begins) == 2
    assert all(page.endswith("—1—") for page in begins)
    assert not any("安德里社区" in page and "䶮里社区" in page for page in pages)


@pytest.mark.parametrize("lines", range(1, 30, 3))
def test_the_receipt_stays_in_one_piece(lines: int) -> None:
    pages = rendered(msgspec.structs.replace(REMINDER, late=(LATE,) * lines))
    (page,) = (page for page in pages if "沿此线裁下寄回" in page)
    assert "回执单位安德里社区(C2)" in page
    assert "办理措施及时限" in page


def test_units_below_are_reminded_too_unless_it_is_of_the_unit_alone(filled: Office, target: Path) -> None:
    assert {one.code for one in reminders(filled, "S", None)} >= {"S", "C1", "C2", "E"}
    assert [one.code for one in reminders(filled, "C1", "own")] == ["C1"]
    write_report(filled, "reminder", target, unit_code="C1", number="own")
    text = read(target)
    assert "䶮里社区：" in text
    assert "有现行有效的应急预案" in text
    assert "名册未更新演练D-1" in text
    assert "2026-08-10106" in text


def test_nobody_is_reminded_of_nothing(filled: Office) -> None:
    with pytest.raises(NotFound, match="老年协会"):
        reminders(filled, "O", "own")
    with pytest.raises(InvalidInput):
        reminders(filled, "S", "D-1")


def test_the_english_notice_is_english() -> None:
    use_language("en")
    text = "".join(rendered(REMINDER))
    assert "Overdue:1things" in text
    assert "tearoffhereandsendback" in text


def test_who_held_another_drill_is_not_told_that_it_never_held_any(office: Office) -> None:
    use_language("zh_CN")
    save_units(office, [UnitEntry(code="H", name="医院", kind="hospital", parent_code="110102")])
    asked_in_vain = {line.asked: line.about for line in reminders(office, "H", None)[0].unknown}
    assert set(asked_in_vain.values()) >= {"尚未开展过演练"}
    began = datetime(2025, 3, 5, 9, tzinfo=BEIJING)
    drill = DrillEntry(
        number="D", unit_code="H", title="防汛演练", hazard="洪水", planned_on=began.date(), started_at=began,
        ended_at=began.replace(hour=11),
    )  # fmt: skip
    save_drills(office, [drill])
    late = {line.about for line in reminders(office, "H", None)[0].late}
    assert "尚未开展过符合要求的演练" in late
    assert "尚未开展过演练" not in late
