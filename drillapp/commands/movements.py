"""Commands of the stock ledger: documents booked, reversed and looked at beforehand; loans, consignments, quarantine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from drillapp.commands.frame import (
    Json,
    UnitCode,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_structs,
    print_table,
    scope,
)
from drillapp.core import plain
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    import msgspec

    from drillapp.core.listing import Listing, View
    from drillapp.core.office import Office
    from drillapp.core.supplies.coming_back import Came, Part
    from drillapp.core.supplies.documents import BookedDocument
    from drillapp.core.supplies.entries import MovementEntry
    from drillapp.core.supplies.preview import HoldingChange

group = typer.Typer(
    name="movement", help="The stock ledger: documents, loans, consignments, quarantine, cards.", no_args_is_help=True
)  # fmt: skip
_command = commands_of(group)

KindOf = Annotated[
    str, typer.Argument(metavar="KIND", help="in out transfer send receive lend return scrap count")
]
Store = Annotated[str, typer.Option("--storehouse", help="Code of the storehouse.")]
Line = Annotated[
    list[str],
    typer.Option(
        "--line",
        help="ITEM=QUANTITY, then as needed ,lot=… ,expires=DAY ,produced=DAY ,answers=DOCUMENT/LINE. Once for each line.",
    ),
]
To = Annotated[str | None, typer.Option("--to", help="Storehouse that a transfer or a consignment goes to.")]
On = Annotated[str | None, typer.Option("--on", help="YYYY-MM-DD; default: the office's date.")]
Document = Annotated[
    str, typer.Option("--document", help="Number; default: the next one of its kind and day.")
]
Cause = Annotated[str | None, typer.Option("--cause", help="purchase donation issue drill event …")]
Counterparty = Annotated[
    str | None, typer.Option("--counterparty", help="From whom it came, who took or borrowed it.")
]
Due = Annotated[str | None, typer.Option("--due", help="YYYY-MM-DD by which a loan is to be back.")]
Handler = Annotated[str | None, typer.Option("--handler", help="Who handed over or took in.")]
Approved = Annotated[str | None, typer.Option("--approved-by", help="Who approved it.")]
Reason = Annotated[str | None, typer.Option("--reason")]
Reference = Annotated[str | None, typer.Option("--reference")]
Named = Annotated[
    list[str], typer.Argument(metavar="DOCUMENT[/LINE]…", help="Documents, or lines of documents.")
]
Parts = Annotated[
    list[str] | None, typer.Option("--line", help="LINE=QUANTITY of the document; default: all that is open.")
]


@_command
def book(
    kind: KindOf, storehouse: Store, line: Line, to: To = None, on: On = None, document: Document = "",
    cause: Cause = None, counterparty: Counterparty = None, due: Due = None, handler: Handler = None,
    approved_by: Approved = None, reason: Reason = None, reference: Reference = None, json: Json = False,
) -> None:  # fmt: skip
    """Book a document: all its lines or none."""
    from drillapp.core.supplies.documents import book_document

    with open_office("write") as office:
        said = {
            "cause": cause, "counterparty": counterparty, "due_on": _day(due), "handler": handler,
            "approved_by": approved_by, "reason": reason, "reference": reference,
        }  # fmt: skip
        entries = _entries(line, kind=kind, storehouse=storehouse, to_storehouse=to, document=document,
                           occurred_on=day_of(on, office), **said)  # fmt: skip
        _tell(book_document(office, entries), json)


@_command
def preview(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="As for `movement book`, or reverse.")],
    storehouse: Annotated[str, typer.Option("--storehouse")] = "",
    line: Annotated[list[str] | None, typer.Option("--line", help="As for `movement book`.")] = None,
    of: Annotated[list[str] | None, typer.Option("--of", help="DOCUMENT[/LINE] to be reversed.")] = None,
    to: To = None,
    on: On = None,
    most: Annotated[int, typer.Option(help="So many later lines of each lot are told.")] = 20,
    json: Json = False,
) -> None:
    """Show what booking a document, or reversing one, would change; nothing is written."""
    from drillapp.core.supplies.preview import preview as look
    from drillapp.core.supplies.reversing import lines_named, reversal_entries

    with open_office("read") as office:
        day = day_of(on, office)
        if kind == "reverse":
            ids = [key for name in of or [] for key in lines_named(office, name)]
            entries = reversal_entries(office, ids, "?", day)
        else:
            entries = _entries(line or [], kind=kind, storehouse=storehouse, to_storehouse=to, document="",
                               occurred_on=day)  # fmt: skip
        found = look(office, entries, most)
    if json:
        print_json(found)
        return
    for problem in found.problems:
        print(problem.message)
    for holding in found.holdings:
        _tell_holding(holding)


@_command
def reverse(
    names: Named,
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back.")],
    on: On = None,
    approved_by: Approved = None,
    json: Json = False,
) -> None:
    """Take back documents or lines, unless what was booked later depends on them."""
    from drillapp.core.supplies.reversing import lines_named, reverse_movements

    with open_office("write") as office:
        ids = [key for name in names for key in lines_named(office, name)]
        done = reverse_movements(office, ids, reason, day=_day(on), approved_by=approved_by)
        _tell(done, json)


@_command
def receive(
    document: str, line: Parts = None, on: On = None, handler: Handler = None,
    lost: Annotated[
        list[str] | None, typer.Option("--lost", help="LINE=QUANTITY of it that was lost: received and scrapped.")
    ] = None,
    approved_by: Approved = None, reason: Reason = None, json: Json = False,
) -> None:  # fmt: skip
    """Receive what is under way of a document that was sent."""
    from drillapp.core.supplies.answering import consignments_of
    from drillapp.core.supplies.coming_back import Coming, take_in

    with open_office("write") as office:
        open_lines = {row.line: (row.id, row.under_way) for row in consignments_of(office, document)}
        coming = Coming(day_of(on, office), handler, approved_by=approved_by, reason=reason)
        _tell_came(take_in(office, _coming_parts(line, lost, open_lines, document), coming), json)


@_command
def return_(
    document: str, line: Parts = None, on: On = None, handler: Handler = None,
    damaged: Annotated[
        list[str] | None, typer.Option("--damaged", help="LINE=QUANTITY of it that is damaged: into quarantine.")
    ] = None,
    scrap: Annotated[bool, typer.Option("--scrap", help="Scrap what is damaged instead.")] = False,
    approved_by: Approved = None, reason: Reason = None, json: Json = False,
) -> None:  # fmt: skip
    """Take back what is still out of a document that lent."""
    from drillapp.core.supplies.answering import loans_of
    from drillapp.core.supplies.coming_back import Coming, take_back

    with open_office("write") as office:
        open_lines = {row.line: (row.id, row.outstanding) for row in loans_of(office, document)}
        coming = Coming(day_of(on, office), handler, not scrap, approved_by, reason)
        _tell_came(take_back(office, _coming_parts(line, damaged, open_lines, document), coming), json)


@_command
def loans(
    unit: UnitCode = None,
    all_: Annotated[bool, typer.Option("--all", help="Those that are back too.")] = False,
    json: Json = False,
) -> None:
    """What is lent and not returned as of the date, with what is overdue."""
    from drillapp.core.supplies.open_lines import LOANS

    with open_office("read") as office:
        states = () if all_ else ("outstanding", "overdue")
        found = _rows(office, LOANS, _view(office, unit, states))
    print_structs(found, json)


@_command
def transit(
    unit: UnitCode = None,
    all_: Annotated[bool, typer.Option("--all", help="What has arrived too.")] = False,
    json: Json = False,
) -> None:
    """What is under way between storehouses as of the date."""
    from drillapp.core.supplies.open_lines import CONSIGNMENTS

    with open_office("read") as office:
        found = _rows(office, CONSIGNMENTS, _view(office, unit, () if all_ else ("under_way",)))
    print_structs(found, json)


@_command
def quarantine(
    storehouse: Annotated[str | None, typer.Option("--storehouse", help="Code of the storehouse.")] = None,
    item: Annotated[str | None, typer.Option("--item", help="Code of the item.")] = None,
    quantity: Annotated[float | None, typer.Option("--quantity", help="How much is set aside.")] = None,
    kind: Annotated[str, typer.Option("--kind", help="suspect damaged inspection recalled")] = "suspect",
    lot: Annotated[str | None, typer.Option("--lot")] = None,
    expires: Annotated[str | None, typer.Option("--expires", help="Expiry of a lot without number.")] = None,
    reason: Reason = None,
    on: On = None,
    unit: UnitCode = None,
    all_: Annotated[bool, typer.Option("--all", help="What was freed too.")] = False,
    json: Json = False,
) -> None:
    """Set a quantity aside; without one, list what is in quarantine."""
    from drillapp.core.supplies.quarantine import QUARANTINES, holding_named, set_aside

    if quantity is None:
        with open_office("read") as office:
            found = _rows(office, QUARANTINES, _view(office, unit, () if all_ else ("in_force", "announced")))
        print_structs_with_ids(found, json)
        return
    if storehouse is None or item is None:
        raise InvalidInput(_("Say of which item in which storehouse: --storehouse, --item."), field="item")
    with open_office("write") as office:
        holding = holding_named(office, storehouse, item, lot, _day(expires))
        key = set_aside(office, holding, quantity, kind, reason=reason, day=_day(on))
    if json:
        print_json({"id": key})
    else:
        print(_("Set aside under number {number}.").format(number=key))


@_command
def release(
    number: Annotated[int, typer.Argument(help="Number, as `movement quarantine` lists it.")],
    by: Annotated[str, typer.Option("--by", help="Who frees it.")],
    quantity: Annotated[float | None, typer.Option("--quantity", help="So much; default: all of it.")] = None,
    on: On = None,
) -> None:
    """Free what is in quarantine."""
    from drillapp.core.supplies.quarantine import release as run

    with open_office("write") as office:
        run(office, number, by, quantity=quantity, day=_day(on))
    print(_("Freed."))


@_command
def card(
    item: Annotated[str, typer.Argument(help="Code of the item.")],
    storehouse: Annotated[str | None, typer.Option("--storehouse", help="Code; default: all.")] = None,
    lot: Annotated[str | None, typer.Option("--lot")] = None,
    expires: Annotated[str | None, typer.Option("--expires", help="Expiry of a lot without number.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="YYYY-MM-DD")] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="YYYY-MM-DD; default: the office's date.")
    ] = None,
    first: Annotated[int, typer.Option("--first", help="So many lines are left out before it.")] = 0,
    limit: Annotated[int | None, typer.Option("--limit", help="At most so many lines; default: all.")] = None,
    newest_first: Annotated[bool, typer.Option("--newest-first")] = False,
    json: Json = False,
) -> None:
    """The ledger card of an item: its lines with the balance after each."""
    from drillapp.core.localtime import local_moment
    from drillapp.core.supplies.card import ledger_card, lot_named

    with open_office("read") as office:
        chosen = None if lot is None and expires is None else lot_named(office, item, lot, _day(expires))
        found = ledger_card(
            office, item, storehouse=storehouse, lot_id=chosen, since=_day(since), until=_day(until),
            newest_first=newest_first, offset=first, limit=limit,
        )  # fmt: skip
    local = (replace(row, recorded_at=local_moment(row.recorded_at)) for row in found.rows)
    if json:
        print_json(replace(found, rows=tuple(local)))
    else:
        print_structs(local, json)


def _entries(lines: Sequence[str], **said: Any) -> list[MovementEntry]:
    """The lines of a document as they were typed."""
    from drillapp.core.supplies.entries import MovementEntry

    common = {name: value for name, value in said.items() if value is not None}
    return [MovementEntry(**(common | _line(text))) for text in lines]


def _line(text: str) -> dict[str, Any]:
    first, *rest = text.split(",")
    item, _equals, quantity = first.rpartition("=")
    said: dict[str, Any] = {"item_code": item.strip(), "quantity": _number(quantity, text)}
    names = {"lot": "lot", "expires": "expires_on", "produced": "produced_on", "answers": "answers"}
    for part in rest:
        name, _equals, value = part.partition("=")
        if name.strip() not in names or not value:
            raise _unreadable(text)
        field = names[name.strip()]
        said[field] = _day(value.strip()) if field.endswith("_on") else value.strip()
    return said


def _number(text: str, whole: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise _unreadable(whole) from None
    return int(number) if number.is_integer() else number


def _unreadable(text: str) -> InvalidInput:
    return InvalidInput(
        _("'{value}' is no line: ITEM=QUANTITY, then as needed ,lot=… ,expires=DAY ,produced=DAY.").format(value=text),
        field="line",
    )  # fmt: skip


def _parts(lines: Sequence[str] | None, ids: dict[int, int], document: str) -> dict[int, float] | None:
    """How much of which line, by its key."""
    if not lines:
        return None
    found = {}
    for text in lines:
        number, _equals, quantity = text.partition("=")
        if not number.isdecimal() or int(number) not in ids:
            message = _("Nothing is open of line {line} of document '{document}'.")
            raise InvalidInput(message.format(line=number, document=document), field="line")
        found[ids[int(number)]] = _number(quantity, text)
    return found


def _coming_parts(
    lines: Sequence[str] | None,
    bad: Sequence[str] | None,
    open_lines: dict[int, tuple[int, float]],
    document: str,
) -> list[Part]:
    """How much comes of each open line, and how much of it is of no use."""
    from drillapp.core.supplies.coming_back import Part

    ids = {line: key for line, (key, _open) in open_lines.items()}
    quantities = _parts(lines, ids, document)
    if quantities is None:
        quantities = dict(open_lines.values())
    broken = _parts(bad, ids, document) or {}
    return [Part(key, quantities.get(key, 0), broken.get(key, 0)) for key in {**quantities, **broken}]


def _tell_came(came: Came, json: bool) -> None:
    if json:
        print_json({"document": came.document, "lines": came.lines})
    else:
        print(_("Booked {count} lines as {document}.").format(count=came.lines, document=came.document))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("'{value}' is not a date (YYYY-MM-DD).").format(value=text)
        raise InvalidInput(message, field="on") from None


def _view(office: Office, unit: str | None, states: tuple[str, ...]) -> View:
    from drillapp.core.listing import View

    return View(unit_id=scope(office, unit), choices={"state": states})


def _rows(office: Office, listing: Listing, view: View) -> list[Any]:
    from drillapp.core.listing import keys, rows

    return rows(office, listing, keys(office, listing, view))


def print_structs_with_ids(rows: Sequence[msgspec.Struct], json: bool) -> None:
    """Rows with the number by which they are freed."""
    hidden = ("unit_id", "revision", "holding_id")
    fields = [
        {name: getattr(row, name) for name in row.__struct_fields__ if name not in hidden} for row in rows
    ]
    print_json(fields) if json else print_table(fields)


def _tell(booked: BookedDocument, json: bool) -> None:
    if json:
        print_json({"document": booked.document, "lines": booked.saved.created})
    else:
        print(
            _("Booked {count} lines as {document}.").format(
                count=booked.saved.created, document=booked.document
            )
        )


def _tell_holding(change: HoldingChange) -> None:
    lot = " ".join(str(part) for part in (change.lot, change.expires_on) if part)
    print(f"{change.storehouse} {change.item} {change.item_name} {lot}".strip())
    words = _("  today {before} -> {after}; {lines} later lines and {counts} counts follow")
    print(
        words.format(
            before=plain.cell(change.today_before), after=plain.cell(change.today_after),
            lines=change.later_lines, counts=change.later_counts,
        )
    )  # fmt: skip
    for line in change.lines:
        print(f"  {line.day} {line.document}/{line.line} {line.kind}: {line.before:g} -> {line.after:g}")
    for count in change.counts:
        print(
            f"  {count.day} {count.document}/{count.line} count {count.found:g}:"
            f" {count.difference_before:+g} -> {count.difference_after:+g}"
        )
