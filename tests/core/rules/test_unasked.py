"""Every duty that was found in law and standards is either asked by a rule or said not to be, with the reason."""

from __future__ import annotations

import pytest

from drillapp.core.i18n import language, use_language
from drillapp.core.rules.book import national_rules
from drillapp.core.rules.unasked import unasked

# The ids of "Rules as data", section 10 of the project's collection of facts.
FOUND = [
    *(f"DR-{number:02}" for number in range(1, 21)),
    *(f"PL-{number:02}" for number in range(1, 15)),
    *(f"SU-{number:02}" for number in range(1, 9)),
    *(f"TM-{number:02}" for number in range(1, 4)),
    *(f"IR-{number:02}" for number in range(1, 7)),
]


def _is_asked(found: str) -> bool:
    """A rule of the table may be several in the program, for instance by the kind of plan: PL-03-OVERALL."""
    return any(rule.id == found or rule.id.startswith(f"{found}-") for rule in national_rules())


@pytest.mark.parametrize("found", FOUND)
def test_every_duty_that_was_found_is_asked_or_said_not_to_be(found: str) -> None:
    said = found in {one.id for one in unasked()}
    assert _is_asked(found) != said


def test_nothing_else_is_said_not_to_be_asked() -> None:
    assert {one.id for one in unasked()} <= set(FOUND)


def test_a_rule_that_asks_it_instead_is_there() -> None:
    known = {rule.id for rule in national_rules()}
    instead = {one.asked_by for one in unasked() if one.asked_by}
    assert instead
    assert instead <= known


def test_the_reason_is_said_in_the_language_spoken() -> None:
    before = language()
    try:
        use_language("en")
        english = [(one.title, one.why) for one in unasked()]
        use_language("zh_CN")
        chinese = [(one.title, one.why) for one in unasked()]
    finally:
        use_language(before)
    assert all(ours != theirs for ours, theirs in zip(english, chinese, strict=True))
    assert all(text.isascii() for pair in english for text in pair)
