"""The command that brings in what came back from many units in one go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import Bar, Json, open_office, print_json
from drillapp.commands.importing import column_map
from drillapp.commands.remedies import of_missing, of_result
from drillapp.core import plain
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.ledgers.folder import FileReport

_SHOWN = 5
"""So much is told of a file; its report has all."""


def import_folder(
    folder: Annotated[Path, typer.Argument(help="The folder; what lies in folders in it counts too.")],
    kind: Annotated[
        str | None, typer.Option(help="Kind of ledger of all files; default: each is guessed.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help='"field=VALUE" where a file has no such column.')
    ] = None,
    number: Annotated[
        bool, typer.Option("--number", help="Give new records without a code the office's next numbers.")
    ] = False,
    dry_run: Annotated[bool, typer.Option(help="Check everything, write nothing.")] = False,
    partial: Annotated[
        bool, typer.Option(help="Bring in the good rows although others are refused.")
    ] = False,
    reports: Annotated[
        Path | None, typer.Option(help="Folder for a report on each file, and a list of all files.")
    ] = None,
    json: Json = False,
) -> None:
    """Bring in every ledger file of a folder; each file as a whole, and one that is refused stops no other."""
    from drillapp.core.ledgers.folder import hint_of_check, write_reports
    from drillapp.core.ledgers.folder import import_folder as bring_in

    with open_office("write") as office:
        found = bring_in(
            office, folder, kind=kind, given=column_map(set_ or []), number=number, dry_run=dry_run,
            partial=partial, progress=Bar(),
        )  # fmt: skip
    if reports is not None:
        write_reports(found, reports)
    print_json([_plain(report) for report in found]) if json else _tell(found)
    for remedy in _remedies(found, is_numbered=number):
        print(remedy, file=sys.stderr)
    if dry_run and (hint := hint_of_check(found)):
        print(hint, file=sys.stderr)
    if not all(report.is_in or (partial and report.result is not None) for report in found):
        raise typer.Exit(1)


def _tell(reports: list[FileReport]) -> None:
    for report in reports:
        if (result := report.result) is None:
            words = (report.message, report.hint, report.unread_words)
            print(f"{report.name}: {' '.join(filter(None, words))}", file=sys.stderr)
            continue
        told = _("{file} ({kind}): {read} rows: {created} new, {updated} changed, {unchanged} unchanged, {rejected} refused.")  # fmt: skip
        print(
            told.format(
                file=report.name, kind=report.kind, read=result.read, created=result.created,
                updated=result.updated, unchanged=result.unchanged, rejected=result.rejected,
            )
        )  # fmt: skip
        if report.unread:
            print(f"  {report.unread_words}", file=sys.stderr)
        # What is said of a row as a whole may be that it is left out.
        for found in (result.errors, [note for note in result.notes if not note.field]):
            for one in found[:_SHOWN]:
                print(f"  {plain.import_error(one)}", file=sys.stderr)
            if len(found) > _SHOWN:
                print("  " + _("… and {count} more.").format(count=len(found) - _SHOWN), file=sys.stderr)


def _remedies(reports: list[FileReport], *, is_numbered: bool) -> list[str]:
    """The options that put right what was refused, each once."""
    found = [of_missing(one.kind, one.missing, has_map=False) for one in reports if one.missing and one.kind]
    found += [of_result(one.result, is_numbered=is_numbered) for one in reports if one.result is not None]
    return list(filter(None, dict.fromkeys(found)))


def _plain(report: FileReport) -> dict[str, Any]:
    from drillapp.core.ledgers.guessing.explaining import other_explained

    result = plain.import_result(report.result) if report.result is not None else None
    return {
        "file": report.name, "kind": report.kind or None, "result": result,
        "message": report.message or None, "hint": report.hint or None,
        "unread": list(map(other_explained, report.unread)),
    }  # fmt: skip
