"""Where the difference of a line comes from: reasons with their parts, which add up to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.supplies.stocktake.explaining import explain, signed
from drillapp.core.supplies.stocktake.judging import total
from drillapp.core.supplies.stocktake.rows import Header, LineRow, Part
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class ExplainDialog(Dialog):
    """Says at once how much is still to be explained."""

    done_with = Signal()

    def __init__(
        self, session: Session, header: Header, line: LineRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Reasons of a difference"), parent, width=640)
        self._session, self._header, self._line = session, header, line
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _("Line {number}, {name}: difference {difference} {unit}")
        heading = words.format(
            number=line.position, name=line.name, difference=signed(line.difference or 0),
            unit=line.unit_of_measure or "",
        )  # fmt: skip
        self.body.addWidget(label(heading, "heading", wraps=True, parent=self))
        columns = (
            ("reason", _("Reason of the difference"), 180),
            ("quantity", _("Part"), 90),
            ("note", _("Remark"), 240),
        )
        self.parts = RecordsEditor(
            columns, _part, _("Reasons"), self, choices={"reason": "stocktake_reason"},
            empty=_("Add the reasons; their parts add up to the difference."),
        )  # fmt: skip
        self.parts.setMinimumHeight(220)
        self.body.addWidget(self.parts, 1)
        self.rest = label("", "muted", parent=self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.rest)
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Save"), accepts=True)
        self.parts.fill(line.reasons or (Part("unknown", line.difference or 0),))
        self.parts.edited.connect(self._on_edited)
        self._on_edited()

    def accept(self) -> None:
        """Save the reasons; the dialog closes when that has worked."""
        try:
            given = list(self.parts.records())
        except ValueError as error:
            self._tell(str(error))
            return
        key, position = self._header.id, self._line.position
        self._session.tasks.run_write(
            lambda office, _progress: explain(office, key, {position: given}),
            self._on_done,
            owner=self,
            failed=self._on_failed,
        )

    def _on_edited(self) -> None:
        self.problem.hide()
        try:
            given = total(part.quantity for part in self.parts.records())
        except ValueError as error:
            self.rest.setText(str(error))
            return
        left = total((self._line.difference or 0, -given))
        words = _("Still to be explained: {left}").format(left=signed(left))
        self.rest.setText(words if left else _("The reasons add up to the difference."))

    def _on_done(self, _changes: Any) -> None:
        super().accept()
        self.done_with.emit()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        self._tell(words_of(error))

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()


def _part(texts: dict[str, Any]) -> Part:
    if not texts["reason"]:
        raise ValueError(_("Choose a reason in each row."))
    try:
        quantity = float(texts["quantity"].replace(",", "").replace("\u2212", "-"))
    except ValueError:
        raise ValueError(_("Each part is a number, such as -2 or 1.5.")) from None
    return Part(texts["reason"], quantity, texts["note"] or None)
