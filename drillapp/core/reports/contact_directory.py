"""The directory of whom to call: command rosters and contacts of plans in force, plan by plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import MM, Document, Paper, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Together

UPRIGHT = Paper(210 * MM, 297 * MM, left=20 * MM, right=20 * MM, top=22 * MM, bottom=22 * MM)


class DirectoryLine(msgspec.Struct, frozen=True):
    """Somebody to call."""

    name: str
    role: str = ""
    organisation: str = ""
    phone: str = ""
    duty: str = ""


class DirectoryGroup(msgspec.Struct, frozen=True):
    """The people of one plan."""

    plan: str
    """Its title, with number and version."""
    unit: str
    roster: tuple[DirectoryLine, ...] = ()
    contacts: tuple[DirectoryLine, ...] = ()


class ContactDirectory(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    as_of: date
    groups: Iterable[DirectoryGroup]


def render_contact_directory(
    data: ContactDirectory,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the directory; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        data.title, author=data.office, fonts=fonts, paper=UPRIGHT, numbering="of", progress=progress
    )
    styles = Styles(fonts)
    day = _("As of {day}").format(day=long_date(data.as_of))
    document.add(Title(data.title, styles.title), Paragraph(day, styles.subtitle))
    heading = Style(fonts.sans, 13, 21, align="left", before=4 * MM)
    below = Style(fonts.body, 10.5, 16, align="left", after=1.5 * MM)
    is_empty = True
    for group in data.groups:
        is_empty = False
        tables = list(_tables(group, fonts))
        head = Paragraph(group.plan, heading), Paragraph(group.unit, below)
        document.add(Together(*head, tables[0]))
        for table in tables[1:]:
            document.space(3 * MM)
            document.add(table)
    if is_empty:
        document.add(Paragraph(_("No plan in force here names anybody."), styles.body))
    document.add(
        Paragraph(
            _("For emergencies only; not to be passed on (Emergency Response Law, articles 84, 85)."),
            styles.note,
        )
    )
    return document.close(target)


def _tables(group: DirectoryGroup, fonts: Fonts) -> Iterable[Table]:
    look = table_look(fonts, 10.5)
    if group.roster:
        columns = (
            Column(_("#"), 30, "centre"), Column(_("Role in command"), 84), Column(_("Name"), 60),
            Column(_("Unit"), 92), Column(_("Phone"), 92, "centre"), Column(_("Duty")),
        )  # fmt: skip
        rows = [_roster_row(place, each) for place, each in enumerate(group.roster, 1)]
        yield Table(columns, rows, look)
    if group.contacts:
        columns = (
            Column(_("#"), 30, "centre"), Column(_("Unit")), Column(_("Contact person"), 76),
            Column(_("Post"), 96), Column(_("Phone"), 96, "centre"), Column(_("For what")),
        )  # fmt: skip
        rows = [_contact_row(place, each) for place, each in enumerate(group.contacts, 1)]
        yield Table(columns, rows, look)


def _roster_row(place: int, each: DirectoryLine) -> tuple[str, ...]:
    return str(place), each.role, each.name, each.organisation, each.phone, each.duty


def _contact_row(place: int, each: DirectoryLine) -> tuple[str, ...]:
    return str(place), each.organisation, each.name, each.role, each.phone, each.duty
