"""Commands on findings: listed, assigned, put right, verified, accepted as a risk, opened again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    code_of,
    commands_of,
    day_of,
    open_office,
    print_rows,
    print_structs,
    scope,
)
from drillapp.core import enumerations
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.drills.findings.proof import Proof
    from drillapp.core.listing import Condition

group = typer.Typer(
    name="finding", help="What drills found, until it is put right and verified.", no_args_is_help=True
)
_command = commands_of(group)

Names = Annotated[
    list[str], typer.Argument(metavar="FINDING…", help="Number of the drill / of the finding: YL-1/3.")
]
On = Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")]
Proving = Annotated[Path | None, typer.Option(help="A file that shows it, such as a photograph.")]
DueOn = Annotated[str | None, typer.Option("--due", help="A new last day YYYY-MM-DD.")]


@_command
def list_(
    unit: UnitCode = None,
    drill: Annotated[str | None, typer.Option(help="Number of the drill that found them.")] = None,
    state: Annotated[str | None, typer.Option(help="open overdue done verified accepted")] = None,
    severity: Annotated[str | None, typer.Option(help="minor major critical")] = None,
    cause: Annotated[str | None, typer.Option(help="A code or word of the causes.")] = None,
    owner: Annotated[str | None, typer.Option(help="Who puts them right.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Only what was found before already.")] = False,
    json: Json = False,
) -> None:
    """Findings with how far their correction is."""
    from drillapp.core.drills.queries import FINDINGS
    from drillapp.core.listing import View, keys, rows

    said = {"state": state, "severity": severity, "cause": cause}
    choices = {name: (code_of(f"finding_{name}", word),) for name, word in said.items() if word}
    choices |= {"again": ("yes",)} if again else {}
    with open_office("read") as office:
        view = View(
            unit_id=scope(office, unit),
            choices=choices,
            conditions=_conditions(drill_number=drill, owner=owner),
        )
        found = rows(office, FINDINGS, keys(office, FINDINGS, view))
    print_structs(found, json, "revision")


@_command
def assign(
    findings: Names,
    action: Annotated[str, typer.Option(help="What puts it right.")],
    owner: Annotated[str, typer.Option(help="Who does it.")],
    due: Annotated[str, typer.Option(help="The last day YYYY-MM-DD.")],
    kind: Annotated[str | None, typer.Option(help="Kind of action: a code or word of the kinds.")] = None,
    note: Annotated[str, typer.Option(help="A remark.")] = "",
    on: On = None,
) -> None:
    """Give the correction of findings to somebody."""
    from drillapp.core.drills.findings import commands
    from drillapp.core.drills.findings.naming import findings_named

    with open_office("write") as office:
        todo = commands.Assignment(
            action, owner, day_of(due, office), code_of("action_kind", kind) if kind else None
        )
        commands.assign(office, findings_named(office, findings), todo, day=day_of(on, office), note=note)
    _tell(findings, "assigned")


@_command
def done(
    findings: Names,
    by: Annotated[str, typer.Option(help="Who did it; default: the owner.")] = "",
    note: Annotated[str, typer.Option(help="What was done.")] = "",
    proof: Proving = None,
    on: On = None,
) -> None:
    """Note that findings were put right."""
    from drillapp.core.drills.findings import commands
    from drillapp.core.drills.findings.naming import findings_named

    with open_office("write") as office:
        commands.put_right(
            office, findings_named(office, findings), day=day_of(on, office), who=by, note=note, proof=_read(proof)
        )  # fmt: skip
    _tell(findings, "done")


@_command
def verify(
    findings: Names,
    by: Annotated[str, typer.Option(help="Who saw that it works: somebody else than who put it right.")],
    effect: Annotated[str, typer.Option(help="By what one sees that it works.")],
    drill: Annotated[str | None, typer.Option(help="Number of a later drill that showed it.")] = None,
    proof: Proving = None,
    on: On = None,
) -> None:
    """Close findings: the correction works."""
    from drillapp.core.drills.findings import commands
    from drillapp.core.drills.findings.naming import findings_named

    with open_office("write") as office:
        commands.verify(
            office, findings_named(office, findings), day=day_of(on, office), who=by, effect=effect,
            drill_number=drill, proof=_read(proof),
        )  # fmt: skip
    _tell(findings, "verified")


@_command
def reject(
    findings: Names,
    by: Annotated[str, typer.Option(help="Who looked at it.")],
    reason: Annotated[str, typer.Option(help="What is still wrong.")],
    due: DueOn = None,
    on: On = None,
) -> None:
    """Find that what was done does not put it right."""
    from drillapp.core.drills.findings import commands
    from drillapp.core.drills.findings.naming import findings_named

    with open_office("write") as office:
        day = day_of(on, office)
        keys, last = findings_named(office, findings), _day(due)
        commands.reject(office, keys, day=day, who=by, reason=reason, due_on=last)
    _tell(findings, "rejected")


@_command
def accept(
    findings: Names,
    by: Annotated[str, typer.Option(help="Who answers for the risk.")],
    reason: Annotated[str, typer.Option(help="Why it can be borne.")],
    until: Annotated[str, typer.Option(help="The last day YYYY-MM-DD.")],
    on: On = None,
) -> None:
    """Bear the risk until a day."""
    from drillapp.core.drills.findings import commands
    from drillapp.core.drills.findings.naming import findings_named

    with open_office("write") as office:
        day, last = day_of(on, office), day_of(until, office)
        commands.accept_risk(
            office, findings_named(office, findings), day=day, who=by, reason=reason, until=last
        )
    _tell(findings, "accepted")


@_command
def reopen(
    findings: Names,
    by: Annotated[str, typer.Option(help="Who opens it again.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    due: DueOn = None,
    on: On = None,
) -> None:
    """Open findings again; their history stays."""
    from drillapp.core.drills.findings import commands
    from drillapp.core.drills.findings.naming import findings_named

    with open_office("write") as office:
        keys, day, last = findings_named(office, findings), day_of(on, office), _day(due)
        commands.reopen(office, keys, day=day, who=by, reason=reason, due_on=last)
    _tell(findings, "reopened")


@_command
def section(
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="YL-1/3.")],
    title: Annotated[str, typer.Argument(metavar="SECTION", help="As --list has it; empty: none.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="The sections there are to choose from.")] = False,
    json: Json = False,
) -> None:
    """Say which section of a plan a finding is about; it then stays with the plan until its revision."""
    from drillapp.core.drills.findings.commands import relate_to_section
    from drillapp.core.drills.findings.naming import findings_named
    from drillapp.core.drills.findings.sections import section_called, sections_to_choose

    drill = finding.rpartition("/")[0]
    with open_office("read" if list_ else "write") as office:
        (key,) = findings_named(office, [finding])
        if list_:
            print_structs(sections_to_choose(office, drill), json)
            return
        relate_to_section(office, key, section_called(office, drill, title) if title else None)
    print(_("The finding {number} is about: {section}.").format(number=finding, section=title or "—"))


@_command
def steps(
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="YL-1/3.")], json: Json = False
) -> None:
    """What was done about a finding, step by step."""
    from drillapp.core.drills.findings.naming import findings_named
    from drillapp.core.drills.findings.queries import steps_of

    with open_office("read") as office:
        found = steps_of(office, *findings_named(office, [finding]))
    print_structs(found, json)


@_command
def again(findings: Names, json: Json = False) -> None:
    """Earlier findings that these repeat: same cause, same section, same family of units, within three years."""
    from drillapp.core.drills.findings.naming import findings_named
    from drillapp.core.drills.findings.queries import repeats

    with open_office("read") as office:
        keys = findings_named(office, findings)
        found = repeats(office, keys)
    named = dict(zip(keys, dict.fromkeys(findings), strict=True))
    rows: list[dict[str, Any]] = [
        {
            "finding": named[key], "drill": one.drill_number, "number": one.number, "text": one.text,
            "unit": one.unit_name, "planned_on": one.planned_on, "verified_on": one.verified_on,
        }
        for key, ones in found.items()
        for one in ones
    ]  # fmt: skip
    print_rows(rows, json)


def _conditions(**said: str | None) -> tuple[Condition, ...]:
    from drillapp.core.listing import Condition

    return tuple(Condition(name, "=", value) for name, value in said.items() if value)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = _("'{value}' is not a date (YYYY-MM-DD).").format(value=text)
        raise InvalidInput(words, field="due") from None


def _read(path: Path | None) -> Proof | None:
    from drillapp.core.drills.findings.proof import proof_from

    return None if path is None else proof_from(path)


def _tell(findings: list[str], step: str) -> None:
    words = _("{findings}: {step}.")
    print(words.format(findings=", ".join(findings), step=enumerations.label("finding_step", step)))
