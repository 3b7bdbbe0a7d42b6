"""What is put together once for a day stays as it would be anew: nothing that it depends on is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from random import Random

import pytest

from drillapp.core.i18n import language, use_language
from drillapp.core.office import Office
from drillapp.core.readiness.months import trend
from drillapp.core.rules import duty
from drillapp.core.rules.duties import duties
from drillapp.core.rules.kept import Kept, kept_for
from drillapp.core.rules.queries import obligations, scope_of
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter

DAY = date(2026, 11, 24)


@pytest.fixture
def in_chinese() -> Iterator[None]:
    before = language()
    use_language("zh_CN")
    yield
    use_language(before)


def test_a_part_is_made_once_and_anew_when_what_it_depends_on_is_another() -> None:
    kept, made = Kept(), iter(range(9))

    def part(what: str, depending_on: object = None) -> int:
        return kept.part(what, lambda: next(made), depending_on)

    assert [part("a"), part("b"), part("a"), part("b")] == [0, 1, 0, 1]
    assert [part("c", frozenset({1})), part("c", frozenset({1})), part("c", frozenset({1, 2}))] == [2, 2, 3]
    assert [part("c", frozenset({1, 2})), part("c", frozenset({1})), part("a")] == [3, 4, 0]


@pytest.mark.sqlite_only("what is kept knows no database")
def test_scopes_of_the_same_share_their_parts_and_no_others_do(office: Office) -> None:
    with office.read() as connection:
        first, same = (scope_of(connection, DAY) for _time in range(2))
        own, later = (
            scope_of(connection, day, unit)
            for unit, day in ((office.unit_id, DAY), (None, date(2026, 11, 25)))
        )
        assert duties("drill_held", first)[0] is duties("drill_held", same)[0]
        assert first.plans_in_force is same.plans_in_force
        for other in (own, later):
            assert other.kept is not first.kept
            assert other.plans_in_force is not first.plans_in_force


@pytest.mark.sqlite_only("what is kept knows no database")
def test_a_trend_over_many_months_leaves_what_is_kept_for_today(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duty, "kept_for", lru_cache(4)(kept_for.__wrapped__))
    with office.read() as connection:
        today = scope_of(connection, DAY).kept
        assert office.unit_id is not None
        trend(office, office.unit_id, 6)
        assert scope_of(connection, DAY).kept is today


@pytest.mark.sqlite_only("what is kept knows no database")
def test_words_are_those_of_the_language_spoken_now(office: Office, in_chinese: None) -> None:
    enter(office, random_facts(Random(1)))

    def subjects() -> list[str]:
        return sorted(row.subject for row in obligations(office, settled_by=("upkeep_done",)))

    chinese = subjects()
    assert chinese
    use_language("en")
    assert not set(subjects()) & set(chinese)
    use_language("zh_CN")
    assert subjects() == chinese
