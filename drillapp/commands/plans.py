"""Commands on one plan: its versions, their text, their life, and the papers about them."""

from __future__ import annotations

import mimetypes
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    UnitCode,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_listing,
    print_rows,
    print_structs,
    tell_missing,
    tell_written,
)
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.plans.content import Content

group = typer.Typer(name="plan", help="One plan: versions, text, life, papers.", no_args_is_help=True)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the plan.")]
Version = Annotated[
    str, typer.Option("--version", help="Label of the version, or its place: 1, 2, … Default: the newest.")
]


@_command
def versions(number: Number, json: Json = False) -> None:
    """The versions of a plan as of the date, the newest first."""
    from drillapp.core.plans.naming import plan_named
    from drillapp.core.plans.versions import versions_of

    with open_office("read") as office:
        print_structs(versions_of(office, plan_named(office, number)), json, "revision")


@_command
def begin(
    number: Number,
    label: Annotated[str, typer.Option(help="What the version is called.")] = "",
    summary: Annotated[str, typer.Option(help="Why it is made.")] = "",
    outline: Annotated[bool, typer.Option(help="From the required outline, not the newest text.")] = False,
) -> None:
    """Begin a new version."""
    from drillapp.core.plans.naming import plan_named, version_named
    from drillapp.core.plans.versions import begin_version

    with open_office("write") as office:
        plan = plan_named(office, number)
        begin_version(office, plan, label=label, summary=summary, start="outline" if outline else "newest")
        print(_("Version {place} is begun.").format(place=version_named(office, number).ordinal))


@_command
def describe(
    number: Number,
    label: Annotated[str | None, typer.Option(help="What the version is called.")] = None,
    summary: Annotated[str | None, typer.Option(help="Why it is made.")] = None,
) -> None:
    """Give the draft another label or summary; what is not said stays."""
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.versions import describe_version

    with open_office("write") as office:
        draft = version_named(office, number)
        describe_version(
            office,
            draft.id,
            draft.revision,
            label=draft.label or "" if label is None else label,
            summary=draft.summary or "" if summary is None else summary,
        )
    print(_("Version {place} is written.").format(place=draft.ordinal))


@_command
def show(number: Number, version: Version = "", json: Json = False) -> None:
    """The headings of a version, with the characters below each."""
    from drillapp.core.plans.content import text_of
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.versions import read_content

    with open_office("read") as office:
        sections = read_content(office, version_named(office, number, version).id).sections
    headings = [
        {"level": one.level, "number": one.number, "title": one.title, "characters": len(text_of(one.blocks))}
        for one in sections
    ]
    print_rows(headings, json)


@_command
def content(
    number: Number,
    version: Version = "",
    write: Annotated[
        Path | None, typer.Option("--write", help="Write this JSON as the text of the draft.")
    ] = None,
) -> None:
    """All that is written in a version, as JSON; or write it from JSON of the same form."""
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.versions import read_content, write_content

    with open_office("read" if write is None else "write") as office:
        chosen = version_named(office, number, version)
        if write is None:
            print_json(read_content(office, chosen.id))
            return
        write_content(office, chosen.id, chosen.revision, _content(write))
    print(_("Version {place} is written.").format(place=chosen.ordinal))


def _content(path: Path) -> Content:
    from drillapp.core.plans.content import Content

    try:
        return msgspec.json.decode(_bytes(path), type=Content)
    except msgspec.DecodeError as error:
        raise InvalidInput(_not_so(path, error)) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFound(_("There is no file '{file}'.").format(file=path), _("Check the path.")) from error


def _not_so(path: Path, error: msgspec.DecodeError) -> str:
    return _("'{file}' has not the form that is wanted: {reason}").format(file=path.name, reason=error)


@_command
def word_in(
    number: Number,
    file: Path,
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--level", help='"LINE=LEVEL": another level for a line, 0 for text; as often as needed.'
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Show what goes where, write nothing.")] = False,
    version: Version = "",
    json: Json = False,
) -> None:
    """Take a draft's text from a Word document, begun where there is none; shows what became a heading."""
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.word.document import with_level
    from drillapp.core.plans.word.reading import read_word
    from drillapp.core.plans.word.taking import take_document, write_document

    document = read_word(file, Bar())
    for line, depth in _levels(level or [], len(document.lines)):
        document = with_level(document, line, depth)
    with open_office("read" if dry_run else "write") as office:
        chosen = version_named(office, number, version)
        if version and not dry_run:
            write_document(office, chosen, document)
        elif not dry_run:
            take_document(office, chosen.plan_id, document)
    print_rows([_heading(i, line) for i, line in enumerate(document.lines, 1) if line.level], json)
    for sentence in document.told:
        print(sentence, file=sys.stderr)


def _levels(pairs: list[str], lines: int) -> list[tuple[int, int]]:
    """Line, from 0, and level of each pair."""
    found = []
    for pair in pairs:
        line, _equals, level = pair.partition("=")
        if not (line.isdecimal() and level.isdecimal() and 1 <= int(line) <= lines):
            raise typer.BadParameter(f'--level "LINE=LEVEL", LINE 1 to {lines}: {pair}')
        found.append((int(line) - 1, int(level)))
    return found


def _heading(place: int, line: Any) -> dict[str, Any]:
    return {
        "line": place, "level": line.level, "number": line.number, "title": line.block.text, "why": line.why,
    }  # fmt: skip


@_command
def word_out(number: Number, output: Output, version: Version = "") -> None:
    """Write a version as a Word document in the standard's layout."""
    from drillapp.core.plans.document import plan_document
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.word.writing import write_word

    with open_office("read") as office:
        document = plan_document(office, version_named(office, number, version).id)
    for sentence in write_word(document, output):
        print(sentence, file=sys.stderr)
    tell_written(output)


@_command
def pdf(number: Number, output: Output, version: Version = "") -> None:
    """Write a version as PDF in the standard's layout."""
    from drillapp.core.plans.document import plan_document
    from drillapp.core.plans.naming import version_named
    from drillapp.core.reports.plan_document import render_plan_document

    with open_office("read") as office:
        document = plan_document(office, version_named(office, number, version).id)
        rendered = render_plan_document(document, output, Bar())
    tell_missing(rendered.missing)
    tell_written(output)


@_command
def events(number: Number, json: Json = False) -> None:
    """What happened to a plan until the date, the earliest first."""
    from drillapp.core.plans.life import life_of
    from drillapp.core.plans.naming import plan_named

    with open_office("read") as office:
        print_structs(life_of(office, plan_named(office, number)), json)


@_command
def next_(number: Number, version: Version = "", json: Json = False) -> None:
    """Each kind of event: allowed or why not, with its article, and by when it is due."""
    from drillapp.core.plans.lifecycle import possible_events
    from drillapp.core.plans.naming import version_named

    with open_office("read") as office:
        print_structs(possible_events(office, version_named(office, number, version).id), json)


@_command
def record(
    number: Number,
    kind: Annotated[str, typer.Argument(help="drafted reviewed appraised approved published filed …")],
    on: Annotated[str | None, typer.Option(help="Day YYYY-MM-DD; default: the date.")] = None,
    reference: Annotated[str, typer.Option(help="Number of the document.")] = "",
    authority: Annotated[str, typer.Option(help="With whom it is filed.")] = "",
    person: Annotated[list[str] | None, typer.Option(help="A reviewer; as often as needed.")] = None,
    conclusion: Annotated[str, typer.Option(help="passed, complete, revise, … as the event has it.")] = "",
    note: Annotated[str, typer.Option()] = "",
    version: Version = "",
) -> None:
    """Record what happened to a version; refused, naming the article, when something must come before."""
    from drillapp.core import enumerations
    from drillapp.core.plans.lifecycle import EventEntry, record_event
    from drillapp.core.plans.naming import version_named

    with open_office("write") as office:
        entry = EventEntry(
            version_id=version_named(office, number, version).id, kind=kind, happened_on=day_of(on, office),
            reference=reference, authority=authority, people="\n".join(person or []), conclusion=conclusion, note=note,
        )  # fmt: skip
        record_event(office, entry)
    label = enumerations.label("plan_event", kind)
    print(_("Recorded: {event}, {day}.").format(event=label, day=entry.happened_on))


@_command
def withdraw(
    number: Number, reason: Annotated[str, typer.Option(help="Why it is withdrawn.")], version: Version = ""
) -> None:
    """Take back the last event of a version; the journal keeps it with the reason."""
    from drillapp.core import enumerations
    from drillapp.core.plans.life import life_of
    from drillapp.core.plans.lifecycle import withdraw_event
    from drillapp.core.plans.naming import version_named

    with open_office("write") as office:
        chosen = version_named(office, number, version)
        life = [event for event in life_of(office, chosen.plan_id) if event.version_id == chosen.id]
        if not life:
            raise NotFound(_("Nothing is on record of this version."))
        withdraw_event(office, life[-1].id, reason)
    label = enumerations.label("plan_event", life[-1].kind)
    print(_("Withdrawn: {event}, {day}.").format(event=label, day=life[-1].happened_on))


@_command
def gaps(number: Number, version: Version = "", json: Json = False) -> None:
    """What a version lacks, each with its article."""
    from drillapp.core.plans.gaps import gaps_of
    from drillapp.core.plans.naming import version_named

    with open_office("read") as office:
        print_structs(gaps_of(office, version_named(office, number, version).id), json, "section")


@_command
def lacking(unit: UnitCode = None, json: Json = False) -> None:
    """All plans that lack something which can be told of many at once: text, filing, assessment, a superior's state."""
    from drillapp.core.plans.gap_list import PLAN_GAPS

    print_listing(PLAN_GAPS, unit, json)


@_command
def compare(
    number: Number,
    old: Annotated[str, typer.Option(help="Default: the version before the newer one.")] = "",
    new: Annotated[str, typer.Option(help="Default: the newest version.")] = "",
    json: Json = False,
) -> None:
    """What differs between two versions, by section; with --json down to the words."""
    from drillapp.core.plans.compare import compare as differences
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.versions import read_content

    with open_office("read") as office:
        later = version_named(office, number, new)
        earlier = version_named(office, number, old or str(later.ordinal - 1))
        found = differences(read_content(office, earlier.id), read_content(office, later.id))
    if json:
        print_json(found)
    else:
        print_structs(found, False, "old", "new", "fields", "blocks", "rows")


@_command
def findings(number: Number, json: Json = False) -> None:
    """Findings against the plan that are not put right, with what the newest version says about each."""
    from drillapp.core.plans.answers import open_findings
    from drillapp.core.plans.naming import plan_named

    with open_office("read") as office:
        print_structs(open_findings(office, plan_named(office, number)), json)


@_command
def answer_finding(
    number: Number,
    drill: Annotated[str, typer.Argument(help="Number of the drill.")],
    finding: Annotated[str, typer.Argument(help="Number of the finding.")],
    decision: Annotated[str, typer.Argument(help="addressed or declined.")],
    section: Annotated[str, typer.Option(help="Title or number of the section that addresses it.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is declined.")] = "",
) -> None:
    """Say what the newest version does about a finding."""
    from drillapp.core.plans.answers import answer_finding as answer
    from drillapp.core.plans.answers import open_findings
    from drillapp.core.plans.naming import section_named, version_named

    with open_office("write") as office:
        chosen = version_named(office, number)
        known = {(one.drill_number, one.number): one.id for one in open_findings(office, chosen.plan_id)}
        if (drill, finding) not in known:
            text = _("The plan {number} has no open finding {finding} of the drill {drill}.")
            raise NotFound(text.format(number=number, finding=finding, drill=drill))
        place = section_named(office, chosen.id, section).id if section else None
        answer(office, chosen.id, known[drill, finding], decision, place, reason)
    print(_("The finding {finding} is answered.").format(finding=finding))


@_command
def papers(number: Number, version: Version = "", json: Json = False) -> None:
    """The documents of a version."""
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.papers import papers_of

    with open_office("read") as office:
        print_structs(papers_of(office, version_named(office, number, version).id), json)


@_command
def add_paper(
    number: Number,
    kind: Annotated[str, typer.Argument(help="risk_assessment resource_survey review_minutes …")],
    file: Path,
    version: Version = "",
) -> None:
    """Keep a document with a version."""
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.papers import add_paper as add

    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    with open_office("write") as office:
        chosen = version_named(office, number, version)
        add(office, chosen.id, kind, file.name, _bytes(file), media_type)
    print(_("'{file}' is kept with version {place}.").format(file=file.name, place=chosen.ordinal))


@_command
def take_paper(
    number: Number,
    name: Annotated[str, typer.Argument(help="Name of the document, as `plan papers` has it.")],
    output: Output,
    version: Version = "",
) -> None:
    """Write a document of a version to a file."""
    from drillapp.core.attachments.store import content_of
    from drillapp.core.files import write_whole
    from drillapp.core.plans.naming import version_named
    from drillapp.core.plans.papers import papers_of

    with open_office("read") as office:
        kept = {one.name: one for one in papers_of(office, version_named(office, number, version).id)}
        if name not in kept:
            raise NotFound(
                _("This version has no document '{name}'.").format(name=name),
                _("There are: {names}").format(names=", ".join(kept)),
            )
        write_whole(output, content_of(office, kept[name].digest))
    tell_written(output)


@_command
def assess(number: Number, form: Path, version: Version = "") -> None:
    """Record an assessment by a form filled in as JSON.

    Its fields: happened_on, assessors, conclusion (revise or keep), answers [{item, needs_revision, note}], basis,
    process, suggestions. `plan assessment-form` names the items.
    """
    from drillapp.core.plans.assessment import AssessmentEntry, save_assessment
    from drillapp.core.plans.naming import version_named

    with open_office("write") as office:
        try:
            said = msgspec.json.decode(_bytes(form), type=dict[str, Any])
            said["version_id"] = version_named(office, number, version).id
            entry = msgspec.convert(said, AssessmentEntry)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise InvalidInput(_not_so(form, error)) from error
        save_assessment(office, entry)
    print(_("The assessment of {day} is recorded.").format(day=entry.happened_on))


@_command
def assessment_form(json: Json = False) -> None:
    """The questions of the assessment form."""
    from drillapp.core.plans.assessment import assessment_form as form

    rows = [
        {"group": one.zh, "item": item.id, "text": item.text, "trigger": item.trigger}
        for one in form().group
        for item in one.item
    ]
    print_rows(rows, json)


@_command
def authorities(number: Number, json: Json = False) -> None:
    """Who supervises the plan, with whom it is filed within how many working days, and who gets a copy."""
    from drillapp.core.plans.authorities import authorities_of
    from drillapp.core.plans.naming import plan_named

    with open_office("read") as office:
        print_structs([authorities_of(office, plan_named(office, number))], json)
