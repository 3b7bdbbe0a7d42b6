"""Working days: of which years they are known, and the way to bring in a year's announced holidays."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.workdays.calendar import KnownYears, TableYear, known_years
from drillapp.core.workdays.importing import import_days
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.settings.section import SettingsSection


class WorkdaysSection(SettingsSection):
    """What is known, and one button."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        sentence = _("Terms in working days, such as that for filing a plan, follow the announced holidays.")
        super().__init__(session, _("Working days"), sentence, parent)
        body = self.add_card(_("Years that are known"))
        self.known = label("", wraps=True, parent=self)
        body.addWidget(self.known)
        body = self.add_card(_("Bring in a year"))
        words = _("JSON as holiday-cn has it, or CSV with the columns date, name, day off.")
        body.addWidget(label(words, wraps=True, parent=self))
        self.choose = button(_("Choose a file …"), icon="import", role="primary", parent=self)
        self.choose.setEnabled(not session.is_read_only)
        self.choose.clicked.connect(self._on_choose)
        body.addLayout(row(self.choose, 1))
        self.result = label("", wraps=True, parent=self)
        self.result.hide()
        body.addWidget(self.result)
        self.add_stretch()

    def refresh(self) -> None:
        self.session.tasks.run_read(
            lambda office, _progress: known_years(office), self._show_known, owner=self, replaces="workdays"
        )

    def bring_in(self, path: Path) -> None:
        """Take over the days of a file; what is wrong with it is shown as every error is."""
        self.choose.setEnabled(False)
        self.result.hide()
        self.session.tasks.run_write(
            lambda office, _progress: import_days(office, path),
            lambda _changes: self._on_taken_over(path),
            owner=self,
            failed=self._on_failed,
            title=_("Importing"),
        )

    def _on_choose(self) -> None:
        forms = _("Tables of holidays (*.json *.csv);;All files (*)")
        path = ask_open(self.session, self, _("Bring in a year"), forms, "workdays")
        if path is not None:
            self.bring_in(path)

    def _on_taken_over(self, path: Path) -> None:
        self.choose.setEnabled(True)
        self.result.setText(_("The working days of '{file}' are taken over.").format(file=path.name))
        self.result.show()
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self.choose.setEnabled(True)
        self.session.tasks.tell_error(error)

    def _show_known(self, known: KnownYears) -> None:
        words = _("The calendar that comes with the program: {first} to {last}.")
        lines = [words.format(first=known.first, last=known.last)]
        lines += [_year_words(each) for each in known.own]
        self.known.setText("\n".join(lines))


def _year_words(each: TableYear) -> str:
    words = (
        _("The office's own table, {year}: {count} days.")
        if each.is_announced
        else _("The office's own table, {year}: {count} days; without its National Day it stays estimated.")
    )
    return words.format(year=each.year, count=each.days)
