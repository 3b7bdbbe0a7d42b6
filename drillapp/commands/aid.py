"""Commands on mutual aid: who has it, and requests from the draft to the goods in the other storehouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import (
    Json,
    Output,
    UnitCode,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_listing,
    print_rows,
    scope,
    tell_missing,
    tell_written,
)
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from drillapp.core.office import Office
    from drillapp.core.supplies.aid.sending import AidBooked

    Step = Callable[[Office, int, date, str], AidBooked]

group = typer.Typer(
    name="aid",
    help="Requests to other units for supplies: asked, answered, sent, received.",
    no_args_is_help=True,
)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the request.")]
On = Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")]
Handler = Annotated[str, typer.Option("--handler", help="Who hands over or takes in.")]
Want = Annotated[list[str] | None, typer.Option("--want", help="ITEM=QUANTITY; repeat it for each item.")]


def who_has(
    text: Annotated[str, typer.Argument(help="Item or capability: name, alias, pinyin, code or category.")],
    unit: Annotated[
        str | None, typer.Option("--unit", help="Code of the unit that asks: distances begin there.")
    ] = None,
    within: Annotated[str | None, typer.Option("--within", help="Only this unit and those under it.")] = None,
    quantity: Annotated[float | None, typer.Option("--quantity", help="How much is needed.")] = None,
    json: Json = False,
) -> None:
    """Who has an item or what a category stands for: quantity in date, distance, phone; the nearest first."""
    from drillapp.core.supplies.aid.who_has import who_has as ask

    with open_office("read") as office:
        asking, chosen = scope(office, unit), scope(office, within)
        found = ask(office, text, unit_id=asking, within=chosen, quantity=quantity)
    left_out = {"id", "storehouse_id", "unit_id"}
    rows = [
        {name: getattr(row, name) for name in row.__struct_fields__ if name not in left_out}
        for row in found.rows
    ]
    if json:
        told = {"categories": found.categories, "from": found.street_name, "missing": found.missing}
        print_json({"text": text, **told, "rows": rows})
        return
    shown = ("storehouse", "storehouse_name", "unit_name", "steps", "item", "item_name", "available",
             "unit_of_measure", "withheld", "expired", "lent", "coming", "take", "keeper", "phone")  # fmt: skip
    print_rows([{name: row[name] for name in shown} for row in rows], json=False)
    if found.missing:
        print(_("{quantity} are missing: nobody has them.").format(quantity=found.missing))


@_command
def list_(unit: UnitCode = None, json: Json = False) -> None:
    """All requests of units and to them, the newest first."""
    from drillapp.core.supplies.aid.queries import AID_REQUESTS

    print_listing(AID_REQUESTS, unit, json)


@_command
def show(number: Number, json: Json = False) -> None:
    """A request with its lines, what was agreed, sent and received of each."""
    from drillapp.core.supplies.aid.queries import aid_view
    from drillapp.core.supplies.aid.stored import request_numbered

    with open_office("read") as office:
        view = aid_view(office, request_numbered(office, number))
    if json:
        print_json(view)
        return
    print_rows(
        [{name: getattr(item, name) for name in item.__struct_fields__} for item in view.items], json=False
    )


@_command
def draft(
    giver: Annotated[str, typer.Option("--from", help="Code of the storehouse that has it.")],
    asker: Annotated[str, typer.Option("--to", help="Code of the storehouse where it is needed.")],
    want: Want = None,
    needed_by: Annotated[str | None, typer.Option("--by", help="Day by which it is needed.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="What it is for.")] = "",
) -> None:
    """Draft a request; prints its number."""
    from drillapp.core.supplies.aid.commands import draft_aid
    from drillapp.core.supplies.aid.entries import Asking, Wanted

    wanted = tuple(Wanted(item, quantity) for item, quantity in _quantities(want).items())
    with open_office("write") as office:
        day = None if needed_by is None else day_of(needed_by, office)
        asking = Asking(
            from_storehouse=giver, to_storehouse=asker, wanted=wanted, needed_by=day, reason=reason
        )
        print("\n".join(draft_aid(office, [asking]).numbers))


@_command
def change(
    number: Number,
    want: Want = None,
    asker: Annotated[
        str | None, typer.Option("--to", help="Code of the storehouse where it is needed.")
    ] = None,
    needed_by: Annotated[str | None, typer.Option("--by", help="Day by which it is needed.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="What it is for.")] = None,
) -> None:
    """Change a draft; what is not said stays, and --want says all that is asked for anew."""
    from drillapp.core.supplies.aid.commands import change_aid
    from drillapp.core.supplies.aid.entries import Asking, Wanted
    from drillapp.core.supplies.aid.queries import aid_view
    from drillapp.core.supplies.aid.stored import request_numbered

    with open_office("write") as office:
        view = aid_view(office, request_numbered(office, number))
        quantities = _quantities(want) or {item.item: item.quantity for item in view.items}
        asking = Asking(
            from_storehouse=view.giver.storehouse,
            to_storehouse=asker or view.asker.storehouse,
            wanted=tuple(Wanted(item, quantity) for item, quantity in quantities.items()),
            needed_by=view.needed_by if needed_by is None else day_of(needed_by, office),
            reason=(view.reason or "") if reason is None else reason,
        )
        change_aid(office, view.id, asking)
    print(_("Request {number} is changed.").format(number=number))


@_command
def request(number: Number, on: On = None) -> None:
    """Say that the letter went out."""
    from drillapp.core.supplies.aid.commands import request_aid
    from drillapp.core.supplies.aid.stored import request_numbered

    with open_office("write") as office:
        request_aid(office, [request_numbered(office, number)], day_of(on, office))
    print(_("Request {number} is sent out.").format(number=number))


@_command
def answer(
    number: Number,
    by: Annotated[str, typer.Option("--by", help="Who answered.")],
    agreed: Annotated[
        list[str] | None, typer.Option("--agreed", help="ITEM=QUANTITY; without any: all that was asked for.")
    ] = None,
    decline: Annotated[bool, typer.Option("--decline", help="Nothing is given; say why in --note.")] = False,
    note: Annotated[str, typer.Option("--note", help="What was said with it.")] = "",
    on: On = None,
) -> None:
    """Note the answer: all, a part, or nothing."""
    from drillapp.core.supplies.aid.commands import answer_aid
    from drillapp.core.supplies.aid.entries import Answer
    from drillapp.core.supplies.aid.stored import request_numbered

    quantities = {} if decline else _quantities(agreed) or None
    with open_office("write") as office:
        given = Answer(agreed=quantities, day=day_of(on, office), by=by, note=note)
        answer_aid(office, request_numbered(office, number), given)
    print(_("The answer to request {number} is noted.").format(number=number))


@_command
def send(number: Number, on: On = None, handler: Handler = "") -> None:
    """Send what was agreed, first what expires first; prints the document of the stock ledger."""
    from drillapp.core.supplies.aid.sending import send_aid

    print(_book(number, on, handler, send_aid))


@_command
def receive(number: Number, on: On = None, handler: Handler = "") -> None:
    """Take in what is on its way; prints the document of the stock ledger."""
    from drillapp.core.supplies.aid.sending import receive_aid

    print(_book(number, on, handler, receive_aid))


@_command
def cancel(number: Number, note: Annotated[str, typer.Option("--note", help="Why.")]) -> None:
    """Take a request back that nothing was sent for."""
    from drillapp.core.supplies.aid.commands import cancel_aid
    from drillapp.core.supplies.aid.stored import request_numbered

    with open_office("write") as office:
        cancel_aid(office, request_numbered(office, number), note)
    print(_("Request {number} is taken back.").format(number=number))


@_command
def letter(number: Number, output: Output) -> None:
    """The letter of a request as PDF."""
    from drillapp.core.reports.registry import write_report

    with open_office("read") as office:
        missing = write_report(office, "aid_request", Path(output), number=number)
    tell_missing(missing)
    tell_written(output)


def _book(number: str, on: str | None, handler: str, step: Step) -> str:
    from drillapp.core.supplies.aid.stored import request_numbered

    with open_office("write") as office:
        day: date = day_of(on, office)
        return step(office, request_numbered(office, number), day, handler).document


def _quantities(pairs: list[str] | None) -> dict[str, float]:
    """What `ITEM=QUANTITY` says, once for each item."""
    found: dict[str, float] = {}
    for pair in pairs or ():
        item, sign, number = pair.rpartition("=")
        try:
            quantity = float(number)
        except ValueError:
            sign = ""
        if not sign or not item:
            raise InvalidInput(
                _("'{value}' is not ITEM=QUANTITY.").format(value=pair),
                _("For example: 2010101=5"),
                field="want",
            )
        if item in found:
            raise InvalidInput(_("Item {item} stands there more than once.").format(item=item), field="want")
        found[item] = quantity
    return found
