"""The import assistant: a file's real cells, what they are taken for, what would come of them, and then the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.shapes import Region
from drillapp.ui.errors import words_of
from drillapp.ui.ledgers.facts import Facts, Trouble
from drillapp.ui.ledgers.file_grid import FileGrid
from drillapp.ui.ledgers.hint_banner import HintBanner
from drillapp.ui.ledgers.outcome_words import counts_words, outlook_words
from drillapp.ui.ledgers.rows_grid import RowsGrid
from drillapp.ui.ledgers.settle_panel import PANEL_WIDTH, SettlePanel
from drillapp.ui.ledgers.state_tabs import FILE, StateTabs
from drillapp.ui.ledgers.steering import Steering, take_region
from drillapp.ui.ledgers.understood_bar import UnderstoodBar
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.stock_options import StockOptions
from drillapp.ui.parts.words import divided, label, row
from drillapp.ui.session import Session

_WIDTH, _HEIGHT = 1200, 740
_NARROWEST = 880
_AROUND = 60
"""Room that the screen keeps around the assistant, in pixels."""
_LOOK_MS = 120


class ImportAssistant(Dialog):
    """Guesses, shows, takes corrections; writes when the person agrees."""

    brought = Signal(object)
    """ImportResult, once the file is in."""

    def __init__(
        self,
        session: Session,
        path: Path,
        parent: QWidget | None = None,
        *,
        kind: str | None = None,
        region: Region | None = None,
    ) -> None:
        """`kind` is what is expected where somebody asked for one, `region` the table of the file that is meant."""
        super().__init__(_("Import"), parent, width=_NARROWEST)
        self._session = session
        self.path = path
        self.asked: StockOptions | None = None
        self.steering = Steering(session, self)
        self.understood = UnderstoodBar(self)
        self.file = FileGrid(self)
        self.rows = RowsGrid(self)
        self.tabs = StateTabs(self)
        self.panel = SettlePanel(session, self)
        self._stack = QStackedWidget(self)
        self.summary: QLabel = label("", "muted", wraps=True, parent=self)
        self._bar = QProgressBar(self, textVisible=False)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._lay_out(path.name)
        self._connect()
        self.resize(*self._fitting())
        self.file.setFocus()
        self.finished.connect(self.steering.let_go)
        self._open(expected=kind, region=region)

    def accept(self) -> None:
        """Bring in what was checked."""
        if self.go.isEnabled():
            self.steering.write(_("Importing …"))

    def reject(self) -> None:
        """Leave; a check under way is stopped. An import is stopped first, and what came of it is told."""
        self.steering.stop()
        if self.steering.is_writing:
            self.summary.setText(_("Stopping …"))
            return
        super().reject()

    def check_again(self) -> None:
        """Read the file anew, since it was corrected meanwhile; what was said of it stays as far as it still holds."""
        if self.steering.draft is None:
            self._open()
        else:
            self.steering.open_again(_("Looking at the file …"))

    @property
    def rest(self) -> tuple[Region, ...]:
        """Tables of the file below the one that is brought in, or on later sheets: nobody has looked at them yet."""
        draft = self.steering.draft
        if draft is None:
            return ()
        order = [glance.sheet for glance in draft.glances]
        here = (order.index(draft.guess.sheet), draft.guess.header[0])
        return tuple(
            one for one in draft.guess.others if one.kind and (order.index(one.sheet), one.header[0]) > here
        )

    def _open(self, expected: str | None = None, region: Region | None = None) -> None:
        self.steering.open(self.path, _("Looking at the file …"), expected, region)

    def _correct(self, change: Callable[[Draft], object]) -> None:
        self.steering.correct(change, _("Checking the file …"))

    # --- what the draft says

    def _on_guessed(self) -> None:
        draft = self.steering.draft
        assert draft is not None
        guess = draft.guess
        self.hint.tell("")
        self.understood.show_guess(draft.glances, guess)
        glance = next((one for one in draft.glances if one.sheet == guess.sheet), None)
        if glance is not None:
            self.file.cells.left_out = dict.fromkeys(draft.said.left_out, _("Left out by you"))
            self.file.cells.faults = {}
            self.file.show_guess(glance, guess)
        self.tabs.show_counts(None, 0)
        self.panel.show_draft(draft, self._asked_elsewhere())
        self._ask_about(guess.kind)
        if guess.kind is None:
            self.hint.tell(_("It is not clear which ledger this is: choose it above."))
            self.summary.setText("")
        elif self.steering.looks_like not in (None, guess.kind):
            self.hint.offer(str(self.steering.looks_like))
        self._refresh_actions(None)

    def _on_checked(self, facts: Facts) -> None:
        draft = self.steering.draft
        assert draft is not None
        columns = draft.guess.columns
        faults = {
            (number, columns[field]): message
            for (number, field), message in facts.faults.items()
            if field in columns and number <= len(self.file.cells.glance.rows)
        }
        self.file.cells.show_outcome(facts.left_out, faults)
        self.tabs.show_counts(facts.counts, facts.checked.count)
        self.panel.show_facts(facts)
        self._show_tab(self.tabs.current)
        result = facts.checked.result
        self.summary.setText("\n".join(filter(None, (counts_words(result), outlook_words(result)))))
        self._refresh_actions(result)

    def _on_unclear(self, error: Any) -> None:
        asks = "" if self.asked is None else self.asked.asks()
        is_missing = not self.panel.missing.isHidden()  # the panel says it and takes the answer
        words = asks or ("" if is_missing else words_of(error))
        if words:
            self.hint.tell(words)
        self.summary.setText("")

    def _on_failed(self, error: BaseException) -> None:
        message = getattr(error, "message", "")
        self.hint.tell(words_of(error))
        self.summary.setText(_("Nothing was written."))
        self.again.setEnabled(True)
        if not message:
            self._session.tasks.tell_error(error)

    def _on_written(self, result: ImportResult) -> None:
        self._session.said.emit(counts_words(result))
        self.brought.emit(result)
        super().accept()

    def _on_busy(self, words: str) -> None:
        self._bar.setVisible(bool(words))
        self._bar.setRange(0, 0)
        if words:
            self.summary.setText(words)
            self._refresh_actions(None)
            self._look.start()
        else:
            self._look.stop()
            self.again.setEnabled(True)

    def _on_look(self) -> None:
        task = self.steering.progress
        if task is not None and task.total:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(1000 * task.done // task.total, 1000))
        if task is not None and task.text:
            self.summary.setText(task.text)

    # --- what the person says

    def _show_tab(self, key: str | None) -> None:
        self._stack.setCurrentWidget(self.file if key == FILE else self.rows)
        if key != FILE:
            self.rows.show_facts(self.steering.facts, key)

    def _on_kind_said(self, kind: str) -> None:
        if kind:
            self._correct(lambda draft: draft.set_kind(kind))

    def _on_region_said(self, region: Region) -> None:
        self._correct(lambda draft: take_region(draft, region))

    def _on_trouble(self, trouble: Trouble, number: int) -> None:
        self.tabs.choose("refused")
        self.rows.show_trouble(trouble, number)

    def _on_row_said(self, number: int, out: bool) -> None:
        self._correct(lambda draft: draft.leave_out(number, out))

    def _on_rows_out(self, rows: tuple[int, ...]) -> None:
        def leave_out(draft: Draft) -> None:
            for number in rows:
                draft.leave_out(number)

        self._correct(leave_out)

    def _on_cell_said(self, number: int, field: str, text: str) -> None:
        self._correct(lambda draft: draft.set_cell(number, field, text))

    def _on_alike_said(self, field: str, written: str, text: str) -> None:
        self._correct(lambda draft: draft.set_alike(field, written, text))

    def _on_cursor(self) -> None:
        index = self.rows.currentIndex()
        found, field = self.rows.rows.row(index.row()), self.rows.rows.field(index.column())
        if found is not None and field is not None:
            self.panel.show_cell(found.row, field.name)

    def _on_asked(self) -> None:
        asked = self.asked
        if asked is None:
            return
        said = {name: _as_text(value) for name, value in asked.values().items()}

        def give(draft: Draft) -> None:
            for name, text in said.items():
                draft.give(name, text)

        self._correct(give)

    def _on_good_only(self) -> None:
        self.steering.write(_("Importing …"), partial=True)

    def _on_earlier(self) -> None:
        from drillapp.ui.ledgers.imports_dialog import ImportsDialog

        dialog = ImportsDialog(self._session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- how it looks

    def _lay_out(self, name: str) -> None:
        self.body.addLayout(row(label(_("Import {file}").format(file=name), "heading", parent=self), 1))
        self.body.addWidget(self.understood)
        self._options = QVBoxLayout()
        self.body.addLayout(self._options)
        self.hint = HintBanner(self)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.tabs)
        self._stack.addWidget(self.file)
        self._stack.addWidget(self.rows)
        split = divided(self._stack, self.panel, (_WIDTH - PANEL_WIDTH, PANEL_WIDTH), self)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setChildrenCollapsible(False)
        self.body.addWidget(split, 1)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.summary)
        self.earlier = self.add_action(_("Earlier imports …"), self._on_earlier, "ghost")
        self.again = self.add_action(_("Read the file again"), self.check_again, "ghost")
        self.good_only: QPushButton = self.add_closing("")
        self.good_only.clicked.disconnect()
        self.good_only.clicked.connect(self._on_good_only)
        self.cancel = self.add_closing(_("Cancel"))
        self.go: QPushButton = self.add_closing(_("Import"), accepts=True)

    def _connect(self) -> None:
        steering = self.steering
        steering.guessed.connect(self._on_guessed)
        steering.checked.connect(self._on_checked)
        steering.unclear.connect(self._on_unclear)
        steering.failed.connect(self._on_failed)
        steering.stopped.connect(lambda: self.summary.setText(_("Stopped; nothing was imported.")))
        steering.written.connect(self._on_written)
        steering.busy.connect(self._on_busy)
        self.understood.kind_said.connect(self._on_kind_said)
        self.understood.sheet_said.connect(lambda name: self._correct(lambda d: d.set_sheet(name)))
        self.hint.kind_said.connect(self._on_kind_said)
        for place in (self.understood, self.file):
            place.header_said.connect(lambda a, b: self._correct(lambda d: d.set_header(a, b)))
        self.file.column_said.connect(
            lambda column, field: self._correct(lambda d: d.set_column(column, field))
        )
        for grid in (self.file, self.rows):
            grid.row_said.connect(self._on_row_said)
        self.tabs.chosen.connect(self._show_tab)
        for source in (self.rows, self.panel):
            source.cell_said.connect(self._on_cell_said)
        self.rows.selectionModel().currentChanged.connect(lambda *_a: self._on_cursor())
        panel = self.panel
        panel.alike_said.connect(self._on_alike_said)
        panel.rows_out.connect(self._on_rows_out)
        panel.trouble_chosen.connect(self._on_trouble)
        panel.like_wanted.connect(lambda: self.tabs.choose("like"))
        for asking in (panel.missing, panel.wanted):
            asking.given.connect(lambda field, text: self._correct(lambda d: d.give(field, text)))
        panel.others.region_said.connect(self._on_region_said)
        panel.numbering.said.connect(lambda on: self._correct(lambda d: d.number_new(on)))

    def _refresh_actions(self, result: ImportResult | None) -> None:
        accepted = 0 if result is None else result.created + result.updated
        wrong = result is not None and bool(result.errors)
        writable = not self._session.is_read_only
        self.go.setText(_("Import {count} rows").format(count=f"{accepted:,}") if accepted else _("Import"))
        self.go.setEnabled(bool(accepted) and not wrong and writable)
        self.good_only.setText(_("Import the {count} good rows only").format(count=f"{accepted:,}"))
        self.good_only.setAccessibleName(self.good_only.text())
        self.good_only.setVisible(wrong and accepted > 0)
        self.good_only.setEnabled(writable)
        self.go.setVisible(not self.good_only.isVisible() or not wrong)
        self.again.setEnabled(result is not None)

    def _ask_about(self, kind: str | None) -> None:
        """Ask what is asked about a list of stock beside what stands in it."""
        if kind == "stock" and self.asked is None:
            self.asked = StockOptions(self._session, self)
            self._options.addWidget(self.asked)
            self.asked.edited.connect(self._on_asked)
            QTimer.singleShot(0, self, self._on_asked)
        elif kind != "stock" and self.asked is not None:
            self.asked.deleteLater()
            self.asked = None

    def _asked_elsewhere(self) -> frozenset[str]:
        draft = self.steering.draft
        is_stock = draft is not None and draft.kind == "stock"
        return frozenset({"storehouse", "occurred_on", "kind"}) if is_stock else frozenset()

    def _fitting(self) -> tuple[int, int]:
        room = self.screen().availableSize()
        return max(min(_WIDTH, room.width() - _AROUND), _NARROWEST), min(_HEIGHT, room.height() - _AROUND)


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
