"""Commands on the ledger files that were brought in."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.frame import Bar, Json, open_office, print_rows
from drillapp.core.i18n import _


def imports(json: Json = False) -> None:
    """The ledger files that were brought in, the newest first."""
    from drillapp.core.ledgers.undoing.commands import imports as all_imports

    with open_office("auto") as office:
        found = all_imports(office)
    rows = [
        {
            "number": one.entry_id, "at": one.at, "actor": one.actor, "kind": one.kind, "file": one.file_name,
            "created": one.created, "updated": one.updated, "undone_at": one.undone_at,
        }
        for one in found
    ]  # fmt: skip
    print_rows(rows, json)


def undo_import(number: Annotated[int, typer.Argument(help="As `imports` gives it.")]) -> None:
    """Take back all that a file brought in, unless somebody changed or built on it since."""
    from drillapp.core.ledgers.undoing.commands import undo_import as undo

    with open_office("write") as office:
        undo(office, number, Bar())
    print(_("The import is undone: everything is as it was before."))
