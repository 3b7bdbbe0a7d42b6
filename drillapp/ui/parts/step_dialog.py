"""A short dialog: a few fields, one thing that is done with them, and what is wrong said beside them or below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.errors import lines_of
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session

Work = Callable[[Office], Any]
_PROBLEMS_HEIGHT = 132
"""Room for what is wrong; more of it is scrolled."""
_MOST = 50
"""So many of what is refused are named."""


class StepDialog(Dialog):
    """A subclass adds its fields and says what is done."""

    done_with = Signal(object)
    """What came of it."""

    def __init__(
        self, session: Session, title: str, told: str, go: str, parent: QWidget | None = None, width: int = 560
    ) -> None:  # fmt: skip
        super().__init__(title, parent, width=width)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.body.addWidget(label(title, "heading", parent=self))
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        self.add_fields()
        self.body.addWidget(self.fields)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problems = scrolled(self.problem, self, sideways=False)
        self._problems.setMaximumHeight(_PROBLEMS_HEIGHT)
        self._problems.hide()
        self.body.addWidget(self._problems)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(go, accepts=True)

    def add_fields(self) -> None:
        """Ask for what it needs."""
        raise NotImplementedError

    def entered(self) -> dict[str, Any] | None:
        """What was entered; None, with words beside the fields, where something is wrong with it."""
        return self.fields.values()

    def work(self, said: dict[str, Any]) -> Work:
        """What is to be done with what was said; raises InvalidInput."""
        raise NotImplementedError

    def begin(self, work: Work) -> None:
        """Do it; a subclass may look first what it changes."""
        self.write(work)

    def done_words(self, _done: Any) -> str:
        """What the window says once it has worked; '' for nothing."""
        return _("Saved")

    def add_day(self, words: str) -> None:
        """Ask for a day, today unless said otherwise."""
        day = DateField(self)
        day.set_value(self.session.today)
        self.fields.add("day", words, day, required=True)

    def accept(self) -> None:
        """Check and do it; the dialog closes when that has worked."""
        said = self.entered()
        if said is None or not self.go.isEnabled():
            return
        self.tell("")
        try:
            work = self.work(said)
        except InvalidInput as error:
            self.on_failed(error)
            return
        self.go.setEnabled(False)
        self.begin(work)

    def write(self, work: Work) -> None:
        """Do it now."""
        self.session.tasks.run_write(
            lambda office, _progress: work(office),
            self.on_done, owner=self, failed=self.on_failed, title=self.windowTitle(),
        )  # fmt: skip

    def on_done(self, done: Any) -> None:
        """It has worked."""
        super().accept()
        words = self.done_words(done)
        if words:
            self.session.said.emit(words)
        self.done_with.emit(done)

    def on_failed(self, error: Any) -> None:
        """Say why not: an error, beside the field that it is about where it is but one thing, or the problems of lines."""
        self.go.setEnabled(True)
        if not isinstance(error, BaseException):
            self.tell("\n".join(dict.fromkeys(problem.message for problem in error)))
        elif not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
        elif len(getattr(error, "problems", ())) > 1 or not self.fields.tell(error):
            self.tell(lines_of(error, _MOST))

    def tell(self, words: str) -> None:
        """Say what is wrong with it as a whole."""
        self.problem.setText(words)
        self._problems.setVisible(bool(words))
