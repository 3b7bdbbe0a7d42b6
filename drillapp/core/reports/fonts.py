"""The fonts of printed papers: each a stack, so that what the first font lacks comes from the next."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from drillapp.core.reports.embedding import Face
from drillapp.core.resources import load_toml, resource_path

_LOADING = RLock()
"""A cache alone lets two threads make the same thing twice; a font must know all that its documents drew with it."""
_INVISIBLE = -1
_LACKING = -2
_missing: WeakKeyDictionary[Any, dict[str, None]] = WeakKeyDictionary()


class Fonts(msgspec.Struct, frozen=True):
    """The registered names of the fonts by what they are for."""

    body: str = "drillapp-fang"
    """Running text: FangSong."""
    kai: str = "drillapp-kai"
    """Headings of the second level: KaiTi."""
    title: str = "drillapp-song"
    """Titles: XiaoBiaoSong, or a bold Song where there is none."""
    sans: str = "drillapp-sans"
    """Tables, charts, cards: HeiTi."""
    bold: str = "drillapp-sans-bold"


class _Widths(dict[str, float]):
    """Widths of characters in thousandths of the size, found once."""

    def __init__(self, stack: StackedFont) -> None:
        super().__init__()
        self._stack = stack

    def __missing__(self, character: str) -> float:
        width = self[character] = self._stack.find_width(character)
        return width


class StackedFont:
    """A font for reportlab: one name, several faces, tried in their order for each character."""

    _multiByte = 1  # noqa: N815 (reportlab's name)
    _dynamicFont = 1  # noqa: N815 (reportlab's name)
    shapable = False

    def __init__(self, name: str, files: Iterable[Path]) -> None:
        self.fontName = name
        self._files = tuple(files)
        first = load_face(self._files[0])
        self.face = first.outlines
        self.widths = _Widths(self)
        self._first = first
        self._boxes = min(1, len(self._files) - 1)  # the face whose box stands for a character that none has
        self._covered = first.characters()
        self._place: dict[str, int] = {}

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: N802 (reportlab's name)
        """Width of the text in points at that size."""
        return sum(map(self.widths.__getitem__, text)) * size * 0.001

    def splitString(self, text: str, document: Any) -> list[tuple[int, bytes]]:  # noqa: N802 (reportlab's name)
        """The text in pieces of one face each, as the document writes them."""
        if self._covered.issuperset(text):
            return [(0, self._first.encode(text, document))]
        pieces: list[tuple[int, bytes]] = []
        for place, characters in groupby(text, self.place_of):
            piece = "".join(characters)
            if place == _LACKING:
                _missing.setdefault(document, {}).update(dict.fromkeys(piece))
            if place != _INVISIBLE:
                drawn = place if place >= 0 else self._boxes
                face = load_face(self._files[drawn])
                pieces.append((drawn, face.encode("".join(map(drawn_as, piece)), document)))
        return pieces

    def getSubsetInternalName(self, subset: int, document: Any) -> str:  # noqa: N802 (reportlab's name)
        """The name by which the document's pages call that face."""
        return load_face(self._files[subset]).internal_name(document)

    def place_of(self, character: str) -> int:
        """Which face draws the character; below zero when none does or none needs to."""
        place = self._place.get(character)
        if place is None:
            place = self._place[character] = self._find_place(drawn_as(character))
        return place

    def _find_place(self, character: str) -> int:
        for place, file in enumerate(self._files):
            if character in load_face(file):
                return place
        return _INVISIBLE if is_invisible(character) else _LACKING

    def find_width(self, character: str) -> float:
        """Width of the character in thousandths of the size, wherever it is found."""
        place = self.place_of(character)
        if place == _INVISIBLE:
            return 0.0
        face = load_face(self._files[place if place >= 0 else self._boxes])
        return face.widths.get(ord(drawn_as(character)), 1000.0)


def is_invisible(character: str) -> bool:
    """Whether the character only steers others: controls, joiners, variation selectors."""
    return unicodedata.category(character) in ("Cc", "Cf") or "VARIATION SELECTOR" in unicodedata.name(
        character, ""
    )


@cache
def drawn_as(character: str) -> str:
    """The character whose shape is drawn: radicals and compatibility forms look like their plain ideographs."""
    if not 0x2E80 <= ord(character) <= 0x2FDF and not 0x2F800 <= ord(character) <= 0x2FA1F:
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def load_face(file: Path) -> Face:
    """The face in that file, read once, also by two documents that begin at the same moment."""
    with _LOADING:
        return _face(file)


@cache
def _face(file: Path) -> Face:
    return Face(file)


@cache
def stack(name: str) -> StackedFont:
    """The font registered by that name."""
    font: StackedFont = pdfmetrics.getFont(name)
    return font


def bundled() -> Fonts:
    """The fonts that come with the program, ready for use."""
    with _LOADING:
        return _bundled()


@cache
def _bundled() -> Fonts:
    for name, file in _known()["bundled"].items():
        pdfmetrics.registerFont(StackedFont(name, _with_fallbacks(resource_path(f"fonts/{file}"))))
    return Fonts()


def installed(folders: Iterable[Path] | None = None) -> Fonts:
    """The machine's own FangSong, KaiTi and XiaoBiaoSong where it has them, the bundled fonts for the rest."""
    fonts = bundled()
    files = (file for folder in folders or font_folders() for file in sorted(folder.rglob("*.[tT][tT][fF]")))
    here = {file.name.lower(): file for file in files}
    for role, names in _known()["installed"].items():
        file = next((here[name.lower()] for name in names if name.lower() in here), None)
        if file is not None and _register(
            f"installed-{role}", file, _known()["bundled"][getattr(fonts, role)]
        ):
            fonts = msgspec.structs.replace(fonts, **{role: f"installed-{role}"})
    return fonts


def _known() -> dict[str, Any]:
    return load_toml("fonts/fonts.toml")


def _with_fallbacks(*files: Path) -> list[Path]:
    return list(dict.fromkeys([*files, *(resource_path(f"fonts/{each}") for each in _known()["fallbacks"])]))


def _register(name: str, file: Path, instead: str) -> bool:
    try:
        font = StackedFont(name, _with_fallbacks(file, resource_path(f"fonts/{instead}")))
    except TTFError:  # outlines that a PDF cannot embed, or a font whose maker forbids it
        return False
    pdfmetrics.registerFont(font)
    return True


def font_folders() -> list[Path]:
    """Where this system keeps fonts, of all and of this person."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        places = [
            Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
            Path(local) / "Microsoft/Windows/Fonts",
        ]
    else:
        places = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            Path.home() / ".local/share/fonts",
        ]
    return [place for place in places if place.is_dir()]


def missing_characters(canvas: Any) -> tuple[str, ...]:
    """Names of the characters that the document asked for and no font has, such as 'U+1F525 FIRE'."""
    found = sorted(_missing.get(canvas._doc, {}))
    return tuple(f"U+{ord(each):04X} {unicodedata.name(each, '')}".rstrip() for each in found)
