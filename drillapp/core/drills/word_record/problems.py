"""Problems and what puts them right, taken apart and put side by side."""

from __future__ import annotations

import re
from itertools import zip_longest

from drillapp.core.drills.word_record.draft import FindingDraft
from drillapp.core.drills.word_record.labels import plain, word_pattern, words
from drillapp.core.drills.word_record.measures import joined_to_measures, with_owner_and_due


def findings_of(problems: str, measures: str) -> tuple[FindingDraft, ...]:
    """The findings that the texts tell; a single measure for several problems stands beside each."""
    found, done = items_of(problems), joined_to_measures(items_of(measures))
    if not found:
        return ()
    if len(done) == 1 or len(done) > len(found):
        done = ["\n".join(done)] * len(found)
    return tuple(
        with_owner_and_due(FindingDraft(text=text, action=action))
        for text, action in zip_longest(found, done, fillvalue="")
    )


def parted(both: str) -> tuple[str, str]:
    """Problems and measures of a text that tells both, each after its word; without the words all are problems."""
    written = plain(both)
    marks = "|".join(map(re.escape, words()["measure_marks"]))
    found = re.search(
        rf"(?:^|\n|[\u3002;\uff1b])\s*(?:{_NUMBER})?(?:{marks})[^\n:\uff1a]{{0,6}}[:\uff1a]", written
    )
    if found is None:
        return _without_mark(written), ""
    return _without_mark(written[: found.start() + 1]), written[found.end() :].strip()


def items_of(text: str) -> list[str]:
    """A list's items, without their numbers; sentences where it has none. Nothing where it says that there is none."""
    lines = [line.strip() for line in plain(text).split("\n") if line.strip()]
    numbered = word_pattern("enumerated")
    split = [piece for line in lines for piece in _at_numbers(line)]
    if len(split) > 1 and sum(bool(numbered.match(piece)) for piece in split) > 1:
        items: list[str] = []
        for piece in split:
            if numbered.match(piece) or not items:
                items.append(numbered.sub("", piece, count=1))
            else:
                items[-1] = f"{items[-1]}\n{piece}"
    else:
        pieces = (piece for line in lines for piece in word_pattern("sentences").split(line))
        items = [numbered.sub("", piece, count=1) for piece in pieces]
    return [item for item in map(_trimmed, items) if item and item not in words()["nothing"]]


_NUMBER = r"(?:\d{1,2}|[\u4e00-\u9fff]{1,2})[.\u3001\uff0e]\s*"
_INNER_NUMBER = re.compile(r"(?<=[\u3002;\uff1b])\s*(?=(?:\(?\d{1,2}[.\u3001)](?!\d)|[\u2460-\u2469]))")


def _at_numbers(line: str) -> list[str]:
    """A line's parts, each with a number of its own."""
    return [piece.strip() for piece in _INNER_NUMBER.split(line) if piece.strip()]


def _without_mark(text: str) -> str:
    marks = "|".join(map(re.escape, words()["problem_marks"]))
    return re.sub(
        rf"^\s*(?:{_NUMBER})?(?:{marks})[^\n:\uff1a]{{0,4}}[:\uff1a]\s*", "", text.strip(), count=1
    ).strip()


def _trimmed(text: str) -> str:
    return text.strip(" ;\uff1b\u3002.")
