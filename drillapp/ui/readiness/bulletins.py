"""Bulletins that were issued: their papers as they went out, and whether their figures would be the same today."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.readiness.bulletins.commands import withdraw_bulletin
from drillapp.core.readiness.bulletins.queries import BULLETINS, bulletin_content, recomputed
from drillapp.core.readiness.bulletins.rows import Difference
from drillapp.core.readiness.formula import formula
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.dialog import confirm
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.readiness import said
from drillapp.ui.readiness.issue_dialog import IssueDialog
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Session, Target


class BulletinsView(ReadinessView):
    """The standard list, of the scope."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.pane = ListPane(session, _spec(), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)
        self.setFocusProxy(self.pane)

    def refresh(self, shown: Shown) -> None:
        """Facts, date or scope are others."""
        self.pane.reload()

    def begin_new(self) -> IssueDialog | None:
        """Ask what is to be issued of the unit in front."""
        if self.shown is None:
            return None
        dialog = IssueDialog(self.session, self.shown.unit, self)
        dialog.open()
        return dialog


def _spec() -> ListSpec:
    return ListSpec(
        "bulletins",
        label="Bulletins",
        record_label="Bulletin",
        listing=BULLETINS,
        editable=False,
        retired_label="Withdrawn too",
        actions=(
            Action(label="New bulletin …", icon="add", done=_begin_new, role="primary", writes=True),
            Action(label="Open the paper", icon="open", done=open_paper, needs=1),
            Action(label="Withdraw …", icon="retire", done=_withdraw, needs=1, writes=True),
        ),
        tabs=(Tab(label="Worked out again", make=sections_tab(compare)),),
        opens=open_paper,
        empty_label="A bulletin keeps the figures of its day and its paper, so that it can be worked out again.",
    )


def compare(office: Office, row: Any) -> list[Section]:
    """The units whose figures of the bulletin's day are others by what is recorded now."""
    found = recomputed(office, row.id)
    empty = _("By what is recorded now, all {count} units have the figures of the bulletin.").format(
        count=f"{len(found.then):,}"
    )
    return [
        Section(
            _("Figures that are others now"), [_difference(one) for one in found.differences], empty=empty
        )
    ]


def open_paper(pane: ListPane) -> None:
    """Show the PDF as it was issued."""
    row = pane.table.current_row()
    if row is not None:
        show_paper(pane.session, row.id, row.title, row.number, pane)


def show_paper(session: Session, bulletin_id: int, title: str, number: str, parent: QWidget) -> None:
    """Show the PDF of a bulletin as it was issued."""
    session.tasks.run_read(
        lambda office, _progress: bulletin_content(office, bulletin_id),
        lambda content: PdfPreview(session, content, title, f"{number}.pdf", parent).open(),
        owner=parent,
    )


def _begin_new(pane: ListPane) -> None:
    view = pane.parent()
    if isinstance(view, BulletinsView):
        view.begin_new()


def _withdraw(pane: ListPane) -> None:
    row, session = pane.table.current_row(), pane.session
    if row is None:
        return
    sentence = _("{number} stays in the list as withdrawn, and its number is not given again.").format(
        number=row.number
    )
    if confirm(_("Withdraw the bulletin?"), sentence, _("Withdraw"), danger=True, parent=pane):
        day = session.as_of
        session.tasks.run_write(
            lambda office, _progress: withdraw_bulletin(office, row.id, day),
            lambda _changes: session.said.emit(_("Saved")),
            owner=pane,
        )


def _difference(one: Difference) -> RecordLine:
    titles = {indicator.name: indicator.title for indicator in formula().indicator}
    words = _(", ").join(titles.get(name, name) for name in one.indicators)
    mark = _("{before} → {after}").format(
        before=said.score_words(one.score_then), after=said.score_words(one.score_now)
    )
    return RecordLine(one.unit_name, words, mark, "neutral", Target("readiness", "units", one.unit_id))
