"""The rating worked out plainly, step by step, to compare the program's with."""

from __future__ import annotations

from fractions import Fraction

SHARES = {
    "yes": 100, "no": 0, "full": 100, "mostly": 80, "partly": 50, "none": 0,
    "0": 0, "1": 20, "2": 40, "3": 60, "4": 80, "5": 100,
}  # fmt: skip
"""Written out here, not read from the rule: a change of the rule has to be meant."""


def plain_rating(
    items: list[tuple[int, bool, list[str]]], met: list[str | None], late: int, stopped: bool
) -> str | None:
    """The rating of items (weight, critical, answers of the evaluators), objectives and the rest."""
    points, weights, judged, faults, critical, unanswered = Fraction(), 0, 0, 0, 0, 0
    for weight, is_critical, answers in items:
        counted = [SHARES[answer] for answer in answers if answer != "na"]
        unanswered += not answers
        if not counted:
            continue
        mean = Fraction(sum(counted), len(counted))
        judged += 1
        weights += weight
        points += mean * weight
        faults += mean < 60
        critical += is_critical and mean < 60
    if not judged:
        return None
    score = points / weights
    partly, unmet = met.count("partly"), met.count("not_met")
    if stopped or unmet:
        return "poor"
    if score >= 90 and (faults, unanswered, late, partly) == (0, 0, 0, 0):
        return "excellent"
    if score >= 80 and faults * 100 <= judged * 10 and critical == partly == 0:
        return "good"
    return "fair" if score >= 60 and critical <= 2 else "poor"
