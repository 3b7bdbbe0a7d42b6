"""How labels are printed: on which sheet or roll, with which kind of code, from which place on, how many of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QRadioButton, QSpinBox, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.reports.labels.drawing import SYMBOLOGIES, Label
from drillapp.core.reports.labels.formats import LabelFormat, label_formats
from drillapp.core.reports.labels.sheet import MOST_COPIES, LabelPrint, render_labels
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.printing import preview
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.supplies.labels.places import Places
from drillapp.ui.theme import GRID

Source = Callable[[Office], list[Label]]
_FORMAT = "labels/format"
_CODE = "labels/code"


class LabelDialog(Dialog):
    """Remembers format and kind of code; the place on the sheet is clicked."""

    def __init__(self, session: Session, source: Source, about: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Print labels"), parent, width=560)
        self._session = session
        self._source = source
        self.body.addWidget(label(_("Print labels"), "heading", parent=self))
        self.body.addWidget(label(about, "muted", wraps=True, parent=self))
        self.format = QComboBox(self)
        self.format.setAccessibleName(_("Label format"))
        for each in label_formats().values():
            self.format.addItem(each.words, each.name)
        self.codes = QButtonGroup(self)
        self.copies = QSpinBox(self)
        self.copies.lineEdit().setTextMargins(GRID, 0, 0, 0)
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setAccessibleName(_("Copies of each"))
        self.places = Places(self)
        self._lay_out()
        self.format.setCurrentIndex(max(self.format.findData(session.preferences.text(_FORMAT, "a4_3x8")), 0))
        self.format.currentIndexChanged.connect(lambda _index: self._on_format())
        self._on_format()
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Preview"), accepts=True)

    @property
    def layout_chosen(self) -> LabelFormat:
        """The format chosen."""
        return label_formats()[self.format.currentData()]

    def how(self) -> LabelPrint:
        """What was chosen."""
        symbology = SYMBOLOGIES[self.codes.checkedId()]
        return LabelPrint(self.layout_chosen.name, symbology, self.places.start, self.copies.value())

    def accept(self) -> None:
        """Show the labels as they will be printed."""
        how, source, parent = self.how(), self._source, self.parentWidget() or self
        self._session.preferences.set_text(_FORMAT, how.format)
        self._session.preferences.set_text(_CODE, how.symbology)

        def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
            return render_labels(office.name, source(office), how, path, progress).missing

        preview(self._session, write, _("Labels"), parent)
        super().accept()

    def _lay_out(self) -> None:
        self.body.addWidget(label(_("Label format"), "label", parent=self))
        self.body.addWidget(self.format)
        self.body.addWidget(label(_("Kind of code"), "label", parent=self))
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        remembered = self._session.preferences.text(_CODE, SYMBOLOGIES[0])
        for key, words in enumerate((_("QR code"), _("Bar code (Code 128)"))):
            made = QRadioButton(words, self)
            made.setChecked(SYMBOLOGIES[key] == remembered)
            self.codes.addButton(made, key)
            line.addWidget(made)
        if self.codes.checkedId() < 0:
            self.codes.button(0).setChecked(True)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(label(_("Copies of each"), "label", parent=self))
        self.body.addWidget(self.copies)
        self._sheet = label(_("First free place of the sheet"), "label", parent=self)
        self.body.addWidget(self._sheet)
        self.body.addWidget(self.places, 1)

    def _on_format(self) -> None:
        layout = self.layout_chosen
        self.places.set_sheet(layout.columns, layout.rows)
        for widget in (self._sheet, self.places):
            widget.setVisible(layout.is_sheet)
