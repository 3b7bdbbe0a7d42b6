"""Which fonts official papers are printed in on this machine, and which of the prescribed ones it has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from drillapp.core.reports.fonts import Fonts, font_folders
from drillapp.core.resources import load_toml


class FontUse(msgspec.Struct, frozen=True):
    """What a role of the official page is printed in."""

    role: str
    """body kai title sans bold"""
    bundled: str
    """File that comes with the program."""
    installed: str
    """File of the prescribed typeface on this machine; empty when it has none."""


def font_uses(folders: Iterable[Path] | None = None) -> list[FontUse]:
    """Each role with its bundled font and the machine's own, if there is one."""
    known = load_toml("fonts/fonts.toml")
    files = (file for folder in folders or font_folders() for file in folder.rglob("*.[tT][tT][fF]"))
    here = {file.name.lower(): file.name for file in files}
    uses = []
    for role, name in msgspec.structs.asdict(Fonts()).items():
        wanted = known["installed"].get(role, ())
        installed = next((here[one.lower()] for one in wanted if one.lower() in here), "")
        uses.append(FontUse(role, known["bundled"][name], installed))
    return uses
