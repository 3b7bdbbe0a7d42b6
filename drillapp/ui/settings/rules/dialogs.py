"""Short questions about a rule: why it is switched off, which term it has here, until when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.rules.changing import retire_local_rule, set_term, switch_off
from drillapp.core.rules.listed import RuleRow
from drillapp.ui.errors import words_of
from drillapp.ui.parts.beside import required_value
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import LongTextEditor, NumberEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_FEW_LINES = 96


class RuleDialog(Dialog):
    """A rule, one field, and what is wrong with it; closes when core has taken the answer."""

    def __init__(
        self, session: Session, title: str, row: RuleRow, explained: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._row = row
        self.body.addWidget(label(title, "heading", parent=self))
        self.body.addWidget(label(f"{row.rule}  {row.title}", wraps=True, parent=self))
        self.body.addWidget(label(explained, "muted", wraps=True, parent=self))
        self.problem = label("", "problem", wraps=True, parent=self)

    def _ask(self, words: str, editor: QWidget, action: str) -> None:
        getattr(editor, "line", editor).setAccessibleName(words)
        self.body.addWidget(label(words, "label", parent=self))
        self.body.addWidget(editor)
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(action, accepts=True)
        editor.setFocus()

    def _decide(self, work: Callable[[Office], object], said: str) -> None:
        def done(_changes: Any) -> None:
            self._session.said.emit(said)
            Dialog.accept(self)

        self._session.tasks.run_write(
            lambda office, _progress: work(office), done, owner=self, failed=self._on_failed
        )

    def _on_failed(self, error: BaseException) -> None:
        words = words_of(error)
        if not words:
            self._session.tasks.tell_error(error)
        self.problem.setText(words)


class SwitchOffDialog(RuleDialog):
    """Asks why a rule is not asked."""

    def __init__(self, session: Session, row: RuleRow, parent: QWidget | None = None) -> None:
        explained = _(
            "It is asked of nobody any more, whatever the date shown; readiness counts without it. "
            "The reason stands beside it and in the journal."
        )
        super().__init__(session, _("Switch the rule off"), row, explained, parent)
        self.reason = LongTextEditor(self)
        self.reason.setFixedHeight(_FEW_LINES)
        self._ask(_("Reason"), self.reason, _("Switch off"))

    def accept(self) -> None:
        """Switch it off."""
        rule, reason = self._row.rule, self.reason.value() or ""
        self._decide(
            lambda office: switch_off(office, rule, reason), _("{rule} is switched off.").format(rule=rule)
        )


class TermDialog(RuleDialog):
    """Asks for the days or months of a rule whose law sets none; empty means the usual ones."""

    def __init__(self, session: Session, row: RuleRow, parent: QWidget | None = None) -> None:
        counted = {"months": _("Months"), "days": _("Days"), "working_days": _("Working days")}[row.counts]
        explained = _("The law sets no term here. Usual: {count}. An empty field means the usual one.")
        super().__init__(session, _("Set the term"), row, explained.format(count=row.usual_term), parent)
        self.term = NumberEditor(self, whole=True)
        self.term.setMaximumWidth(120)
        self.term.set_value(row.own_term)
        self._ask(counted, self.term, _("Set"))

    def accept(self) -> None:
        """Set it."""
        rule = self._row.rule
        try:
            term = self.term.value()
        except ValueError as error:
            self.problem.setText(str(error))
            return
        self._decide(lambda office: set_term(office, rule, term), _("Saved"))


class RetireRuleDialog(RuleDialog):
    """Asks for the last day of a rule of the office's own."""

    def __init__(self, session: Session, row: RuleRow, parent: QWidget | None = None) -> None:
        explained = _("It stays in the list, and in all figures of earlier days.")
        super().__init__(session, _("Retire the rule"), row, explained, parent)
        self.day = DateField(self)
        self.day.set_value(session.as_of)
        self._ask(_("Last day on which it is asked"), self.day, _("Retire"))

    def accept(self) -> None:
        """Let it end."""
        rule = self._row.rule
        try:
            day = required_value(self.day)
        except ValueError as error:
            self.problem.setText(str(error))
            return
        self._decide(lambda office: retire_local_rule(office, rule, day), _("Retired"))
