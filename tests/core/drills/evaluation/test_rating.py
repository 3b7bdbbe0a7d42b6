"""A rating follows from the answers by the rule, and says why."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.drills.evaluation.agreement import group_results, judged_items
from drillapp.core.drills.evaluation.conversion import allowed
from drillapp.core.drills.evaluation.forms import evaluation_form
from drillapp.core.drills.evaluation.rating import Figures, figures_of, rate
from drillapp.core.drills.evaluation.rating_words import percent, rating_in_words
from drillapp.core.drills.evaluation.rows import Answer, Sheet
from drillapp.core.i18n import use_language
from tests.core.drills.evaluation.rating_reference import plain_rating

FORM = "gbt46792"
ITEMS = evaluation_form(FORM).items
ANSWERS = sorted({value for kind in ("yes_no", "choice", "score") for value in allowed(kind)})  # type: ignore[arg-type]


def sheet(who: str, answers: dict[str, str], groups: tuple[str, ...] = (), form: str = FORM) -> Sheet:
    return Sheet(
        id=1, drill_id=1, position=1, form=form, evaluator=who, institution=None, qualification=None, contract=None,
        groups=groups, place="", answers={code: Answer(value) for code, value in answers.items()}, comment=None,
        submitted_on=None, revision=1,
    )  # fmt: skip


good_answers = st.sampled_from(["yes", "full", "mostly", "5", "4", "na"])
any_answers = st.sampled_from(ANSWERS)


@st.composite
def filled(draw: st.DrawFn) -> list[dict[str, str]]:
    """The answers of up to four evaluators; mostly good ones half of the time, so that every level comes up."""
    strategy = good_answers if draw(st.booleans()) else any_answers
    codes = st.sampled_from(sorted(ITEMS))
    return [
        {code: draw(strategy) for code in ITEMS}
        if draw(st.booleans())
        else draw(st.dictionaries(codes, any_answers, max_size=12))
        for _ in range(draw(st.integers(1, 4)))
    ]


@given(filled(), st.lists(st.sampled_from(["met", "met", "partly", "not_met"]), max_size=3),
       st.integers(0, 2), st.sampled_from([False, False, False, True]))  # fmt: skip
def test_the_rating_is_the_plainly_counted_one(
    sheets: list[dict[str, str]], met: list[str], late: int, stopped: bool
) -> None:
    items = judged_items([sheet(f"E{i}", answers) for i, answers in enumerate(sheets)])
    found = rate(figures_of(items, met, late, stopped=stopped))
    plain = [
        (item.weight, item.critical, [one[code] for one in sheets if code in one])
        for code, item in ITEMS.items()
    ]
    assert found.code == plain_rating(plain, list(met), late, stopped)
    for language in ("en", "zh_CN"):
        use_language(language)
        lines = rating_in_words(found)
        assert all(lines)
        assert len(lines) > len(found.levels)


@given(filled())
def test_the_groups_add_up_to_the_whole(sheets: list[dict[str, str]]) -> None:
    items = judged_items([sheet(f"E{i}", answers) for i, answers in enumerate(sheets)])
    groups, whole = group_results(items), figures_of(items, (), 0, stopped=False)
    assert sum(group.judged for group in groups) == whole.judged
    assert sum(group.faults for group in groups) == whole.faults
    assert all(group.score is None or 0 <= group.score <= 100 for group in groups)


@given(filled(), st.sampled_from(sorted(ITEMS)))
def test_a_better_answer_never_makes_the_rating_worse(sheets: list[dict[str, str]], code: str) -> None:
    order = ["poor", "fair", "good", "excellent"]

    def rated(sheets: list[dict[str, str]]) -> int:
        items = judged_items([sheet(f"E{i}", answers) for i, answers in enumerate(sheets)])
        found = rate(figures_of(items, (), 0, stopped=False)).code
        return -1 if found is None else order.index(found)

    if all(one.get(code) not in (None, "na") for one in sheets):
        assert rated([one | {code: "5"} for one in sheets]) >= rated(sheets)


def test_nothing_judged_is_not_rated() -> None:
    items = judged_items([sheet("E", {"G1.1": "na"})])
    assert rate(figures_of(items, (), 0, stopped=False)).code is None


@pytest.mark.parametrize(
    ("figures", "code", "reason"),
    [
        (Figures(Fraction(100), 30), "excellent", "reached, weighted mean 100 % ≥ 90 %; faults 0 ≤ 0"),
        (Figures(Fraction(97), 30, faults=1), "good", "Excellent: not reached, since faults 1 > 0."),
        (Figures(Fraction(97), 30, late=1), "good", "since actions late or not done 1 > 0."),
        (Figures(Fraction(100), 30, partly=1), "fair", "Good: not reached, since objectives partly met 1 > 0."),
        (Figures(Fraction(799, 10), 30, faults=3), "fair", "since weighted mean 79.9 % < 80 %."),
        (Figures(Fraction(90), 30, faults=3, critical=3), "poor", "Fair: not reached, since serious errors 3 > 2."),
        (Figures(Fraction(100), 30, stopped=True), "poor", "Fair: not reached, since stopped early."),
        (Figures(Fraction(100), 30, unmet=1), "poor", "Fair: not reached, since objectives not met 1 > 0."),
        (Figures(Fraction(59), 30, faults=9), "poor", "Poor: what reaches none of the levels above."),
    ],
)  # fmt: skip
def test_every_level_says_why(figures: Figures, code: str, reason: str) -> None:
    use_language("en")
    rating = rate(figures)
    assert rating.code == code
    assert reason in "\n".join(rating_in_words(rating))


def test_disagreement_is_shown_with_who_said_what() -> None:
    sheets = [
        sheet("Li", {"G1.1": "full", "G1.2": "mostly", "G1.3": "yes", "G1.4": "yes"}),
        sheet("Wang", {"G1.1": "partly", "G1.2": "full", "G1.3": "no", "G1.4": "na"}),
    ]
    disputed = [item for item in judged_items(sheets) if item.is_disputed]
    assert [item.item.code for item in disputed] == ["G1.1", "G1.3"]
    assert [(one.who, one.answer.value) for one in disputed[1].opinions] == [("Li", "yes"), ("Wang", "no")]
    assert [one.who for one in disputed[1].faulted_by] == ["Wang"]


def test_only_assigned_items_are_asked_for() -> None:
    items = judged_items([sheet("Li", {"G2.1": "5"}, groups=("G1",))])
    assert [item.item.code for item in items] == ["G1.1", "G1.2", "G1.3", "G1.4", "G2.1"]


def test_two_forms_stand_beside_each_other() -> None:
    items = judged_items(
        [sheet("Li", {"S1.1": "no"}, form="community_short"), sheet("Wang", {"C1.1": "yes"}, form="yjt9009_tabletop")]
    )  # fmt: skip
    assert [item.form.id for item in items[::31]] == ["yjt9009_tabletop", "community_short"]
    assert len(items) == 44


def test_percent_is_rounded_half_upward() -> None:
    assert [percent(Fraction(*one)) for one in ((9995, 100), (1, 20), (200, 3), (0, 1))] == [
        "100", "0.1", "66.7", "0"
    ]  # fmt: skip
