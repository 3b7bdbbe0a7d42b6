"""A version of a plan as it is handed on: its cover, its text, its pictures."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from drillapp.core.attachments.model import Attachment
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Named, Picture
from drillapp.core.plans.grammar import grammar
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion
from drillapp.core.plans.writing import stored_content
from drillapp.core.units.model import Unit


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


def plan_document(office: Office, version_id: int) -> PlanDocument:
    """A version as of the office's date, with its pictures; raises NotFound."""
    published = (
        select(func.min(PlanEvent.happened_on))
        .where(
            PlanEvent.version_id == version_id,
            PlanEvent.kind == "published",
            PlanEvent.happened_on <= office.as_of,
        )
        .scalar_subquery()
    )
    statement = (
        select(Plan.number, Plan.title, Plan.unit_id, Unit.name, PlanVersion.label, published)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Unit, Unit.id == Plan.unit_id)
        .where(PlanVersion.id == version_id)
    )
    with office.read() as connection:
        row = connection.execute(statement).first()
        if row is None:
            raise NotFound(_("There is no such version of a plan."))
        content = stored_content(connection, version_id)
        digests = {each.digest for each in pictures_of(content)}
        kept = select(Attachment.digest, Attachment.content).where(Attachment.digest.in_(digests))
        pictures = {digest: bytes(held) for digest, held in connection.execute(kept)} if digests else {}
    number, title, unit_id, unit, label, issued_on = row
    name = office.name if unit_id == office.unit_id else unit
    return PlanDocument(number, label or "", name, title, content, issued_on, pictures)


def pictures_of(content: Content) -> list[Picture]:
    """The pictures in the text, in order."""
    return [block for section in content.sections for block in section.blocks if isinstance(block, Picture)]


def cover_day(document: PlanDocument) -> str:
    """The day of publication in words, or room to write it in."""
    day = document.issued_on
    if day is None:
        return _("____-__-__")
    return _("{year}-{month}-{day}").format(year=day.year, month=day.month, day=day.day)


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
    return number.startswith(tuple(word[0] for word in grammar().numbers.annex))  # '附件1', '附1'
