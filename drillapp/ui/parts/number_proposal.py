"""Proposes the number of a new record for as long as the person has not typed one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from drillapp.core.numbering import next_number
from drillapp.ui.parts.form import Form
from drillapp.ui.session import Session


class NumberProposal(QObject):
    """Belongs to a form with a unit and a number; follows the unit."""

    def __init__(self, session: Session, form: Form, kind: str) -> None:
        super().__init__(form)
        self._session = session
        self._form = form
        self._kind = kind
        form.editor("unit_code").edited.connect(self.propose)
        self.propose()

    def propose(self) -> None:
        """Ask for the next number of the unit chosen."""
        code, kind = self._form.editor("unit_code").value(), self._kind
        if code:
            self._session.tasks.run_read(
                lambda office, _progress: next_number(office, kind, code),
                self._on_number,
                owner=self,
                replaces="number",
            )

    def _on_number(self, number: str) -> None:
        if not self._form.is_field_touched("number"):
            self._form.editor("number").set_value(number)
            self._form.focus_first_empty()
