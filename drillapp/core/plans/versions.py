"""The versions of plans: begun, written while they are drafts, read, and how each stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import msgspec
from sqlalchemy import Row, func, insert, select, update

from drillapp.core.attachments.model import Attachment
from drillapp.core.attachments.store import Kept, keep_all
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Picture, text_of
from drillapp.core.plans.drafts import refuse_unless_draft
from drillapp.core.plans.model import Plan, PlanVersion
from drillapp.core.plans.outline import outline_for, starting_content
from drillapp.core.plans.standing import begin_of, end_of, version_in_force_as_of, version_state
from drillapp.core.plans.writing import store_content, stored_content
from drillapp.core.work import Work

MOST_SECTIONS = 5000
MOST_CHARACTERS = 1_000_000
"""Longest text of one section."""
Start = Literal["newest", "outline"]
"""What a new version begins with: the content of the newest one, or the headings that its kind requires."""


class VersionRow(msgspec.Struct, frozen=True):
    """A version as of a date."""

    id: int
    plan_id: int
    revision: int
    ordinal: int
    label: str | None
    summary: str | None
    state: str
    begin: date | None
    """The day it came, or comes, into force."""
    end: date | None
    """The day a later version took its place, or the plan was retired."""


def begin_version(
    office: Office, plan_id: int, *, label: str = "", summary: str = "", start: Start = "newest"
) -> int:
    """Begin a new version of a plan; returns its key.

    Raises NotFound; InvalidInput while the newest version is still being written, for a label that the plan has had,
    for a retired plan.
    """
    with office.write("begin plan version") as work:
        plan, newest = _to_revise(work, plan_id, label)
        content = stored_content(work.connection, newest.id) if start == "newest" else None
        content = content or starting_content(outline_for(plan.kind, plan.tier))
        return _begin(work, plan, newest, content, label=label, summary=summary)


def begin_version_with(
    office: Office,
    plan_id: int,
    content: Content,
    pictures: Iterable[Kept] = (),
    *,
    label: str = "",
    summary: str = "",
) -> int:
    """Begin a new version of a plan with this content and the pictures it shows; returns its key.

    Raises what `begin_version` and `write_content` raise; then nothing is begun.
    """
    _check_content(content)
    with office.write("begin plan version") as work:
        plan, newest = _to_revise(work, plan_id, label)
        _keep_pictures(work, content, pictures)
        return _begin(work, plan, newest, content, label=label, summary=summary)


def describe_version(office: Office, version_id: int, revision: int, *, label: str, summary: str) -> Changes:
    """Give a draft another label or summary; raises InvalidInput, Conflict, NotFound."""
    with office.write("describe plan version") as work:
        draft = refuse_unless_draft(work.connection, version_id)
        _check_texts(label=label, summary=summary)
        _refuse_used_label(work, draft.plan_id, label, version_id)
        values = {"label": label.strip() or None, "summary": summary.strip() or None}
        _count_up(work, version_id, revision, draft.revision, values)
        work.changed("plan_versions", version_id, {name: (None, value) for name, value in values.items()})
        work.touched("plans", {draft.unit_id})
        return work.changes


def write_content(
    office: Office, version_id: int, revision: int, content: Content, pictures: Iterable[Kept] = ()
) -> Changes:
    """Write the content of a draft as a whole, or of a version of which nothing is written, with the pictures it shows.

    Raises InvalidInput for an approved version of which something is written, a section without title, a text too long
    or not storable, a picture that is not there; Conflict when the version was changed since `revision`; NotFound.
    """
    _check_content(content)
    with office.write("write plan version") as work:
        draft = refuse_unless_draft(work.connection, version_id, or_unwritten=True)
        _count_up(work, version_id, revision, draft.revision, {})
        _keep_pictures(work, content, pictures)
        store_content(work.connection, version_id, content)
        work.changed("plan_versions", version_id, {"sections": (None, len(content.sections))})
        work.touched("plans", {draft.unit_id})
        return work.changes


def read_content(office: Office, version_id: int) -> Content:
    """All that is written in a version; raises NotFound."""
    with office.read() as connection:
        if connection.execute(select(PlanVersion.id).where(PlanVersion.id == version_id)).first() is None:
            raise NotFound(_("There is no such version of a plan."))
        return stored_content(connection, version_id)


def versions_of(office: Office, plan_id: int) -> list[VersionRow]:
    """The versions of a plan as of the office's date, the newest first."""
    statement = version_rows(office.as_of).where(PlanVersion.plan_id == plan_id)
    with office.read() as connection:
        rows = connection.execute(statement.order_by(PlanVersion.ordinal.desc()))
        return [VersionRow(*row) for row in rows]


def version_in_force(office: Office, plan_id: int) -> int | None:
    """The version of a plan in force on the office's date; None while there is none, and after retirement."""
    day = office.as_of
    statement = select(Plan.retired_on, version_in_force_as_of(table_of(Plan).c.id, day)).where(
        Plan.id == plan_id
    )
    with office.read() as connection:
        row = connection.execute(statement).first()
    if row is None or (row[0] is not None and row[0] <= day):
        return None
    version: int | None = row[1]
    return version


@lru_cache(maxsize=8)
def version_rows(as_of: date) -> AnySelect:
    """The columns of VersionRow, over versions joined with their plans."""
    versions, plans = table_of(PlanVersion), table_of(Plan)
    replaced = end_of(versions)
    return select(
        PlanVersion.id, PlanVersion.plan_id, PlanVersion.revision, PlanVersion.ordinal, PlanVersion.label,
        PlanVersion.summary, version_state(versions, plans.c.retired_on, as_of).label("state"),
        begin_of(versions).label("begin"), func.coalesce(replaced, plans.c.retired_on).label("end"),
    ).join(Plan, Plan.id == PlanVersion.plan_id)  # fmt: skip


def _to_revise(work: Work, plan_id: int, label: str) -> tuple[Row[Any], Row[Any]]:
    """The plan and its newest version, when a further one may follow it."""
    statement: AnySelect = select(Plan.id, Plan.unit_id, Plan.kind, Plan.tier, Plan.retired_on)
    plan = work.connection.execute(statement.where(Plan.id == plan_id)).first()
    if plan is None:
        raise NotFound(_("This plan is not there any more."))
    if plan.retired_on is not None:
        raise InvalidInput(_("The plan was retired on {day}.").format(day=plan.retired_on))
    newest = work.connection.execute(
        select(PlanVersion.id, PlanVersion.ordinal, PlanVersion.label, begin_of(table_of(PlanVersion)).label("begin"))
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.ordinal.desc())
        .limit(1)
    ).one()  # fmt: skip
    if newest.begin is None:
        text = _("Version '{label}' is still being written.").format(label=newest.label or newest.ordinal)
        raise InvalidInput(text, _("Write in that one, or approve it first."))
    _refuse_used_label(work, plan_id, label, 0)
    return plan, newest


def _begin(
    work: Work, plan: Row[Any], newest: Row[Any], content: Content, *, label: str, summary: str
) -> int:
    """Write the version that follows the newest; returns its key."""
    _check_texts(label=label, summary=summary)
    values = {
        "uid": new_uid(),
        "owner_id": work.office_id,
        "revision": 1,
        "plan_id": plan.id,
        "ordinal": newest.ordinal + 1,
        "label": label.strip() or None,
        "summary": summary.strip() or None,
    }
    key = work.connection.execute(insert(PlanVersion).values(values).returning(PlanVersion.id)).scalar_one()
    store_content(work.connection, key, content)
    told = {name: (None, value) for name, value in values.items() if value is not None}
    work.changed("plan_versions", key, told)
    work.touched("plans", {plan.unit_id})
    return key


def _refuse_used_label(work: Work, plan_id: int, label: str, version_id: int) -> None:
    used = select(PlanVersion.id).where(
        PlanVersion.plan_id == plan_id, PlanVersion.label == label.strip(), PlanVersion.id != version_id
    )
    if label.strip() and work.connection.execute(used).first() is not None:
        raise InvalidInput(
            _("The plan has a version '{label}' already.").format(label=label.strip()), field="label"
        )


def _check_texts(**texts: str) -> None:
    for name, text in texts.items():
        if problem := text_problem(text):
            raise InvalidInput(problem, field=name)


def _count_up(work: Work, version_id: int, revision: int, current: int, values: dict[str, Any]) -> None:
    """Change a version that nobody else has changed meanwhile."""
    if revision != current:
        raise Conflict(
            _("Someone else changed this record since you opened it."),
            _("Open it again: your entries are still in the form."),
        )
    statement = update(PlanVersion).where(PlanVersion.id == version_id)
    work.connection.execute(statement.values(revision=current + 1, **values))


def _check_content(content: Content) -> None:
    """Raise InvalidInput for what cannot be kept, naming the place."""
    if len(content.sections) > MOST_SECTIONS:
        text = _("{count} sections are more than a plan can have: at most {most}.")
        raise InvalidInput(text.format(count=len(content.sections), most=MOST_SECTIONS), field="sections")
    for number, section in enumerate(content.sections, 1):
        place = _("Section {number} '{title}'").format(number=number, title=section.title[:40])
        if not section.title.strip():
            raise InvalidInput(_("{place} has no title.").format(place=place), field="sections")
        if not 1 <= section.level <= 9:
            raise InvalidInput(_("{place}: the level must be 1 to 9.").format(place=place), field="sections")
        _check_text(f"{section.number}{section.title}", place, 4000)
        _check_text(text_of(section.blocks), place, MOST_CHARACTERS)
    for place, text in _other_texts(content):
        _check_text(text, place, 4000)


def _other_texts(content: Content) -> Iterator[tuple[str, str]]:
    for level in content.levels:
        place = _("Response level '{name}'").format(name=level.name[:40])
        yield from ((place, text) for text in (level.name, level.trigger, level.starter))
        yield from ((place, text) for action in level.actions for text in (action.actor, action.action))
    for one in (*content.roster, *content.contacts, *content.resources):
        name = str(getattr(one, "name", ""))
        yield from ((name[:40], getattr(one, field)) for field in one.__struct_fields__)


def _check_text(text: str, place: str, most: int) -> None:
    problem = text_problem(text, most)
    if problem:
        raise InvalidInput(f"{place}: {problem}", field="sections")


def _keep_pictures(work: Work, content: Content, pictures: Iterable[Kept]) -> None:
    """Keep the pictures that the content shows; raises InvalidInput for one that is neither given nor kept."""
    shown = {
        block.digest for section in content.sections for block in section.blocks if isinstance(block, Picture)
    }
    keep_all(work.connection, [picture for picture in pictures if picture.digest in shown])
    kept = work.connection.execute(select(Attachment.digest).where(Attachment.digest.in_(shown))).scalars()
    if missing := shown - set(kept):
        text = _("{count} pictures are not kept in the office.").format(count=len(missing))
        raise InvalidInput(text, _("Import the document again."), field="sections")
