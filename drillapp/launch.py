"""The way from the arguments to the window, kept free of everything slow."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

_WITH_VALUE = ("--office", "--as-of", "--lang")
_LANGUAGES = {"zh_CN": "zh_CN", "en": "en"}
_READ: dict[str, tuple[str, Callable[[str], object]]] = {
    "--office": ("office", str),
    "--as-of": ("as_of", date.fromisoformat),
    "--lang": ("language", _LANGUAGES.__getitem__),
    "--page": ("page", str),
    "--grab": ("grab", Path),
}
"""Each option with a value: what it says about the start, and how its text is read."""
_EXIT_WHEN_SHOWN = "--exit-when-shown"


def is_for_window(arguments: Sequence[str]) -> bool:
    """Whether no command is given, or the command `window`; what concerns help is the command line's."""
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument in _WITH_VALUE:
            waiting = waiting[1:]
        elif not argument.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            return argument == "window" and "--help" not in waiting
    return True


def open_window(arguments: Sequence[str], began: float) -> int:
    """Open the window as the arguments say and stay until it is closed; wrong arguments exit with 2."""
    said = _said(arguments)
    gc.disable()  # until the first page is there: collecting among the many new types is a tenth of the start
    said["office"] = said.get("office") or os.environ.get("DRILLAPP_OFFICE")
    _bring_qt()
    from drillapp.ui.app import Start, run

    return run(Start(**said, began=began))


def _bring_qt() -> None:
    """Import Qt, and let every later import go its plain way again.

    PySide wraps the import statement and reads the source of each module imported from then on, to see whether it
    asks for Qt's names in another spelling. None here does, and the reading is a sixth of the time until Home.
    """
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _said(arguments: Sequence[str]) -> dict[str, Any]:
    """What the arguments say about the start. Read by hand: the library's parser takes 4 ms to make."""
    said: dict[str, Any] = {}
    waiting = [argument for argument in arguments if argument != "window"]
    while waiting:
        argument = waiting.pop(0)
        option, equals, value = argument.partition("=")
        if argument == _EXIT_WHEN_SHOWN:
            said["exit_when_shown"] = True
            continue
        if option not in _READ:
            _refuse(f"unknown argument: {argument}")
        if not equals and not waiting:
            _refuse(f"{option} needs a value")
        name, read = _READ[option]
        value = value if equals else waiting.pop(0)
        try:
            said[name] = read(value)
        except (ValueError, KeyError):
            _refuse(f"{option} cannot be: {value}")
    return said


def _refuse(problem: str) -> NoReturn:
    print(f"drillapp: {problem}; see drillapp window --help", file=sys.stderr)
    raise SystemExit(2)
