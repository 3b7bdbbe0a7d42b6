"""What time it is, so that tests and as-of questions can say so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol

from drillapp.core.localtime import local_day


class Clock(Protocol):
    """Tells the moment and the local day."""

    def now(self) -> datetime:
        """This moment in UTC."""

    def today(self) -> date:
        """Today's date where the office is, in Beijing, whatever the machine's time zone."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return local_day(self.now())


class FixedClock:
    """A clock that stands still at a moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return local_day(self.moment)
