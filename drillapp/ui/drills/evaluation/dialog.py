"""The evaluation of a drill: a tab for each evaluator's sheet, and one for what all say together."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QTabWidget, QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.evaluation.overall import DrillEvaluation, evaluation_of
from drillapp.core.drills.evaluation.rows import Sheet
from drillapp.core.i18n import _
from drillapp.ui.drills.evaluation.action import PAPERS, Paper
from drillapp.ui.drills.evaluation.findings_dialog import FindingsDialog
from drillapp.ui.drills.evaluation.head_dialog import HeadDialog
from drillapp.ui.drills.evaluation.overview import Overview
from drillapp.ui.drills.evaluation.sheet_view import SheetView
from drillapp.ui.drills.evaluation.verdict_dialog import VerdictDialog
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_KINDS = (
    "drills", "drill_evaluations", "drill_verdicts", "drill_objectives", "drill_log", "drill_injects", "findings",
)  # fmt: skip


class EvaluationDialog(Dialog):
    """Follows what is written here and elsewhere."""

    def __init__(self, session: Session, row: Any, parent: QWidget | None = None) -> None:
        super().__init__(_("Evaluate a drill"), parent, width=980)
        self._session = session
        self._row = row
        self.found: DrillEvaluation | None = None
        self.sheets: dict[int, SheetView] = {}
        self._wanted_sheet: int | None = None
        self.body.addWidget(
            label(_("Evaluation: {title}").format(title=row.title), "heading", wraps=True, parent=self)
        )
        where = " · ".join((row.number, row.unit_name, row.planned_on.isoformat()))
        self.body.addWidget(label(where, "muted", parent=self))
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.overview = Overview(session, row.id, self)
        self.overview.verdict_wanted.connect(self._on_verdict)
        self.overview.findings_wanted.connect(self._on_findings)
        self.tabs.addTab(self.overview, _("All evaluators"))
        self.body.addWidget(self.tabs, 1)
        self.print = self.add_action(_("Print …"), self._on_print)
        self.add = self.add_action(_("Add a sheet …"), self._on_add)
        self.add.setEnabled(not session.is_read_only)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.resize(1180, 680)
        session.changed.connect(self._on_changed)
        self._load()

    def accept(self) -> None:
        """Nothing here is accepted as a whole: Ctrl+Enter closes it as Esc does."""
        self.reject()

    def reject(self) -> None:
        """Leave when all is on disk."""
        failed = [view for view in self.sheets.values() if view.saver.has_failed]
        if failed:
            title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
            if not confirm(title, sentence, _("Leave"), danger=True, parent=self):
                return
            for view in failed:
                view.saver.forget()
        busy = [view.saver for view in self.sheets.values() if not view.saver.is_idle]
        if busy:
            busy[0].finish(self.reject)
        else:
            super().reject()

    def _load(self) -> None:
        key = self._row.id
        self._session.tasks.run_read(
            lambda office, _progress: evaluation_of(office, key), self._on_loaded, owner=self, replaces="load"
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_KINDS):
            self._load()

    def _on_loaded(self, found: DrillEvaluation) -> None:
        is_first = self.found is None
        self.found = found
        self.overview.show_evaluation(found)
        kept = {sheet.id for sheet in found.sheets}
        for key in [key for key in self.sheets if key not in kept]:
            view = self.sheets.pop(key)
            self.tabs.removeTab(self.tabs.indexOf(view))
            view.deleteLater()
        for sheet in found.sheets:
            self._show_sheet(sheet)
        if self._wanted_sheet in self.sheets:
            self.tabs.setCurrentWidget(self.sheets[self._wanted_sheet])
            self._wanted_sheet = None
        elif is_first:
            self.tabs.setCurrentIndex(0)

    def _show_sheet(self, sheet: Sheet) -> None:
        view = self.sheets.get(sheet.id)
        if view is None:
            view = self.sheets[sheet.id] = SheetView(self._session, sheet, self)
            view.outdated.connect(self._load)
            view.edit_wanted.connect(partial(self._on_edit, sheet.id))
            self.tabs.insertTab(self.tabs.indexOf(self.overview), view, "")
        else:
            view.show_sheet(sheet)
        mark = "" if sheet.is_open else " ✓"
        place = self.tabs.indexOf(view)
        self.tabs.setTabText(place, f"{sheet.position} {sheet.evaluator}{mark}".replace("&", "&&"))
        self.tabs.setTabToolTip(place, sheet.who)

    def _on_add(self) -> None:
        dialog = HeadDialog(self._session, self._row.id, self._row.form, None, self)
        dialog.saved.connect(self._on_head_saved)
        _open(dialog)

    def _on_edit(self, key: int) -> None:
        view = self.sheets[key]
        view.saver.finish(lambda: self._edit(key))

    def _edit(self, key: int) -> None:
        if self.found is None:
            return
        sheet = next(sheet for sheet in self.found.sheets if sheet.id == key)
        if sheet.revision == self.sheets[key].saver.revision:
            dialog = HeadDialog(self._session, self._row.id, self._row.form, sheet, self)
            dialog.saved.connect(self._on_head_saved)
            _open(dialog)

    def _on_head_saved(self, key: int) -> None:
        self._wanted_sheet = key

    def _on_verdict(self) -> None:
        if self.found is not None:
            _open(VerdictDialog(self._session, self.found, self))

    def _on_findings(self) -> None:
        _open(FindingsDialog(self._session, self._row.id, self))

    def _on_print(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for paper in PAPERS:
            menu.addAction(_(paper.label), partial(self._print, paper))
        menu.popup(self.print.mapToGlobal(self.print.rect().topLeft()))

    def _print(self, paper: Paper) -> None:
        """After what waits has been saved."""
        busy = [view.saver for view in self.sheets.values() if not view.saver.is_idle]
        if busy:
            busy[0].finish(lambda: self._print(paper))
            return
        title = f"{self._row.title} {_(paper.label)}"
        preview_report(self._session, paper.name, title, self, number=self._row.number)


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
