"""Commands on inspections and maintenance."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.expiry import Item, Storehouse
from drillapp.commands.frame import Json, UnitCode, code_of, commands_of, day_of, open_office, print_listing
from drillapp.core.i18n import _

group = typer.Typer(name="upkeep", help="Inspections and maintenance: due, done.", no_args_is_help=True)
_command = commands_of(group)


@_command
def due(unit: UnitCode = None, json: Json = False) -> None:
    """What must be inspected or maintained, the earliest due first."""
    from drillapp.core.supplies.upkeep.queries import UPKEEP_DUE

    print_listing(UPKEEP_DUE, unit, json)


@_command
def list_(unit: UnitCode = None, json: Json = False) -> None:
    """Inspections and maintenance that were done, the newest first."""
    from drillapp.core.supplies.upkeep.queries import UPKEEP

    print_listing(UPKEEP, unit, json)


@_command
def done(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="inspection or maintenance.")],
    storehouse: Storehouse,
    item: Item,
    result: Annotated[str, typer.Option(help="passed, repaired or failed.")],
    lot: Annotated[str | None, typer.Option(help="Only this lot.")] = None,
    by: Annotated[str | None, typer.Option(help="Who did it.")] = None,
    note: Annotated[str | None, typer.Option(help="What was found.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")] = None,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="Put what failed into quarantine from that day on.")
    ] = False,
) -> None:
    """Note an inspection or maintenance that was done."""
    from drillapp.core.supplies.upkeep.commands import save_upkeep
    from drillapp.core.supplies.upkeep.entries import UpkeepEntry
    from drillapp.core.supplies.upkeep.failing import note_failed

    with open_office("write") as office:
        entry = UpkeepEntry(
            kind=code_of("upkeep_kind", kind), storehouse=storehouse, item_code=item, lot=lot,
            done_on=day_of(on, office), result=code_of("upkeep_result", result), done_by=by, note=note,
        )  # fmt: skip
        failed = entry.result == "failed"
        withdrawn = note_failed(office, entry) if failed and quarantine else None
        if withdrawn is None:
            save_upkeep(office, [entry])
    print(_("Saved."))
    if withdrawn is not None:
        print(_("{count} lots are in quarantine now.").format(count=withdrawn.lots))
    elif failed:
        print(_("Put it into quarantine or scrap it, so that nobody issues it."))
