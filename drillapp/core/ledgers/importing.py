"""A ledger file becomes entries, and the entries become records: all of them or, if one is bad, none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.constants import constants
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.guessing.settled import settle
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.uncollected import uncollected

__all__ = ["ImportResult", "constants", "import_draft", "import_ledger", "refuse_held"]


def import_ledger(
    office: Office,
    kind: str | None,
    path: Path,
    *,
    sheet: str | None = None,
    column_map: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
    number: bool = False,
    dry_run: bool = False,
    partial: bool = False,
    progress: Progress = SILENT,
) -> ImportResult:
    """Bring a ledger file into the office: every row is checked first, and one bad row stops all unless `partial`.

    Without a kind it is guessed. `given` are values of fields, which count where the file has no column. Rows without a code
    are known by name; new ones get the office's next numbers with `number`, and are refused without. The result names
    every bad row. Raises NotFound for an unknown kind, InvalidInput where kind or columns are not clear, and what
    `reading.opened` raises for a file that cannot be read as this ledger at all.
    """
    with Draft.at_once(
        office, path, kind=kind, sheet=sheet, column_map=column_map, given=given, progress=progress
    ) as draft:
        return import_draft(office, draft, number=number, dry_run=dry_run, partial=partial, progress=progress)


@uncollected()
def import_draft(
    office: Office,
    draft: Draft,
    *,
    number: bool = False,
    dry_run: bool = False,
    partial: bool = False,
    progress: Progress = SILENT,
) -> ImportResult:
    """Bring a file in as it is understood, with nobody looking at that; as `import_ledger` does, and raises."""
    settle(draft.guess._replace(missing=draft.missing))
    draft.said.number = number
    return draft.bring(office, progress, partial=partial, dry_run=dry_run)


def refuse_held(draft: Draft, fields: Iterable[str]) -> None:
    """Raise InvalidInput for fields said of the whole file that a column of it holds: what was said would not count."""
    for field in fields:
        if field in draft.guess.columns:
            header = draft.guess.headers.get(draft.guess.columns[field], "")
            raise InvalidInput(
                _("The column '{header}' holds the field '{field}' already.").format(
                    header=header, field=field
                ),
                _("Leave the column out (--map), or do not say the field for the whole file (--set)."),
                field=field,
            )
