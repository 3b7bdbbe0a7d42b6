"""An evaluator's sheet: the groups with their progress at the left, the items of one at the right."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.evaluation.forms import Group
from drillapp.core.drills.evaluation.gaps import needs_reason
from drillapp.core.drills.evaluation.rows import Answer, Sheet, SheetSaved
from drillapp.core.drills.evaluation.sheets import remove_sheet, reopen_sheet, submit_sheet
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.drills.evaluation.item_row import ItemRow
from drillapp.ui.drills.evaluation.paper_dialog import PaperDialog
from drillapp.ui.drills.evaluation.saver import Saver
from drillapp.ui.drills.evaluation.sheet_head import SheetHead
from drillapp.ui.parts.editors import LongTextEditor
from drillapp.ui.parts.words import button, divided, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_COMMENT_HEIGHT = 64


class SheetView(QWidget):
    """Answers are saved as they are given."""

    outdated = Signal()
    """What is shown may be older than what is kept."""
    edit_wanted = Signal()
    """The head is to be changed."""

    def __init__(self, session: Session, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sheet = _own_copy(sheet)
        self.rows: list[ItemRow] = []
        self._missing: frozenset[str] = frozenset()
        self.saver = Saver(session, sheet, self)
        self.head = SheetHead(self)
        self.groups = QListWidget(self)
        self.groups.setAccessibleName(_("Groups of the form"))
        self._area = scrolled(None, self, sideways=False)
        self.comment = LongTextEditor(self)
        self.comment.setAccessibleName(_("Comment on the spot"))
        self.comment.setPlaceholderText(_("What was said on the spot after the drill"))
        self.comment.setProperty(
            "role", "short"
        )  # the style sheet makes long ones higher than there is room for
        self.comment.setFixedHeight(_COMMENT_HEIGHT)
        self.state = label("", "small", parent=self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._fill()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the sheet as it is kept now, unless something here waits to be saved."""
        if not self.saver.is_idle or sheet.revision < self.saver.revision:
            return
        is_own = sheet.revision == self.saver.revision
        self.sheet = _own_copy(sheet)
        self.saver.revision = sheet.revision
        if is_own:
            self._show_head()
        else:
            self._fill()

    def row_of(self, code: str) -> ItemRow:
        """The row of an item of the group shown."""
        return next(made for made in self.rows if made.item.code == code)

    def submit_sheet(self) -> None:
        """Hand the sheet in, after what waits has been saved."""
        self.saver.finish(self._submit)

    def _make_buttons(self) -> None:
        self.submit = button(_("Hand in"), role="primary", icon="check", parent=self)
        self.reopen = button(_("Open again"), icon="edit", parent=self)
        self.remove = button(_("Take the sheet away"), role="ghost", parent=self)
        self.paper = button(_("From paper …"), role="ghost", icon="import", parent=self)
        for made in (self.submit, self.reopen, self.remove, self.paper):
            made.setAutoDefault(False)

    def _lay_out(self) -> None:
        right = QWidget(self)
        right.setProperty("ground", "surface")
        keys = _("Keys: Y yes, N no, digits, A to D, / not applicable, Del takes back, ↑ ↓ go on")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(GRID, 0, 0, 0)
        inside.addWidget(self._area, 1)
        inside.addWidget(label(keys, "small", wraps=True, parent=right))
        self._split = divided(self.groups, right, (290, 800), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.head)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.comment)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.paper, self.remove, self.state, 1, self.reopen, self.submit))

    def _connect(self) -> None:
        self.groups.currentRowChanged.connect(self._show_group)
        self.comment.edited.connect(lambda: self.saver.put_comment(self.comment.value() or ""))
        self.submit.clicked.connect(self.submit_sheet)
        self.reopen.clicked.connect(lambda: self.saver.finish(self._reopen))
        self.remove.clicked.connect(lambda: self.saver.finish(self._remove))
        self.paper.clicked.connect(lambda: self.saver.finish(self._from_paper))
        self.head.edit_wanted.connect(self.edit_wanted)
        self.saver.said.connect(self.state.setText)
        self.saver.conflicted.connect(self.outdated)

    @property
    def _shown(self) -> tuple[Group, ...]:
        """The evaluator's groups, and others in which something was answered."""
        also = {code.partition(".")[0] for code in self.sheet.answers}
        form = self.sheet.asked_by
        chosen = {group.code for group in form.chosen(self.sheet.groups)} | also
        return tuple(group for group in form.group if group.code in chosen)

    def _fill(self) -> None:
        place = max(self.groups.currentRow(), 0)
        self._show_head()
        self.groups.blockSignals(True)
        self.groups.clear()
        for group in self._shown:
            self.groups.addItem(QListWidgetItem(group.title))
        self.groups.blockSignals(False)
        self._show_progress()
        self.comment.blockSignals(True)
        self.comment.set_value(self.sheet.comment)
        self.comment.blockSignals(False)
        self.groups.setCurrentRow(min(place, self.groups.count() - 1))
        self._show_group(self.groups.currentRow())

    def _show_head(self) -> None:
        writable = self.sheet.is_open and not self._session.is_read_only
        self.head.show_sheet(self.sheet, writable)
        self.comment.setReadOnly(not writable)
        self.submit.setVisible(writable)
        self.paper.setVisible(writable)
        self.reopen.setVisible(not self.sheet.is_open and not self._session.is_read_only)
        self.remove.setVisible(writable and not self.sheet.answers and not self.sheet.comment)
        for made in self.rows:
            made.set_writable(writable)

    def _show_progress(self) -> None:
        for place, group in enumerate(self._shown):
            done = sum(self._is_done(item.code) for item in group.item)
            entry = self.groups.item(place)
            entry.setText(f"{group.code}  {group.title}   {done}/{len(group.item)}")
            entry.setToolTip(group.title)
            entry.setIcon(icons.icon("check" if done == len(group.item) else "list", "muted"))

    def _is_done(self, code: str) -> bool:
        answer = self.sheet.answers.get(code)
        return answer is not None and (bool(answer.reason) or not needs_reason(answer.value))

    def _show_group(self, place: int) -> None:
        groups = self._shown
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(2)
        items = groups[place].item if 0 <= place < len(groups) else ()
        self.rows = [
            ItemRow(self.sheet.asked_by, item, self.sheet.answers.get(item.code), content) for item in items
        ]
        for number, made in enumerate(self.rows):
            made.set_writable(self.sheet.is_open and not self._session.is_read_only)
            made.answered.connect(self._on_answer)
            made.left.connect(lambda step, at=number: self._go(at + step))
            made.tell(made.item.code in self._missing and not made.is_done)
            layout.addWidget(made)
        layout.addStretch(1)
        self._area.setWidget(content)

    def _go(self, place: int) -> None:
        """On to an item, over the group's end to the next group."""
        if 0 <= place < len(self.rows):
            self._focus(self.rows[place])
            return
        group = self.groups.currentRow() + (1 if place > 0 else -1)
        if 0 <= group < self.groups.count():
            self.groups.setCurrentRow(group)
            self._focus(self.rows[0 if place > 0 else -1])

    def _focus(self, made: ItemRow) -> None:
        made.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(made)

    def _on_answer(self, code: str, answer: Answer | None) -> None:
        if answer is None:
            self.sheet.answers.pop(code, None)
        else:
            self.sheet.answers[code] = answer
        self.problem.hide()
        self.remove.hide()
        self.saver.put(code, answer)
        self._show_progress()

    def _submit(self) -> None:
        sheet, revision = self.sheet.id, self.saver.revision
        self._session.tasks.run_write(
            lambda office, _progress: submit_sheet(office, sheet, revision),
            self._on_written,
            owner=self,
            failed=self._on_refused,
        )

    def _reopen(self) -> None:
        sheet, revision = self.sheet.id, self.saver.revision
        self._session.tasks.run_write(
            lambda office, _progress: reopen_sheet(office, sheet, revision),
            self._on_written,
            owner=self,
            failed=self._on_refused,
        )

    def _remove(self) -> None:
        sheet, revision = self.sheet.id, self.saver.revision
        self._session.tasks.run_write(
            lambda office, _progress: remove_sheet(office, sheet, revision),
            self._on_removed,
            owner=self,
            failed=self._on_refused,
        )

    def _from_paper(self) -> None:
        dialog = PaperDialog(self._session, self.sheet, self.saver.revision, self)
        dialog.saved.connect(self.outdated)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_written(self, saved: SheetSaved) -> None:
        self.saver.revision = saved.revision
        self._missing = frozenset()
        self.problem.hide()
        self._session.said.emit(_("Saved"))
        self.outdated.emit()

    def _on_removed(self, _changes: Changes) -> None:
        self.outdated.emit()

    def _on_refused(self, error: BaseException) -> None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        if not problems:
            self._session.tasks.tell_error(error)
            return
        self._missing = frozenset(problem.field for problem in problems)
        words = _("{count} items still need an answer or a reason, the first is {item}.")
        self.problem.setText(words.format(count=len(problems), item=problems[0].message))
        self.problem.show()
        self._show_missing([problem.field for problem in problems])

    def _show_missing(self, codes: Sequence[str]) -> None:
        """Go to the first item that lacks something."""
        group = codes[0].partition(".")[0]
        place = next(i for i, one in enumerate(self._shown) if one.code == group)
        self.groups.setCurrentRow(place)
        self._show_group(place)
        self._focus(self.row_of(codes[0]))


def _own_copy(sheet: Sheet) -> Sheet:
    """What is answered here must not change what others show."""
    return msgspec.structs.replace(sheet, answers=dict(sheet.answers))
