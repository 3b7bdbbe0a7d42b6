"""The card editor: what stands on the card in sections at the left, the card as printed at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from drillapp.core.cards.beginning import Beginning, beginning_of
from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.queries import CardRow
from drillapp.core.cards.source import Source
from drillapp.core.cards.templates import BLANK, Template, fill
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving
from drillapp.ui.cards.alarm_editor import AlarmEditor
from drillapp.ui.cards.contacts_editor import ContactsEditor
from drillapp.ui.cards.draft_preview import DraftPreview
from drillapp.ui.cards.plan_source import PlanSource
from drillapp.ui.cards.steps_editor import StepsEditor
from drillapp.ui.parts.fields import Field, fields_of
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_WIDTH, _HEIGHT, _PREVIEW = 1180, 690, 460
_PAUSE_MS = 400
"""Silence after which the card is drawn anew."""
_CONTENT = (
    "title", "hazards", "first_action", "alarm", "steps", "protection", "prohibitions", "route", "supplies", "contacts",
)  # fmt: skip


class CardDialog(FormDialog):
    """A form dialog whose card can begin with a template and is drawn while it is written."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        self._source: Source | None = None
        kind = KINDS["cards"]._replace(save=self._save)
        super().__init__(session, title, kind, _fields(), parent)
        self._session = session
        self._known: CardRow | None = None
        self._beginning: Beginning | None = None
        self._filled: dict[str, str] = {}
        self._takes_first = False
        self._too_long: Mapping[str, str] = {}
        self.template = QComboBox(self)
        self.template.setAccessibleName(_("Begin with a template"))
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.template.setMinimumContentsLength(22)
        self.template.activated.connect(self._on_template)
        self.origin = label("", "small", wraps=True, parent=self)
        self.preview = DraftPreview(session, self)
        self.preview.checked.connect(self._on_checked)
        self.preview.size_chosen.connect(self._draw)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self.form.edited.connect(self._pause.start)
        for name in ("unit_code", "post"):
            self.form.editor(name).edited.connect(self._ask_templates)
        self._lay_out_sides()
        self.resize(_WIDTH, _HEIGHT)

    def begin_new(self, values: Mapping[str, Any]) -> None:
        """Write a new card; where its post is known it begins with the template for it."""
        self._takes_first = bool(values.get("post"))
        super().begin_new(values)
        self._ask_templates()
        self._draw()

    def begin_edit(self, row: Any) -> None:
        """Change a known card."""
        self._known = row
        self.form.editor("plan_number").show_source(row)  # type: ignore[attr-defined]  # its own control
        super().begin_edit(row)
        self._ask_templates()
        self._draw()

    def accept(self) -> None:
        """Save; the dialog closes when that has worked."""
        self._source = self.form.editor("plan_number").chosen  # type: ignore[attr-defined]  # its own control
        super().accept()

    def _save(self, office: Office, entries: list[CardEntry], saving: Saving) -> Saved:
        """Save the card with what it was written from, where the person said so."""
        return save_cards(office, entries, saving, self._source)

    def _lay_out_sides(self) -> None:
        """Put the preview beside the form, and the templates above both."""
        taken = self.body.takeAt(self.body.count() - 1)
        area = None if taken is None else taken.widget()
        assert area is not None
        sides = QHBoxLayout()
        sides.setSpacing(GRID)
        sides.addWidget(area, 1)
        self.preview.setFixedWidth(_PREVIEW)
        sides.addWidget(self.preview)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        head = label(_("Begin with"), "label", parent=self)
        head.setBuddy(self.template)
        line.addWidget(head)
        line.addWidget(self.template)
        line.addWidget(self.origin, 1)
        self.body.addLayout(line)
        self.body.addLayout(sides, 1)

    def _ask_templates(self) -> None:
        values = self.form.values()
        unit, post = values.get("unit_code") or "", values.get("post") or ""
        self._session.tasks.run_read(
            lambda office, _progress: beginning_of(office, unit, post),
            self._on_templates,
            owner=self,
            replaces="templates",
        )

    def _on_templates(self, beginning: Beginning) -> None:
        self._beginning = beginning
        chosen = self.template.currentData()
        self.template.clear()
        self.template.addItem(_("No template"), None)
        for place, one in enumerate(beginning.templates):
            if place == beginning.fits and place:
                self.template.insertSeparator(self.template.count())
            self.template.addItem(one.title, one.id)
        self.template.setCurrentIndex(max(self.template.findData(chosen), 0))
        if self._takes_first and beginning.fits:
            self.template.setCurrentIndex(1)
            self._on_template(1)
        self._takes_first = False

    def _on_template(self, _index: int) -> None:
        """Write the template into the fields in which the person has not written; an own word is never lost."""
        chosen = self.template.currentData()
        beginning = self._beginning
        template = next((one for one in beginning.templates if one.id == chosen), None) if beginning else None
        texts = fill(template, beginning.places) if template and beginning else {}
        for name in _CONTENT:
            editor = self.form.editor(name)
            if editor.value() in (None, self._filled.get(name)):
                editor.set_value(texts.get(name))
                self._filled[name] = editor.value()
        self.origin.setText(_origin(template))
        self._draw()

    def _draw(self) -> None:
        self._tell_warnings()
        self.preview.show_draft(self.form.values(), self._known)

    def _on_checked(self, too_long: Mapping[str, str]) -> None:
        self._too_long = too_long
        self._tell_warnings()

    def _tell_warnings(self) -> None:
        """Beside each field: what is still to be written into it, or does not fit the pocket size."""
        values = self.form.values()
        for name in _CONTENT:
            blank = _("Fill in where {blank} stands.").format(blank=BLANK[:4])
            is_open = BLANK[:4] in str(values.get(name) or "")
            self.form.warn(name, self._too_long.get(name, "") or (blank if is_open else ""))


def card_dialog(session: Session, row: Any | None, parent: QWidget) -> CardDialog:
    """The editor for a known card, or for a new one."""
    title = _("Write a disposal card") if row is None else _("Change card {number}").format(number=row.number)
    return CardDialog(session, title, parent)


class _Part(NamedTuple):
    """A section of the form."""

    section_label: str
    """English message id."""
    names: tuple[str, ...]


_PARTS = (
    _Part(section_label="Whose card", names=("number", "unit_code", "post", "person", "title", "hazards")),
    _Part(section_label="At the first moment", names=("first_action", "alarm")),
    _Part(section_label="Step by step", names=("steps",)),
    _Part(section_label="Protection and prohibitions", names=("protection", "prohibitions")),
    _Part(section_label="Ways, supplies, people", names=("route", "supplies", "contacts")),
    _Part(section_label="Where it comes from", names=("plan_number", "valid_until")),
)


def _fields() -> tuple[Field, ...]:
    """The fields in the order of the card, in its sections."""
    usual = {field.name: field for field in fields_of(KINDS["cards"], _OWN)}
    return tuple(
        usual[name]._replace(section_label=part.section_label if name == part.names[0] else "")
        for part in _PARTS
        for name in part.names
    )


_OWN: dict[str, dict[str, Any]] = {
    "post": {"type": "reference", "kind": "posts"},
    "person": {"type": "reference", "kind": "people"},
    "first_action": {"wide": True},
    "alarm": {"make": AlarmEditor, "wide": True},
    "steps": {"make": StepsEditor, "wide": True},
    "protection": {"type": "long"},
    "prohibitions": {"type": "long"},
    "route": {"wide": True},
    "supplies": {"type": "long"},
    "contacts": {"make": ContactsEditor, "wide": True},
    "plan_number": {"make": PlanSource, "wide": True},
}


def _origin(template: Template | None) -> str:
    return "" if template is None else _("Source: {source}").format(source=template.source)
