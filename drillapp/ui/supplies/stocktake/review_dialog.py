"""The window of who reviews: differences with their reasons, what was booked meanwhile, and one next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from drillapp.core.enumerations import label as word
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.drawing import draw_again
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.reviewing import counters_of
from drillapp.core.supplies.stocktake.rows import Redrawn, StocktakeView
from drillapp.ui.errors import lines_of
from drillapp.ui.parts.dialog import Message, confirm
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import card, label, row
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.stocktake.line_table import STOCKTAKE_TONES, LineTable, chosen
from drillapp.ui.supplies.stocktake.only_row import OnlyRow
from drillapp.ui.supplies.stocktake.step_dialogs import ApproveDialog, CancelDialog, SendBackDialog
from drillapp.ui.supplies.stocktake.stocktake_dialog import Stepped, StocktakeDialog

_TOLD = 6
"""So many of the lines that stop a posting are named."""


class ReviewDialog(StocktakeDialog):
    """A stocktake that was handed in: approved, then posted; or sent back; afterwards to be read."""

    def __init__(self, session: Session, stocktake_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, stocktake_id, parent)
        self._first = True
        self.mark = Mark(self)
        self.people = label("", "muted", wraps=True, parent=self)
        self.outcome = label("", "strong", wraps=True, parent=self)
        self.meanwhile = label("", wraps=True, parent=self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.only = OnlyRow("differing", self)
        self.table = LineTable(session, self, reviews=True)
        self._lay_out()
        self.only.changed.connect(self._on_only)
        self.open_wide()

    def accept(self) -> None:
        """The next step: approve, or post."""
        if self.view is not None and self.next.isEnabled() and not self.next.isHidden():
            self._steps()[self.view.header.state][1]()

    def _steps(self) -> dict[str, tuple[str, Callable[[], None]]]:
        """For each state its next step: what it is called, and what does it."""
        return {
            "submitted": (_("Approve the count …"), self._on_approve),
            "reviewed": (_("Post to the stock ledger"), self._on_post),
            "posted": (_("Show the movements"), self._on_movements),
        }

    def _on_loaded(self, view: StocktakeView) -> None:
        self.view = view
        header = view.header
        differing = chosen(view.lines, "differing")
        if self._first and not differing:
            self.only.choose("")
        self._first = False
        self.heading.setText(
            _("{storehouse}: stocktake {number}").format(
                storehouse=header.storehouse_name, number=header.number
            )
        )
        tone = STOCKTAKE_TONES["state"][header.state]
        self.mark.tell(word("stocktake_state", header.state), tone)
        self.people.setText(_people(view))
        self.outcome.setText(_outcome(view))
        self.meanwhile.setText(_meanwhile(view))
        self.only.tell_counts({code: len(chosen(view.lines, code)) for code in ("", "open", "differing")})
        self.table.fill(view, self.only.only)
        self._offer(header.state)

    def _on_only(self, _only: str) -> None:
        if self.view is not None:
            self._on_loaded(self.view)

    def _offer(self, state: str) -> None:
        writes = not self.session.is_read_only
        step = self._steps().get(state)
        self.next.setVisible(step is not None)
        self.redraw.setVisible(self.view is not None and self.view.header.seed is not None)
        if step is not None:
            self.next.setText(step[0])
            self.next.setEnabled(writes or state == "posted")
        for made, states in (
            (self.send_back, ("submitted", "reviewed")),
            (self.give_up, ("submitted", "reviewed")),
        ):
            made.setVisible(state in states)
            made.setEnabled(writes)

    def _on_approve(self) -> None:
        assert self.view is not None
        dialog = ApproveDialog(self.session, self.view.header, self)
        dialog.done_with.connect(self.reload)
        dialog.open()

    def _on_send_back(self) -> None:
        if self.view is not None:
            selected = tuple(self.table.selected_keys())
            # One row is always under the cursor; several were chosen.
            dialog = SendBackDialog(
                self.session, self.view.header, selected if len(selected) > 1 else (), self
            )
            dialog.done_with.connect(self._on_sent_back)
            dialog.open()

    def _on_sent_back(self) -> None:
        self.session.said.emit(_("The stocktake was sent back to be counted again."))
        self.reject()

    def _on_post(self) -> None:
        assert self.view is not None
        counted = sum(line.counted is not None for line in self.view.lines)
        sentence = _("{count} count lines are booked as one document; they cannot be changed afterwards.")
        if not confirm(
            _("Post to the stock ledger"), sentence.format(count=counted), _("Post it"), parent=self
        ):
            return
        key = self.key
        self.next.setEnabled(False)
        self.problem.hide()
        self.session.tasks.run_write(
            lambda office, _progress: _post(office, key),
            self._on_posted,
            owner=self,
            failed=self._on_refused,
            title=_("Posting"),
        )

    def _on_posted(self, posted: Stepped) -> None:
        words = _("Posted as document {document}.").format(document=posted.view.header.document)
        self.session.said.emit(words)
        self._on_loaded(posted.view)

    def _on_refused(self, error: BaseException) -> None:
        self.next.setEnabled(True)
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
            return
        self.problem.setText(lines_of(error, _TOLD))
        self.problem.show()
        self.reload()

    def _on_movements(self) -> None:
        assert self.view is not None
        document = self.view.header.document or ""
        self.session.go(Target("supplies", "movements", text=document))
        self.reject()

    def _on_report(self) -> None:
        if self.view is not None:
            header = self.view.header
            title = _("{storehouse}: report on surplus and shortage").format(
                storehouse=header.storehouse_name
            )
            preview_report(self.session, "stocktake_report", title, self, number=header.number)

    def _on_redraw(self) -> None:
        """Draw the sample once more from its seed, as an audit does."""
        key = self.key
        self.session.tasks.run_read(
            lambda office, _progress: draw_again(office, key), self._on_redrawn, owner=self
        )

    def _on_redrawn(self, again: Redrawn) -> None:
        words = _("The same lines are drawn.")
        if not again.same:
            words = _("Other lines are drawn: not any more {gone}; now {come}.").format(
                gone=_(", ").join(map(str, again.gone)), come=_(", ").join(again.come)
            )
        Message(_("Draw the sample again"), words, parent=self).open()

    def _on_cancel(self) -> None:
        if self.view is not None:
            dialog = CancelDialog(self.session, self.view.header, self)
            dialog.done_with.connect(self.reload)
            dialog.open()

    def _lay_out(self) -> None:
        frame, layout = card(self)
        layout.addWidget(self.outcome)
        layout.addWidget(self.meanwhile)
        layout.addWidget(self.people)
        self.body.addLayout(row(self.heading, self.mark, 1))
        self.body.addWidget(frame)
        self.body.addLayout(row(self.only, 1))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.problem)
        self.give_up = self.add_action(_("Cancel the stocktake …"), self._on_cancel, role="danger")
        self.add_action(_("Export the sheet …"), self._on_export)
        self.add_action(_("Print surplus and shortage …"), self._on_report)
        self.redraw = self.add_action(_("Draw the sample again"), self._on_redraw)
        self.send_back = self.add_action(_("Send back for a recount …"), self._on_send_back)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.next = self.add_closing("", accepts=True)
        self.next.setDefault(False)
        self.next.setAutoDefault(False)


def _people(view: StocktakeView) -> str:
    header = view.header
    counted = _("Counted by {names}").format(names=_(", ").join(counters_of(header, view.lines)))
    reviewed = (
        _("reviewed by {name}").format(name=header.reviewed_by)
        if header.reviewed_by and header.state in ("reviewed", "posted")
        else ""
    )
    cancelled = _("cancelled: {reason}").format(reason=header.cancel_reason) if header.cancel_reason else ""
    return " · ".join(filter(None, (counted, reviewed, header.review_note or "", cancelled)))


def _outcome(view: StocktakeView) -> str:
    counted = [line for line in view.lines if line.counted is not None]
    more = sum((line.difference or 0) > 0 for line in counted)
    less = sum((line.difference or 0) < 0 for line in counted)
    words = _(
        "{counted} of {lines} lines counted: {same} agree, {more} surplus, {less} shortage; {again} counted twice"
    )
    return words.format(
        counted=len(counted), lines=len(view.lines), same=len(counted) - more - less, more=more, less=less,
        again=sum(line.first_counted is not None for line in counted),
    )  # fmt: skip


def _meanwhile(view: StocktakeView) -> str:
    if not view.moved:
        return _("Nothing was booked of these lines meanwhile.")
    before = {one.position for one in view.moved if not one.is_after}
    after = {one.position for one in view.moved if one.is_after}
    words = _(
        "Booked meanwhile: of {before} lines before their count, which is in their book quantity; of {after} lines "
        "after it, which comes on top of what was found."
    )
    return words.format(before=len(before), after=len(after))


def _post(office: Office, key: int) -> Stepped:
    changes = post_stocktake(office, key)
    return Stepped(stocktake_view(office, key), changes)
