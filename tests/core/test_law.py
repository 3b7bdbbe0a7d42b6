"""The rule files: each rule has its source, and a file that is not well-formed is refused by name and field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from drillapp.core import enumerations, resources
from drillapp.core.errors import Damaged
from drillapp.core.i18n import use_language
from drillapp.core.law import rules, rules_settled_by
from drillapp.core.readiness.formula import formula
from drillapp.core.rules.book import national_rules

DAY = timedelta(days=1)
RULE = """
[[rule]]
id = "X-1"
settled_by = "drill_held"
zh = "每年演练"
en = "a drill a year"
article = "条例第8条"
mark = "V"
months = 12
kinds = ["school"]
"""


@pytest.fixture
def given_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts one rule file with this text in the place of those of the program."""

    def put(text: str) -> None:
        (tmp_path / "rules").mkdir()
        (tmp_path / "rules" / "local.toml").write_text(text, encoding="utf-8")
        (tmp_path / "enumerations.toml").write_bytes(
            resources.resource_path("enumerations.toml").read_bytes()
        )
        monkeypatch.setattr(resources, "_root", lambda: tmp_path)
        _forget()

    use_language("en")
    yield put
    monkeypatch.undo()
    use_language("zh_CN")
    _forget()


def _forget() -> None:
    resources.load_toml.cache_clear()
    rules.cache_clear()


def test_every_rule_names_its_source_and_says_the_same_in_both_languages() -> None:
    for rule in rules().values():
        assert "第" in rule.article or "号" in rule.article, rule.id
        assert rule.zh
        assert rule.en
        assert rule.zh != rule.en


def test_every_rule_is_asked_of_kinds_of_unit_that_there_are() -> None:
    kinds = set(enumerations.codes("unit_kind"))
    assert all(kinds.issuperset(rule.kinds) for rule in rules().values())


def test_every_indicator_is_asked_for_by_some_rule() -> None:
    asked = {rule.settled_by for rule in national_rules()}
    for indicator in formula().indicator:
        assert asked.intersection(indicator.settled_by), indicator.name


def test_the_strictest_rule_comes_first() -> None:
    months = [rule.interval for rule in rules_settled_by("drill_held")]
    assert months == sorted(months)
    assert len(set(months)) > 1


def test_an_office_may_have_rules_of_its_own(given_rules: Callable[[str], None]) -> None:
    given_rules(RULE)
    (rule,) = rules().values()
    assert (rule.id, rule.months, rule.kinds, rule.title) == ("X-1", 12, ("school",), "a drill a year")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('article = "条例第8条"\n', "", "article"),
        ('article = "条例第8条"', 'article = ""', "article"),
        ("months = 12", 'months = "twelve"', "months"),
        ("months = 12", "months = -1", "months"),
        ("months = 12", "month = 12", "month"),
        ('mark = "V"', 'mark = "X"', "mark"),
        ('settled_by = "drill_held"', 'settled_by = "prayer"', "settled_by"),
        ('kinds = ["school"]', 'kinds = ["shcool"]', "shcool"),
        ("months = 12", 'window = "cal_week"', "window"),
        ("months = 12", 'months = 12\nwindow = "cal_year"', "months"),
        ("months = 12", "", "settled_by"),
        ("months = 12", 'window = "cal_month"\nholidays = [13]', "holidays"),
        ("months = 12", 'window = "cal_year"\nholidays = [1]', "holidays"),
        ("months = 12", 'months = 12\nplan_kinds = ["onsite"]', "onsite"),
        ("months = 12", 'months = 12\nper = "plan"', "per"),
        ("months = 12", 'months = 12\nsectors = ["fire"]', "fire"),
        ("months = 12", 'months = 12\nform = "dry"', "dry"),
        ("months = 12", "months = 12\nvalid_from = 2026", "valid_from"),
        ("months = 12", "months = 12\nvalid_from = 2026-03-01\nvalid_to = 2026-02-28", "valid_to"),
        ("months = 12", "months = 12\npercent = 101", "percent"),
        ("months = 12", "months = 12\npercent = 80", "percent"),
        ('settled_by = "drill_held"', 'settled_by = "drill_attended"', "percent"),
        ("months = 12", "months = 12\ndays = -1", "days"),
        ("months = 12", "months = 12\nworking_days = true", "working_days"),
        ("months = 12", 'window = "cal_year"\nterm_is_local = true', "term_is_local"),
        ("months = 12", "months = 12\nholidays = [7]", "holidays"),
        ("months = 12", 'months = 12\nhigh_risk = "yes"', "high_risk"),
        ("months = 12", 'months = 12\nreading = "rolling"', "reading"),
        ('settled_by = "drill_held"', 'settled_by = "card_issued"\nhazards = ["火灾"]', "hazards"),
        ('settled_by = "drill_held"\n', 'settled_by = "stocktake_done"\nwindow = "cal_year"\n', "window"),
        ("[[rule]]", "[[rules]]", "rule"),
        ("[[rule]]", "[[rule", "line"),
    ],
)
def test_what_is_wrong_in_a_rule_file_is_named(
    given_rules: Callable[[str], None], old: str, new: str, named: str
) -> None:
    assert old in RULE
    given_rules(RULE.replace(old, new))
    with pytest.raises(Damaged) as refused:
        rules()
    assert "local.toml" in refused.value.message
    assert named in refused.value.message
    assert "line" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(("reading", "window", "months"), [("calendar", "cal_half", 0), ("rolling", None, 6)])
def test_once_every_half_year_can_be_read_both_ways(
    given_rules: Callable[[str], None], reading: str, window: str | None, months: int
) -> None:
    given_rules(f'reading = "{reading}"\n' + RULE.replace("months = 12", 'window = "cal_half"'))
    (rule,) = rules().values()
    assert (rule.window, rule.months, rule.interval) == (window, months, 6)


def test_the_line_is_that_of_the_field(given_rules: Callable[[str], None]) -> None:
    given_rules(RULE + RULE.replace("X-1", "X-2").replace("months = 12", "months = 12\npercent = 5"))
    with pytest.raises(Damaged, match=r"line 20: `percent` of X-2"):
        rules()


def test_the_last_day_of_a_rule_is_still_one_of_its_days(given_rules: Callable[[str], None]) -> None:
    begin, end = date(2026, 1, 1), date(2026, 6, 30)
    given_rules(RULE.replace("months = 12", f"months = 12\nvalid_from = {begin}\nvalid_to = {end}"))
    (rule,) = rules().values()
    asked = [rule.is_valid(day) for day in (begin - DAY, begin, end, end + DAY)]
    assert asked == [False, True, True, False]


def test_two_rules_cannot_share_an_id(given_rules: Callable[[str], None]) -> None:
    given_rules(RULE + RULE)
    with pytest.raises(Damaged, match="X-1"):
        rules()
