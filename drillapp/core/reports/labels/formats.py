"""The formats in which labels are printed: resources/labels.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _, language

_A4 = (210.0, 297.0)
_SLACK = 0.01


class LabelFormat(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A label and how many stand on a sheet; lengths in millimetres. A roll is one column and row without margins."""

    name: str
    title: Mapping[str, str]
    width: float
    height: float
    padding: float
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0

    @property
    def places(self) -> int:
        """How many labels a sheet has; 1 on a roll."""
        return self.columns * self.rows

    @property
    def is_sheet(self) -> bool:
        """Whether it is a sheet of A4, not a roll."""
        return self.places > 1

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of what the printer prints at once."""
        return _A4 if self.is_sheet else (self.width, self.height)

    @property
    def words(self) -> str:
        """What it is called in the language spoken now."""
        return self.title.get(language()) or self.title["en"]

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a place, from 0 row by row, from the page's upper left corner."""
        return self.left + place % self.columns * self.across, self.top + place // self.columns * self.down


class _Formats(Struct, frozen=True, forbid_unknown_fields=True):
    format: list[LabelFormat]


@cache
def label_formats() -> dict[str, LabelFormat]:
    """All formats by their names, in their order."""
    return {each.name: each for each in read_data_file("labels.toml", _Formats, _check).format}


def label_format(name: str) -> LabelFormat:
    """The format of that name; raises InvalidInput naming those there are."""
    found = label_formats().get(name)
    if found is None:
        raise InvalidInput(
            _("There is no label format '{name}'.").format(name=name),
            _("Allowed: {codes}").format(codes=" ".join(label_formats())),
            field="format",
        )
    return found


def _check(content: _Formats) -> None:
    for number, each in enumerate(content.format):
        right = each.left + (each.columns - 1) * each.across + each.width
        bottom = each.top + (each.rows - 1) * each.down + each.height
        if right > each.page[0] + _SLACK or bottom > each.page[1] + _SLACK:
            raise BadField(f"format[{number}].width", f"{each.name} is larger than its page")
        if (each.columns > 1 and each.across < each.width) or (each.rows > 1 and each.down < each.height):
            raise BadField(f"format[{number}].across", f"labels of {each.name} overlap")
