"""Drills on their way upward as rows."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class ReportRow(msgspec.Struct, frozen=True):
    """A drill that ended, and how far its report is."""

    id: int
    """The drill's key."""
    unit_id: int
    number: str
    title: str
    unit_name: str
    ended_at: datetime
    rule: str | None
    """The rule that asks for the report with the shortest term; None when none does."""
    due_on: date | None
    due_estimated: bool
    """Whether the term runs into a year whose working days are not announced yet."""
    state: str
    """A code of the enumeration report_state."""
    missing: str
    """Papers that the file still lacks: codes of the enumeration report_paper, joined with commas."""
    reported_on: date | None
    retired_on: date | None

    @property
    def missing_papers(self) -> tuple[str, ...]:
        """The codes of the papers that the file still lacks."""
        return tuple(filter(None, self.missing.split(",")))


class ReportStepRow(msgspec.Struct, frozen=True):
    """Reported, returned or accepted."""

    id: int
    kind: str
    happened_on: date
    who: str | None
    document: str | None
    note: str | None


class ReportRate(msgspec.Struct, frozen=True):
    """How reliably a unit, with those below it, reports its drills."""

    unit_id: int
    unit: str
    unit_name: str
    expected: int
    """Drills of the period whose report was due by the office's date."""
    received: int
    """Those of them that were reported by then."""
    on_time: int
    """Those of them that were reported by their last day."""

    @property
    def received_rate(self) -> float | None:
        """0 to 1; None where nothing was expected."""
        return self.received / self.expected if self.expected else None

    @property
    def on_time_rate(self) -> float | None:
        """0 to 1; None where nothing was expected."""
        return self.on_time / self.expected if self.expected else None
