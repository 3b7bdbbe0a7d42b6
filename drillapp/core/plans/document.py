"""A version of a plan as it is handed on: its cover, its text, its pictures."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from drillapp.core.i18n import _
from drillapp.core.plans.content import Content, Named, Picture


class PlanDocument(Struct, frozen=True):
    """What is printed of a version, and written for Word."""

    number: str
    version: str
    unit: str
    title: str
    content: Content
    issued_on: date | None = None
    """The day of its publication; empty while it is not published."""
    pictures: dict[str, bytes] = {}
    """By their digests."""

    @property
    def missing_pictures(self) -> int:
        """Pictures of the text that are not kept in the office."""
        blocks = (block for section in self.content.sections for block in section.blocks)
        return sum(isinstance(block, Picture) and block.digest not in self.pictures for block in blocks)


def approval_text(document: PlanDocument) -> str:
    """What stands on the approval page, above the signature of the unit's head."""
    version = _(" ({version})").format(version=document.version) if document.version else ""
    return _(
        "“{title}”{version} was drawn up under the laws, regulations and standards in force and has passed its "
        "review. It is approved and published herewith and takes effect on the day of publication."
    ).format(title=document.title, version=version)


def departments(content: Content) -> list[str]:
    """Who signs that it will carry the plan out: the organisations of the command roster, each once."""
    named = (each.organisation or each.role for each in (*content.roster, *_starters(content)))
    return list(dict.fromkeys(filter(None, named)))


def _starters(content: Content) -> list[Named]:
    return [Named(organisation=action.actor) for level in content.levels for action in level.actions]


def gap_behind(number: str) -> str:
    """What stands between a number and its title: nothing behind '一、' and '（一）', else a wide space."""
    return "" if not number or number[-1] in "、）)】〕」." else "\u3000"


def is_annex(number: str) -> bool:
    """Whether the section with that number begins on a page of its own."""
    return number.startswith("附")
