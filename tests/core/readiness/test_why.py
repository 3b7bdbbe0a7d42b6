"""Why: the arithmetic of any score adds up to it, and each term is the number of rows behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.queries import evidence, readiness
from drillapp.core.readiness.why import Why, why
from drillapp.core.readiness.why_words import why_lines
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that test_random_districts asks of both databases")

LOOKED_AT = ("110102", "S", "E")
"""Some with many below them, and one without any."""
CASES = (("2026-1", date(2024, 6, 30)), ("2026-2", date(2026, 11, 24)))


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        enter(opened, random_facts(Random(1)))
        yield opened


@pytest.fixture(scope="module")
def explained() -> list[Why]:
    """What `whole` gives, once it was worked out: every test's office holds the same."""
    return []


@pytest.fixture
def whole(request: pytest.FixtureRequest, office_location: str, explained: list[Why]) -> list[Why]:
    """Each unit taken apart on two days, by a version of the formula each."""
    if not explained:
        office: Office = request.getfixturevalue("office")
        explained += [
            why(office, row.unit_id, day, version)
            for version, day in CASES
            for row in readiness(office, on=day)
            if row.unit in LOOKED_AT
        ]
    return explained


def test_it_takes_apart_what_readiness_says(office: Office, whole: list[Why]) -> None:
    everybody = (readiness(office, None, day, version) for version, day in CASES)
    said = [row for rows in everybody for row in rows if row.unit in LOOKED_AT]
    assert [one.readiness for one in whole] == said


def test_the_terms_add_up_to_the_score(whole: list[Why]) -> None:
    assert any(one.score is not None and one.exact != one.score for one in whole)
    for one in whole:
        assert (one.exact is None) == (one.score is None)
        if one.exact is not None:
            assert round(one.exact, 1) == one.score
            assert sum(term.points for term in one.terms) == pytest.approx(one.exact, abs=1e-9)
            full = sum(term.points + term.lost for term in one.terms)
            assert full == pytest.approx(100, abs=1e-9)
        else:
            assert not any(term.points or term.lost for term in one.terms)


def test_the_rules_of_a_term_add_up_to_it(whole: list[Why]) -> None:
    names = ("met", "known", "asked", "own_met", "own_known", "own_asked")
    for one in whole:
        for term in one.terms:
            for name in names:
                assert sum(getattr(rule, name) for rule in term.rules) == getattr(term.value, name)


@pytest.mark.parametrize("own_only", [False, True])
def test_each_count_of_a_rule_is_the_number_of_rows_it_opens(office: Office, own_only: bool) -> None:
    for row in [row for row in readiness(office) if row.unit in ("S", "E")]:
        for term in why(office, row.unit_id).terms:
            rows = evidence(office, row.unit_id, term.indicator, own_only=own_only)
            by_rule = Counter(one.rule for one in rows)
            counts = {rule.rule: rule.own_asked if own_only else rule.asked for rule in term.rules}
            assert {rule: count for rule, count in counts.items() if count} == by_rule
            for rule in term.rules[:1]:
                behind = evidence(office, row.unit_id, term.indicator, own_only=own_only, rule=rule.rule)
                assert len(behind) == counts[rule.rule]


def test_a_broken_floor_names_what_breaks_it_and_caps_the_grade(office: Office, whole: list[Why]) -> None:
    codes = [step.code for step in formula().grade]
    broken = [one for one in whole if one.floors]
    assert broken
    for one in broken:
        assert all(floor.duties for floor in one.floors)
        assert all(duty.unit_id == one.readiness.unit_id for floor in one.floors for duty in floor.duties)
        if one.grade is not None and one.earned is not None:
            worst = max(codes.index(mark) for mark in (one.earned, *(floor.cap for floor in one.floors)))
            assert one.grade == codes[worst]
    assert all(one.grade == one.earned for one in whole if not one.floors)


def test_the_words_say_each_term_the_division_and_the_rounding(whole: list[Why]) -> None:
    chosen = next(one for one in whole if one.score is not None and one.floors and one.version == "2026-2")
    lines = why_lines(chosen)
    for term in chosen.terms:
        (line,) = (line for line in lines if line.startswith(term.title))
        assert term.share is None or f"{term.points:.2f}" in line
    (together,) = (line for line in lines if line.startswith("合计"))
    assert f"{chosen.exact:.4f}" in together
    assert together.endswith(f"{chosen.score:.1f}")
    assert any(chosen.floors[0].title in line for line in lines)


def test_a_unit_that_is_not_there_has_nothing_to_explain(office: Office) -> None:
    with pytest.raises(NotFound):
        why(office, 10**6)
