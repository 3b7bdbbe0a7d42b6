"""Phrases that logs of drills need again and again, each under a key."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.batch import text_problem
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.settings import set_setting, setting

MOST = 9
"""One for each digit."""
TO_COMPLETE = "…"
"""Ends a phrase that has to be completed before it is logged."""
_SETTING = "drill_phrases"


def phrases_of(office: Office) -> list[str]:
    """The office's own phrases, or those that come with the program."""
    own: list[str] | None = setting(office, _SETTING)
    return usual_phrases() if own is None else own


def usual_phrases() -> list[str]:
    """The phrases that come with the program."""
    words = "en" if language() == "en" else "zh"
    return [phrase[words] for phrase in load_toml("drills/phrases.toml")["phrases"]]


def set_phrases(office: Office, phrases: Sequence[str]) -> list[str]:
    """Keep the office's own phrases, none for the usual ones; raises InvalidInput, Denied."""
    kept = [phrase.strip() for phrase in phrases if phrase.strip()]
    problems = [
        Problem(i, "phrase", phrase[:80], message)
        for i, phrase in enumerate(kept)
        if (message := text_problem(phrase))
    ]
    if len(kept) > MOST:
        problems.append(Problem(MOST, "phrase", kept[MOST], _("There are keys for nine phrases only.")))
    if problems:
        raise InvalidInput(problems[0].message, field="phrase", problems=problems)
    set_setting(office, _SETTING, kept or None)
    return phrases_of(office)
