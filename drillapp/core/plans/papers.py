"""Documents that belong to a version: risk assessment, resource survey, review minutes, receipts, annexes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import delete, func, insert, select

from drillapp.core import enumerations
from drillapp.core.attachments.model import Attachment
from drillapp.core.attachments.store import keep
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.drafts import refuse_unless_draft
from drillapp.core.plans.model import Plan, PlanPaper, PlanVersion
from drillapp.core.work import Work


class Paper(msgspec.Struct, frozen=True):
    """A document of a version; `content_of(office, digest)` has its bytes."""

    id: int
    kind: str
    name: str
    media_type: str
    digest: str
    size: int


class NewPaper(NamedTuple):
    """A document to be kept."""

    name: str
    content: bytes
    media_type: str


def add_paper(office: Office, version_id: int, kind: str, name: str, content: bytes, media_type: str) -> int:
    """Keep a document with a version; returns its key. Raises what `add_papers` raises."""
    (key,) = add_papers(office, version_id, kind, [NewPaper(name, content, media_type)])
    return key


def add_papers(office: Office, version_id: int, kind: str, papers: Iterable[NewPaper]) -> list[int]:
    """Keep documents with a version, all or none, taken one after the other; returns their keys.

    Raises NotFound; InvalidInput for an unknown kind, a file that is empty or too large.
    """
    codes = enumerations.codes("plan_paper")
    if kind not in codes:
        message = _("'{value}' is not allowed; allowed: {codes}").format(value=kind, codes=" ".join(codes))
        raise InvalidInput(message, field="kind")
    with office.write("add plan paper") as work:
        unit = work.connection.execute(
            select(Plan.unit_id)
            .join(PlanVersion, PlanVersion.plan_id == Plan.id)
            .where(PlanVersion.id == version_id)
        ).scalar()
        if unit is None:
            raise NotFound(_("There is no such version of a plan."))
        keys = [_add(work, version_id, kind, paper) for paper in papers]
        work.touched("plans", {unit})
        return keys


def _add(work: Work, version_id: int, kind: str, paper: NewPaper) -> int:
    name = paper.name.strip()
    if problem := text_problem(name) or ("" if name else _("Must not be empty.")):
        raise InvalidInput(problem, field="name")
    values = {
        "version_id": version_id,
        "kind": kind,
        "name": name,
        "attachment_id": keep(work.connection, paper.content, paper.media_type),
    }
    key = work.connection.execute(insert(PlanPaper).values(values).returning(PlanPaper.id)).scalar_one()
    work.changed("plan_papers", key, {field: (None, value) for field, value in values.items()})
    return key


def remove_paper(office: Office, paper_id: int) -> Changes:
    """Take a document away from a draft; its bytes stay, others may show them. Raises NotFound, InvalidInput."""
    with office.write("remove plan paper") as work:
        row = work.connection.execute(
            select(PlanPaper.version_id, PlanPaper.kind, PlanPaper.name).where(PlanPaper.id == paper_id)
        ).first()
        if row is None:
            raise NotFound(_("This document is not there any more."))
        draft = refuse_unless_draft(work.connection, row.version_id)
        work.connection.execute(delete(PlanPaper).where(PlanPaper.id == paper_id))
        work.changed("plan_papers", paper_id, {"kind": (row.kind, None), "name": (row.name, None)})
        work.touched("plans", {draft.unit_id})
        return work.changes


def papers_of(office: Office, version_id: int) -> list[Paper]:
    """The documents of a version, in the order in which they were added."""
    statement = (
        select(
            PlanPaper.id,
            PlanPaper.kind,
            PlanPaper.name,
            Attachment.media_type,
            Attachment.digest,
            func.length(Attachment.content),
        )
        .join(Attachment, Attachment.id == PlanPaper.attachment_id)
        .where(PlanPaper.version_id == version_id)
        .order_by(PlanPaper.id)
    )
    with office.read() as connection:
        return [Paper(*row) for row in connection.execute(statement)]
