"""Injects as rows and as they are handed in."""

from __future__ import annotations

import msgspec

from drillapp.core.drills.conduct.standing import Planned


class InjectEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An inject of a script, known by its number in the drill."""

    number: str
    content: str
    offset_seconds: int | None = None
    """Drill time; None for one held in reserve, or one that only waits for another."""
    after: str = ""
    """Number of the inject whose action must be done before."""
    stage: str = ""
    sender: str = ""
    addressee: str = ""
    means: str = ""
    """A code of the enumeration inject_means."""
    expected_action: str = ""
    within_seconds: int | None = None
    subject: str = ""
    section_id: int | None = None

    @property
    def tidied(self) -> InjectEntry:
        """The same without space around its texts, as it is stored."""
        texts = {
            name: value.strip()
            for name, value in msgspec.structs.asdict(self).items()
            if isinstance(value, str)
        }
        return msgspec.structs.replace(self, **texts)


class InjectRow(msgspec.Struct, frozen=True):
    """An inject in a list."""

    id: int
    drill_id: int
    position: int
    number: str
    stage: str | None
    offset_seconds: int | None
    after_id: int | None
    after_number: str | None
    sender: str | None
    addressee: str | None
    means: str | None
    content: str
    expected_action: str | None
    within_seconds: int | None
    subject: str | None
    section_id: int | None
    section_title: str | None
    retired: bool

    @property
    def planned(self) -> Planned:
        """What matters of it while the drill runs."""
        return Planned(self.id, self.offset_seconds, self.after_id, self.within_seconds, self.awaits_action)

    @property
    def awaits_action(self) -> bool:
        """Whether somebody is expected to do something then."""
        return self.expected_action is not None or self.within_seconds is not None

    @property
    def entry(self) -> InjectEntry:
        """The same as it would be handed in."""
        return InjectEntry(
            number=self.number, content=self.content, offset_seconds=self.offset_seconds,
            after=self.after_number or "", stage=self.stage or "", sender=self.sender or "",
            addressee=self.addressee or "", means=self.means or "", expected_action=self.expected_action or "",
            within_seconds=self.within_seconds, subject=self.subject or "", section_id=self.section_id,
        )  # fmt: skip
