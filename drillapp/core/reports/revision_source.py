"""The notice of a plan's newest version: its differences from the one before, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.articles import articles
from drillapp.core.plans.blocks import BlockDifference, RowDifference
from drillapp.core.plans.compare import Difference, compare
from drillapp.core.plans.model import PlanEvent
from drillapp.core.plans.spans import Span
from drillapp.core.plans.versions import VersionRow, read_content
from drillapp.core.reports.plan_source import plan_file, version_words
from drillapp.core.reports.revision_notice import NoticeChange, RevisionNotice

_COMMAND = ("level", "roster")
LONGEST = 400
"""So many characters of a changed text are quoted; the version itself has all of it."""


def revision_notice(office: Office, number: str) -> RevisionNotice:
    """What the notice says.

    Raises NotFound for an unknown plan, InvalidInput for one that has a single version.
    """
    plan = plan_file(office, number)
    if len(plan.versions) < 2:
        raise InvalidInput(
            _("The plan {number} has one version only: there is nothing to compare it with.").format(
                number=number
            ),
            _("Begin a new version of the plan."),
        )
    new, old = plan.versions[0], plan.versions[1]
    found = compare(read_content(office, old.id), read_content(office, new.id))
    changes, rules = [each for each in found if each.how != "renumbered"], articles()
    return RevisionNotice(
        office=plan.unit,
        title=_("{unit}:\nnotice of the revision of “{plan}”").format(unit=plan.unit, plan=plan.title),
        plan=plan.title,
        number=plan.number,
        old_version=version_words(old),
        new_version=version_words(new),
        day=office.as_of,
        begin=_begun(new, office.as_of),
        triggers=_triggers(office, old.id),
        summary=new.summary or "",
        changes=tuple(map(_change, changes)),
        renumbered=len(found) - len(changes),
        files_again=_files_again(changes),
        basis=(rules.refiling_unit if plan.subject.family == "unit" else rules.refiling_government).article,
    )


def _begun(version: VersionRow, day: date) -> date | None:
    return version.begin if version.begin is not None and version.begin <= day else None


def _triggers(office: Office, version_id: int) -> tuple[str, ...]:
    """Why the earlier version was to be revised, each reason once."""
    statement = (
        select(PlanEvent.conclusion)
        .where(
            PlanEvent.version_id == version_id,
            PlanEvent.kind == "revision_triggered",
            PlanEvent.happened_on <= office.as_of,
        )
        .order_by(PlanEvent.happened_on, PlanEvent.id)
    )
    with office.read() as connection:
        codes = connection.execute(statement).scalars().all()
    return tuple(label("revision_trigger", code) for code in dict.fromkeys(codes) if code)


def _files_again(changes: Sequence[Difference]) -> bool | None:
    """Levels and command always; of other sections a person must say; what is only moved or called anew does not."""
    if any(each.what in _COMMAND for each in changes):
        return True
    if any(each.what == "section" and each.how != "moved" for each in changes):
        return None
    return False


def _change(difference: Difference) -> NoticeChange:
    before, after = (_quoted(difference, kept) for kept in ("deleted", "inserted"))
    return NoticeChange(_where(difference), _how(difference), before, after)


def _where(difference: Difference) -> str:
    words = {
        "level": _("Response level: {name}"),
        "roster": _("Command roster: {name}"),
        "contacts": _("Contacts: {name}"),
        "resources": _("Resources: {name}"),
    }
    return words.get(difference.what, "{name}").format(name=difference.name)


def _how(difference: Difference) -> str:
    words = {"added": _("added"), "removed": _("removed"), "moved": _("moved"), "changed": _("changed")}
    word = words[difference.how]
    return "\n".join((word, _("moved"))) if difference.is_moved and difference.how == "changed" else word


def _quoted(difference: Difference, kind: str) -> str:
    """What was said before (`deleted`) or is said now (`inserted`) where something changed."""
    is_whole = difference.how in ("added", "removed")
    fields = [
        each.spans for each in difference.fields if each.name not in ("level", "number") or not is_whole
    ]
    parts = [_side(each, kind) for each in fields]
    for block in difference.blocks:
        parts.extend(_block(block, kind))
    parts.extend(_rows(difference.rows, kind))
    text = "\n".join(part for part in parts if part.strip())
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def _side(spans: Sequence[Span], kind: str) -> str:
    return "".join(span.text for span in spans if span.kind in ("same", kind))


def _block(block: BlockDifference, kind: str) -> Iterator[str]:
    here = block.before if kind == "deleted" else block.after
    if here is None:
        return
    if block.rows:
        yield from _rows(block.rows, kind)
    elif hasattr(here, "digest"):
        yield _("(picture) {caption}").format(caption=_side(block.spans, kind))
    else:
        yield _side(block.spans, kind)


def _rows(rows: Sequence[RowDifference], kind: str) -> Iterator[str]:
    gone = "added" if kind == "deleted" else "removed"
    for row in rows:
        if row.how != gone:
            yield " ".join(filter(None, (_side(cell, kind) for cell in row.cells)))
