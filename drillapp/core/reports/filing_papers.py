"""The papers of a filing: the application, and the receipt that the authority gives (办法 articles 26 to 28)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences


class Filer(msgspec.Struct, frozen=True):
    """Who files."""

    name: str
    address: str = ""
    sectors: str = ""
    head: str = ""
    """Its head or legal representative."""
    contact: str = ""
    phone: str = ""


class FiledPlan(msgspec.Struct, frozen=True):
    """What is filed; enumerations as words."""

    number: str
    title: str
    version: str
    kind: str
    published_on: date | None = None


class Material(msgspec.Struct, frozen=True):
    """A document that the filing needs, and whether it is on record."""

    name: str
    is_there: bool


class FilingApplication(msgspec.Struct, frozen=True):
    """What the application says."""

    title: str
    filer: Filer
    plan: FiledPlan
    authority: str
    """With whom it is filed; empty when that is not known."""
    direct_to: str
    """To whom the papers also go at once (径送); empty: to nobody."""
    copied_to: str
    basis: str
    """The law and its article."""
    materials: tuple[Material, ...]
    day: date
    due_on: date | None = None
    is_estimated: bool = False


class FilingReceipt(msgspec.Struct, frozen=True):
    """What the receipt says."""

    title: str
    authority: str
    filer: Filer
    plan: FiledPlan
    filing_number: str
    received_on: date
    day: date
    answer: str
    """accepted, incomplete, or silent: deemed filed."""
    missing: tuple[str, ...]
    """What has to be handed in still."""
    basis: str


def render_filing_application(
    data: FilingApplication,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the application; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(data.title, author=data.filer.name, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.add(Title(data.title, styles.title))
    document.space(LEADING / 2)
    document.add(Form([*_filer(data.filer), *_plan(data.plan), *_deadline(data)], fonts))
    document.space(LEADING / 2)
    document.add(
        Paragraph(_("{authority}:").format(authority=data.authority or _("(authority)")), styles.flush)
    )
    document.add(styles.text(_request(data)))
    document.space(LEADING / 3)
    signature = Signature(data.filer.name, data.day, (), fonts)
    document.add(_materials(data.materials, fonts, signature.height(document.paper.text_width)), signature)
    return document.close(target)


def render_filing_receipt(
    data: FilingReceipt,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the receipt; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(data.title, author=data.authority, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.add(Title(data.title, styles.title))
    if data.answer == "incomplete":
        document.space(LEADING / 2)
    else:
        number = _("Filing number: {number}").format(number=data.filing_number or _("(not given)"))
        document.add(Paragraph(number, styles.subtitle))
    document.add(Form([*_filer(data.filer), *_plan(data.plan), _received(data)], fonts))
    document.space(LEADING / 2)
    document.add(Paragraph(_("{unit}:").format(unit=data.filer.name), styles.flush))
    document.add(*(styles.text(text) for text in _answer(data)))
    document.add(Signature(data.authority, data.day, (_("Handled by"), _("Reviewed by")), fonts))
    document.add(Paragraph(_("Basis: {article}").format(article=data.basis), styles.note))
    return document.close(target)


def _filer(filer: Filer) -> list[Fact]:
    return [
        Fact(_("Name of the unit"), filer.name, is_wide=True),
        Fact(_("Address"), filer.address, is_wide=True),
        Fact(_("Head of the unit"), filer.head),
        Fact(_("Sector"), filer.sectors),
        Fact(_("Contact person"), filer.contact),
        Fact(_("Contact phone"), filer.phone),
    ]


def _plan(plan: FiledPlan) -> list[Fact]:
    return [
        Fact(_("Plan title"), plan.title, is_wide=True),
        Fact(_("Plan number"), plan.number),
        Fact(_("Version"), plan.version),
        Fact(_("Tier and kind"), plan.kind),
        Fact(_("Published on"), long_date(plan.published_on) if plan.published_on else ""),
    ]


def _deadline(data: FilingApplication) -> list[Fact]:
    due = long_date(data.due_on) if data.due_on else ""
    if due and data.is_estimated:
        due = _("{day} (estimated: the year's holidays are not announced)").format(day=due)
    return [Fact(_("To be filed by"), due, is_wide=True)] if due else []


def _received(data: FilingReceipt) -> Fact:
    return Fact(_("Received on"), long_date(data.received_on), is_wide=True)


def _request(data: FilingApplication) -> str:
    text = _(
        "Under {basis}, we hand in “{plan}” ({version}), made by our unit, and ask you to file it."
    ).format(basis=data.basis, plan=data.plan.title, version=data.plan.version or data.plan.number)
    copies = _("Copies go to {units}.").format(units=data.copied_to) if data.copied_to else ""
    direct = _("The papers also go directly to {unit}.").format(unit=data.direct_to) if data.direct_to else ""
    return sentences(text, direct, copies)


def _materials(materials: tuple[Material, ...], fonts: Fonts, keep: float) -> Table:
    columns = (
        Column(_("#"), 40, "centre"),
        Column(_("Documents handed in")),
        Column(_("On record"), 90, "centre"),
    )
    rows = [
        (str(place), each.name, _("there") if each.is_there else _("not there yet"))
        for place, each in enumerate(materials, 1)
    ]
    return Table(columns, rows, table_look(fonts, 12), keep_with_next=keep)


def _answer(data: FilingReceipt) -> list[str]:
    plan = _("“{plan}” ({version})").format(
        plan=data.plan.title, version=data.plan.version or data.plan.number
    )
    if data.answer == "incomplete":
        missing = [f"{place}. {each}" for place, each in enumerate(data.missing, 1)]
        return [
            _("The documents handed in with {plan} are not complete, so it is not filed. Hand in:").format(
                plan=plan
            ),
            *missing,
        ]
    if data.answer == "silent":
        return [
            _(
                "{plan} was received and neither filed nor refused within the term: it is deemed filed."
            ).format(plan=plan)
        ]
    return [
        _("The documents handed in with {plan} are complete as to their form; it is filed.").format(plan=plan)
    ]
