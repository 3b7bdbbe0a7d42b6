"""Drawing up a stocktake: of which storehouse, how much of it, blind or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.supplies.stocktake.drawing import draw_up
from drillapp.core.supplies.stocktake.rows import Drawing, Drawn
from drillapp.ui.errors import words_of
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, FlagEditor, NumberEditor, TextEditor
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class DrawDialog(Dialog):
    """What is not asked of an extent cannot be typed in."""

    drawn = Signal(object)
    """What was drawn up (core's Drawn)."""

    def __init__(self, session: Session, storehouse: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_("Draw up a stocktake"), parent, width=560)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(self.windowTitle(), "heading", parent=self))
        self.fields = CheckedFields(self)
        self._add_fields(storehouse)
        self.body.addWidget(self.fields, 1)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Draw up"), accepts=True)
        self._on_extent()

    def accept(self) -> None:
        """Draw it up; the dialog closes when that has worked."""
        said = self.fields.values()
        if said is None or not self.go.isEnabled():
            return
        extent = said["extent"]
        drawing = Drawing(
            storehouse=said["storehouse"], extent=extent, category=None if extent == "whole" else said["category"],
            sample=said["sample"] if extent == "sample" else None, seed=said["seed"] if extent == "sample" else None,
            blind=bool(said["blind"]), tolerance=said["tolerance"] or 0, note=said["note"],
        )  # fmt: skip
        self.problem.hide()
        self.go.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: draw_up(office, drawing),
            self._on_drawn,
            owner=self,
            failed=self._on_failed,
            title=self.windowTitle(),
        )

    def _add_fields(self, storehouse: str) -> None:
        where = ReferenceField(self._session, "storehouses", self)
        if storehouse:
            where.set_value(storehouse)
        extent = ChoiceEditor("stocktake_extent", self, required=True)
        extent.set_value("whole")
        extent.edited.connect(self._on_extent)
        blind = FlagEditor(_("The sheet does not say what the book says"), self)
        blind.set_value(True)
        tolerance = NumberEditor(self)
        tolerance.set_value(0)
        add = self.fields.add
        add("storehouse", _("Storehouse"), where, required=True)
        add("extent", _("Extent"), extent, required=True)
        add("category", _("Category (name or code)"), TextEditor(self), hint=_("With those below it."))
        add("sample", _("Lines drawn by chance"), NumberEditor(self, whole=True))
        add("seed", _("Seed"), NumberEditor(self, whole=True), hint=_("Empty: any; kept, so that an audit can draw the sample again."))  # fmt: skip
        add("blind", _("Blind"), blind)
        add("tolerance", _("Tolerance (%)"), tolerance, hint=_("A line that is further from the book is counted again."))  # fmt: skip
        add("note", _("Remark"), TextEditor(self))

    def _on_extent(self) -> None:
        extent = self.fields.editor("extent").value()
        self.fields.editor("category").setEnabled(extent != "whole")
        for name in ("sample", "seed"):
            self.fields.editor(name).setEnabled(extent == "sample")

    def _on_drawn(self, drawn: Drawn) -> None:
        super().accept()
        self._session.said.emit(
            _("Stocktake {number}: {count} lines.").format(number=drawn.number, count=drawn.lines)
        )
        self.drawn.emit(drawn)

    def _on_failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if self.fields.tell(error):
            return
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        self.problem.setText(words_of(error))
        self.problem.show()
