"""What people say of the columns, found in a header; and what cannot be taken from a guess unattended."""

from __future__ import annotations

from collections.abc import Mapping

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import column_letters
from drillapp.core.ledgers.guessing.headers import Header
from drillapp.core.ledgers.layout import Layout, plain_word


def find_column(header: Header, width: int, named: str) -> int | None:
    """The column that is called so by its header, by the last row of its header, or by its letters (`C`)."""
    plain = plain_word(named)
    for column, words in header.words.items():
        if plain == plain_word(" ".join(words)):
            return column
    lasts = [column for column, words in header.words.items() if plain == plain_word(words[-1])]
    if len(lasts) == 1:
        return lasts[0]
    letters = named.strip().upper()
    return next((column for column in range(width) if column_letters(column) == letters), None)


def mapped_columns(header: Header, width: int, column_map: Mapping[str, str]) -> dict[int, str]:
    """Column to field for those of the map that are there."""
    found = ((find_column(header, width, named), field) for named, field in column_map.items())
    return {column: field for column, field in found if column is not None}


def check_fields(layout: Layout, fields: Mapping[str, str]) -> None:
    """Refuse fields that the kind does not have; '' stands for a column that is left out."""
    for field in fields.values():
        if field and field not in layout.names:
            raise InvalidInput(
                _("There is no field '{field}' in this ledger.").format(field=field),
                _("The fields are: {fields}.").format(fields=", ".join(layout.names)),
                field=field,
            )


def check_columns(header: Header, width: int, column_map: Mapping[str, str]) -> None:
    """Refuse columns that are not there."""
    for named, field in column_map.items():
        if find_column(header, width, named) is None:
            raise InvalidInput(
                _("There is no column '{header}' in the file.").format(header=named),
                _("The columns are: {headers}.").format(headers=listed(header.joined)),
                field=field,
            )


def listed(headers: Mapping[int, str]) -> str:
    """Headers in one line, cut where there are very many."""
    named = [words for _column, words in sorted(headers.items()) if words]
    return ", ".join(named[:20]) + (" …" if len(named) > 20 else "")
