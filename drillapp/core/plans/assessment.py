"""The assessment of a version in force: the form of YJ/T 9011-2019 as data, filled in with a conclusion."""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec
from sqlalchemy import insert, select

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.plans.lifecycle import EventEntry, write_event
from drillapp.core.plans.model import PlanAssessment, PlanEvent
from drillapp.core.plans.outline import Mark, Said

_FILE = "standards/assessment_yjt9011.toml"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the form."""

    id: Said
    text: Said
    mark: Mark
    trigger: str = ""
    """The revision trigger that a finding here is: a code of the enumeration revision_trigger."""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Questions on one subject."""

    id: Said
    zh: Said
    mark: Mark
    item: tuple[Item, ...]


class AssessmentForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form, and what it rests on."""

    zh: Said
    en: Said
    standard: Said
    group: tuple[Group, ...]

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    @property
    def items(self) -> dict[str, Item]:
        """All questions by their ids."""
        return {item.id: item for group in self.group for item in group.item}


class Answer(msgspec.Struct, frozen=True):
    """What was found on one item."""

    item: str
    needs_revision: bool
    note: str = ""


class AssessmentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A form filled in."""

    version_id: int
    happened_on: date
    assessors: str
    """One a line."""
    conclusion: str
    """revise or keep."""
    answers: tuple[Answer, ...] = ()
    basis: str = ""
    process: str = ""
    suggestions: str = ""


class Assessment(msgspec.Struct, frozen=True):
    """An assessment on record; one that came with a ledger has no answers."""

    event_id: int
    plan_id: int
    version_id: int
    happened_on: date
    assessors: tuple[str, ...]
    conclusion: str
    answers: tuple[Answer, ...]
    basis: str
    process: str
    suggestions: str


@cache
def assessment_form() -> AssessmentForm:
    """The form; raises Damaged naming file, line and field of what is wrong."""
    return read_data_file(_FILE, AssessmentForm, _check_form)


def save_assessment(office: Office, entry: AssessmentEntry) -> Changes:
    """Record the event `assessed` together with its form.

    Raises InvalidInput for answers to no item, a conclusion that the answers do not bear out and no words explain, a
    day to come, and what the version's record does not allow.
    """
    _check(entry)
    if entry.happened_on > office.clock.today():
        raise InvalidInput(_("{day} is still to come.").format(day=entry.happened_on), field="happened_on")
    event = EventEntry(
        version_id=entry.version_id,
        kind="assessed",
        happened_on=entry.happened_on,
        people=entry.assessors,
        conclusion=entry.conclusion,
    )
    with office.write("save assessment") as work:
        key = write_event(work, event)
        texts = {name: getattr(entry, name).strip() or None for name in ("basis", "process", "suggestions")}
        values = {"event_id": key, "answers": msgspec.json.encode(entry.answers).decode(), **texts}
        work.connection.execute(insert(PlanAssessment).values(values))
        return work.changes


def newest_assessment(office: Office, plan_id: int) -> Assessment:
    """The last assessment of a plan by the office's date; raises NotFound when there is none."""
    chosen = _assessments().where(PlanEvent.plan_id == plan_id, PlanEvent.happened_on <= office.as_of)
    return _first(office, chosen.order_by(PlanEvent.happened_on.desc(), PlanEvent.id.desc()).limit(1))


def _assessments() -> AnySelect:
    return (
        select(
            PlanEvent.id, PlanEvent.plan_id, PlanEvent.version_id, PlanEvent.happened_on, PlanEvent.people,
            PlanEvent.conclusion, PlanAssessment.answers, PlanAssessment.basis, PlanAssessment.process,
            PlanAssessment.suggestions,
        )
        .outerjoin(PlanAssessment, PlanAssessment.event_id == PlanEvent.id)
        .where(PlanEvent.kind == "assessed")
    )  # fmt: skip


def _first(office: Office, statement: AnySelect) -> Assessment:
    with office.read() as connection:
        row = connection.execute(statement).first()
    if row is None:
        raise NotFound(_("No assessment is on record."), _("Record one first: form and conclusion."))
    answers = msgspec.json.decode(row.answers or "[]", type=tuple[Answer, ...])
    people = tuple(filter(None, map(str.strip, (row.people or "").splitlines())))
    texts = (row.basis or "", row.process or "", row.suggestions or "")
    keys = row.id, row.plan_id, row.version_id, row.happened_on
    return Assessment(*keys, people, row.conclusion or "", answers, *texts)


def _check(entry: AssessmentEntry) -> None:
    """Raise InvalidInput naming the field."""
    for field in ("assessors", "basis", "process", "suggestions"):
        if problem := text_problem(getattr(entry, field)):
            raise InvalidInput(problem, field=field)
    if not entry.assessors.strip():
        raise InvalidInput(_("Say who assessed the plan."), field="assessors")
    items = assessment_form().items
    given = [answer.item for answer in entry.answers]
    for answer in entry.answers:
        if answer.item not in items or given.count(answer.item) > 1:
            text = _("'{item}' is not an item of the form, or is there twice.")
            raise InvalidInput(text.format(item=answer.item), field="answers")
        if problem := text_problem(answer.note):
            raise InvalidInput(f"{items[answer.item].text}: {problem}", field="answers")
    _check_conclusion(entry)


def _check_conclusion(entry: AssessmentEntry) -> None:
    """What the answers do not bear out needs words."""
    revise = any(answer.needs_revision for answer in entry.answers)
    if entry.suggestions.strip() or revise == (entry.conclusion == "revise"):
        return
    if revise:
        text = _(
            "Items need revision, yet the conclusion is to keep the plan: say why among the suggestions."
        )
    else:
        text = _("No item needs revision, yet the conclusion is to revise: say why among the suggestions.")
    raise InvalidInput(text, field="suggestions")


def _check_form(form: AssessmentForm) -> None:
    seen: set[str] = set()
    for g, group in enumerate(form.group):
        for i, item in enumerate(group.item):
            if item.id in seen:
                raise BadField(f"group[{g}].item[{i}].id", f"{item.id} is there twice")
            seen.add(item.id)
