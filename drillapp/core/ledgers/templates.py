"""Empty ledgers to be filled in by units: drop-down lists, checked cells, and every column explained."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from drillapp.core import enumerations
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS, kind_of
from drillapp.core.ledgers.choices import offered
from drillapp.core.ledgers.exporting import heads_of
from drillapp.core.ledgers.layout import Field, Layout, layout
from drillapp.core.ledgers.sheets import make_folder, replacing, sheet_title
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.units.references import unit_id

FORM_ROWS = 2000
"""Rows below the header that are checked while somebody types."""
_MOST_WORDS = 250
"""Characters of a message beside a cell."""
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
_LARGEST = 999_999_999
_LOOSE = frozenset({"list", "quantity", "interval", "expiry", "production", "moment"})
"""Types in which more may be written than a spreadsheet can check."""


class _Form(NamedTuple):
    """What is being written."""

    book: Any
    sheet: Any
    options: Any
    shape: Layout


def write_template(office: Office, kind: str, path: Path, *, unit_code: str | None = None) -> None:
    """Write an empty ledger of a kind as .xlsx; import reads what comes back.

    Drop-down lists offer the units, items, storehouses and plans of the office, with `unit_code` those of that unit and
    below it. Raises NotFound for an unknown kind or unit, InvalidInput for another suffix, Unavailable when the file
    cannot be written.
    """
    from xlsxwriter import Workbook

    shape = layout(kind_of(kind).name)
    if path.suffix.lower() != ".xlsx":
        raise InvalidInput(
            _("A form cannot be written as '{suffix}'.").format(suffix=path.suffix),
            _("Choose a name that ends in .xlsx."),
        )
    with office.read() as connection:
        unit = unit_id(connection, unit_code) if unit_code else None
    choices = {field.name: offered(office, kind, field, unit) for field in shape.field}
    with replacing(path) as temporary, closing(Workbook(str(temporary))) as book:
        sheet = book.add_worksheet(sheet_title(shape.title))
        _explain(book, shape, choices)
        form = _Form(book, sheet, book.add_worksheet(sheet_title(_("Choices"))), shape)
        form.options.hide()
        _lay_out(form)
        for place, field in enumerate(shape.field):
            _check_cells(form, place, field, choices[field.name])


def write_templates(
    office: Office, folder: Path, *, unit_code: str | None = None, progress: Progress = SILENT
) -> list[Path]:
    """Write an empty ledger of every kind into a folder, which is made where it is not there; returns the files.

    Raises what `write_template` raises.
    """
    make_folder(folder)
    written = []
    for number, kind in enumerate(KINDS):
        title = layout(kind).title
        progress.step(number, len(KINDS), title)
        path = folder / f"{number + 1:02d} {title}.xlsx"
        write_template(office, kind, path, unit_code=unit_code)
        written.append(path)
    return written


def _lay_out(form: _Form) -> None:
    sheet, book = form.sheet, form.book
    sheet.freeze_panes(1, 0)
    common = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    needed = book.add_format(common | {"bg_color": "#CFE2F3"})
    optional = book.add_format(common | {"bg_color": "#EEF2F6"})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet.set_row(0, 30)
    for place, (field, head) in enumerate(zip(form.shape.field, heads_of(form.shape), strict=True)):
        words = f"{head.words}*" if field.required else head.words
        sheet.set_column(place, place, max(head.width, 2 * len(words) + 2), formats.get(head.cell))
        sheet.write_string(0, place, words, needed if field.required else optional)


def _check_cells(form: _Form, place: int, field: Field, choices: Sequence[str]) -> None:
    """What a spreadsheet says and refuses while somebody types in a column, and the comment at its head."""
    explained = explanation(field, choices)
    form.sheet.write_comment(
        0, place, explained, {"x_scale": 2.0, "y_scale": 0.5 + len(explained) / 90, "font_size": 9}
    )
    rule = _rule(form, place, field, choices)
    form.sheet.data_validation(
        1, place, FORM_ROWS, place,
        {
            "input_title": field.label[:32],
            "input_message": explained[:_MOST_WORDS],
            "error_title": field.label[:32],
            "error_message": explained[:_MOST_WORDS],
            **rule,
        },
    )  # fmt: skip


def _rule(form: _Form, place: int, field: Field, choices: Sequence[str]) -> dict[str, Any]:
    if choices:
        for row, choice in enumerate(choices):
            form.options.write_string(row, place, choice)
        return {
            "validate": "list",
            "source": _range(form, place, len(choices)),
            "show_error": _is_closed(field),
        }
    if field.type in _LOOSE:
        return {"validate": "any"}
    if field.type == "date":
        return {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
    if field.type in ("integer", "number"):
        checked = "integer" if field.type == "integer" else "decimal"
        return {"validate": checked, "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
    return {"validate": "any"}


def _is_closed(field: Field) -> bool:
    """Whether nothing but what is offered may be written."""
    return field.type in ("choice", "flag") and not field.open


def _range(form: _Form, place: int, count: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    name = form.options.get_name().replace("'", "''")
    return f"='{name}'!{xl_range_abs(0, place, count - 1, place)}"


def _explain(book: Any, shape: Layout, choices: dict[str, list[str]]) -> None:
    """A sheet that says for each column whether it is needed, and what is to be written in it."""
    sheet = book.add_worksheet(sheet_title(_("How to fill it in")))
    for place, width in enumerate((22, 10, 70)):
        sheet.set_column(place, place, width)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, _("How to fill in: {ledger}").format(ledger=shape.title), title)
    sheet.merge_range(1, 0, 1, 2, _general(shape), text)
    sheet.set_row(1, 66)
    for place, words in enumerate((_("Column"), _("Needed"), _("What to write"))):
        sheet.write_string(3, place, words, head)
    for row, field in enumerate(shape.field, 4):
        sheet.write_string(row, 0, field.label, text)
        sheet.write_string(row, 1, _("needed") if field.required else "", text)
        sheet.write_string(row, 2, explanation(field, choices[field.name]), text)


def _general(shape: Layout) -> str:
    return _(
        "One record a row, on the sheet “{sheet}”, below its header. Columns with * must be filled; all others may stay empty."
        " Please leave the header and the order of the columns as they are, and do not merge cells. Send the file back as .xlsx."
    ).format(sheet=sheet_title(shape.title))


def explanation(field: Field, choices: Sequence[str] = ()) -> str:
    """What is to be written in a field, in a sentence or two; `choices` are offered in a drop-down list."""
    words = [_("Needed.")] if field.required else []
    if field.type != "text":
        words.append(_SAID[field.type]())
    elif choices:
        words.append(_("Choose from the list, or write the code."))
    elif field.key and field.required:
        words.append(_("Tells one record from the others."))
    elif not field.enumeration:
        words.append(_("A text."))
    if field.enumeration:
        labels = [
            enumerations.label(field.enumeration, code) for code in enumerations.codes(field.enumeration)
        ]
        words.append(_("{values}.").format(values=_(", ").join(labels)))
        if field.open:
            words.append(_("Others may be written too."))
    if field.multiline:
        words.append(_("Several lines are allowed (Alt+Enter)."))
    return "".join(words) if _is_unspaced() else " ".join(words)


def _is_unspaced() -> bool:
    """Whether sentences follow one another without a space, as in Chinese."""
    from drillapp.core.i18n import language

    return language() == "zh_CN"


_SAID = {
    "date": lambda: _("A day, such as 2026-05-06."),
    "expiry": lambda: _("A day, such as 2027-05-06, or a month, such as 2027-05: its last day is meant."),
    "production": lambda: _(
        "A day, such as 2025-05-06, or a month, such as 2025-05: its first day is meant."
    ),
    "moment": lambda: _("A day and a time in Beijing, such as 2026-05-06 09:30."),
    "number": lambda: _("A number."),
    "integer": lambda: _("A whole number."),
    "quantity": lambda: _("A number, or one with its unit of measure, such as 20 boxes."),
    "interval": lambda: _("A number, or from least to most, such as 1500-3000."),
    "flag": lambda: _("{yes} or {no}.").format(
        yes=enumerations.label("yes_no", "yes"), no=enumerations.label("yes_no", "no")
    ),
    "choice": lambda: _("One of these:"),
    "list": lambda: _("One or more of these, with a mark between them:"),
}
