"""Why a file from somebody else is not read: one sentence and what to do, whatever kind of file it is."""

from __future__ import annotations

from pathlib import Path

from drillapp.core.errors import Damaged, DrillappError, InvalidInput, Unavailable
from drillapp.core.i18n import _


def truncated(path: Path) -> DrillappError:
    """The error for a file that breaks off or does not fit together."""
    return Damaged(
        _("'{file}' is cut off or damaged: it cannot be read to its end.").format(file=path.name),
        _("Copy or download it again, or open it in the program that made it and save it anew."),
    )


def protected(path: Path) -> DrillappError:
    """The error for a file that cannot be opened without its password."""
    return InvalidInput(
        _("'{file}' is protected with a password.").format(file=path.name),
        _("Open it in the program that made it, remove the password, save it, and try again."),
    )


def too_large(path: Path) -> DrillappError:
    """The error for a file that would fill the memory."""
    return InvalidInput(
        _("'{file}' is too large when unpacked: it was not opened.").format(file=path.name),
        _(
            "If it is a real one, delete its empty formatted rows or its large pictures, or split it into several files."
        ),
    )


def too_slow(path: Path) -> DrillappError:
    """The error for a file that takes too long: a hostile one, or a real one on a machine that has no time for it."""
    return Unavailable(
        _("Reading '{file}' took too long and was stopped.").format(file=path.name),
        _(
            "Try again when the machine has less to do; if it is stopped again, split the file or save it anew in the program that made it."
        ),
    )


def uncertain(path: Path) -> DrillappError:
    """The error for a spreadsheet of which some cells would silently be read as other than they are."""
    return InvalidInput(
        _("'{file}' was saved so that not all its cells can be read for certain.").format(file=path.name),
        _("Open it in a spreadsheet program, correct what shows an error, save it there, and try again."),
    )


def in_use(path: Path, mark: str = "") -> DrillappError:
    """The error for a file that another program holds; `mark` is the left-over file that says so."""
    hint = _("Save and close it there, then try again.")
    if mark:
        hint += " " + _("If no program has it open, delete the left-over file '{mark}'.").format(mark=mark)
    return Unavailable(
        _("'{file}' is open in another program or may not be read.").format(file=path.name), hint
    )
