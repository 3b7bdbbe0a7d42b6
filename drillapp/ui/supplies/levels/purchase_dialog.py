"""The purchase list of a scope, against its levels or a scenario: looked at, saved as a spreadsheet, printed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.supplies.levels.purchase import PurchaseLine, purchase_list
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Scope, Session

_COLUMNS = (
    Column("item_name", "Item name", width=160),
    Column("spec", "Specification", width=120),
    Column("missing", "Missing", "number", 90),
    Column("unit_of_measure", "Unit of measure", width=60),
    Column("packs", "Packs to order", width=130),
    Column("order", "Quantity to order", "number", 110),
    Column("units", "Units short", "number", 80),
    Column("sources", "Standard behind it", width=170),
    Column("suppliers", "Suppliers under agreement", width=190),
    Column("item", "Item code", width=100),
)


class _Row(NamedTuple):
    """A line as the table shows it; `id` is its place."""

    id: int
    item: str
    item_name: str
    spec: str | None
    missing: float
    unit_of_measure: str | None
    packs: str
    order: float
    units: int
    sources: str
    suppliers: str


class PurchaseDialog(Dialog):
    """What is missing in a unit and those below it; with a scenario, what that lacks."""

    def __init__(
        self, session: Session, scope: Scope, scenario: str | None = None, name: str = "", parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(_("Purchase list"), parent, width=860)
        self._session = session
        self._scope = scope
        self._scenario = scenario
        self._lines: list[PurchaseLine] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(_("Purchase list"), "heading", parent=self))
        about = (
            _("What the stock lacks for the scenario {name}, rounded up to whole packs.").format(name=name)
            if scenario
            else _(
                "What is missing against the required levels of {unit}, rounded up to whole packs."
            ).format(unit=scope.name or _("all units"))
        )
        self.body.addWidget(label(about, "muted", wraps=True, parent=self))
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "purchase-list", parent=self)
        self.table.placeholder.empty_text = _("Nothing is missing")
        self.body.addWidget(self.table, 1)
        self.prints = self.add_action(_("Print …"), self.print_out)
        self.saves = self.add_action(_("Save as a spreadsheet …"), self.save)
        self.add_closing(_("Close"), accepts=True)
        self.resize(1120, 560)
        self._ask()

    def print_out(self) -> None:
        """Show the list as it will be printed."""
        title = _("Purchase list {day}").format(day=self._session.as_of)
        preview_report(
            self._session, "purchase_list", title, self, unit_code=self._scope.code or None, number=self._scenario
        )  # fmt: skip

    def save(self) -> None:
        """Ask where to, and write the list there."""
        proposed = f"{_('Purchase list')} {self._session.as_of.isoformat()}.xlsx"
        forms = _("Excel (*.xlsx);;Text (*.csv)")
        path = ask_save(self._session, self, _("Save as a spreadsheet …"), proposed, forms, "export")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the list to a file."""
        from drillapp.core.ledgers.purchase_sheet import (
            export_purchase_list,  # brings the writing of workbooks
        )

        lines = self._lines
        self._session.tasks.run_read(
            lambda _office, _progress: export_purchase_list(lines, path),
            lambda count: self._session.said.emit(
                _("{count} rows written to {file}").format(count=count, file=path.name)
            ),
            owner=self,
            title=_("Exporting"),
        )

    def _ask(self) -> None:
        unit_id, scenario = self._scope.unit_id, self._scenario
        self._session.tasks.run_read(
            lambda office, _progress: purchase_list(office, unit_id, scenario), self._on_lines, owner=self
        )

    def _on_lines(self, lines: list[PurchaseLine]) -> None:
        self._lines = lines
        for made in (self.prints, self.saves):
            made.setEnabled(bool(lines))
        self._source.fill([_row(place, one) for place, one in enumerate(lines)])
        self.table.set_view(View())


def _row(place: int, one: PurchaseLine) -> _Row:
    joint = _(", ")
    return _Row(
        place, one.item, one.item_name, one.spec, one.missing, one.unit_of_measure, one.packs_words, one.order,
        one.units, joint.join(one.sources), joint.join(one.suppliers),
    )  # fmt: skip
