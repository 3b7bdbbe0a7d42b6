"""The window for counting: scan, type, Enter, next; everything that was typed is saved at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from drillapp.core.errors import DrillappError, InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.counting import enter_counts
from drillapp.core.supplies.stocktake.finding import line_meant, line_scanned
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.rows import Count, LineRow, StocktakeView
from drillapp.ui.errors import words_of
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import button, label, restyle, row
from drillapp.ui.session import Session
from drillapp.ui.supplies.stocktake.count_card import CountCard
from drillapp.ui.supplies.stocktake.explain_dialog import ExplainDialog
from drillapp.ui.supplies.stocktake.line_table import LineTable, chosen
from drillapp.ui.supplies.stocktake.only_row import OnlyRow
from drillapp.ui.supplies.stocktake.sheet_files import ask_sheet
from drillapp.ui.supplies.stocktake.step_dialogs import CancelDialog, FoundDialog, SubmitDialog
from drillapp.ui.supplies.stocktake.stocktake_dialog import Stepped, StocktakeDialog

if TYPE_CHECKING:
    from drillapp.core.supplies.scanning import Scanned

_COUNTER = "stocktake/counter"
"""Under which the name of who counts at this machine is remembered."""


class CountingDialog(StocktakeDialog):
    """The line to count stands large above; the code field has the focus, and gets it back after each count."""

    def __init__(self, session: Session, stocktake_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, stocktake_id, parent)
        self._last = 0
        self._found_item = ""
        self.progress = label("", "strong", parent=self)
        self.returned = label("", "warning", wraps=True, parent=self)
        self.returned.hide()
        self.by = QLineEdit(session.preferences.text(_COUNTER), self)
        self.by.setAccessibleName(_("Counted by"))
        self.by.setFixedWidth(150)
        self.at = DateField(self, moment=True)
        self.at.setToolTip(_("When it was counted, of what is entered from paper; empty: now."))
        self.at.line.setPlaceholderText(_("now"))
        self.at.setFixedWidth(190)
        self.card = CountCard(self)
        self.only = OnlyRow("", self)
        self.table = LineTable(session, self)
        self._lay_out()
        self._connect()
        self.card.go_to_code()
        self.open_wide()

    @property
    def scan_storehouse(self) -> str:
        """Where a code is that of several things, what lies in this storehouse is meant."""
        return "" if self.view is None else self.view.header.storehouse

    def take_scan(self, scanned: Scanned) -> bool:
        """A label was scanned, whatever field has the focus: its line is counted next."""
        if self.view is None:
            return False
        try:
            line = line_scanned(self.view, scanned)
        except InvalidInput:
            return False
        except NotFound as error:
            self._on_unknown(error, scanned.item_code)
            return True
        self._show_line(line)
        self.card.go_to_quantity()
        return True

    def accept(self) -> None:
        """Hand in for review."""
        if self.view is not None and self.submit.isEnabled():
            open_lines = sum(line.state == "open" for line in self.view.lines)
            dialog = SubmitDialog(self.session, self.view.header, self._names(), open_lines, self)
            dialog.done_with.connect(self._on_submitted)
            dialog.open()

    def _on_loaded(self, view: StocktakeView) -> None:
        self.view = view
        header = view.header
        way = _("blind") if header.blind else _("with book quantity")
        words = _("{storehouse}: stocktake {number} · {way} · tolerance {tolerance} %")
        self.heading.setText(
            words.format(
                storehouse=header.storehouse_name, number=header.number, way=way, tolerance=f"{header.tolerance:g}"
            )
        )  # fmt: skip
        returned = _("Sent back by {name}: {note}").format(name=header.reviewed_by, note=header.review_note)
        self.returned.setText(returned)
        self.returned.setVisible(bool(header.reviewed_by))
        states = [line.state for line in view.lines]
        words = _("{counted} of {lines} lines counted, {again} to be counted again")
        self.progress.setText(
            words.format(
                counted=states.count("counted"), lines=len(states), again=states.count("again")
            )
        )  # fmt: skip
        self.only.tell_counts({code: len(chosen(view.lines, code)) for code in ("", "open", "differing")})
        self.table.fill(view, self.only.only)
        is_open = header.state == "counting" and not self.session.is_read_only
        for widget in (self.submit, self.found, self.bring_in, self.give_up, self.card):
            widget.setEnabled(is_open)
        self._show_line(self._next_line())
        self._refresh_explain()

    def _on_only(self, _only: str) -> None:
        if self.view is not None:
            self._on_loaded(self.view)

    def _next_line(self) -> LineRow | None:
        """The next line that is not counted, from the last one on; then those to be counted again."""
        assert self.view is not None
        left = [line for line in self.view.lines if line.state != "counted"]
        left.sort(key=lambda line: (line.state == "again", line.position <= self._last, line.position))
        return left[0] if left else None

    def _show_line(self, line: LineRow | None) -> None:
        self.card.show_line(line)
        if line is not None:
            self.table.choose(line.position)

    def _choose_shown(self, _count: int) -> None:
        if self.card.line is not None:
            self.table.choose(self.card.line.position)

    def _on_asked(self, text: str) -> None:
        """A code or number was typed: find its line, beside the window where it must be looked up."""
        if self.view is None:
            return
        if not text.strip():
            if self.card.line is not None:
                self.card.go_to_quantity()
            return
        view = self.view
        self.session.tasks.run_read(
            lambda office, _progress: line_meant(office, view, text),
            self._on_meant,
            owner=self,
            failed=self._on_unknown,
            replaces="line",
        )

    def _on_meant(self, position: int) -> None:
        assert self.view is not None
        line = next(one for one in self.view.lines if one.position == position)
        self._show_line(line)
        self.card.tell("")
        self.card.go_to_quantity()

    def _on_unknown(self, error: BaseException, item: str = "") -> None:
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
            return
        self._found_item = item
        self.card.tell(words_of(error), is_wrong=True)
        self.card.go_to_code()

    def _on_counted(self, quantity: float) -> None:
        line, by = self.card.line, self.by.text().strip()
        if line is None:
            return
        if not by:
            self._ask_counter()
            return
        restyle(self.by, "wrong", "false")
        self.session.preferences.set_text(_COUNTER, by)
        try:
            moment = self.at.value()
        except ValueError as error:
            self.card.tell(str(error), is_wrong=True)
            self.at.setFocus()
            return
        assert moment is None or isinstance(moment, datetime)
        self._write(line, Count(line.position, quantity, moment, note=self.card.note.value() or ""), by)

    def _write(self, line: LineRow, count: Count, by: str) -> None:
        key = self.key
        self.card.save.setEnabled(False)
        self.session.tasks.run_write(
            lambda office, _progress: _counted(office, key, count, by),
            lambda result: self._on_saved(line, count.quantity, result),
            owner=self,
            failed=self._on_refused,
        )

    def _on_uncount(self) -> None:
        """The count was typed at the wrong line: it is not counted after all."""
        line, by = self._current_line(), self.by.text().strip()
        if line is not None and not by:
            self._ask_counter()
        elif line is not None:
            self._write(line, Count(line.position, None), by)

    def _on_saved(self, line: LineRow, quantity: float | None, result: Stepped) -> None:
        self._last = line.position if quantity is not None else line.position - 1
        now = next(one for one in result.view.lines if one.position == line.position)
        words = _("Line {number}, {name}: {quantity} saved.").format(
            number=line.position, name=line.name, quantity=_("(not counted)") if quantity is None else number_words(quantity)
        )  # fmt: skip
        if now.state == "again":
            words += " " + _("It is further from the book than the tolerance: count it again.")
        self.card.tell(words, is_wrong=now.state == "again")
        self._on_loaded(result.view)
        self.card.go_to_code()

    def _on_refused(self, error: BaseException) -> None:
        self.card.save.setEnabled(True)
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
            return
        self.card.tell(words_of(error), is_wrong=True)
        self.card.quantity.setFocus()

    def _on_current(self, shown: Any) -> None:
        """The line under the cursor is the one that is counted next."""
        self._refresh_explain()
        if self.view is None or shown is None or not self.table.grid.hasFocus():
            return
        self.card.show_line(next(one for one in self.view.lines if one.position == shown.position))

    def _on_opened(self, _shown: Any) -> None:
        self._on_current(_shown)
        self.card.go_to_quantity()

    def _refresh_explain(self) -> None:
        line = self._current_line()
        self.uncount.setEnabled(self.submit.isEnabled() and line is not None and line.counted is not None)
        self.explain.setEnabled(
            self.submit.isEnabled() and line is not None and bool(line.difference) and line.state == "counted"
        )

    def _current_line(self) -> LineRow | None:
        shown = self.table.current_row()
        if self.view is None or shown is None:
            return None
        return next((one for one in self.view.lines if one.position == shown.position), None)

    def _on_explain(self) -> None:
        line = self._current_line()
        if self.view is not None and line is not None:
            dialog = ExplainDialog(self.session, self.view.header, line, self)
            dialog.done_with.connect(self.reload)
            dialog.open()

    def _on_found(self) -> None:
        if self.view is None:
            return
        by = self.by.text().strip()
        if not by:
            self._ask_counter()
            return
        dialog = FoundDialog(self.session, self.view.header, by, self._found_item, self)
        dialog.done_with.connect(self.reload)
        dialog.open()

    def _on_import(self) -> None:
        by = self.by.text().strip()
        if self.view is None:
            return
        if not by:
            self._ask_counter()
            return
        dialog = ask_sheet(self.session, self.view.header, by, self)
        if dialog is not None:
            dialog.taken.connect(self.reload)

    def _ask_counter(self) -> None:
        restyle(self.by, "wrong", "true")
        self.card.tell(_("Enter who counts."), is_wrong=True)
        self.by.setFocus()

    def _on_print(self) -> None:
        if self.view is not None:
            header = self.view.header
            title = _("{storehouse}: stocktake sheet").format(storehouse=header.storehouse_name)
            preview_report(self.session, "stocktake_sheet", title, self, number=header.number)

    def _on_cancel(self) -> None:
        if self.view is not None:
            dialog = CancelDialog(self.session, self.view.header, self)
            dialog.done_with.connect(self.reject)
            dialog.open()

    def _on_submitted(self) -> None:
        self.session.said.emit(_("The stocktake waits for its review."))
        self.reject()

    def _names(self) -> str:
        """Who counted at this machine."""
        assert self.view is not None
        return self.view.header.counted_by or self.by.text().strip()

    def _connect(self) -> None:
        self.card.asked.connect(self._on_asked)
        self.card.counted.connect(self._on_counted)
        self.only.changed.connect(self._on_only)
        self.table.model.counted.connect(self._choose_shown)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)

    def _lay_out(self) -> None:
        self.explain = button(_("Explain the difference …"), icon="edit", parent=self)
        self.found = button(_("Add what is not on the sheet …"), icon="add", parent=self)
        self.uncount = button(_("Take the count back"), icon="close", parent=self)
        for made, done in (
            (self.explain, self._on_explain),
            (self.found, self._on_found),
            (self.uncount, self._on_uncount),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(lambda _on=False, done=done: done())
        by = label(_("Counted by"), "label", parent=self)
        at = label(_("Counted at"), "label", parent=self)
        self.body.addLayout(row(self.heading, 1, at, self.at, by, self.by))
        self.body.addWidget(self.returned)
        self.body.addWidget(self.card)
        self.body.addLayout(row(self.progress, 1, self.only, self.uncount, self.explain, self.found))
        self.body.addWidget(self.table, 1)
        self.give_up = self.add_action(_("Cancel the stocktake …"), self._on_cancel, role="danger")
        self.bring_in = self.add_action(_("Import the sheet …"), self._on_import)
        self.add_action(_("Export the sheet …"), self._on_export)
        self.add_action(_("Print the sheet …"), self._on_print)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.submit = self.add_closing(_("Submit for review …"), accepts=True)
        self.submit.setDefault(False)
        self.submit.setAutoDefault(False)


def _counted(office: Office, key: int, count: Count, by: str) -> Stepped:
    """Enter a count and look at the stocktake again."""
    changes = enter_counts(office, key, [count], by)
    return Stepped(stocktake_view(office, key), changes)
