"""Documents to begin with, one a kind, as data from resources/templates/drills."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.drills.papers.content import DEEPEST
from drillapp.core.drills.papers.words import words
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.resources import resource_path

_FOLDER = "templates/drills"
_Said = Annotated[str, msgspec.Meta(min_length=1)]
PLACE = re.compile(r"\{(\w+)\}")


class TemplateSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section to draft."""

    key: _Said
    heading: _Said
    level: Annotated[int, msgspec.Meta(ge=1, le=DEEPEST)] = 1
    text: tuple[_Said, ...] = ()
    """Paragraphs with places in braces; a place that stands alone may become several paragraphs or a table."""


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document to begin with."""

    title: _Said
    source: _Said
    mark: Literal["V", "V2", "M", "C"]
    """V read in the text, V2 read second-hand, M general knowledge, C convention."""
    section: Annotated[tuple[TemplateSection, ...], msgspec.Meta(min_length=1)]


@cache
def templates() -> dict[str, Template]:
    """The templates by kind, in the order of the kinds; raises Damaged naming file, line and field."""
    there = {path.stem for path in resource_path(_FOLDER).glob("*.toml")}
    kinds = [kind for kind in enumerations.codes("drill_paper") if kind in there]
    return {kind: read_data_file(f"{_FOLDER}/{kind}.toml", Template, _check) for kind in kinds}


def template_of(kind: str) -> Template:
    """The template of a kind of document; raises InvalidInput for one that is not drafted."""
    found = templates().get(kind)
    if found is None:
        raise InvalidInput(
            _("There is no template for '{kind}'; there are: {kinds}").format(
                kind=kind, kinds=" ".join(templates())
            ),
            field="kind",
        )
    return found


def _check(template: Template) -> None:
    """Raise BadField for what the types do not forbid."""
    known = words().missing.keys()
    twice = [key for key, count in Counter(each.key for each in template.section).items() if count > 1]
    for place, section in enumerate(template.section):
        unknown = {name for text in section.text for name in PLACE.findall(text)} - known
        if unknown:
            raise BadField(f"section[{place}].text", " ".join(sorted(unknown)))
        if section.key in twice:
            raise BadField(f"section[{place}].key", section.key)
