"""What all evaluators together say, item by item: their mean, faults, and where they disagree. Plain values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from drillapp.core.drills.evaluation.conversion import share_of
from drillapp.core.drills.evaluation.forms import EvaluationForm, Group, Item
from drillapp.core.drills.evaluation.rows import Answer, Sheet
from drillapp.core.drills.evaluation.rule import rating_rule


class Opinion(NamedTuple):
    """What one evaluator says about an item."""

    who: str
    answer: Answer
    share: int | None
    """Of the full mark, in percent; None: not applicable."""


class JudgedItem(NamedTuple):
    """An item with what all say about it."""

    form: EvaluationForm
    group: Group
    item: Item
    opinions: tuple[Opinion, ...]

    @property
    def shares(self) -> list[int]:
        """The shares that count."""
        return [opinion.share for opinion in self.opinions if opinion.share is not None]

    @property
    def share(self) -> Fraction | None:
        """The mean of those to whom the item applied, in percent."""
        return Fraction(sum(self.shares), len(self.shares)) if self.shares else None

    @property
    def is_fault(self) -> bool:
        """Whether the mean is below what counts as done."""
        return self.share is not None and self.share < rating_rule().fault_below

    @property
    def is_disputed(self) -> bool:
        """Whether the evaluators are far apart, or a fault for one is none for another."""
        if len(self.shares) < 2:
            return False
        low, high = min(self.shares), max(self.shares)
        rule = rating_rule()
        return high - low >= rule.dispute_from or low < rule.fault_below <= high

    @property
    def faulted_by(self) -> tuple[Opinion, ...]:
        """Those who find a fault."""
        below = rating_rule().fault_below
        return tuple(one for one in self.opinions if one.share is not None and one.share < below)


class GroupResult(NamedTuple):
    """A group of items in figures."""

    form: EvaluationForm
    group: Group
    judged: int
    faults: int
    score: Fraction | None
    """The weighted mean, in percent."""


def judged_items(sheets: Sequence[Sheet]) -> list[JudgedItem]:
    """All items that belong to one of the evaluators or were answered by one, in the order of the forms."""
    forms = {sheet.form: sheet.asked_by for sheet in sheets}
    found = []
    for form in sorted(forms.values(), key=lambda form: form.order):
        of_form = [sheet for sheet in sheets if sheet.form == form.id]
        asked = {item.code for sheet in of_form for item in sheet.asked}
        for group in form.group:
            for item in group.item:
                opinions = tuple(_opinions(of_form, item))
                if opinions or item.code in asked:
                    found.append(JudgedItem(form, group, item, opinions))
    return found


def _opinions(sheets: Iterable[Sheet], item: Item) -> Iterator[Opinion]:
    for sheet in sheets:
        answer = sheet.answers.get(item.code)
        if answer is not None:
            yield Opinion(sheet.who, answer, share_of(answer.value))


def group_results(items: Sequence[JudgedItem]) -> list[GroupResult]:
    """The groups in their order."""
    by_group: dict[tuple[str, str], list[JudgedItem]] = {}
    for item in items:
        by_group.setdefault((item.form.id, item.group.code), []).append(item)
    return [
        GroupResult(
            one[0].form,
            one[0].group,
            sum(item.share is not None for item in one),
            sum(item.is_fault for item in one),
            weighted_mean(one),
        )
        for one in by_group.values()
    ]


def weighted_mean(items: Iterable[JudgedItem]) -> Fraction | None:
    """The mean share of the items that were judged, by their weights, in percent."""
    pairs = [(item.item.weight, item.share) for item in items if item.share is not None]
    if not pairs:
        return None
    return sum((weight * share for weight, share in pairs), Fraction()) / sum(weight for weight, _ in pairs)
