"""Cards to begin with, one a hazard, as data from resources/templates/cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.cards.alarm import AlarmLine, write_alarm
from drillapp.core.cards.steps import MOST_STEPS, Step, write_steps
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.resources import resource_path

_FOLDER = "templates/cards"
_Said = Annotated[str, msgspec.Meta(min_length=1)]
_Lines = Annotated[tuple[_Said, ...], msgspec.Meta(min_length=1)]
_PLACE = re.compile(r"\{(\w+)\}")
BLANK = "________"
"""Stands where something is still to be written in."""
PLACES = frozenset(
    (
        "address", "authority_phone", "crane_phone", "duty_phone", "gas_phone", "lift_phone", "lift_room_place",
        "meeting_point", "oxygen_phone", "refuge_place", "rescue_phone", "street_phone", "supplies_place",
        "switch_place", "unit", "valve_place",
    )
)  # fmt: skip
"""What can be filled in."""
USUAL = {"gas_phone": "96777"}
"""Beijing Gas; an office elsewhere says its own."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template as its file says it."""

    title: _Said
    hazard: _Said
    posts: _Lines
    groups: _Lines
    hazards: _Said
    first_action: _Said
    alarm: Annotated[tuple[AlarmLine, ...], msgspec.Meta(min_length=1)]
    at_once: _Lines
    within_10: _Lines
    until_relieved: _Lines
    protection: _Lines
    prohibitions: _Lines
    route: _Said
    supplies: _Lines
    contacts: _Lines
    source: _Said
    mark: Literal["V", "V2", "M", "C"]
    """V read in the text, V2 read second-hand, M general knowledge, C convention."""


class Template(msgspec.Struct, frozen=True):
    """A card to begin with."""

    id: str
    title: str
    hazard: str
    posts: tuple[str, ...]
    """Words in the names of the posts that it fits."""
    groups: tuple[str, ...]
    """Groups of the dictionary of posts that it fits."""
    texts: dict[str, str]
    """For each field of a card what it says, with places to fill in braces."""
    source: str
    mark: str


@cache
def templates() -> dict[str, Template]:
    """All templates by id; raises Damaged naming file, line and field."""
    names = sorted(path.stem for path in resource_path(_FOLDER).glob("*.toml"))
    return {name: _template(name) for name in names}


def fill(template: Template, places: Mapping[str, str]) -> dict[str, str]:
    """The fields of a card by the template; a place that nothing is said of becomes a line to write on."""
    known = USUAL | {name: text for name, text in places.items() if text}
    return {
        field: _PLACE.sub(lambda place: known.get(place[1], BLANK), text)
        for field, text in template.texts.items()
    }


def fitting(post: str, group: str = "") -> list[Template]:
    """All templates: those first that fit a post by the longest word of its name, then those of its group."""

    def distance(template: Template) -> tuple[int, bool]:
        longest = max((len(word) for word in template.posts if word in post), default=0)
        return -longest, group not in template.groups

    return sorted(templates().values(), key=distance)


def _template(name: str) -> Template:
    said = read_data_file(f"{_FOLDER}/{name}.toml", _File, _check)
    steps = tuple(
        Step(block, text) for block in enumerations.codes("card_block") for text in getattr(said, block)
    )
    texts = {
        "title": said.title,
        "hazards": said.hazards,
        "first_action": said.first_action,
        "alarm": write_alarm(said.alarm),
        "steps": write_steps(steps),
        "protection": "\n".join(said.protection),
        "prohibitions": "\n".join(said.prohibitions),
        "route": said.route,
        "supplies": "\n".join(said.supplies),
        "contacts": "\n".join(said.contacts),
    }
    return Template(name, said.title, said.hazard, said.posts, said.groups, texts, said.source, said.mark)


def _check(said: _File) -> None:
    """Raise BadField for what the types do not forbid."""
    count = len(said.at_once) + len(said.within_10) + len(said.until_relieved)
    if count > MOST_STEPS:
        raise BadField("at_once", f"{count} steps, at most {MOST_STEPS}")
    for field in said.__struct_fields__:
        unknown = set(_PLACE.findall(str(msgspec.to_builtins(getattr(said, field))))) - PLACES
        if unknown:
            raise BadField(field, " ".join(sorted(unknown)))
