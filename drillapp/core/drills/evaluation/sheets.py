"""What can be done with evaluators' sheets: begun, written on, handed in, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import update_rows
from drillapp.core.drills.evaluation.assigned import write_assigned
from drillapp.core.drills.evaluation.conversion import NOT_APPLICABLE, kind_of
from drillapp.core.drills.evaluation.forms import EvaluationForm, evaluation_form
from drillapp.core.drills.evaluation.gaps import gaps
from drillapp.core.drills.evaluation.model import DrillVerdict, Evaluation
from drillapp.core.drills.evaluation.rows import Answer, Sheet, SheetEntry, SheetSaved, write_answers
from drillapp.core.drills.evaluation.stored import drill_of, stored_sheet, stored_sheets
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.work import Work

_TABLE = table_of(Evaluation)
_HEAD = ("form", "evaluator", "institution", "qualification", "contract", "assigned")


def add_sheet(office: Office, drill_id: int, entry: SheetEntry) -> SheetSaved:
    """Begin an evaluator's sheet.

    Raises InvalidInput for no name, unknown groups, a qualification or contract without the institution, an evaluator
    who has a sheet of this form already, a retired drill; NotFound for an unknown form or drill.
    """
    head = _checked_head(entry)
    with office.write("add evaluator's sheet") as work:
        drill = drill_of(work.connection, drill_id)
        if drill.retired_on is not None:
            text = _("The drill {number} was taken out of use on {day}.")
            raise InvalidInput(text.format(number=drill.number, day=drill.retired_on), field="drill")
        _refuse_twice(stored_sheets(work.connection, drill_id), entry)
        last = select(func.coalesce(func.max(_TABLE.c.position), 0)).where(_TABLE.c.drill_id == drill_id)
        position = work.connection.execute(last).scalar_one() + 1
        values = {**head, "drill_id": drill_id, "position": position, "answers": "{}", "revision": 1}
        key: int = work.connection.execute(insert(_TABLE).values(values).returning(_TABLE.c.id)).scalar_one()
        work.changed("drill_evaluations", key, {name: (None, value) for name, value in values.items()})
        work.touched("drills", {drill.unit_id})
        return SheetSaved(key, 1, work.changes)


def change_head(office: Office, sheet_id: int, revision: int, entry: SheetEntry) -> SheetSaved:
    """Say otherwise who evaluates, for whom and which groups.

    Raises as `add_sheet` does; InvalidInput for another form when answers are there already; Conflict.
    """
    head = _checked_head(entry)
    with office.write("change evaluator's sheet") as work:
        sheet = _open_sheet(work, sheet_id, revision)
        if entry.form != sheet.form and sheet.answers:
            raise InvalidInput(
                _("The sheet has answers already: its form cannot be changed any more."), field="form"
            )
        others = [one for one in stored_sheets(work.connection, sheet.drill_id) if one.id != sheet_id]
        _refuse_twice(others, entry)
        before = {name: getattr(sheet, name) for name in _HEAD if name != "assigned"}
        before["assigned"] = write_assigned(sheet.groups, sheet.place)
        changed = {name: (before[name], value) for name, value in head.items() if before[name] != value}
        return _written(work, sheet, head, changed)


def save_answers(
    office: Office,
    sheet_id: int,
    revision: int,
    answers: Mapping[str, Answer | None],
    comment: str | None = None,
) -> SheetSaved:
    """Write answers on an open sheet, None taking one back, and the comment unless None; what is not named stays.

    Raises InvalidInput naming the item, Conflict when the sheet was changed since that revision.
    """
    with office.write("evaluate drill") as work:
        sheet = _open_sheet(work, sheet_id, revision)
        _check_answers(sheet.asked_by, answers)
        changed: dict[str, tuple[Any, Any]] = {
            code: (sheet.answers.get(code), answer)
            for code, answer in answers.items()
            if sheet.answers.get(code) != answer
        }
        kept = {**sheet.answers, **answers}
        in_order = {code: found for code in sheet.asked_by.items if (found := kept.get(code)) is not None}
        fields: dict[str, Any] = {"answers": write_answers(in_order)}
        if comment is not None and (comment.strip() or None) != sheet.comment:
            _check_text(comment, "comment")
            fields["comment"] = comment.strip() or None
            changed["comment"] = (sheet.comment, fields["comment"])
        # Lists of drills need not be read anew at each answer.
        return _written(work, sheet, fields, changed, "drill_evaluations")


def submit_sheet(office: Office, sheet_id: int, revision: int, *, day: date | None = None) -> SheetSaved:
    """Hand a sheet in; it is closed then.

    Raises InvalidInput with a problem for every item of the evaluator's groups that has no answer and every fault
    that has no reason, or for a day to come; Conflict.
    """
    day = day or office.as_of
    if day > office.clock.today():
        raise InvalidInput(_("{day} is still to come.").format(day=day), field="submitted_on")
    with office.write("submit evaluator's sheet") as work:
        sheet = _open_sheet(work, sheet_id, revision)
        refuse_if_any(gaps(sheet), partial=False)
        return _written(work, sheet, {"submitted_on": day}, {"submitted_on": (None, day)})


def reopen_sheet(office: Office, sheet_id: int, revision: int) -> SheetSaved:
    """Let a sheet that was handed in be written on again; raises InvalidInput when the drill is rated already."""
    with office.write("reopen evaluator's sheet") as work:
        sheet = _sheet(work, sheet_id, revision)
        if sheet.is_open:
            return SheetSaved(sheet.id, sheet.revision, Changes())
        rated = select(DrillVerdict.decided_on).where(DrillVerdict.drill_id == sheet.drill_id)
        decided_on = work.connection.execute(rated).scalar()
        if decided_on is not None:
            raise InvalidInput(
                _("The drill was rated on {day}: the sheets behind that stay as they are.").format(
                    day=decided_on
                ),
                _("Give another rating with its reason instead."),
            )
        return _written(work, sheet, {"submitted_on": None}, {"submitted_on": (sheet.submitted_on, None)})


def remove_sheet(office: Office, sheet_id: int, revision: int) -> Changes:
    """Take away a sheet on which nothing was written; raises InvalidInput for any other."""
    with office.write("remove evaluator's sheet") as work:
        sheet = _open_sheet(work, sheet_id, revision)
        if sheet.answers or sheet.comment:
            raise InvalidInput(_("This sheet has answers on it: it is kept."))
        work.connection.execute(delete(_TABLE).where(_TABLE.c.id == sheet_id))
        work.changed("drill_evaluations", sheet_id, {"evaluator": (sheet.evaluator, None)})
        _touch(work, sheet)
        return work.changes


def _checked_head(entry: SheetEntry) -> dict[str, Any]:
    form = evaluation_form(entry.form)
    texts = {name: getattr(entry, name).strip() for name in ("evaluator", *_HEAD[2:5])}
    for name, text in {**texts, "place": entry.place}.items():
        _check_text(text, name)
    if not texts["evaluator"]:
        raise InvalidInput(_("Say who evaluates."), field="evaluator")
    if not texts["institution"] and (texts["qualification"] or texts["contract"]):
        raise InvalidInput(_("Name the third party that this belongs to."), field="institution")
    known = [group.code for group in form.group]
    unknown = [code for code in entry.groups if code not in known]
    if unknown:
        text = _("The form has no group '{code}'; it has {codes}.")
        raise InvalidInput(text.format(code=unknown[0], codes=" ".join(known)), field="groups")
    groups = [code for code in known if code in entry.groups]
    assigned = write_assigned([] if groups == known else groups, entry.place)
    return {"form": form.id, **{name: text or None for name, text in texts.items()}, "assigned": assigned}


def _refuse_twice(sheets: list[Sheet], entry: SheetEntry) -> None:
    who = (entry.form, entry.evaluator.strip(), entry.institution.strip() or None)
    for sheet in sheets:
        if (sheet.form, sheet.evaluator, sheet.institution) == who:
            text = _("{who} has a sheet of this form already, number {number}.")
            raise InvalidInput(text.format(who=sheet.who, number=sheet.position), field="evaluator")


def _check_answers(form: EvaluationForm, answers: Mapping[str, Answer | None]) -> None:
    items = form.items
    for code, answer in answers.items():
        if code not in items:
            text = _("The form has no item '{code}'.").format(code=code)
            raise InvalidInput(text, _("The first is {code}.").format(code=next(iter(items))), field=code)
        if answer is None:
            continue
        if answer.value != NOT_APPLICABLE and kind_of(answer.value) is None:
            text = _("{code}: '{value}' is no answer.").format(code=code, value=answer.value)
            raise InvalidInput(text, _("Answer yes, no, a choice, a score or na."), field=code)
        if problem := text_problem(answer.reason):
            raise InvalidInput(f"{code}: {problem}", field=code)


def _check_text(text: str, field: str) -> None:
    if problem := text_problem(text):
        raise InvalidInput(problem, field=field)


def _sheet(work: Work, sheet_id: int, revision: int) -> Sheet:
    sheet = stored_sheet(work.connection, sheet_id)
    if sheet.revision != revision:
        raise Conflict(
            _("Someone else wrote on this sheet since you opened it."),
            _("Open the evaluation once more and enter again what is missing."),
        )
    return sheet


def _open_sheet(work: Work, sheet_id: int, revision: int) -> Sheet:
    sheet = _sheet(work, sheet_id, revision)
    if not sheet.is_open:
        raise InvalidInput(
            _("This sheet was handed in on {day} and is closed.").format(day=sheet.submitted_on),
            _("Open it again first."),
        )
    return sheet


def _written(
    work: Work,
    sheet: Sheet,
    fields: dict[str, Any],
    changed: dict[str, tuple[Any, Any]],
    told: str = "drills",
) -> SheetSaved:
    if not changed:
        return SheetSaved(sheet.id, sheet.revision, Changes())
    update_rows(work.connection, _TABLE, tuple(fields), [{"id": sheet.id, **fields}])
    work.changed("drill_evaluations", sheet.id, changed)
    _touch(work, sheet, told)
    return SheetSaved(sheet.id, sheet.revision + 1, work.changes)


def _touch(work: Work, sheet: Sheet, kind: str = "drills") -> None:
    work.touched(kind, {drill_of(work.connection, sheet.drill_id).unit_id})
