"""What law and standards ask and no rule of the program asks for, as data, each with the reason."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec

from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.i18n import language
from drillapp.core.law import Mark

_FILE = "rules/unasked/unasked.toml"
_Said = Annotated[str, msgspec.Meta(min_length=1)]


class Unasked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A duty that is not among the obligations of units."""

    id: _Said
    zh: _Said
    en: _Said
    article: _Said
    mark: Mark
    why_zh: _Said
    why_en: _Said
    asked_by: str = ""
    """The id of another rule that asks the same, or of which this is a part."""

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    @property
    def why(self) -> str:
        """Why no rule asks for it, in the language spoken now."""
        return self.why_zh if language() == "zh_CN" else self.why_en


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unasked: tuple[Unasked, ...]


@cache
def unasked() -> tuple[Unasked, ...]:
    """All of them, in the file's order; raises Damaged naming file, line and field when one is not well-formed."""
    return read_data_file(_FILE, _File, _check).unasked


def _check(file: _File) -> None:
    seen: set[str] = set()
    for place, one in enumerate(file.unasked):
        if one.id in seen:
            raise BadField(f"unasked[{place}].id", f"`{one.id}` is there twice")
        seen.add(one.id)
