"""Writing a readiness bulletin: a draft to look at, the paper as it was issued, or a new one with its number."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.bulletins.commands import issue_bulletin, next_bulletin_number
from drillapp.core.readiness.bulletins.queries import bulletin_content, bulletin_named
from drillapp.core.readiness.bulletins.rows import BulletinEntry, Issued
from drillapp.core.reports.bulletin import render_bulletin
from drillapp.core.reports.bulletin_source import bulletin_paper, compared_day
from drillapp.core.reports.page import Rendered
from drillapp.core.reports.plan_source import scope_of


def issue(office: Office, entry: BulletinEntry, progress: Progress = SILENT) -> Issued:
    """Issue a bulletin with its paper, on which its number stands; raises as `issue_bulletin` and `bulletin_paper` do.

    The day that the paper compares with is kept with it, also where the entry names none.
    """
    number = entry.number.strip() or next_bulletin_number(office, entry.unit_id)
    before = compared_day(entry)
    numbered = msgspec.structs.replace(entry, number=number, compared_with=before)
    content = BytesIO()
    render_bulletin(bulletin_paper(office, numbered, progress), content, progress)
    return issue_bulletin(office, numbered, content.getvalue())


def write_bulletin(
    office: Office, unit_code: str | None, number: str | None, path: Path, progress: Progress = SILENT
) -> Rendered:
    """Write the bulletin with a number as it was issued, or else a draft as of the office's date.

    In the place of a number the draft takes the day that it is compared with; by default a quarter before. Raises
    NotFound for an unknown unit or number, InvalidInput for a day that is not before the office's date.
    """
    before = _day(number) if number else None
    if number and before is None:
        content = bulletin_content(office, bulletin_named(office, number).id)
        write_whole(path, content)
        return Rendered(0, ())
    if before is not None and before >= office.as_of:
        raise InvalidInput(_("Figures are compared with those of an earlier day."), field="number")
    key, _name = scope_of(office, unit_code)
    entry = BulletinEntry(key, office.as_of, before)
    return render_bulletin(bulletin_paper(office, entry, progress), path, progress)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
