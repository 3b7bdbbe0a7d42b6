"""The documents of a drill as they are kept: which there are, and one with its text."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, select

from drillapp.core.attachments.model import Attachment
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.papers.content import PaperSection, gaps_of, read_sections
from drillapp.core.drills.papers.model import DrillPaper
from drillapp.core.drills.papers.templates import PLACE, template_of, templates
from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Picture
from drillapp.core.units.model import Unit


class Paper(Struct, frozen=True, kw_only=True):
    """A document with its text."""

    id: int
    drill_id: int
    kind: str
    title: str
    """With line ends where it may be broken."""
    unit: str
    number: str
    """Of the drill."""
    sections: tuple[PaperSection, ...]
    revision: int
    approved_on: date | None
    approved_by: str | None
    pictures: dict[str, bytes] = {}
    """By their digests."""

    @property
    def name(self) -> str:
        """The title on one line."""
        return self.title.replace("\n", "")

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """What is still to be filled in: each gap with the heading under which it stands."""
        return gaps_of(self.sections)


class PaperState(Struct, frozen=True):
    """How far a kind of document is."""

    kind: str
    state: str
    """none, draft or approved."""
    revision: int = 0
    gaps: int = 0
    approved_on: date | None = None
    approved_by: str | None = None


def papers_of(office: Office, drill_id: int) -> list[PaperState]:
    """Every kind of document that is drafted, with how far it is; raises NotFound."""
    statement = select(
        DrillPaper.kind,
        DrillPaper.sections,
        DrillPaper.revision,
        DrillPaper.approved_on,
        DrillPaper.approved_by,
    ).where(DrillPaper.drill_id == drill_id)
    with office.read() as connection:
        if connection.execute(select(Drill.id).where(Drill.id == drill_id)).first() is None:
            raise not_there()
        rows = {row.kind: row for row in connection.execute(statement)}
    found = []
    for kind in templates():
        if (row := rows.get(kind)) is None:
            found.append(PaperState(kind, "none"))
            continue
        state = "draft" if row.approved_on is None else "approved"
        gaps = len(gaps_of(read_sections(row.sections)))
        found.append(PaperState(kind, state, row.revision, gaps, row.approved_on, row.approved_by))
    return found


def paper_of(office: Office, drill_id: int, kind: str) -> Paper:
    """A document with its text; raises NotFound where it was not drafted, InvalidInput for an unknown kind."""
    with office.read() as connection:
        paper = find_paper(connection, drill_id, kind, office)
    if paper is None:
        raise NotFound(
            _("The drill has no {paper} yet.").format(paper=label("drill_paper", kind)),
            _("Draft it first from its template."),
        )
    return paper


def find_paper(connection: Connection, drill_id: int, kind: str, office: Office) -> Paper | None:
    """A document as a transaction sees it; None where it was not drafted. Raises NotFound for the drill."""
    template = template_of(kind)
    drill = connection.execute(
        select(Drill.title, Drill.number, Drill.unit_id, Unit.name)
        .join(Unit, Unit.id == Drill.unit_id)
        .where(Drill.id == drill_id)
    ).first()
    if drill is None:
        raise not_there()
    row = connection.execute(
        select(DrillPaper.id, DrillPaper.sections, DrillPaper.revision, DrillPaper.approved_on,
               DrillPaper.approved_by)
        .where(DrillPaper.drill_id == drill_id, DrillPaper.kind == kind)
    ).first()  # fmt: skip
    if row is None:
        return None
    unit = office.name if drill.unit_id == office.unit_id else drill.name
    names = {"drill": drill.title, "unit": "" if drill.title.startswith(unit) else unit}
    sections = read_sections(row.sections)
    return Paper(
        id=row.id, drill_id=drill_id, kind=kind,
        title=PLACE.sub(lambda place: names[place[1]], template.title).strip(), unit=unit, number=drill.number,
        sections=sections, revision=row.revision, approved_on=row.approved_on, approved_by=row.approved_by,
        pictures=_pictures(connection, sections),
    )  # fmt: skip


def _pictures(connection: Connection, sections: tuple[PaperSection, ...]) -> dict[str, bytes]:
    digests = {block.digest for section in sections for block in section.blocks if isinstance(block, Picture)}
    if not digests:
        return {}
    kept = select(Attachment.digest, Attachment.content).where(Attachment.digest.in_(digests))
    return {digest: bytes(content) for digest, content in connection.execute(kept)}
