"""The words of the interface: English in the code, Chinese from resources/locale."""

from __future__ import annotations

import ast
import re
from functools import cache

from drillapp.core.resources import resource_path

LANGUAGES = ("zh_CN", "en")
_language = "zh_CN"
_LINE = re.compile(r'(msgid|msgstr)?\s*(".*")\s*$')


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
    if _language == "en":
        return message
    return catalogue(_language).get(message, message)


@cache
def catalogue(code: str) -> dict[str, str]:
    """All translations of a language: the entries of every .po file in its folder."""
    merged: dict[str, str] = {}
    for path in sorted(resource_path(f"locale/{code}").glob("*.po")):
        merged.update(parse_catalogue(path.read_text(encoding="utf-8")))
    return merged


def parse_catalogue(text: str) -> dict[str, str]:
    """The entries of a .po file without plural forms and contexts, as all of ours are."""
    # Read as text, since a machine with only git and Python has no msgfmt to compile catalogues with.
    entries: dict[str, str] = {}
    parts: dict[str, list[str]] = {"msgid": [], "msgstr": []}
    field = ""
    for line in [*text.splitlines(), 'msgid ""']:
        match = _LINE.match(line)
        if match is None or line.startswith("#"):
            continue
        if match[1] == "msgid":
            entries["".join(parts["msgid"])] = "".join(parts["msgstr"])
            parts = {"msgid": [], "msgstr": []}
        field = match[1] or field
        parts[field].append(ast.literal_eval(match[2]))
    entries.pop("", None)
    return {message: translation for message, translation in entries.items() if translation}
