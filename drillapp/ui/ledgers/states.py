"""What may become of a row of a file: its words and its colour."""

from __future__ import annotations

from drillapp.core.i18n import _

STATES = ("new", "changed", "same", "like", "refused", "left_out")
TONES = {
    "new": "accent",
    "changed": "accent",
    "same": "neutral",
    "like": "blue",
    "refused": "problem",
    "left_out": "neutral",
}


def state_label(state: str) -> str:
    """The word for a state, in the language spoken now."""
    return {
        "new": _("A new record"),
        "changed": _("A changed record"),
        "same": _("Known already"),
        "like": _("Possible duplicate"),
        "refused": _("Has a problem"),
        "left_out": _("Not taken in"),
    }[state]
