"""Papers about supplies that are lists: what expires, what to buy, what to look after."""

from __future__ import annotations

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.listing import View, keys, rows
from drillapp.core.office import Office
from drillapp.core.reports.list_report import ListPaper
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.stock_words import number_words
from drillapp.core.reports.table import Column
from drillapp.core.supplies.dates.expiry import expiring
from drillapp.core.supplies.levels.purchase import purchase_list
from drillapp.core.supplies.upkeep.queries import UPKEEP_DUE

_MOST_DAYS = 36_500


def expiry_paper(office: Office, unit_code: str | None, number: str | None) -> ListPaper:
    """The stock of a unit and those below it that has expired or will within `number` days, by default each item's own lead.

    Raises NotFound for an unknown unit, InvalidInput for what is no number of days.
    """
    days = _days(number)
    unit_id, name = scope_of(office, unit_code)
    found = expiring(office, unit_id, days)
    columns = (
        Column(_("No."), align="centre"), Column(_("Expires on"), align="centre"), Column(_("Days left"), align="right"),
        Column(_("State")), Column(_("Item name")), Column(_("Lot")), Column(_("Quantity"), align="right"),
        Column(_("Unit of measure"), align="centre"), Column(_("Storehouse")), Column(_("Unit")),
        Column(_("Disposal")),
    )  # fmt: skip
    lines = [
        (
            str(place), str(row.expires_on), f"{(row.expires_on - office.as_of).days:,}" if row.expires_on else "",
            label("stock_state", row.state), row.item_name, row.lot or "", number_words(row.quantity),
            row.unit_of_measure or "", row.storehouse_name, row.unit_name, "",
        )
        for place, row in enumerate(found, 1)
    ]  # fmt: skip
    expired = sum(row.state == "expired" for row in found)
    within = (
        _("What each item's own warning time reports")
        if days is None
        else _("Within {days} days").format(days=days)
    )
    note = _("{count} lots, {expired} of them expired").format(
        count=f"{len(found):,}", expired=f"{expired:,}"
    )
    title = _("{unit}: supplies that expire").format(unit=name)
    return ListPaper(office.name, title, office.as_of, columns, lines, (within, note))


def purchase_paper(office: Office, unit_code: str | None, number: str | None) -> ListPaper:
    """What is missing in a unit and those below it, in whole packs; `number` is the code of a scenario to buy for.

    Raises NotFound for an unknown unit or scenario.
    """
    unit_id, name = scope_of(office, unit_code)
    found = purchase_list(office, unit_id, number)
    columns = (
        Column(_("No."), align="centre"), Column(_("Item code")), Column(_("Item name")), Column(_("Specification")),
        Column(_("Missing"), align="right"), Column(_("Unit of measure"), align="centre"),
        Column(_("Units short"), align="right"), Column(_("Packs to order")), Column(_("Quantity to order"), align="right"),
        Column(_("Standard behind it")), Column(_("Suppliers under agreement")),
    )  # fmt: skip
    joint = _(", ")
    lines = [
        (
            str(place), one.item, one.item_name, one.spec or "", number_words(one.missing), one.unit_of_measure or "",
            f"{one.units:,}", one.packs_words, number_words(one.order), joint.join(one.sources), joint.join(one.suppliers),
        )
        for place, one in enumerate(found, 1)
    ]  # fmt: skip
    against = (
        _("Against the required levels")
        if number is None
        else _("Against the scenario {code}").format(code=number)
    )
    count = _("{count} items").format(count=f"{len(found):,}")
    title = _("{unit}: purchase list").format(unit=name)
    return ListPaper(office.name, title, office.as_of, columns, lines, (against, count))


def upkeep_paper(office: Office, unit_code: str | None, number: str | None) -> ListPaper:
    """What must be inspected and maintained in a unit and those below it, by day; `number` leaves out what is due later.

    Raises NotFound for an unknown unit, InvalidInput for what is no number of days.
    """
    days = _days(number)
    unit_id, name = scope_of(office, unit_code)
    found = rows(office, UPKEEP_DUE, keys(office, UPKEEP_DUE, View(unit_id=unit_id)))
    if days is not None:
        found = [row for row in found if (row.due_on - office.as_of).days <= days]
    columns = (
        Column(_("No."), align="centre"), Column(_("Upkeep due on"), align="centre"), Column(_("State")),
        Column(_("Kind of upkeep"), align="centre"), Column(_("Item name")), Column(_("Quantity"), align="right"),
        Column(_("Unit of measure"), align="centre"), Column(_("Storehouse")), Column(_("Last done on"), align="centre"),
        Column(_("Last result")), Column(_("Every (months)"), align="right"), Column(_("Result of upkeep")), Column(_("Looked after by")),
    )  # fmt: skip
    lines = [
        (
            str(place), str(row.due_on), label("due_window", row.state), label("upkeep_kind", row.kind), row.item_name,
            number_words(row.quantity), row.unit_of_measure or "", row.storehouse_name, str(row.last_done_on or ""),
            label("upkeep_result", row.last_result), str(row.months), "", "",
        )
        for place, row in enumerate(found, 1)
    ]  # fmt: skip
    overdue = sum(row.state == "overdue" for row in found)
    note = _("{count} lines, {overdue} of them overdue").format(
        count=f"{len(found):,}", overdue=f"{overdue:,}"
    )
    title = _("{unit}: upkeep plan").format(unit=name)
    return ListPaper(office.name, title, office.as_of, columns, lines, (note,))


def _days(number: str | None) -> int | None:
    if number is None:
        return None
    if not number.isascii() or not number.isdigit() or int(number) > _MOST_DAYS:
        raise InvalidInput(
            _("'{value}' is no number of days.").format(value=number),
            _("Write 30, 90 or 180."),
            field="number",
        )
    return int(number)
