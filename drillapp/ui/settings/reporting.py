"""Within how many working days drills are reported upward: each rule with its article, its days to change."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QWidget

from drillapp.core.drills.reporting.rules import ReportRule, report_rules, set_report_days
from drillapp.core.i18n import _
from drillapp.ui.parts.editors import NumberEditor
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session
from drillapp.ui.settings.section import SettingsSection
from drillapp.ui.settings.tables import mark_words

_WIDTH = 72


class ReportingSection(SettingsSection):
    """A card for each rule; its days are saved when the field is left."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        sentence = _(
            "The law says that drills are reported, but not by when: the days are this office's own. "
            "Of two rules for one unit the shorter term counts."
        )
        super().__init__(session, _("Terms for reporting drills"), sentence, parent)
        self.days: dict[str, NumberEditor] = {}
        self.problems: dict[str, QLabel] = {}
        self._known: dict[str, int] = {}

    def refresh(self) -> None:
        self.session.tasks.run_read(
            lambda office, _progress: report_rules(office),
            self._on_rules,
            owner=self,
            replaces="report-rules",
        )

    def _on_rules(self, rules: list[ReportRule]) -> None:
        if not self.days:
            for rule in sorted(rules, key=lambda one: one.id):
                self._add(rule)
            self.add_stretch()
        self._known = {rule.id: rule.days for rule in rules}
        for name, days in self._known.items():
            self.days[name].set_value(days)

    def _add(self, rule: ReportRule) -> None:
        body = self.add_card(f"{rule.id}  {rule.title}")
        body.addWidget(label(rule.article, "muted", wraps=True, parent=self))
        editor = NumberEditor(self, whole=True)
        editor.setFixedWidth(_WIDTH)
        editor.setAccessibleName(_("Working days of {rule}").format(rule=rule.id))
        editor.setEnabled(not self.session.is_read_only)
        editor.editingFinished.connect(partial(self._on_days, rule.id))
        self.days[rule.id], self.problems[rule.id] = editor, label("", "problem", wraps=True, parent=self)
        mark = Mark(self, mark_words()[rule.mark], "neutral")
        body.addLayout(row(editor, label(_("working days after the drill"), parent=self), 1, mark))
        body.addWidget(self.problems[rule.id])
        self.problems[rule.id].hide()

    def _on_days(self, rule: str) -> None:
        try:
            days = self.days[rule].value()
            if days is None:
                raise ValueError(_("Must not be empty."))
        except ValueError as error:
            self._tell(rule, str(error))
            return
        if days == self._known[rule]:
            self._tell(rule, "")
            return
        self.session.tasks.run_write(
            lambda office, _progress: set_report_days(office, rule, days),
            lambda _changes: self._on_saved(rule, days),
            owner=self,
            failed=lambda error: self._tell(rule, getattr(error, "message", str(error))),
        )

    def _on_saved(self, rule: str, days: int) -> None:
        self._known[rule] = days
        self._tell(rule, "")
        self.session.said.emit(_("{rule}: {days} working days from now on.").format(rule=rule, days=days))

    def _tell(self, rule: str, words: str) -> None:
        self.problems[rule].setText(words)
        self.problems[rule].setVisible(bool(words))
