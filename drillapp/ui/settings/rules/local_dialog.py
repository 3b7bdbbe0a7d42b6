"""The form of a rule of the office's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.rules.book import rule_book
from drillapp.core.rules.changing import check_local_rule, save_local_rule
from drillapp.core.rules.local import LocalRule
from drillapp.core.saving import Saved, Saving
from drillapp.ui.parts.editors import ChoiceEditor, TextEditor
from drillapp.ui.parts.fields import Field, hinted
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.session import Session

_BETWEEN = re.compile(r"[\s,，、;；]+")


class _Entered(NamedTuple):
    """What the form hands its entry to."""

    entry: type[msgspec.Struct]
    save: Callable[..., Saved]


class WordsEditor(TextEditor):
    """Several words with spaces or commas between them."""

    def value(self) -> tuple[str, ...] | None:  # type: ignore[override]
        """The words, None when there are none."""
        return tuple(filter(None, _BETWEEN.split(self.text()))) or None

    def set_value(self, value: Any) -> None:
        """Show words."""
        super().set_value(" ".join(value or ()))


class YesNoEditor(ChoiceEditor):
    """Yes, no, or whichever."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("yes_no", parent)

    def value(self) -> bool | None:  # type: ignore[override]
        """What is chosen, None for whichever."""
        code = super().value()
        return None if code is None else code == "yes"

    def set_value(self, value: Any) -> None:
        """Choose."""
        super().set_value(None if value is None else "yes" if value else "no")


def local_rule_dialog(session: Session, parent: QWidget, *, is_new: bool) -> FormDialog:
    """The dialog for a new rule, or for one that is there, whose id stays."""
    title = _("New local rule") if is_new else _("Edit the local rule")
    kind: Any = _Entered(LocalRule, _save)
    dialog = FormDialog(session, title, kind, _fields(), parent)
    dialog.form.editor("id").setReadOnly(not is_new)  # type: ignore[attr-defined]
    return dialog


def entered_rule(office: Office, rule_id: str) -> dict[str, Any]:
    """A rule of the office's own as its form shows it."""
    entry = LocalRule.of(rule_book(office).known[rule_id])
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    return values | {"months": entry.months or None}


def _save(office: Office, entries: Sequence[LocalRule], saving: Saving) -> Saved:
    (entry,) = entries
    check_local_rule(entry)
    return Saved() if saving.dry_run else Saved(created=1, changes=save_local_rule(office, entry))


def _words(_session: Session, parent: QWidget) -> WordsEditor:
    return WordsEditor(parent)


def _yes_no(_session: Session, parent: QWidget) -> YesNoEditor:
    return YesNoEditor(parent)


def _fields() -> tuple[Field, ...]:
    return (
        Field("id", label="Rule", required=True),
        Field("article", label="Document and article", required=True),
        Field("zh", label="What is asked, in Chinese", required=True, wide=True),
        Field("en", label="What is asked, in English", wide=True),
        Field(
            "kinds", label="Kinds of unit", type="choices", enumeration="unit_kind", section_label="Asked of"
        ),
        Field("sectors", label="Sectors", type="choices", enumeration="sector"),
        Field("high_risk", label="High risk", make=_yes_no),
        Field("crowded", label="Crowded place", make=_yes_no),
        Field(
            "names",
            label="Words in the unit's name",
            **hinted(hint_label="With spaces between them.", make=_words),
        ),
        Field("plan_kinds", label="Plan", type="choices", enumeration="plan_kind"),
        Field(
            "window",
            label="Once in",
            type="choice",
            enumeration="rule_window",
            section_label="How often, by when",
        ),
        Field("months", label="Or within so many months", type="integer"),
        Field("valid_from", label="In force from", type="date"),
        Field("valid_to", label="Last day", type="date"),
        Field("hazards", label="Words in the hazard", make=_words, section_label="Which drill settles it"),
        Field("evacuation", label="People are evacuated", type="flag"),
    )
