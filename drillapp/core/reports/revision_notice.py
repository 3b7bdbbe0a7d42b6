"""The notice that a plan was revised: why, what changed, what follows from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences


class NoticeChange(msgspec.Struct, frozen=True):
    """What happened to a section or a list; words, not codes."""

    where: str
    how: str
    before: str = ""
    after: str = ""


class RevisionNotice(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    plan: str
    number: str
    old_version: str
    new_version: str
    day: date
    begin: date | None
    """When the new version came into force."""
    triggers: tuple[str, ...]
    """Why it was revised."""
    summary: str
    changes: tuple[NoticeChange, ...]
    renumbered: int
    """So many sections only have another number."""
    files_again: bool | None
    """Whether the new version must be filed again; None when a person must say."""
    basis: str
    addressees: str = ""


def render_revision_notice(
    data: RevisionNotice,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the notice; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        sentences(*data.title.splitlines()), author=data.office, fonts=fonts, progress=progress
    )
    styles = Styles(fonts)
    document.space(LEADING)
    document.add(Title(data.title, styles.title))
    document.space(LEADING)
    addressees = data.addressees or _("all departments and units concerned")
    document.add(Paragraph(_("{authority}:").format(authority=addressees), styles.flush))
    document.add(styles.text(_opening(data)))
    document.add(styles.heading(1, 1, _("Why it was revised")), styles.text(_why(data)))
    document.add(styles.heading(1, 2, _("What was changed")))
    _add_changes(document, data, styles)
    document.add(styles.heading(1, 3, _("What is to be done")))
    document.add(*(styles.text(text) for text in _follows(data)))
    document.add(Signature(data.office, data.day, (), fonts))
    return document.close(target)


def _opening(data: RevisionNotice) -> str:
    text = _(
        "“{plan}” (number {number}) has been revised; version {new} takes the place of version {old}."
    ).format(plan=data.plan, number=data.number, new=data.new_version, old=data.old_version)
    if data.begin is None:
        return sentences(text, _("It is not in force yet."))
    return sentences(text, _("It is in force from {day} on.").format(day=long_date(data.begin)))


def _why(data: RevisionNotice) -> str:
    if not data.triggers:
        return _("No reason was entered.")
    return _("The plan was revised because of: {reasons}.").format(reasons=_("; ").join(data.triggers))


def _add_changes(document: Document, data: RevisionNotice, styles: Styles) -> None:
    if data.summary:
        document.add(*(styles.text(line) for line in data.summary.splitlines() if line.strip()))
    if not data.changes:
        document.add(styles.text(_("The texts of the two versions do not differ.")))
        return
    document.space(LEADING / 4)
    columns = (
        Column(_("#"), 34, "centre"), Column(_("Where"), 92), Column(_("Change"), 48, "centre"), Column(_("Before")),
        Column(_("Now")),
    )  # fmt: skip
    rows = [(str(n), each.where, each.how, each.before, each.after) for n, each in enumerate(data.changes, 1)]
    document.add(Table(columns, rows, table_look(styles.fonts, 10.5)))
    if data.renumbered:
        text = _("{count} further sections only have another number.").format(count=data.renumbered)
        document.add(Paragraph(text, styles.note))
    document.space(LEADING / 3)


def _follows(data: RevisionNotice) -> list[str]:
    texts = [
        _("1. The copies of the earlier version are to be taken back and replaced by the new one."),
        _(
            "2. Disposal cards, on-site plans and drill scripts that rest on changed sections are to be checked."
        ),
    ]
    if data.files_again:
        texts.append(_("3. The new version is to be filed again ({basis}).").format(basis=data.basis))
    elif data.files_again is None:
        texts.append(
            _("3. If it touches command, procedures, main measures or response levels, it is to be filed again ({basis}).")
            .format(basis=data.basis)
        )  # fmt: skip
    else:
        texts.append(
            _("3. Command, procedures, main measures and response levels are as before; it need not be filed again ({basis}).")
            .format(basis=data.basis)
        )  # fmt: skip
    return texts
