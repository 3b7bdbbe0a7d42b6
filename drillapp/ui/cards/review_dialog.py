"""A stale card, what it was written from, and what holds now, side by side: keep it, or change it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.cards.review import CardReview, PersonOnCard, SectionText, review_of
from drillapp.core.cards.source import renew_sources
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.plans.spans import Span, SpanKind, spans
from drillapp.ui import theme
from drillapp.ui.cards.editor import card_dialog
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SUPERSEDED = "section_superseded"
_ON_CARD = ("first_action", "alarm", "steps", "protection", "prohibitions", "route", "supplies", "contacts")


class ReviewDialog(Dialog):
    """Goes through stale cards one after the other."""

    def __init__(self, session: Session, card_ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(_("Review stale cards"), parent, width=900)
        self._session = session
        self._card_ids = list(card_ids)
        self._place = 0
        self.review: CardReview | None = None
        self.title = label("", "heading", wraps=True, parent=self)
        self.subtitle = label("", "small", wraps=True, parent=self)
        self._marks = QHBoxLayout()
        self._marks.setSpacing(GRID)
        self.people = label("", "warning", wraps=True, parent=self)
        self.card = _Column(_("On the card"), self)
        self.before = _Column(_("Written from"), self)
        self.now = _Column(_("In force now"), self)
        for widget in (self.title, self.subtitle):
            self.body.addWidget(widget)
        self.body.addLayout(self._marks)
        self.body.addWidget(self.people)
        self.body.addLayout(row(self.card, self.before, self.now, spacing=2 * GRID), 1)
        self.edit = self.add_action(_("Change the card …"), self._on_edit)
        self.next = self.add_action(_("Next"), self._on_next, role="ghost")
        self.add_closing(_("Close"))
        self.keep = button(_("Still right"), role="primary", parent=self)
        self.keep.setAutoDefault(False)
        self.keep.setToolTip(_("The card says what the plan in force asks: it is pointed to that version."))
        self.keep.clicked.connect(self.accept)
        self.buttons.addWidget(self.keep)
        self.resize(1180, 640)
        self._ask()

    def accept(self) -> None:
        """The card holds against the plan in force; go on to the next one."""
        if self.review is None or not self.keep.isEnabled():
            return
        key = self.review.card.id
        self._session.tasks.run_write(
            lambda office, _progress: renew_sources(office, [key]),
            self._on_kept,
            owner=self,
            title=_("Saving"),
        )

    def _ask(self) -> None:
        key = self._card_ids[self._place]
        self._session.tasks.run_read(
            lambda office, _progress: _compared(office, key), self._on_review, owner=self, replaces="review"
        )

    def _on_review(self, compared: tuple[CardReview, tuple[Span, ...]]) -> None:
        review, found = compared
        self.review = review
        card = review.card
        self.title.setText(" ".join(part for part in (card.number, card.title) if part))
        place = _("{place} of {count}").format(place=self._place + 1, count=len(self._card_ids))
        parts = (card.unit_name, card.post, card.person, place if len(self._card_ids) > 1 else "")
        self.subtitle.setText(" · ".join(part for part in parts if part))
        self._show_marks(review.reasons)
        self.people.setText("\n".join(_about(review)))
        self.people.setVisible(bool(self.people.text()))
        self.card.show_words("", _card_words(card))
        old, new = review.written_from, review.in_force
        self.before.show_words(_headline(review, old), _marked(found, "deleted", "s", "problem"))
        self.now.show_words(_headline(review, new), _marked(found, "inserted", "u", "accent_text"))
        is_superseded = _SUPERSEDED in review.reasons
        for column in (self.before, self.now):
            column.setVisible(is_superseded)
        self.keep.setVisible(is_superseded)
        may_write = not self._session.is_read_only
        self.keep.setEnabled(is_superseded and may_write)
        self.edit.setEnabled(may_write)
        self.next.setVisible(self._place + 1 < len(self._card_ids))

    def _show_marks(self, reasons: Sequence[str]) -> None:
        while (item := self._marks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for code in reasons:
            self._marks.addWidget(Mark(self, enumerations.label("stale_reason", code), "problem"))
        if not reasons:
            self._marks.addWidget(Mark(self, _("Right again"), "green"))
        self._marks.addStretch(1)

    def _on_kept(self, _changes: Any) -> None:
        self._session.said.emit(_("Still right: points to the plan in force"))
        if self._place + 1 < len(self._card_ids):
            self._on_next()
        else:
            super().accept()

    def _on_next(self) -> None:
        self._place += 1
        self._ask()

    def _on_edit(self) -> None:
        if self.review is None:
            return
        dialog = card_dialog(self._session, self.review.card, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda _saved: self._ask())
        dialog.begin_edit(self.review.card)


class _Column(QWidget):
    """A heading, what it is, and the text below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what = label("", "small", wraps=True, parent=self)
        self.words = QTextBrowser(self)
        self.words.setProperty("role", "side")
        self.words.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(title, "label", parent=self))
        layout.addWidget(self.what)
        layout.addWidget(self.words, 1)

    def show_words(self, what: str, html: str) -> None:
        """Show a text under what it is."""
        self.what.setText(what)
        self.what.setVisible(bool(what))
        self.words.setHtml(html)


def _compared(office: Office, card_id: int) -> tuple[CardReview, tuple[Span, ...]]:
    """A card's review, and how the old section became the new one."""
    review = review_of(office, card_id)
    old, new = review.written_from, review.in_force
    return review, spans(old.text if old else "", new.text if new else "")


def _headline(review: CardReview, section: SectionText | None) -> str:
    if section is None:
        return _("There is no version in force.")
    version = _("{plan}, version {version}").format(plan=review.plan_title, version=section.version)
    if section.title:
        return f"{version}: {section.title}"
    was_section = review.written_from is not None and review.written_from.section_id is not None
    return f"{version}: {_('this section was left out')}" if was_section else version


def _card_words(card: Any) -> str:
    """What the card says, each part under the name that it has in the editor."""
    labels = {field.name: _(field.label) for field in fields_of(KINDS["cards"])}
    parts = ((labels[name], getattr(card, name)) for name in _ON_CARD)
    return "".join(f"<p><b>{escape(name)}</b><br>{_lines(text)}</p>" for name, text in parts if text)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _marked(found: Sequence[Span], kind: SpanKind, tag: str, colour: str) -> str:
    """One side of a comparison: what both say, and what only this side says, marked by more than its colour."""
    ink = theme.colour(colour).name()
    marked = f'<{tag} style="color: {ink}">%s</{tag}>'
    words = (
        marked % _lines(one.text) if one.kind == kind else _lines(one.text)
        for one in found
        if one.kind in ("same", kind)
    )
    return "".join(words)


def _about(review: CardReview) -> list[str]:
    """What the other reasons are about, a line each."""
    said = [line for person in review.people if (line := _person(person))]
    if "expired" in review.reasons and review.card.valid_until is not None:
        said.append(_("Valid until {day}").format(day=review.card.valid_until))
    if "post_retired" in review.reasons:
        said.append(_("The post '{post}' is there no more.").format(post=review.card.post))
    if "plan_retired" in review.reasons:
        said.append(_("The plan '{plan}' was retired.").format(plan=review.plan_title))
    return said


def _person(person: PersonOnCard) -> str:
    if person.gone_on is not None:
        return _("{name} is here no more since {day}.").format(name=person.name, day=person.gone_on)
    if person.printed and _digits(person.printed) not in _digits(person.phone or ""):
        words = _("{name}: the card says {printed}, the phone now is {phone}.")
        return words.format(name=person.name, printed=person.printed, phone=person.phone or "–")
    return ""


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
