"""The words of the interface: English in the code, Chinese from resources/locale."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING

from drillapp.core.resources import resource_path

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("zh_CN", "en")
_OF_THE_FRAME = "ui"
"""The catalogue with the words of the window's frame, which has to be there first."""
_language = "zh_CN"
_QUOTED = r'"([^\n]*(?:"\s*\n\s*"[^\n]*)*)"[ \t]*$'
_ENTRY = re.compile(rf"^msgid\s*{_QUOTED}\s*^msgstr\s*{_QUOTED}", re.MULTILINE)
_NEXT_LINE = re.compile(r'"\s*\n\s*"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t"}


def use_language(code: str) -> None:
    """Speak this language from now on; raises ValueError for one that there is not."""
    global _language
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code}")
    _language = code


def language() -> str:
    """The language spoken now."""
    return _language


def _(message: str) -> str:
    """The message in the language spoken now."""
    return message if _language == "en" else _catalogue(_language).translated(message)


class _Catalogue:
    """The translations of a language, read a file at a time until a message is found: the window's frame needs one."""

    def __init__(self, code: str) -> None:
        self._words: dict[str, str] = {}
        self._unread = sorted(resource_path(f"locale/{code}").glob("*.po"), key=_reading_order)
        """What is read next stands last."""
        self._reading = threading.Lock()

    def translated(self, message: str) -> str:
        """The translation, or the message itself where there is none."""
        if message not in self._words and self._unread:
            self._read_on(message)
        return self._words.get(message, message)

    def _read_on(self, message: str) -> None:
        with self._reading:
            while message not in self._words and self._unread:
                self._words.update(parse_catalogue(self._unread[-1].read_text(encoding="utf-8")))
                self._unread.pop()  # not before: until then another thread waits for these words


def _reading_order(path: Path) -> tuple[bool, str]:
    return path.stem == _OF_THE_FRAME, path.name


@cache
def _catalogue(code: str) -> _Catalogue:
    return _Catalogue(code)


def parse_catalogue(text: str) -> dict[str, str]:
    """The entries of a .po file without plural forms and contexts, as all of ours are."""
    # Read as text, since a machine with only git and Python has no msgfmt to compile catalogues with; by one
    # expression, since the window's start waits for it.
    entries = {_unquoted(message): _unquoted(translation) for message, translation in _ENTRY.findall(text)}
    entries.pop("", None)
    return {message: translation for message, translation in entries.items() if translation}


def _unquoted(text: str) -> str:
    """What stands between the first and the last quote, on one line or several."""
    if "\n" in text:
        text = _NEXT_LINE.sub("", text)
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text) if "\\" in text else text
