"""The sign-in sheet of a drill: blank, or with the names on its roll."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.reading import people_in
from drillapp.core.drills.record.rows import PersonRow
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_script_table import heading_line
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

Row = tuple[str, ...]
_SIZE, _ROOM = 10.5, 7.0
"""Points: of the text, and above and below it, so that a name written by hand finds its place."""
_FEWEST, _MOST_BLANK = 32, 1000
_A_PAGE = 16
"""So many lines fill a page, and blank ones are printed by pages."""


class SignInSheet(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    about: str
    rows: tuple[Row, ...]


def sign_in_sheet(office: Office, number: str, *, blank: bool = False) -> SignInSheet:
    """The sheet of a drill; `blank` as many empty lines as people are expected. Raises NotFound."""
    drill = drill_report(office, number)
    rows: list[Row] = []
    if not blank:
        with office.read() as connection:
            people = people_in(connection, drill_named(office, number))
        rows = [_row(place, person) for place, person in enumerate(people, 1)]
    if not rows:
        wanted = min(max(drill.expected or 0, _FEWEST), _MOST_BLANK)
        count = -(-wanted // _A_PAGE) * _A_PAGE
        rows = [(str(place), "", "", "", "", "", "", "") for place in range(1, count + 1)]
    title = _("{drill}: sign-in sheet").format(drill=drill.title)
    return SignInSheet(drill.unit, title, heading_line(drill), tuple(rows))


def _row(place: int, person: PersonRow) -> Row:
    came = f"{local_moment(person.checked_in_at):%H:%M}" if person.checked_in_at else ""
    remarks = (
        _("{count} people").format(count=person.count) if person.count > 1 else "",
        _("came {time}").format(time=came) if came else "",
    )
    return (
        str(place), person.name, person.organisation or "", person.post or "", label("drill_role", person.role),
        person.phone or "", "", "\n".join(filter(None, remarks)),
    )  # fmt: skip


def render_sign_in_sheet(
    data: SignInSheet,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the sheet; characters that no font has are named in what comes back."""
    return render_alone(add_sign_in_sheet, data, target, progress, fonts, paper=ACROSS)


def add_sign_in_sheet(document: Document, data: SignInSheet, styles: Styles) -> None:
    """Set it from where the page is."""
    document.add(Title(data.title, styles.title), Paragraph(data.about, styles.note))
    columns = (
        Column(_("No."), 36, "centre"), Column(_("Name"), 76, "centre"), Column(_("Unit or department")),
        Column(_("Post or position"), 100), Column(_("Part in the drill"), 66, "centre"), Column(_("Phone number"), 96, "centre"),
        Column(_("Signature"), 40 * MM), Column(_("Remarks"), 84),
    )  # fmt: skip
    look = msgspec.structs.replace(table_look(document.fonts, _SIZE), padding=_ROOM)
    document.add(Table(columns, data.rows, look))
