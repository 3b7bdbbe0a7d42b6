"""Verifying: somebody else saw that the correction works, by itself or in a later drill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from drillapp.core.drills.findings import commands
from drillapp.core.drills.findings.later import later_drills, what_it_showed
from drillapp.core.drills.findings.proof import proof_from
from drillapp.core.drills.findings.rows import LaterDrill
from drillapp.core.i18n import _
from drillapp.ui.drills.findings.proof_field import ProofField
from drillapp.ui.drills.findings.step_dialogs import StepDialog
from drillapp.ui.parts.editors import LongTextEditor, TextEditor
from drillapp.ui.parts.step_dialog import Work
from drillapp.ui.session import Session


class VerifyDialog(StepDialog):
    """Who saw it, in which drill, by what."""

    def __init__(self, session: Session, findings: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(session, _("Verify"), findings, parent, width=560)
        session.tasks.run_read(
            lambda office, _progress: later_drills(office, self.keys), self._on_drills, owner=self
        )

    def add_fields(self) -> None:
        who, self.drill, self.item = TextEditor(self), _Offer(self), _Offer(self)
        self.effect, self.proof = LongTextEditor(self), ProofField(self)
        hint = _("Somebody else than who put it right.")
        self.fields.add("who", _("Verified by"), who, required=True, hint=hint)
        self.fields.add("drill", _("Shown by a later drill"), self.drill)
        self.fields.add("item", _("Item of its evaluation"), self.item)
        self.fields.add("note", _("By what one sees that it works"), self.effect, required=True)
        self.fields.add("proof", _("Proof"), self.proof)
        self.drill.edited.connect(self._on_drill)
        self.item.edited.connect(self._on_item)
        self.item.setEnabled(False)

    def work(self, said: dict[str, Any]) -> Work:
        keys, path, drill = self.keys, self.proof.value(), self.drill.value()
        return lambda office: commands.verify(
            office, keys, day=said["day"], who=said["who"], effect=said["note"],
            drill_number=drill.number if drill is not None else None,
            proof=None if path is None else proof_from(path),
        )  # fmt: skip

    def _on_drills(self, drills: list[LaterDrill]) -> None:
        self.drill.offer([(f"{one.held_on}  {one.title}  ({one.number})", one) for one in drills])
        self.drill.setEnabled(bool(drills))

    def _on_drill(self) -> None:
        drill = self.drill.value()
        self.item.offer([])
        self.item.setEnabled(False)
        if drill is not None:
            self.session.tasks.run_read(
                lambda office, _progress: what_it_showed(office, drill.id),
                self._on_items,
                owner=self,
                replaces="items",
            )

    def _on_items(self, items: list[str]) -> None:
        self.item.offer([(item, item) for item in items])
        self.item.setEnabled(bool(items))

    def _on_item(self) -> None:
        """The item is what shows it, unless something else is said already."""
        drill, item = self.drill.value(), self.item.value()
        if drill is not None and item is not None and not self.effect.value():
            words = _("In the drill {number} as it should be: {item}")
            self.effect.set_value(words.format(number=drill.number, item=item))
            self.effect.edited.emit()


class _Offer(QComboBox):
    """Some to choose from, or none of them."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.offer([])
        self.activated.connect(lambda _place: self.edited.emit())

    def offer(self, choices: list[tuple[str, Any]]) -> None:
        """Offer these."""
        self.clear()
        self.addItem("—", None)
        for words, value in choices:
            self.addItem(words, value)

    def value(self) -> Any:
        """What is chosen."""
        return self.currentData()
