"""What a search brings."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from drillapp.core.search.passages import Passage


class Place(NamedTuple):
    """Where a section stands."""

    plan_id: int
    version_id: int
    position: int
    """Its place among the version's sections, from 0."""


class Hit(msgspec.Struct, frozen=True):
    """A record, or a section of a plan, that was found."""

    kind: str
    id: int
    title: str
    """Of a section with its number."""
    subtitle: str
    """Its code or number; of a section the title and number of its plan."""
    unit_name: str
    passage: Passage = Passage()
    """For a section."""
    place: Place | None = None
    """For a section."""
