"""Which key gives which answer."""

from __future__ import annotations

import unicodedata

from drillapp.core.drills.evaluation.conversion import NOT_APPLICABLE, allowed, convert
from drillapp.core.drills.evaluation.forms import Kind

_LETTERS = {"A": "full", "B": "mostly", "C": "partly", "D": "none"}
_YES_NO = {"Y": "yes", "N": "no"}


def answer_for(text: str, kind: Kind) -> str | None:
    """The answer that a key gives to an item of a kind; None when it gives none.

    Y and N are the best and the worst, a digit is the score or the place among the choices, / is not applicable.
    """
    sign = unicodedata.normalize("NFKC", text).upper()
    if sign in ("/", "\u3001"):  # the same key under a Chinese input method
        return NOT_APPLICABLE
    if sign in _YES_NO:
        return convert(_YES_NO[sign], kind)
    if kind == "choice" and sign in _LETTERS:
        return _LETTERS[sign]
    if len(sign) != 1 or not sign.isascii() or not sign.isdigit():
        return None
    values = allowed(kind)[:-1]
    if kind == "score":
        return sign if sign in values else None
    place = int(sign) - 1
    return values[place] if 0 <= place < len(values) else None
