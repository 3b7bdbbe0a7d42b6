"""The papers of a correction: the notice to the unit that must put it right, its reply, and the ledger of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import LEADING, MM, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences

_SMALL = 10.5
_LEDGER = 9.0
_BLANK = "\u3000"
"""Left to be written by hand; nothing at all would be printed as a dash."""
_DAY = 62.0
"""Points of a column with a day in it."""


class CorrectionLine(msgspec.Struct, frozen=True):
    """A finding with its correction, in words."""

    text: str
    severity: str
    cause: str
    action: str
    owner: str
    due_on: date | None
    done_on: date | None
    done_by: str
    done: str
    """What was done."""
    proof: str
    state: str


class UnitCorrections(msgspec.Struct, frozen=True):
    """What one unit puts right after a drill."""

    office: str
    """Whose drill it was."""
    unit: str
    drill: str
    number: str
    held_on: date
    day: date
    lines: Sequence[CorrectionLine]


class CorrectionLedger(msgspec.Struct, frozen=True):
    """All findings with how far their corrections are."""

    office: str
    about: str
    """The unit or the drill."""
    as_of: date
    rows: Sequence[Sequence[str]]


def render_notices(
    units: Sequence[UnitCorrections],
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write a notice for each unit, each on sheets of its own with the slip to send back."""
    document = Document(
        _("Correction notice"), author=units[0].office, fonts=fonts or bundled(), progress=progress
    )
    return _each_on_its_own(document, units, _add_notice).close(target)


def _add_notice(document: Document, data: UnitCorrections, styles: Styles) -> None:
    _open(document, styles, _("{unit}:\ncorrection notice").format(unit=data.office), data.unit)
    document.add(*(styles.text(text) for text in _notice_texts(data)))
    document.space(LEADING / 3)
    document.add(Table(_notice_columns(), _notice_rows(data), table_look(styles.fonts, _SMALL)))
    document.add(Signature(data.office, data.day, (), styles.fonts))
    _add_slip(document, styles, data)


def render_replies(
    units: Sequence[UnitCorrections],
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write each unit's reply on what it has put right."""
    document = Document(
        _("Correction reply"), author=units[0].unit, fonts=fonts or bundled(), progress=progress
    )
    return _each_on_its_own(document, units, _add_reply).close(target)


def _add_reply(document: Document, data: UnitCorrections, styles: Styles) -> None:
    _open(document, styles, _("{unit}:\nreply on corrections").format(unit=data.unit), data.office)
    text = _(
        "The drill “{drill}” (number {number}) of {day} found problems that we were to put right. "
        "{count} of them are put right; we report as follows."
    )
    document.add(styles.text(_filled(text, data)))
    document.space(LEADING / 3)
    document.add(Table(_reply_columns(), _reply_rows(data), table_look(styles.fonts, _SMALL)))
    document.add(styles.text(_("Please verify.")))
    roles = (_("Put right by"), _("Head of the unit"))
    document.add(Signature(data.unit, data.day, roles, styles.fonts))


def _each_on_its_own(
    document: Document,
    units: Sequence[UnitCorrections],
    add: Callable[[Document, UnitCorrections, Styles], None],
) -> Document:
    styles = Styles(document.fonts)
    for place, data in enumerate(units):
        if place:
            document.new_page()
        add(document, data, styles)
    return document


def render_correction_ledger(
    data: CorrectionLedger,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the ledger on sheets laid across."""
    fonts = fonts or bundled()
    title = _("Correction ledger of drills")
    document = Document(
        title, author=data.office, fonts=fonts, paper=ACROSS, numbering="of", progress=progress
    )
    add_correction_ledger(document, data, Styles(fonts))
    return document.close(target)


def add_correction_ledger(document: Document, data: CorrectionLedger, styles: Styles) -> None:
    """Set it from where the page is."""
    words = _("{about}　{count} findings　as of {day}")
    subtitle = words.format(about=data.about, count=f"{len(data.rows):,}", day=long_date(data.as_of))
    document.add(Title(_("Correction ledger of drills"), styles.title), Title(subtitle, styles.subtitle))
    document.space(3 * MM)
    if data.rows:
        document.add(Table(_ledger_columns(), data.rows, table_look(styles.fonts, _LEDGER)))
    else:
        document.add(styles.text(_("Nothing was found.")))


def _open(document: Document, styles: Styles, title: str, addressee: str) -> None:
    document.space(LEADING)
    document.add(Title(title, styles.title))
    document.space(LEADING)
    document.add(Paragraph(_("{authority}:").format(authority=addressee), styles.flush))


def _notice_texts(data: UnitCorrections) -> list[str]:
    found = _(
        "The drill “{drill}” (number {number}) of {day} found {count} problems that your unit is to put right. "
        "They are listed below with what is to be done, by whom and until when."
    )
    last = max((line.due_on for line in data.lines if line.due_on), default=None)
    asked = _(
        "Put them right one by one, keep what shows it, and send the slip below back when you have read this."
    )
    until = (
        _("Report in writing what was done by {day}.").format(day=long_date(last))
        if last
        else _("Report in writing what was done.")
    )
    checked = _("What was put right is verified by somebody else or in a later drill before it is closed.")
    return [_filled(found, data), sentences(asked, until, checked)]


def _filled(text: str, data: UnitCorrections) -> str:
    return text.format(
        drill=data.drill, number=data.number, day=long_date(data.held_on), count=len(data.lines)
    )


def _notice_columns() -> tuple[Column, ...]:
    return (
        Column(_("#"), 26, "centre"), Column(_("What was found")), Column(_("Severity"), 40, "centre"),
        Column(_("Cause"), 62), Column(_("Corrective action")), Column(_("Owner"), 52, "centre"),
        Column(_("Due on"), _DAY, "centre"),
    )  # fmt: skip


def _notice_rows(data: UnitCorrections) -> list[tuple[str, ...]]:
    return [
        (str(place), line.text, line.severity, line.cause, line.action, line.owner, _day(line.due_on))
        for place, line in enumerate(data.lines, 1)
    ]


def _reply_columns() -> tuple[Column, ...]:
    return (
        Column(_("#"), 26, "centre"), Column(_("What was found")), Column(_("What was done")),
        Column(_("Done by"), 52, "centre"), Column(_("Done on"), _DAY, "centre"), Column(_("Proof"), 76),
        Column(_("State"), 46, "centre"),
    )  # fmt: skip


def _reply_rows(data: UnitCorrections) -> list[tuple[str, ...]]:
    return [
        (str(place), line.text, line.done, line.done_by, _day(line.done_on), line.proof, line.state)
        for place, line in enumerate(data.lines, 1)
    ]


def _ledger_columns() -> tuple[Column, ...]:
    return (
        Column(_("#"), 30, "right"), Column(_("What was found")), Column(_("Found by the drill"), 118),
        Column(_("Cause"), 60), Column(_("Corrective action")), Column(_("Responsible unit and owner"), 92),
        Column(_("Due on"), 56, "centre"), Column(_("Done on"), 56, "centre"), Column(_("Verified by"), 70, "centre"),
        Column(_("State"), 48, "centre"),
    )  # fmt: skip


def _add_slip(document: Document, styles: Styles, data: UnitCorrections) -> None:
    """What the unit fills in by hand and sends back; it stays whole."""
    slip = _Slip(_slip_facts(data), styles.fonts)
    document.space(LEADING / 2)
    document.add(styles.headline(1, _("Reply slip"), keep_with_next=slip.height(400.0)), slip)


def _slip_facts(data: UnitCorrections) -> list[Fact]:
    return [
        Fact(_("Drill"), f"{data.drill} ({data.number})", is_wide=True),
        Fact(_("Unit"), data.unit, is_wide=True),
        Fact(_("Received by"), _BLANK),
        Fact(_("Signed for on"), _BLANK),
        Fact(_("Opinion"), f"{_BLANK}\n{_BLANK}\n{_BLANK}", is_wide=True),
    ]


class _Slip(Form):
    """Stays on one sheet."""

    def split(self, width: float, room: float) -> None:
        return None


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
