"""What expires: the time axis over the list, and what could be used in drills before it is lost."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.supplies.dates.expiry import ExpiryMonth
from drillapp.core.supplies.dates.listing import EXPIRY
from drillapp.ui.parts import tones
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.dates.axis import ExpiryAxis

_CODES = ("expired", "due_30", "due_60", "due_90", "warned", "due_180", "in_date")


class DatesPage(ListPage):
    """A page within the supplies page."""

    label = "Dates"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (expiry_spec(),)
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it
        self.axis = ExpiryAxis(session, self)
        self.axis.month_chosen.connect(self.show_month)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.axis)

    def show_month(self, month: ExpiryMonth) -> None:
        """Show the rows behind a bar."""
        ends = [Condition("expires_on", "<=", month.last_day)]
        if month.first_day is not None:
            ends.append(Condition("expires_on", ">=", month.first_day))
        words = _("expired") if month.first_day is None else f"{month.first_day:%Y-%m}"
        self.show_pane("expiry").show_conditions(tuple(ends), words)


def expiry_spec() -> ListSpec:
    """The list of what has a date."""
    return ListSpec(
        "expiry",
        label="What expires",
        chips=(Chip("state", label="State", enumeration="stock_state", codes=_CODES),),
        tones=tones.STOCK,
        actions=(
            Action(label="Use in drills …", icon="drills", done=_use_in_drills, role="primary"),
            Action(label="Scrap …", icon="movement", done=_scrap, needs=1, writes=True),
        ),
        prints=(Action(label="Expiry list", icon="print", done=_print),),
        listing=EXPIRY,
        editable=False,
        empty_label="Book receipts with a date of expiry or production, then it is seen here what expires when.",
    )


def _use_in_drills(pane: ListPane) -> None:
    from drillapp.ui.supplies.dates.rotation_dialog import RotationDialog

    RotationDialog(pane.session, pane).open()


def _scrap(pane: ListPane) -> None:
    """Begin to scrap the lot under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        values: dict[str, object] = {
            "kind": "scrap", "storehouse": row.storehouse, "item_code": row.item, "lot": row.lot,
            "expires_on": row.expires_on, "quantity": row.quantity,
        }  # fmt: skip
        pane.session.go(Target("supplies", "movements", action="new", values=values))


def _print(pane: ListPane) -> None:
    day: date = pane.session.as_of
    title = _("Supplies that expire {day}").format(day=day)
    preview_report(pane.session, "expiry_list", title, pane, unit_code=pane.session.scope.code or None)
