"""Where the files that come with the program are."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource_path(name: str = "") -> Path:
    """The path of a file or folder below resources/, given with forward slashes."""
    return _root().joinpath(*name.split("/")) if name else _root()


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The content of a TOML file below resources/, read once; treat it as read-only."""
    import tomllib  # the window's frame is shown without it

    with resource_path(name).open("rb") as file:
        return tomllib.load(file)
