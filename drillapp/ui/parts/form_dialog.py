"""The dialog around a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import Kind
from drillapp.core.saving import Saved
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.fields import Field
from drillapp.ui.parts.form import Form
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session

_WIDTH, _HEIGHT = 720, 640
_AROUND = 210
"""Room for title, buttons, and a few words on what is wrong, in pixels."""


class FormDialog(Dialog):
    """Enters or changes one record; Ctrl+S saves, Esc leaves, but not without a word when something was typed."""

    saved = Signal(object)
    """Saved (drillapp.core.saving)."""

    def __init__(
        self,
        session: Session,
        title: str,
        kind: Kind,
        fields: tuple[Field, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=_WIDTH)
        self.form = Form(session, kind, fields, self)
        self.form.saved.connect(self._on_saved)
        area = scrolled(self.form, self)
        area.setFocusProxy(self.form)
        self.body.addWidget(label(title, "heading", parent=self))
        if not session.is_today:
            self.body.addWidget(_reminder(session, self))
        self.body.addWidget(self.arranged(area), 1)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Save"), accepts=True)
        self.save.setToolTip("Ctrl+S")
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self.resize(_WIDTH, min(_HEIGHT, self.form.sizeHint().height() + _AROUND))

    def arranged(self, area: QScrollArea) -> QWidget:
        """What stands between title and buttons: the view of the form, or a dialog's own arrangement around it."""
        return area

    def begin_new(self, values: Mapping[str, Any]) -> None:
        """Enter a new record, starting with likely values."""
        self.form.begin_new(values)
        self.open()
        self.form.focus_first_empty()

    def begin_edit(self, row: Any) -> None:
        """Change a known record."""
        self.form.begin_edit(row)
        self.open()

    def accept(self) -> None:
        """Save; the dialog closes when that has worked."""
        self.form.save()

    def reject(self) -> None:
        """Leave, asking first when something was typed."""
        if self.form.may_be_left():
            super().reject()

    def _on_saved(self, saved: Saved) -> None:
        self.saved.emit(saved)
        super().accept()


def _reminder(session: Session, parent: QWidget) -> QFrame:
    """That another day than today is looked at, which changes nothing about what is entered."""
    frame = QFrame(parent)
    frame.setProperty("ground", "banner")
    words = _("The window shows {day}, not today; what is entered here counts from the dates given here.")
    QVBoxLayout(frame).addWidget(label(words.format(day=session.as_of.isoformat()), wraps=True, parent=frame))
    return frame
