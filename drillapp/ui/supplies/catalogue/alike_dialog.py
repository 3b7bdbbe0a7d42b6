"""All items that look like one and the same."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.supplies.catalogue.duplicates import Alike, suspected_duplicates
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target

_COLUMNS = (
    Column("code", "Item code", width=90),
    Column("name", "Item name", width=170),
    Column("spec", "Specification", width=120),
    Column("reason", "Looks alike by", width=150),
    Column("other_code", "Other code", width=90),
    Column("other_name", "Other name", width=170),
    Column("other_spec", "Its specification", width=120),
)


class _Pair(NamedTuple):
    id: int
    code: str
    name: str
    spec: str | None
    reason: str
    other_code: str
    other_name: str
    other_spec: str | None


class AlikeDialog(Dialog):
    """Lists the pairs; opening one leads to both items, to put right or retire one of them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Look-alikes"), parent, width=980)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.body.addWidget(label(_("Items that look like one"), "heading", parent=self))
        self.summary = label(_("Comparing …"), "muted", wraps=True, parent=self)
        self.body.addWidget(self.summary)
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "items-alike", parent=self)
        self.table.placeholder.empty_text = _("No two items look alike.")
        self.table.setMinimumHeight(360)
        self.table.opened.connect(self._on_opened)
        self.body.addWidget(self.table, 1)
        self.add_closing(_("Close"), accepts=True)
        session.tasks.run_read(
            lambda office, _progress: suspected_duplicates(office), self._on_found, owner=self
        )

    def _on_found(self, found: list[Alike]) -> None:
        self._source.fill([_pair(place, one) for place, one in enumerate(found)])
        self.table.set_view(View())
        words = _("{count} pairs. Double-click one to see both items; retire the one that is not needed.")
        self.summary.setText(words.format(count=len(found)) if found else "")

    def _on_opened(self, pair: _Pair) -> None:
        self.accept()
        codes = {"code": frozenset((pair.code, pair.other_code))}
        self._session.go(Target("supplies", "items", choices=codes))


def _pair(place: int, one: Alike) -> _Pair:
    return _Pair(
        place, one.code, one.name, one.spec, one.words, one.other_code, one.other_name, one.other_spec
    )
