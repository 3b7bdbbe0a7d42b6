"""What the office of the tests holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from drillapp.core.drills.commands import save_drill_log, save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry, LogEntry
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

START = datetime(2026, 6, 12, 1, 0, tzinfo=UTC)  # nine in the morning in Beijing


def fill(office: Office) -> None:
    """Enter what the tests read about."""
    save_units(
        office,
        [
            UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
            UnitEntry(code="C1", name="䶮里社区", kind="community", parent_code="S"),
            UnitEntry(code="C2", name="安德里社区", kind="community", parent_code="S"),
            UnitEntry(code="E", name="北京𠮷祥加油站", kind="enterprise", parent_code="S", high_risk=True),
            UnitEntry(code="O", name="老年协会", kind="other", parent_code="110102"),
        ],
    )
    save_plans(
        office,
        [PlanEntry(number="P-1", title="防汛应急预案", unit_code="S", published_on=date(2025, 3, 1))],
    )
    save_drills(
        office,
        [
            DrillEntry(
                number="D-1", unit_code="S", title="防汛综合应急演练", planned_on=date(2026, 6, 10),
                plan_number="P-1", content="comprehensive", form="live", purpose="testing", started_at=START,
                ended_at=START + timedelta(hours=2, minutes=5), place="裕民路", leader="王䶮", expected=50,
                participants=48, rating="good", reported_on=date(2026, 6, 20),
            ),
            DrillEntry(number="D-2", unit_code="E", title="油罐泄漏演练", planned_on=date(2026, 12, 20)),
        ],
    )  # fmt: skip
    save_drill_log(
        office,
        [
            LogEntry(drill_number="D-1", at=START, text="宣布开始", who="赵𠮷祥"),
            LogEntry(drill_number="D-1", at=START + timedelta(minutes=7), text="启动三级响应"),
        ],
    )
    save_findings(
        office,
        [
            FindingEntry(
                drill_number="D-1", number="1", text="集合点没有标志", severity="major", action="补装标志",
                owner="刘洋", due_on=date(2026, 7, 31), done_on=date(2026, 7, 20),
            ),
            FindingEntry(
                drill_number="D-1", number="2", text="名册未更新", unit_code="C1", owner="陈静",
                due_on=date(2026, 8, 10),
            ),
        ],
    )  # fmt: skip
