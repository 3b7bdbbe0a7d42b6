"""Texts of plans: ten sections for each unit's first plan, a fifth of them in a later version that is still a draft."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from benchmarks.making.filling import Filling
from benchmarks.making.office import CLOCK, pragmas
from benchmarks.making.words import dice, words
from drillapp.core.office import Office
from drillapp.core.plans.content import Paragraph, write_blocks
from drillapp.core.plans.model import PlanSection, PlanVersion
from drillapp.core.search.section_index import put_sections

_A_PLAN = 10
_LAST_VERSION = 9
_AT_ONCE = 1000
_SENTENCES = 5000
_SHORTEST, _LONGEST = 300, 800
_FIRST_LINEAGE = 0x0190 << 112


def make_sections(path: Path, size: float) -> None:
    """Write 200,000 sections of 300 to 800 characters into the district of size 1."""
    plans = round(20_000 * size)
    with Office.open(path, clock=CLOCK) as office:
        pragmas(office, "journal_mode = OFF", "synchronous = OFF", "cache_size = -800000")
        with office.write("make up texts of plans") as work:
            filling = Filling(work)
            for first in range(0, plans, _AT_ONCE):
                _write(filling, range(first, min(first + _AT_ONCE, plans)))
            for name in ("section_index", "section_titles"):
                work.connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        pragmas(office, "journal_mode = WAL")


def _write(filling: Filling, units: range) -> None:
    """The texts of some units' first plans, each with its version's own key."""
    drafts = [3 * unit + 1 for unit in units if unit % 5 == 4]
    first_draft = 1_000_000 + units.start
    keys = filling.add(
        PlanVersion,
        {"plan_id": drafts, "ordinal": [_LAST_VERSION] * len(drafts)},
        first_draft,
    )
    draft_of = dict(zip(drafts, keys, strict=True))
    versions = [draft_of.get(3 * unit + 1, 3 * unit + 1) for unit in units for _place in range(_A_PLAN)]
    chance = dice(f"sections {units.start}")
    titles = [chance.choice(_headings()) for _version in versions]
    texts = [_text(chance) for _version in versions]
    first = units.start * _A_PLAN + 1
    ids = filling.add(
        PlanSection,
        {
            "version_id": versions,
            "position": [place for _unit in units for place in range(_A_PLAN)],
            "level": [1] * len(versions),
            "number": [str(place + 1) for _unit in units for place in range(_A_PLAN)],
            "title": titles,
            "blocks": [write_blocks((Paragraph(text),)) for text in texts],
            "lineage": [f"{_FIRST_LINEAGE + key:032x}" for key in range(first, first + len(versions))],
        },
        first,
    )
    put_sections(filling.work.connection, ids, titles, texts)


def _text(chance: Random) -> str:
    """Sentences, four to a paragraph's line."""
    wanted = chance.randint(_SHORTEST, _LONGEST)
    chosen: list[str] = []
    while wanted > 0:
        chosen.append(chance.choice(_sentences()))
        wanted -= len(chosen[-1])
    return "\n".join("".join(chosen[first : first + 4]) for first in range(0, len(chosen), 4))


@cache
def _sentences() -> list[str]:
    chance = dice("sentences")
    return [_filled(chance.choice(words()["sections"]["sentences"]), chance) for _number in range(_SENTENCES)]


@cache
def _headings() -> list[str]:
    chance = dice("headings")
    return [_filled(title, chance) for title in words()["sections"]["titles"] for _number in range(20)]


def _filled(sentence: str, chance: Random) -> str:
    subjects = words()
    return sentence.format(
        hazard=chance.choice(subjects["hazards"]),
        place=chance.choice(subjects["places"]),
        department=chance.choice(subjects["departments"]),
        post=chance.choice(subjects["posts"]),
        supply=chance.choice(subjects["supplies"]["names"]),
        measure=chance.choice(subjects["supplies"]["measures"]),
        number=chance.randint(2, 990),
    )
