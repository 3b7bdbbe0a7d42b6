"""The check code of a card: whether the words in hand are those that are kept."""

from __future__ import annotations

import hashlib
from typing import Any

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are read as 1, 1, 0 and V."""
_READ_AS = str.maketrans("ILOU", "110V")
LENGTH = 6
_PRINTED = (
    "number", "version", "person", "title", "hazards", "first_action", "alarm", "steps", "protection", "prohibitions",
    "route", "supplies", "contacts", "valid_until",
)  # fmt: skip


def check_code(card: Any) -> str:
    """Six characters that follow from the words of a card (a row or anything else with its fields)."""
    words = "\x1f".join(_plain(getattr(card, name)) for name in _PRINTED)
    number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:4], "big")
    return "".join(_DIGITS[number >> 5 * place & 31] for place in range(LENGTH))


def read_code(text: str) -> str:
    """A code as a person typed it, in the characters that codes have; empty when it cannot be one."""
    code = text.upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(_DIGITS) else ""


def _plain(value: object) -> str:
    """As it is printed, however the lines of the text end."""
    return "\n".join(line.strip() for line in ("" if value is None else str(value)).splitlines())
