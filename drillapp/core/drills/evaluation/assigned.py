"""Which groups of a form are an evaluator's and where he stands, as one line that he reads: 'B4 B5 · East gate'."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.drills.evaluation.forms import EvaluationForm

_BETWEEN = " · "


def write_assigned(groups: Sequence[str], place: str) -> str | None:
    """The line; None when there is nothing to say."""
    return _BETWEEN.join(filter(None, (" ".join(groups), place.strip()))) or None


def read_assigned(text: str | None, form: EvaluationForm) -> tuple[tuple[str, ...], str]:
    """Groups and place; words before the first dot that are no groups belong to the place."""
    head, _dot, tail = (text or "").partition(_BETWEEN)
    known = [group.code for group in form.group]
    named = head.split()
    if named and all(code in known for code in named):
        return tuple(code for code in known if code in named), tail
    return (), text or ""
