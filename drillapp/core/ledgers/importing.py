"""A ledger file becomes entries, and the entries become records: all of them or, if one is bad, none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import kind_of
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.bringing import How, bring_in, foresee
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.rows import read_rows
from drillapp.core.ledgers.values import Column, Fault
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search.tokens import title_tokens
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Origin

__all__ = ["ImportResult", "constants", "import_ledger"]


@uncollected()
def import_ledger(
    office: Office,
    kind: str,
    path: Path,
    *,
    sheet: str | None = None,
    column_map: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
    dry_run: bool = False,
    partial: bool = False,
    progress: Progress = SILENT,
) -> ImportResult:
    """Bring a ledger file into the office: every row is checked first, and one bad row stops all unless `partial`.

    `given` are values of fields for which the file has no column. The result names every bad row. Raises NotFound for an unknown kind, and what `reading.opened` raises for a file
    that cannot be read as this ledger at all.
    """
    target = kind_of(kind)
    of_title = cache(title_tokens)
    rows = read_rows(
        layout(kind),
        target.entry,
        path,
        sheet,
        column_map,
        progress,
        lambda entries: foresee(kind, of_title, entries),
        given,
    )
    origin = Origin(path.name, reading.digest(path))
    return bring_in(office, kind, rows, How(origin, dry_run, partial, progress, of_title)).result


def constants(kind: str, said: Mapping[str, str]) -> dict[str, Any]:
    """The values of fields that are said for a file as a whole, read as its cells are.

    Raises InvalidInput for a field that the kind does not have, and for what a cell could not hold either.
    """
    by_name = {field.name: field for field in layout(kind).field}
    values: dict[str, Any] = {}
    for name, text in said.items():
        if name not in by_name:
            raise InvalidInput(
                _("There is no field '{field}' in this ledger.").format(field=name),
                _("The fields are: {fields}.").format(fields=", ".join(by_name)),
                field=name,
            )
        [value] = Column(by_name[name]).read([text])
        if isinstance(value, Fault):
            raise InvalidInput(f"{by_name[name].label}: {value.message}", field=name)
        values[name] = value
    return values
