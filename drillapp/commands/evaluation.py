"""Commands on the evaluation of a drill: forms, evaluators' sheets, rating, objectives, verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_rows,
    print_table,
    tell_written,
)
from drillapp.core import enumerations
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.drills.evaluation.rows import Answer, Sheet
    from drillapp.core.office import Office

group = typer.Typer(
    name="evaluate", help="How a drill went: forms, sheets, rating, verdict.", no_args_is_help=True
)
sheet_group = typer.Typer(name="sheet", help="Evaluators' sheets of a drill.", no_args_is_help=True)
group.add_typer(sheet_group)
_command = commands_of(group)
_sheet_command = commands_of(sheet_group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the drill.")]
Place = Annotated[int, typer.Argument(metavar="SHEET", help="Number of the sheet in the drill: 1, 2, …")]
On = Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")]


@_command
def forms(json: Json = False) -> None:
    """The forms there are."""
    from drillapp.core.drills.evaluation.forms import evaluation_forms

    rows = [
        {
            "form": form.id, "title": form.title, "standard": form.standard, "mark": form.mark,
            "for": list(form.forms), "groups": len(form.group), "items": len(form.items),
        }
        for form in evaluation_forms().values()
    ]  # fmt: skip
    print_rows(rows, json)


@_command
def form(
    name: Annotated[str, typer.Argument(metavar="FORM", help="As `evaluate forms` has it.")],
    json: Json = False,
) -> None:
    """The items of a form with their row codes."""
    from drillapp.core.drills.evaluation.forms import evaluation_form

    chosen = evaluation_form(name)
    rows = [
        {
            "item": item.code, "group": one.title, "title": item.title, "answer": chosen.kind_of(item),
            "weight": item.weight, "critical": item.critical, "mark": item.mark,
        }
        for one in chosen.group
        for item in one.item
    ]  # fmt: skip
    print_rows(rows, json)


@_sheet_command
def add(
    number: Number,
    evaluator: Annotated[str, typer.Option(help="Who evaluates.")],
    form: Annotated[str, typer.Option(help="The form; default: the one for the drill's form.")] = "",
    institution: Annotated[str, typer.Option(help="The third party that the evaluator comes from.")] = "",
    qualification: Annotated[str, typer.Option(help="Its qualification.")] = "",
    contract: Annotated[str, typer.Option(help="The contract with it.")] = "",
    groups: Annotated[str, typer.Option(help='Groups of the form, such as "B1 B4"; default: all.')] = "",
    place: Annotated[str, typer.Option(help="Where the evaluator stands.")] = "",
) -> None:
    """Begin an evaluator's sheet."""
    from drillapp.core.drills.evaluation.forms import usual_form
    from drillapp.core.drills.evaluation.overall import evaluation_of
    from drillapp.core.drills.evaluation.rows import SheetEntry
    from drillapp.core.drills.evaluation.sheets import add_sheet
    from drillapp.core.drills.evaluation.stored import sheets_of
    from drillapp.core.drills.naming import drill_named

    with open_office("write") as office:
        drill = drill_named(office, number)
        chosen = form or usual_form(evaluation_of(office, drill).form).id
        entry = SheetEntry(
            form=chosen, evaluator=evaluator, institution=institution, qualification=qualification,
            contract=contract, groups=tuple(groups.replace(",", " ").split()), place=place,
        )  # fmt: skip
        saved = add_sheet(office, drill, entry)
        (place_there,) = (one.position for one in sheets_of(office, drill) if one.id == saved.id)
    print(_("Sheet {number} is begun.").format(number=place_there))


@_sheet_command
def answer(
    number: Number,
    sheet: Place,
    answers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ITEM=ANSWER…",
            help='"B4.6=no nobody relieved the post"; yes no full mostly partly none 0-5 na; "B4.6=" takes it back.',
        ),
    ] = None,
    comment: Annotated[str | None, typer.Option(help="What was said on the spot.")] = None,
) -> None:
    """Write answers on a sheet."""
    from drillapp.core.drills.evaluation.sheets import save_answers

    with open_office("write") as office:
        found = _sheet_of(office, number, sheet)
        save_answers(office, found.id, found.revision, _answers(answers or []), comment)
        _tell_progress(office, number, sheet)


@_sheet_command
def read(
    number: Number,
    sheet: Place,
    file: Annotated[
        Path, typer.Argument(help='Text, a row a line: "A1.3 no the reason"; or .xlsx .xls .csv.')
    ],
) -> None:
    """Take over a sheet that was filled in on paper or in a spreadsheet, by its row codes."""
    from drillapp.core.drills.evaluation.paper import read_rows
    from drillapp.core.drills.evaluation.sheets import save_answers
    from drillapp.core.ledgers.evaluation_sheets import sheet_text

    with open_office("write") as office:
        found = _sheet_of(office, number, sheet)
        save_answers(office, found.id, found.revision, read_rows(sheet_text(file, Bar()), found.asked_by))
        _tell_progress(office, number, sheet)


@_sheet_command
def export(number: Number, sheet: Place, output: Output) -> None:
    """Write a sheet to .xlsx or .csv, to be filled in there and read back."""
    from drillapp.core.ledgers.evaluation_sheets import export_sheet

    with open_office("read") as office:
        export_sheet(_sheet_of(office, number, sheet), output)
    tell_written(output)


@_sheet_command
def submit(number: Number, sheet: Place, on: On = None) -> None:
    """Hand a sheet in: complete, and closed from then on."""
    from drillapp.core.drills.evaluation.sheets import submit_sheet

    with open_office("write") as office:
        found = _sheet_of(office, number, sheet)
        submit_sheet(office, found.id, found.revision, day=day_of(on, office))
    print(_("Sheet {number} is handed in.").format(number=sheet))


@_sheet_command
def reopen(number: Number, sheet: Place) -> None:
    """Let a sheet that was handed in be written on again."""
    from drillapp.core.drills.evaluation.sheets import reopen_sheet

    with open_office("write") as office:
        found = _sheet_of(office, number, sheet)
        reopen_sheet(office, found.id, found.revision)
    print(_("Sheet {number} is open again.").format(number=sheet))


@_sheet_command
def remove(number: Number, sheet: Place) -> None:
    """Take away a sheet on which nothing was written."""
    from drillapp.core.drills.evaluation.sheets import remove_sheet

    with open_office("write") as office:
        found = _sheet_of(office, number, sheet)
        remove_sheet(office, found.id, found.revision)
    print(_("Sheet {number} is taken away.").format(number=sheet))


@_command
def show(number: Number, json: Json = False) -> None:
    """The evaluation of a drill: sheets, groups, disagreement, response times, objectives, rating, verdict."""
    from drillapp.core.drills.evaluation.plainly import plain_evaluation

    found = plain_evaluation(_evaluation(number))
    if json:
        print_json(found)
        return
    columns = ("sheet", "form", "evaluator", "institution", "submitted_on")
    print_table([{name: one[name] for name in columns} for one in found["sheets"]])
    print_table(found["groups"])
    print("\n".join(found["rating"]["words"]))


@_command
def rating(number: Number, json: Json = False) -> None:
    """The rating by the rule, with its arithmetic."""
    from drillapp.core.drills.evaluation.plainly import plain_rating

    found = plain_rating(_evaluation(number).rating)
    if json:
        print_json(found)
    else:
        print("\n".join(found["words"]))


@_command
def objective(
    number: Number,
    place: Annotated[int, typer.Argument(metavar="PLACE", help="Place of the objective in the drill.")],
    met: Annotated[str, typer.Argument(metavar="MET", help="met, partly or not_met.")],
    note: Annotated[str, typer.Option(help="What was missing.")] = "",
) -> None:
    """Say how far an objective was met."""
    from drillapp.core.drills.evaluation.objectives import Judgement, judge_objectives
    from drillapp.core.drills.evaluation.overall import evaluation_of
    from drillapp.core.drills.naming import drill_named

    with open_office("write") as office:
        drill = drill_named(office, number)
        known = {one.position: one for one in evaluation_of(office, drill).objectives}
        if place not in known:
            names = "; ".join(f"{one.position} {one.task}" for one in known.values())
            text = _("The drill has no objective {place}.").format(place=place)
            raise NotFound(text, _("There are: {names}").format(names=names) if names else "")
        word = enumerations.parse("objective_met", met) or met
        judge_objectives(office, drill, [Judgement(known[place].id, word, note)])
    print(_("The objective is judged."))


@_command
def findings(
    number: Number,
    items: Annotated[
        list[str] | None, typer.Argument(metavar="ITEM…", help="Only these; default: all.")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Enter them as findings of the drill.")] = False,
    json: Json = False,
) -> None:
    """Faults on the sheets of which there is no finding yet."""
    from drillapp.core.drills.commands import save_findings
    from drillapp.core.drills.evaluation.proposals import findings_from
    from drillapp.core.drills.naming import drill_named

    wanted = {item.upper() for item in items or []}
    with open_office("write" if save else "read") as office:
        offered = findings_from(office, drill_named(office, number))
        chosen = [one for one in offered if not wanted or one.evaluation_item in wanted]
        if save:
            save_findings(office, chosen)
    fields = ("number", "evaluation_item", "severity", "text")
    print_rows([{name: getattr(one, name) for name in fields} for one in chosen], json)


@_command
def verdict(
    number: Number,
    rating: Annotated[str, typer.Argument(metavar="RATING", help="excellent, good, fair or poor.")],
    by: Annotated[str, typer.Option(help="Who decides.")],
    on: On = None,
    reason: Annotated[str, typer.Option(help="Why it is not the rating by the rule.")] = "",
) -> None:
    """Rate the drill."""
    from drillapp.core.drills.evaluation.verdict import VerdictEntry, give_verdict
    from drillapp.core.drills.naming import drill_named

    with open_office("write") as office:
        word = enumerations.parse("drill_rating", rating) or rating
        entry = VerdictEntry(rating=word, decided_by=by, decided_on=day_of(on, office), reason=reason)
        give_verdict(office, drill_named(office, number), entry)
    print(_("The drill is rated: {rating}.").format(rating=enumerations.label("drill_rating", word)))


def _evaluation(number: str) -> Any:
    from drillapp.core.drills.evaluation.overall import evaluation_of
    from drillapp.core.drills.naming import drill_named

    with open_office("read") as office:
        return evaluation_of(office, drill_named(office, number))


def _sheet_of(office: Office, number: str, place: int) -> Sheet:
    from drillapp.core.drills.evaluation.stored import sheet_numbered
    from drillapp.core.drills.naming import drill_named

    return sheet_numbered(office, drill_named(office, number), place)


def _answers(pairs: list[str]) -> dict[str, Answer | None]:
    from drillapp.core.drills.evaluation.rows import Answer

    found: dict[str, Answer | None] = {}
    for pair in pairs:
        code, equals, rest = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f'"ITEM=ANSWER reason": {pair}')
        word, _space, reason = rest.strip().partition(" ")
        value = enumerations.parse("evaluation_answer", word) or word
        found[code.strip().upper()] = Answer(value, reason.strip()) if word else None
    return found


def _tell_progress(office: Office, number: str, place: int) -> None:
    found = _sheet_of(office, number, place)
    text = _("Sheet {number}: {answered} answers; {asked} items are the evaluator's.")
    print(text.format(number=place, answered=len(found.answers), asked=len(found.asked)))
