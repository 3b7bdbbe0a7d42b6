"""What is asked on five days, worked out by hand with the law and a wall calendar: every rule at least once."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.office import Office
from drillapp.core.rules.book import national_rules
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.workdays import calendar
from tests.core.rules.small_district import build, day

# The wall calendar of 2026. Spring Festival: off from 02-15 to 02-23, worked on Saturdays 02-14 and 02-28.
#   20 working days from 02-03 (Tue): 02-04 1, 13 8, 14 9, 24 10, 28 14, 03-02 15, 03-06 19, 03-09 20.
#   15 from 02-10 (Tue): 02-11 1, 14 4, 24 5, 28 9, 03-02 10, 03-09 15.   10 from 02-24: 02-25 1, 28 4, 03-02 5, 03-09 10.
#   10 from 02-10: 02-11 1, 14 4, 24 5, 28 9, 03-02 10.
# Mid-autumn and National Day: off 09-25 to 27 and 10-01 to 07, worked on Sunday 09-20 and Saturday 10-10.
#   20 from 09-14 (Mon): 09-18 4, 20 5, 24 9, 28 10, 30 12, 10-08 13, 10 15, 12 16, 10-16 20.
#   10 from 09-28 (Mon): 09-29 1, 30 2, 10-08 3, 09 4, 10 5, 12 6, 10-16 10.   15 from 09-28: 10-19 11, 10-23 15.
# 20 from 2025-12-01 (Mon): four weeks of five days, the first not counted: 12-29.
# Of 2027 nothing is announced: Monday to Friday but 01-01, and from the last week of 2026 on every day is an estimate (~).
#   20 from 11-30 (Mon): 12-28 ~.   20 from 12-07 (Mon): 12-31 18, 01-04 19, 01-05 20 ~.   20 from 12-31 (Thu): 01-04 1, 01-29 20 ~.
#
# —      not asked, for it is not there (yet, or any more)
# met    by the day written, or done again by it where it recurs; * it was done after its day
# due    not done, not late
# late   overdue: the day written was the last one; without a day it must always be so, or nobody knows since when
# none   no data: late, and nothing of the sort was ever recorded of the unit
TABLE = """
rule             | unit     | record   | 26-03-09      | 26-03-10      | 26-10-16      | 26-10-17      | 27-01-01
---
PL-FORCE         | 局       | 局       | met           | met           | met           | met           | met
PL-FORCE         | 社       | 社       | none          | none          | none          | none          | met
PL-FORCE         | 新院     | 新院     | —             | —             | —             | none 26-10-17 | none 26-10-17
PL-FORCE         | 旧厂     | 旧厂     | none          | none          | none          | —             | —
PL-03-OVERALL    | 110102   | 总体     | due 26-03-09  | late 26-03-09 | met* 26-03-09 | met* 26-03-09 | met* 26-03-09
PL-03-SPECIAL    | 110102   | 火灾专项 | —             | —             | met 26-10-16  | met 26-10-16  | met 26-10-16
PL-03-DEPARTMENT | 局       | 部门     | met 26-03-09  | met 26-03-09  | met 26-03-09  | met 26-03-09  | met 26-03-09
PL-04            | 街       | 街道     | —             | —             | due 26-10-16  | late 26-10-16 | late 26-10-16
PL-05            | 社       | 社区     | —             | —             | —             | —             | late ~26-12-28
PL-01            | 气站     | 专项     | met 25-12-29  | met 25-12-29  | met 25-12-29  | met 25-12-29  | due ~27-01-29
PL-02            | 化工     | 综合     | —             | —             | —             | —             | due ~27-01-05
PL-01-CROWDED    | 医院     | 医案     | —             | —             | due 26-10-16  | late 26-10-16 | late 26-10-16
PL-06            | 小店     | 店案     | due           | due           | due           | met           | met
PL-09            | 110102   | 地震专项 | met 26-03-09  | late 26-03-09 | late 26-03-09 | met 29-10-17  | met 29-10-17
PL-09            | 医院     | 旧案     | met 27-01-02  | met 27-01-02  | met 27-01-02  | —             | —
PL-OUT           | 气站     | 现场     | met           | met           | met           | met           | met
PL-OUT           | 气站     | 专项     | none          | none          | none          | none          | none
PL-OUT           | 化工     | 综合     | —             | —             | —             | —             | late
PL-13            | 气站     | 专项     | met           | met           | met           | met           | late
PL-13            | 气站     | 现场     | late          | late          | late          | late          | late
PL-13            | 化工     | 综合     | —             | —             | —             | —             | none
PL-11            | 气站     | 专项     | —             | —             | due 26-10-16  | late 26-10-16 | met* 26-10-16
DR-01            | 街       | 街       | met 26-03-09  | late 26-03-09 | late 26-03-09 | met 28-10-17  | met 28-10-17
DR-01            | 110102   | 110102   | none          | none          | met 28-10-16  | met 28-10-16  | met 28-10-16
DR-03            | 气站     | 气站     | due 26-12-31  | due 26-12-31  | due 26-12-31  | due 26-12-31  | late 26-12-31
DR-03            | 化工     | 化工     | —             | —             | —             | —             | due 27-12-31
DR-04            | 气站     | 气站     | met 26-12-31  | met 26-12-31  | due 26-12-31  | due 26-12-31  | late 26-12-31
DR-05            | 气站     | 气站     | met 26-12-31  | met 26-12-31  | due 26-12-31  | due 26-12-31  | due 27-06-30
DR-08            | 气站     | 气站     | met 27-12-31  | met 27-12-31  | met 27-12-31  | met 27-12-31  | due 27-12-31
DR-11            | 气站     | 气站     | met 27-12-31  | met 27-12-31  | met 27-12-31  | met 27-12-31  | due 27-12-31
DR-11            | 小店     | 小店     | due 26-12-31  | due 26-12-31  | due 26-12-31  | due 26-12-31  | none 26-12-31
DR-05C           | 医院     | 医院     | none          | none          | met 27-06-30  | met 27-06-30  | due 27-06-30
DR-05C           | 新院     | 新院     | —             | —             | —             | due 27-06-30  | due 27-06-30
DR-10            | 医院     | 医院     | none          | none          | met 27-06-30  | met 27-06-30  | due 27-06-30
DR-07            | 110102   | 地震专项 | due 26-03-09  | none 26-03-09 | met 29-10-16  | met 29-10-16  | met 29-10-16
DR-07            | 110102   | 火灾专项 | —             | —             | due 29-09-14  | due 29-09-14  | due 29-09-14
DR-12            | 西里小学 | 西里小学 | met 26-12-31  | met 26-12-31  | due 26-12-31  | due 26-12-31  | late 26-12-31
DR-13            | 西里小学 | 西里小学 | met 26-04-30  | met 26-04-30  | late 26-04-30 | met 26-11-30  | late 26-11-30
DR-15            | 西里小学 | 西里小学 | late          | late          | late          | met 27-12-31  | due 27-12-31
DR-14            | 西里幼儿园 | 西里幼儿园 | due 26-03-31 | due 26-03-31 | late 26-09-30 | late 26-09-30 | late 26-09-30
DR-18            | 社       | 社       | met 27-12-31  | met 27-12-31  | met 27-12-31  | met 27-12-31  | due 27-12-31
DR-06            | 气站     | D        | met 26-03-02  | met 26-03-02  | met 26-03-02  | met 26-03-02  | met 26-03-02
DR-06            | 化工     | 化1      | —             | —             | due 26-10-16  | met* 26-10-16 | met* 26-10-16
DR-06C           | 医院     | 医1      | —             | —             | met 26-10-16  | met 26-10-16  | met 26-10-16
DR-06S           | 社       | 社1      | due 26-03-09  | met* 26-03-09 | met* 26-03-09 | met* 26-03-09 | met* 26-03-09
DR-19            | 气站     | D        | due 26-03-09  | late 26-03-09 | met* 26-03-09 | met* 26-03-09 | met* 26-03-09
DR-19            | 医院     | 医1      | —             | —             | due 26-10-23  | due 26-10-23  | late 26-10-23
DR-21            | 气站     | D        | met           | met           | met           | met           | met
DR-21            | 化工     | 化1      | —             | —             | late          | late          | late
DR-21            | 社       | 社1      | none          | none          | none          | none          | none
CA-01            | 气站     | 灯坏     | due 26-03-09  | late 26-03-09 | late 26-03-09 | met* 26-03-09 | met* 26-03-09
CA-01            | 气站     | 阀门     | due 26-09-16  | due 26-09-16  | met 26-09-16  | met 26-09-16  | met 26-09-16
CA-01            | 化工     | 门锁     | —             | —             | due 26-10-28  | due 26-10-28  | late 26-10-28
CA-02            | 气站     | 灯坏     | —             | —             | —             | due 26-11-16  | late 26-11-16
CA-02            | 气站     | 阀门     | —             | —             | due 26-10-16  | late 26-10-16 | late 26-10-16
PL-14            | 气站     | 班长     | late          | met           | met           | met           | met
PL-14            | 医院     | 医院     | none          | none          | none          | none          | none
PL-14N           | 气站     | 卡       | —             | met           | met           | late          | late
TM-01            | 气站     | 气站     | none          | none          | none          | none          | none
TM-01            | 化工     | 化工     | late          | met           | met           | late          | late
TM-03            | 社       | 志愿队   | met           | late          | late          | met           | met
TM-03            | 社       | 消防站   | late          | late          | late          | late          | late
SU-03            | 气站     | 帐篷     | none          | met           | met           | late          | late
SU-01            | 气站     | 呼吸器   | late          | met           | met           | late          | late
SU-02            | 医院     | 水泵     | due 26-03-09  | none 26-03-09 | met 26-10-16  | late 26-10-16 | late 26-10-16
SU-06            | 化工     | 化库     | due 26-03-09  | none 26-03-09 | met 26-10-16  | late 26-10-16 | late 26-10-16
SU-07            | 医院     | 铁锹     | due 26-03-09  | late 26-03-09 | met* 26-03-09 | met* 26-03-09 | met* 26-03-09
"""
_WORDS = {"met": "met", "due": "due", "overdue": "late", "no_data": "none"}


class Line(NamedTuple):
    """A line of the table."""

    rule: str
    unit: str
    record: str
    told: tuple[str, ...]
    """What is written for each of the days."""

    @classmethod
    def of(cls, text: str) -> Line:
        rule, unit, record, *told = (part.strip() for part in text.split("|"))
        return cls(rule, unit, record, tuple(told))


_HEAD, _RULE, *_BODY = TABLE.strip().splitlines()
DAYS = Line.of(_HEAD).told
LINES = [Line.of(text) for text in _BODY]


@pytest.fixture
def district(office: Office, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The small district; the working days of 2027 stay unannounced, whatever the calendar will know some day."""
    monkeypatch.setattr(calendar, "_library_years", lambda: range(2004, 2027))
    monkeypatch.setattr(
        calendar, "_calendar", lambda special: calendar.Calendar(dict(special))
    )  # shared by none
    build(office, clock)
    return office


def told(row: Obligation) -> str:
    """A row as the table writes it."""
    state = _WORDS[row.state] + "*" * row.late
    if row.due_on is None:
        return state
    return f"{state} {'~' * row.is_estimated}{row.due_on.isoformat()[2:]}"


def record(row: Obligation) -> str:
    """What a row is about: drills by their number, goods by their name alone."""
    if row.subject_kind == "drills":
        return row.evidence[0]
    if row.subject_kind == "findings":
        return row.subject.removeprefix("问题")
    if row.subject_kind == "units":
        return row.unit
    return row.subject.split(" · ")[0]


def test_what_is_asked_on_five_days_is_what_the_table_says(district: Office) -> None:
    for place, when in enumerate(DAYS):
        rows = obligations(district, on=day(when))
        found = {(row.rule, row.unit, record(row)): told(row) for row in rows}
        assert len(found) == len(rows), "no rule asks twice for one thing"
        written = {line[:3]: line.told[place] for line in LINES}
        asked = {key: found.get(key, "—") for key in written}
        assert {key: (asked[key], written[key]) for key in asked if asked[key] != written[key]} == {}, when

    rows = obligations(district, settled_by=("drill_held",), on=day("26-03-09"))
    settled = {row.rule for row in rows if row.evidence == ["D"] and row.state == "met"}
    assert settled == {"DR-04", "DR-05", "DR-08", "DR-11"}, "one drill settles every rule that it fits"


def test_the_table_names_every_rule() -> None:
    assert {line.rule for line in LINES} == {rule.id for rule in national_rules()}
    assert {len(line.told) for line in LINES} == {len(DAYS)}
