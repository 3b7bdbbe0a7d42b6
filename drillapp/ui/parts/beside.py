"""What is wrong with what is entered in an editor (parts.editors), and saying it beside that."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from drillapp.core.i18n import _
from drillapp.ui.parts.words import restyle


def required_value(editor: Any) -> Any:
    """What is entered; raises ValueError, in words, for nothing and for what is no value."""
    value = editor.value()
    if value is None:
        raise ValueError(_("Must not be empty."))
    return value


def wrong_with(editor: Any, *, required: bool) -> str:
    """Why what is entered cannot stay so, in words; '' when it can."""
    try:
        if required:
            required_value(editor)
        else:
            editor.value()
    except ValueError as error:
        return str(error)
    return ""


def tell_beside(editor: Any, problem: QLabel, words: str) -> None:
    """Say below an editor what is wrong with it, and mark it; '' for nothing."""
    problem.setText(words)
    problem.setVisible(bool(words))
    restyle(getattr(editor, "line", editor), "wrong", "true" if words else "false")
