"""The form of a storehouse: what it asks of the supplier follows from the kind of store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.supplies.stores.commands import BY_AGREEMENT
from drillapp.ui.parts.editors import few_lines
from drillapp.ui.parts.fields import fields_of, hinted
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.session import Session

_FIELDS: dict[str, dict[str, Any]] = {
    "name": {"wide": True},
    "address": {"wide": True},
    "access": hinted(
        hint_label="Who has the key, which hours, which gate for a lorry.",
        type="long",
        wide=True,
        make=few_lines,
    ),
    "supplier": hinted(
        hint_label="Who keeps or makes the goods.", wide=True, section_label="Agreement stock and capacity"
    ),
}
_OF_AGREEMENTS = ("supplier", "agreement", "agreement_until")


class StoreDialog(FormDialog):
    """Agreement stock and production capacity have a supplier; other stores are not asked for one."""

    def __init__(self, session: Session, is_new: bool, parent: QWidget | None = None) -> None:
        title = _("New: {record}") if is_new else _("Edit: {record}")
        kind = KINDS["storehouses"]
        super().__init__(
            session, title.format(record=_("Storehouse")), kind, fields_of(kind, _FIELDS), parent
        )
        self.form.editor("kind").edited.connect(self._follow_kind)

    def begin_new(self, values: Mapping[str, Any]) -> None:
        """Enter a new storehouse."""
        super().begin_new(values)
        self._follow_kind()

    def begin_edit(self, row: Any) -> None:
        """Change a storehouse."""
        super().begin_edit(row)
        self._follow_kind()

    def _follow_kind(self) -> None:
        asked = self.form.editor("kind").value() in BY_AGREEMENT
        for name in _OF_AGREEMENTS:
            self.form.show_field(name, asked)
