"""Beginning a new version of a plan."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.outline import outline_for
from drillapp.core.plans.versions import begin_version
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import LongTextEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.session import Session


class Begun(NamedTuple):
    """A version just begun."""

    version_id: int
    changes: Changes


class NewVersionDialog(Dialog):
    """Asks what it is called and what it begins with."""

    def __init__(
        self, session: Session, shown: ShownVersion, plan: Any, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("New version"), parent, width=520)
        self._session = session
        self._shown = shown
        self._plan = plan
        self.body.addWidget(label(_("New version"), "heading", parent=self))
        self.body.addWidget(label(plan.title, "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        name = TextEditor(self)
        name.set_value(_("{year} version").format(year=session.as_of.year))
        self.fields.add("label", _("What it is called"), name)
        self.fields.add("summary", _("What is changed, and why"), LongTextEditor(self))
        self.body.addWidget(self.fields)
        self.body.addWidget(label(_("It begins with"), "label", parent=self))
        self.start = QButtonGroup(self)
        outline = outline_for(plan.kind, plan.tier).title
        choices = (
            _("the text of the newest version"),
            _("the headings of: {outline}").format(outline=outline),
        )
        for key, words in enumerate(choices):
            made = QRadioButton(words, self)
            made.setChecked(key == 0)
            self.start.addButton(made, key)
            self.body.addWidget(made)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Begin"), accepts=True)

    def accept(self) -> None:
        """Begin it; the dialog closes when that has worked, and the tabs show it."""
        values = self.fields.values()
        if values is None:
            return
        plan = self._plan
        texts = {name: value or "" for name, value in values.items()}
        by_outline = self.start.checkedId() == 1
        self._session.tasks.run_write(
            lambda office, _progress: begin(office, plan, texts, by_outline=by_outline),
            self._on_begun,
            owner=self,
            failed=self._on_failed,
        )

    def _on_begun(self, begun: Begun) -> None:
        self._shown.choose(self._plan.id, begun.version_id)
        self._shown.go("Text")
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)


def begin(office: Office, plan: Any, texts: dict[str, str], *, by_outline: bool) -> Begun:
    """Begin a version of a plan; runs beside the window."""
    start = "outline" if by_outline else "newest"
    key = begin_version(office, plan.id, start=start, **texts)  # type: ignore[arg-type]
    return Begun(key, Changes(frozenset({"plans"}), frozenset({plan.unit_id})))
