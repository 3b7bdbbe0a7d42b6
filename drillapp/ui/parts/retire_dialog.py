"""Taking records out of use from a day on, or putting them back: nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.retiring import retire
from drillapp.ui.parts.beside import required_value
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label, restyle
from drillapp.ui.session import Session


class RetireDialog(Dialog):
    """Asks from which day; says what becomes of the records."""

    def __init__(
        self, session: Session, kind: str, keys: Sequence[int], *, retired: bool, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(_("Retire"), parent)
        self._session = session
        self._kind = kind
        self._keys = list(keys)
        self.setWindowTitle(_("Put back to use") if retired else _("Retire"))
        count = len(self._keys)
        title = _("Put {count} records back to use") if retired else _("Retire {count} records")
        self.body.addWidget(label(title.format(count=count), "heading", parent=self))
        self.body.addWidget(label(_explanation(retired), "muted", wraps=True, parent=self))
        self.day = DateField(self)
        self.day.set_value(session.as_of)
        self.day.line.setAccessibleName(_("From this day on"))
        self.problem = label("", "problem", parent=self)
        if retired:
            self.day.hide()
        else:
            self.body.addWidget(label(_("From this day on"), "label", parent=self))
        self.body.addWidget(self.day)
        self.body.addWidget(self.problem)
        self._retired = retired
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Put back") if retired else _("Retire"), accepts=True)

    def accept(self) -> None:
        """Do it; the dialog closes when that has worked."""
        try:
            day = None if self._retired else required_value(self.day)
        except ValueError as error:
            self.problem.setText(str(error))
            restyle(self.day.line, "wrong", "true")
            return
        kind, keys = self._kind, self._keys
        self._session.tasks.run_write(
            lambda office, _progress: retire(office, kind, keys, day),
            self._on_done,
            owner=self,
            title=_("Retiring"),
        )

    def _on_done(self, _changes: Changes) -> None:
        self._session.said.emit(_("Put back to use") if self._retired else _("Retired"))
        super().accept()


def _explanation(retired: bool) -> str:
    if retired:
        return _("They are shown and counted again as if they had never been retired.")
    return _(
        "They stay in the office and in all figures of earlier days; lists show them with 'Retired too'."
    )
