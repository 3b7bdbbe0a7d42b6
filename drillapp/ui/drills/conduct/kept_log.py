"""The log of a drill outside its conduct window: read, followed, put right by further lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.drills.conduct.queries import ConductView, LogLine
from drillapp.ui.drills.conduct.conductor import Conductor
from drillapp.ui.drills.conduct.dialogs import CorrectDialog
from drillapp.ui.drills.conduct.log_list import LogList
from drillapp.ui.session import Session


class KeptLog(QWidget):
    """Enter on a line corrects or annuls it."""

    def __init__(self, session: Session, drill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = LogList(writes=not session.is_read_only, parent=self)
        self.list.correct_wanted.connect(self._on_correct)
        self._conductor = Conductor(session, drill_id, self, ticks=False)
        self._conductor.loaded.connect(self._on_loaded)
        self._conductor.refused.connect(lambda error, _pending: session.tasks.tell_error(error))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self._conductor.load()

    def _on_loaded(self, view: ConductView) -> None:
        self.list.show_log(view, [])

    def _on_correct(self, line: LogLine) -> None:
        dialog = CorrectDialog(line, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(self._conductor.run)
        dialog.open()
