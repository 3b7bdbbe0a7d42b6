"""Commands on the documents of a drill: drafted, shown, written, approved, for Word."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import (
    Json,
    Output,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_rows,
    tell_written,
)
from drillapp.core import enumerations
from drillapp.core.errors import Unavailable
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.drills.papers.stored import Paper
    from drillapp.core.office import Office

paper = typer.Typer(name="paper", help="Documents: plans, script, handbook, summary.", no_args_is_help=True)
_command = commands_of(paper)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the drill.")]
Kind = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="working_plan script evaluation_plan support_plan handbook publicity_plan summary, or its Chinese name.",
    ),
]
On = Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")]


@_command
def list_(number: Number, json: Json = False) -> None:
    """Which documents there are, and how far each is."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.papers.stored import papers_of

    with open_office("read") as office:
        states = papers_of(office, drill_named(office, number))
    rows = [
        {
            "paper": one.kind, "name": enumerations.label("drill_paper", one.kind), "state": one.state, "gaps": one.gaps,
            "approved_on": one.approved_on, "approved_by": one.approved_by,
        }
        for one in states
    ]  # fmt: skip
    print_rows(rows, json)


@_command
def draft(number: Number, kind: Kind) -> None:
    """Draft a document from its template and the drill's record."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.papers.commands import draft_paper

    with open_office("write") as office:
        draft_paper(office, drill_named(office, number), _kind(kind))
        _tell_gaps(_paper(office, number, kind))


@_command
def redraft(
    number: Number,
    kind: Kind,
    replace: Annotated[
        list[str] | None,
        typer.Option(help="Key of a section that is filled anew though somebody wrote on it."),
    ] = None,
    look: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Fill a document anew from the record; what was written by hand stays unless its section is named."""
    from drillapp.core.drills.papers.redrafting import changes_of_redraft, redraft_paper

    with open_office("read" if look else "write") as office:
        document = _paper(office, number, kind)
        changes = changes_of_redraft(office, document.drill_id, document.kind)
        if not look:
            redraft_paper(office, document.drill_id, document.kind, document.revision, replace or ())
    named = set(replace or ())
    rows = [
        {
            "section": one.key,
            "heading": one.heading,
            "state": one.state,
            "filled": one.state == "refreshed" or one.key in named,
        }
        for one in changes
    ]
    print_rows(rows, json=False)


@_command
def show(number: Number, kind: Kind, json: Json = False) -> None:
    """The text of a document, as `write` reads it."""
    from drillapp.core.drills.papers.plaintext import as_text

    with open_office("read") as office:
        document = _paper(office, number, kind)
    if json:
        print_json(
            {
                "paper": document.kind, "title": document.name, "revision": document.revision,
                "approved_on": document.approved_on, "approved_by": document.approved_by,
                "gaps": [gap for _heading, gap in document.gaps], "text": as_text(document.sections),
            }
        )  # fmt: skip
        return
    print(as_text(document.sections), end="")


@_command
def write(
    number: Number, kind: Kind, file: Annotated[Path, typer.Argument(help="A text as `show` prints it.")]
) -> None:
    """Write the text of a document from a file: '# heading', a paragraph a line, '| cell | cell |'."""
    from drillapp.core.drills.papers.commands import save_paper
    from drillapp.core.drills.papers.plaintext import from_text

    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            _("'{file}' cannot be read.").format(file=file), _("It must be a text in UTF-8.")
        ) from error
    with open_office("write") as office:
        document = _paper(office, number, kind)
        sections = from_text(text, document.sections)
        save_paper(office, document.drill_id, document.kind, document.revision, sections)
        _tell_gaps(_paper(office, number, kind))


@_command
def approve(
    number: Number, kind: Kind, by: Annotated[str, typer.Option(help="Who approves it.")], on: On = None
) -> None:
    """Approve a document; it stays as it is then."""
    from drillapp.core.drills.papers.commands import approve_paper

    with open_office("write") as office:
        document = _paper(office, number, kind)
        day = day_of(on, office)
        approve_paper(office, document.drill_id, document.kind, document.revision, day, by)
    print(_("“{paper}” is approved.").format(paper=document.name))


@_command
def withdraw(number: Number, kind: Kind) -> None:
    """Take the approval of a document back."""
    from drillapp.core.drills.papers.commands import withdraw_approval

    with open_office("write") as office:
        document = _paper(office, number, kind)
        withdraw_approval(office, document.drill_id, document.kind, document.revision)
    print(_("“{paper}” can be changed again.").format(paper=document.name))


@_command
def discard(number: Number, kind: Kind) -> None:
    """Throw a draft away."""
    from drillapp.core.drills.papers.commands import discard_paper

    with open_office("write") as office:
        document = _paper(office, number, kind)
        discard_paper(office, document.drill_id, document.kind, document.revision)
    print(_("“{paper}” is thrown away.").format(paper=document.name))


@_command
def docx(number: Number, kind: Kind, output: Output) -> None:
    """Write a document for Word."""
    from drillapp.core.drills.papers.word import write_paper

    with open_office("read") as office:
        document = _paper(office, number, kind)
    for sentence in write_paper(document, output):
        print(sentence, file=sys.stderr)
    tell_written(output)


def _kind(word: str) -> str:
    """The code; a word that is none is refused where it is used, with those that there are."""
    return enumerations.parse("drill_paper", word) or word


def _paper(office: Office, number: str, kind: str) -> Paper:
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.papers.stored import paper_of

    return paper_of(office, drill_named(office, number), _kind(kind))


def _tell_gaps(document: Paper) -> None:
    print(_("“{paper}” is written.").format(paper=document.name))
    for heading, gap in document.gaps:
        print(f"{heading}\t{gap}")
