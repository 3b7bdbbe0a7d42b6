"""The command that reads a drill's record from a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from drillapp.commands.frame import Json, open_office, print_json, print_rows
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.drills.word_record.draft import FindingDraft, WordRecord


def record_from_word(
    file: Path,
    unit: Annotated[
        str | None, typer.Option(help="Code of the unit, where the document is not clear.")
    ] = None,
    number: Annotated[
        str | None, typer.Option(help="Number of the drill that it is of; default: as proposed.")
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help='"field=VALUE" for what was not understood (as in the ledger).'),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Show what is understood, write nothing.")] = False,
    json: Json = False,
) -> None:
    """Read a drill's record from a Word document (a table of labels and values): drill, log, findings."""
    from drillapp.core.drills.word_record.reading import read_word_record
    from drillapp.core.drills.word_record.saving import entry_of, save_word_record
    from drillapp.core.ledgers.importing import constants
    from drillapp.core.saving import Saving

    with open_office("auto" if dry_run else "write") as office:
        record = read_word_record(office, file, unit_code=unit, number=number)
        said = constants("drills", _pairs(set_ or ()))
        record = msgspec.structs.replace(record, values=record.values | said)
        _tell(record, json)
        if dry_run:
            return
        saved = save_word_record(office, entry_of(record.values), record, file, Saving())
    if not json:
        words = (
            _("The drill {number} is made.")
            if saved.created
            else _("The drill {number} is brought up to date.")
        )
        print(words.format(number=record.values["number"]))


def _pairs(texts: list[str] | tuple[str, ...]) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    if not all(pairs) or any("=" not in text for text in texts):
        raise InvalidInput(_('Say it as "field=VALUE".'), field="set")
    return pairs


def _finding(one: FindingDraft) -> str:
    behind = ", ".join(filter(None, (one.owner, one.due)))
    return f"{one.text} \u2192 {one.action}" + (f" ({behind})" if behind else "")


def _tell(record: WordRecord, json: bool) -> None:
    if json:
        print_json(msgspec.to_builtins(record))
        return
    rows: list[dict[str, Any]] = [{"field": name, "value": value} for name, value in record.values.items()]
    texts = {"organiser": record.organiser, "scenario": record.scenario, "safety": record.safety}
    rows += [{"field": name, "value": text} for name, text in texts.items() if text]
    rows += [{"field": "party", "value": name} for name in record.parties]
    rows += [{"field": f"log {line.at}".strip(), "value": line.text} for line in record.lines]
    rows += [{"field": "finding", "value": _finding(one)} for one in record.findings]
    if record.known is not None:
        rows = [row | {"drill": record.differing.get(row["field"], "")} for row in rows]
    print_rows(rows, json=False)
    for note in record.notes:
        print(note)
