"""The way from the arguments to the window, kept free of everything slow."""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

_WITH_VALUE = ("--office", "--as-of", "--lang")


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
    gc.disable()  # until the frame is painted: collecting among the many new types is a tenth of the start
    options = _parser().parse_args([argument for argument in arguments if argument != "window"])
    from drillapp.ui.app import Start, run

    return run(
        Start(
            office=options.office or os.environ.get("DRILLAPP_OFFICE"),
            as_of=options.as_of,
            language=options.lang,
            page=options.page,
            grab=options.grab,
            exit_when_shown=options.exit_when_shown,
            began=began,
        )
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("drillapp", add_help=False)
    parser.add_argument("--office")
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument("--lang", choices=("zh_CN", "en"))
    parser.add_argument("--page", default="home")
    parser.add_argument("--grab", type=Path)
    parser.add_argument("--exit-when-shown", action="store_true")
    return parser
