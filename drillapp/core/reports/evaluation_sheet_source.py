"""Evaluators' sheets to print: those of a drill as they are filled in, or blank."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.drills.evaluation.conversion import allowed, kind_of
from drillapp.core.drills.evaluation.forms import EvaluationForm, Item, Kind, usual_form
from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.evaluation.rows import Answer, Answers, Sheet
from drillapp.core.drills.naming import drill_named
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.drill_report import moment
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.evaluation_sheet import EvaluationSheets, PaperSheet, SheetGroup, SheetItem
from drillapp.core.reports.signature import long_date

_EMPTY, _TICKED = "□", "☑"
_LETTERS = {"full": "A", "mostly": "B", "partly": "C", "none": "D"}


def evaluation_sheets(office: Office, number: str, *, blank: bool = False) -> EvaluationSheets:
    """The sheets of a drill, `blank` without their answers; where there are none, one of the drill's form for anybody.

    Raises NotFound for a number that no drill has.
    """
    drill = drill_report(office, number)
    found = evaluation_of(office, drill_named(office, number))
    sheets = [_sheet(sheet, blank=blank) for sheet in found.sheets] or [_nobodys(usual_form(found.form))]
    return EvaluationSheets(
        office=drill.unit,
        title=_("{drill}: evaluators' sheets").format(drill=drill.title),
        number=drill.number,
        drill=drill.title,
        when=moment(drill.started_at) or long_date(drill.planned_on),
        place=drill.place,
        day=office.as_of,
        sheets=tuple(sheets),
    )


def _sheet(sheet: Sheet, *, blank: bool) -> PaperSheet:
    party = _(", ").join(filter(None, (sheet.institution, sheet.qualification, sheet.contract)))
    groups = " ".join(sheet.groups) or _("all groups")
    return PaperSheet(
        number=sheet.position,
        form=sheet.asked_by.title,
        standard=sheet.asked_by.standard,
        evaluator=sheet.evaluator,
        party=party or _("in-house"),
        assigned=_("; ").join(filter(None, (groups, sheet.place))),
        comment="" if blank else sheet.comment or "",
        how=_how(sheet.asked_by, list(sheet.asked)),
        groups=_groups(sheet.asked_by, sheet.groups, {} if blank else sheet.answers),
        submitted_on=None if blank else sheet.submitted_on,
    )


def _nobodys(form: EvaluationForm) -> PaperSheet:
    return PaperSheet(
        number=None, form=form.title, standard=form.standard, evaluator=" ", party=" ", assigned=" ", comment="",
        how=_how(form, list(form.items.values())), groups=_groups(form, (), {}), submitted_on=None,
    )  # fmt: skip


def _how(form: EvaluationForm, items: Sequence[Item]) -> tuple[str, ...]:
    kinds = {form.kind_of(item) for item in items}
    lines = [_("Tick one box in each row. What is not done needs a reason.")]
    if "choice" in kinds:
        choices = "  ".join(
            f"{letter} {label('evaluation_answer', code)}" for code, letter in _LETTERS.items()
        )
        lines.append(_("Choices: {choices}.").format(choices=choices))
    if "score" in kinds:
        best = allowed("score")[0]
        lines.append(_("Scores: {best} best, 0 not done; /: not applicable.").format(best=best))
    if any(item.critical for item in items):
        lines.append(_("★ A fault here is a serious error."))
    return tuple(lines)


def _groups(form: EvaluationForm, codes: tuple[str, ...], answers: Answers) -> tuple[SheetGroup, ...]:
    """The evaluator's groups, and others in which he answered something."""
    also = {code.partition(".")[0] for code in answers}
    chosen = {group.code for group in form.chosen(codes)} | also
    return tuple(
        SheetGroup(
            group.code, group.title, tuple(_item(form, item, answers.get(item.code)) for item in group.item)
        )
        for group in form.group
        if group.code in chosen
    )


def _item(form: EvaluationForm, item: Item, answer: Answer | None) -> SheetItem:
    kind = form.kind_of(item)
    if answer is not None:
        kind = kind_of(answer.value) or kind  # as it was answered, even where it was asked otherwise
    boxes = "  ".join(_box(kind, value, answer) for value in allowed(kind))
    return SheetItem(item.code, item.title, boxes, answer.reason if answer else "", item.critical)


def _box(kind: Kind, value: str, answer: Answer | None) -> str:
    mark = _TICKED if answer is not None and answer.value == value else _EMPTY
    if kind == "yes_no":
        return f"{mark}{label('evaluation_answer', value)}"
    return f"{mark}{_LETTERS.get(value, value if value != 'na' else '/')}"
