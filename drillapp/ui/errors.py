"""One place that turns errors into words for the person."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.errors import DrillappError
    from drillapp.ui.parts.dialog import Message

_MAX_PROBLEMS = 200
_log = logging.getLogger("drillapp")


def report(error: BaseException, parent: QWidget | None = None) -> None:
    """Show what went wrong: a sentence and a hint, or for a bug the way to pass it on."""
    from drillapp.core.errors import DrillappError  # brings msgspec, which the start does without
    from drillapp.ui.parts.dialog import Message

    window = parent or QApplication.activeWindow()
    if isinstance(error, DrillappError):
        message = Message(
            _("This could not be done"), error.message, error.hint, tone="problem", parent=window
        )
        lines = problem_lines(error)
        if lines:
            message.add_details(_details("\n".join(lines)))
    else:
        message = _bug_message(error, window)
    message.exec()


def words_of(error: BaseException) -> str:
    """What went wrong and what to do about it, on one line; '' for a bug."""
    return " ".join(filter(None, (getattr(error, "message", ""), getattr(error, "hint", ""))))


def lines_of(error: DrillappError, most: int) -> str:
    """What is wrong with each record handed in together, so many of them, a line each; else with the whole."""
    found = [*dict.fromkeys(problem.message for problem in getattr(error, "problems", ()))]
    told = found[:most] or [error.message]
    if len(found) > most:
        told.append(_("and {count} more").format(count=len(found) - most))
    return "\n".join(filter(None, (*told, error.hint)))


def problem_lines(error: BaseException) -> list[str]:
    """What is wrong with each record handed in together, one line each."""
    problems = getattr(error, "problems", ())
    lines = [
        _("Row {number}: {message}").format(number=problem.index + 1, message=problem.message)
        for problem in problems[:_MAX_PROBLEMS]
    ]
    return lines if len(problems) > 1 else []


def trace(error: BaseException) -> str:
    """Everything somebody needs who is to mend the program."""
    import platform  # rarely needed

    lines = traceback.format_exception(error)
    head = f"drillapp {_version()} · Python {platform.python_version()} · {platform.platform()}\n\n"
    return head + "".join(lines)


def _bug_message(error: BaseException, parent: QWidget | None) -> Message:
    from drillapp.ui.parts.dialog import Message

    details = trace(error)
    _log.error("unexpected error\n%s", details)
    message = Message(
        _("Something unexpected happened"),
        _("Nothing was changed. The program can go on."),
        _("Please pass the details to whoever looks after this program."),
        tone="problem",
        parent=parent,
    )
    message.add_details(_details(details))
    message.add_action(_("Copy details"), lambda: QApplication.clipboard().setText(details))
    return message


def _version() -> str:
    from importlib import metadata  # costs a tenth of the start

    try:
        return metadata.version("drillapp")
    except metadata.PackageNotFoundError:
        return "?"


def _details(text: str) -> QPlainTextEdit:
    box = QPlainTextEdit(text, readOnly=True)
    box.setAccessibleName(_("Details"))
    box.setMinimumHeight(140)
    return box
