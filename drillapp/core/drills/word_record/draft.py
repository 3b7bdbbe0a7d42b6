"""What a drill record in Word is understood to say: for a person to look at and put right before it is written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from msgspec import Struct

from drillapp.core.drills.word_record.pairs import Told

DESIGN = ("organiser", "scenario", "safety")
"""Texts of a record that belong to the drill's design."""


class FindingDraft(Struct, frozen=True, kw_only=True):
    """A problem that the drill showed, and what puts it right."""

    text: str = ""
    action: str = ""
    owner: str = ""
    """Who puts it right."""
    due: str = ""
    """Until when, as a text that `times.due_in` reads."""


class LineDraft(Struct, frozen=True, kw_only=True):
    """A line of the drill's log."""

    at: str = ""
    """A time of day, or with its date, in Beijing; empty: when the drill began."""
    text: str = ""
    kind: str = "note"


class DrillName(NamedTuple):
    """A drill by what people call it."""

    number: str
    title: str


class KnownDrill(Struct, frozen=True, kw_only=True):
    """The drill that a record is taken for, as it was when the record was read."""

    id: int
    revision: int
    number: str
    title: str
    values: dict[str, Any]
    """Fields of its entry, without those that are empty; of its design the organiser, the scenario, the safety."""


class WordRecord(Struct, frozen=True, kw_only=True):
    """A record as it was read."""

    file_name: str
    told: tuple[Told, ...]
    """All that stands in the document with a label, in its order."""
    values: dict[str, Any]
    """Fields of a drill's entry as they are understood (see DrillEntry); those that nothing tells are not there."""
    heading: str = ""
    """The document's first line."""
    plan: str = ""
    """What the plan is called that was drilled."""
    organiser: str = ""
    scenario: str = ""
    safety: str = ""
    recorder: str = ""
    judged: str = ""
    """How the drill was judged, in the document's own words, for which a drill has no field."""
    parties: tuple[str, ...] = ()
    findings: tuple[FindingDraft, ...] = ()
    lines: tuple[LineDraft, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should look at, a sentence each."""
    known: KnownDrill | None = None
    """The drill that is there already; its own values are for show, what is not in `values` is not written."""
    others: tuple[DrillName, ...] = ()
    """Drills of the unit and the day that are called otherwise."""

    @property
    def differing(self) -> dict[str, Any]:
        """What the known drill says otherwise than the document, by the field."""
        if self.known is None:
            return {}
        texts = {name: text for name in DESIGN if (text := getattr(self, name))}
        said, known = self.values | texts, self.known.values
        return {name: known[name] for name in said.keys() & known.keys() if said[name] != known[name]}

    @property
    def planned_on(self) -> date | None:
        """The day of the drill."""
        return self.values.get("planned_on")

    @property
    def started_at(self) -> datetime | None:
        """The moment of its beginning (UTC)."""
        return self.values.get("started_at")
