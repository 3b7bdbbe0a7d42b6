"""The form of an inspection; what failed goes into quarantine or is scrapped, if the person wants it."""

from __future__ import annotations

from typing import Any

from drillapp.core.i18n import _
from drillapp.core.saving import Saved
from drillapp.core.supplies.upkeep.failing import Withdrawn, withdraw_failed
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.session import Session, Target


class UpkeepDialog(FormDialog):
    """Asks once it is saved what is to become of goods that failed."""

    def __init__(self, session: Session, *arguments: Any) -> None:
        super().__init__(session, *arguments)
        self.session = session

    def _on_saved(self, saved: Saved) -> None:
        values = self.form.values()
        super()._on_saved(saved)
        if values.get("result") == "failed" and (saved.created or saved.updated):
            FailedDialog(self.parentWidget(), self.session, values).open()


class FailedDialog(Message):
    """Offers to put what failed into quarantine, or to scrap it; closing leaves it where it is."""

    def __init__(self, parent: Any, session: Session, values: dict[str, Any]) -> None:
        super().__init__(
            _("The goods failed"),
            _(
                "They can still be issued. Put into quarantine they stay where they are, but nobody issues them."
            ),
            _("Scrapping takes them out of the stock and needs somebody's approval."),
            tone="problem",
            parent=parent,
        )
        self._session = session
        self._values = values
        self.closing.setText(_("Leave them"))
        self.closing.setProperty("role", "")
        self.scrap = self.add_action(_("Scrap …"), self._on_scrap)
        self.quarantine = self.add_action(_("Into quarantine"), self._on_quarantine, "primary")

    def _on_quarantine(self) -> None:
        said = self._values
        self._session.tasks.run_write(
            lambda office, _progress: withdraw_failed(
                office,
                said["storehouse"],
                said["item_code"],
                said.get("lot"),
                said.get("note"),
                said["done_on"],
            ),
            self._on_withdrawn,
            owner=self._session,
            title=_("Into quarantine"),
        )
        self.accept()

    def _on_withdrawn(self, withdrawn: Withdrawn) -> None:
        self._session.said.emit(_("{count} lots are in quarantine now.").format(count=withdrawn.lots))

    def _on_scrap(self) -> None:
        said = self._values
        values: dict[str, object] = {
            "kind": "scrap", "storehouse": said["storehouse"], "item_code": said["item_code"], "lot": said.get("lot"),
            "reason": said.get("note"),
        }  # fmt: skip
        self.accept()
        self._session.go(Target("supplies", "movements", action="new", values=values))
