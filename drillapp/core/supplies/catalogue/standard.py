"""The codes of GB/T 38565-2020: seven digits in four layers of 1, 2, 2 and 2; layers that are not used are 00."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from drillapp.core.i18n import _
from drillapp.core.resources import load_toml

_LAYERS = (1, 3, 5, 7)
"""So many digits name a branch of each layer."""
_CODE = re.compile(r"[1-3]\d{6}")


class StandardClass(msgspec.Struct, frozen=True):
    """A branch that the program proposes: a class of the standard, or a name in use below one."""

    name: str
    code: str = ""
    parent: str = ""
    """The name of the branch above."""


def padded(code: str) -> str:
    """A code as it is stored: half-width, and a branch's own digits filled up with zeros: 101 is 1010000."""
    plain = unicodedata.normalize("NFKC", code).strip()
    return plain.ljust(7, "0") if plain.isdigit() and len(plain) in _LAYERS else plain


def code_problem(code: str) -> str:
    """Why a text is no code of the standard; empty when it is one."""
    if not _CODE.fullmatch(code) or not code.isascii():
        return _("'{code}' is no code of GB/T 38565-2020: seven digits, the first of them 1, 2 or 3.").format(
            code=code
        )
    layers = [code[1:3], code[3:5], code[5:]]
    for place, layer in enumerate(layers):
        if layer == "00" and any(below != "00" for below in layers[place:]):
            return _("'{code}' skips a layer of GB/T 38565-2020: below 00 there can only be 00.").format(
                code=code
            )
    return ""


def above(code: str) -> list[str]:
    """The codes of the branches above, the nearest first."""
    own = next(length for length in _LAYERS if code[length:] == "0" * (7 - length))
    return [code[:length].ljust(7, "0") for length in reversed(_LAYERS) if length < own]


def nearest(code: str) -> list[str]:
    """The code itself and those of the branches above, the nearest first: where goods with it belong."""
    return [code, *above(code)]


def proposed_classes() -> list[StandardClass]:
    """The branches that the program proposes for a catalogue; each after the one that it lies under."""
    return msgspec.convert(load_toml("standards/gbt38565.toml")["class"], list[StandardClass])
