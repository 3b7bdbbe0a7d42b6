"""The errors a person can do something about; anything else that is raised is a bug."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one field of one of the records handed in together."""

    index: int
    """Position of the record among those handed in, from 0."""
    field: str
    value: str
    message: str


class DrillappError(Exception):
    """Carries one plain sentence for the person and a hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidInput(DrillappError):
    """What was entered cannot be accepted; `problems` says which fields and why."""

    def __init__(
        self, message: str, hint: str = "", *, field: str = "", problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(message, hint)
        self.field = field or (problems[0].field if problems else "")
        self.problems = tuple(problems)


class NotFound(DrillappError):
    """Nothing has that code, number or name."""


class Conflict(DrillappError):
    """Someone else changed it since it was read."""


class Denied(DrillappError):
    """This person, machine or way of opening may not do that."""


class Damaged(DrillappError):
    """Stored data is not what it must be."""


class Unavailable(DrillappError):
    """A file, server or lock cannot be had just now."""
