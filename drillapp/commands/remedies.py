"""Which options put right what an import refused; in the window the same is a click, so that the core names none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.errors import InvalidInput
    from drillapp.core.ledgers.results import ImportResult

_OF_STOCK = {
    "storehouse": "--storehouse CODE",
    "occurred_on": "--on YYYY-MM-DD",
    "kind": "--as count|receipt",
}


def of_result(result: ImportResult, *, is_numbered: bool) -> str:
    """What lets rows in that were refused for want of a code; '' where none was."""
    from drillapp.core.ledgers.converting import own_code

    code = own_code(result.kind)
    if is_numbered or not any(error.field == code and not error.value for error in result.errors):
        return ""
    return _("With --number new records without a code get the office's next numbers.")


def of_missing(kind: str | None, field: str, *, has_map: bool = True) -> str:
    """How to say a required field that no column holds; `has_map`: whether columns can be named, too."""
    return _("Options for it: {options}.").format(options="; ".join(_options(kind, field, has_map=has_map)))


def with_options(error: InvalidInput, kind: str | None) -> InvalidInput:
    """An import's refusal with the options that put it right, where there are any."""
    from drillapp.core.ledgers.layout import layout

    if kind is None or error.problems or error.field not in layout(kind).names:
        return error
    error.hint = f"{error.hint} {of_missing(kind, error.field)}".strip()
    return error


def _options(kind: str | None, field: str, *, has_map: bool) -> Iterator[str]:
    if has_map:
        if kind == "stock" and field in _OF_STOCK:
            yield _OF_STOCK[field]
        yield f'--map "COLUMN={field}"'
    yield f'--set "{field}=VALUE"'
