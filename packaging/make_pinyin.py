"""Writes resources/pinyin.txt: the usual reading of each Chinese character, for search by pinyin and initials.

Words that are read unlike their characters stand in resources/pinyin_phrases.toml; the program itself needs no pypinyin.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
HEAD = """\
# Readings of Chinese characters without tones: syllable, then its characters, the usual reading of each.
# Made by packaging/make_pinyin.py from pypinyin (MIT) and the choices in pinyin_phrases.toml.
"""
RANGES = (range(0x3400, 0xA000), range(0x20000, 0x40000), range(0x3007, 0x3008))


def main() -> None:
    """Write the file anew."""
    choices = tomllib.loads((RESOURCES / "pinyin_phrases.toml").read_text(encoding="utf-8"))["usual"]
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for point in PINYIN_DICT:
        character = chr(point)
        if not any(point in block for block in RANGES):
            continue
        syllable = choices.get(character) or lazy_pinyin(character, v_to_u=False)[0].replace("ü", "v")
        if syllable.isascii() and syllable.isalpha():
            by_syllable[syllable].append(character)
    lines = (f"{syllable} {''.join(characters)}\n" for syllable, characters in sorted(by_syllable.items()))
    (RESOURCES / "pinyin.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
