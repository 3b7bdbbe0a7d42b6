"""Asking for a file or folder: a dialog begins where the last one of its sort ended."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.dialog import confirm
from drillapp.ui.session import Session

_BAD = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\t'))


def ask_open(session: Session, parent: QWidget, question: str, forms: str, folder: str) -> Path | None:
    """The file that is chosen, None for none; `folder` is under which name its folder is remembered."""
    chosen, _form = QFileDialog.getOpenFileName(parent, question, str(_last(session, folder)), forms)
    if not chosen:
        return None
    _remember(session, folder, Path(chosen).parent)
    return Path(chosen)


def ask_save(
    session: Session, parent: QWidget, question: str, proposed: str, forms: str, folder: str
) -> Path | None:
    """Where to write a file, None for nowhere; a name without an ending gets that of the form, or of the proposal.

    The system's dialog asks before a file is written over, but not before that of another ending is: we do.
    """
    start = _last(session, folder) / file_name(proposed)
    chosen, form = QFileDialog.getSaveFileName(parent, question, str(start), forms)
    if not chosen:
        return None
    path = _with_ending(Path(chosen), start.suffix, form, forms)
    if path != Path(chosen) and path.exists() and not _may_replace(path, parent):
        return None
    _remember(session, folder, path.parent)
    return path


def ask_folder(session: Session, parent: QWidget, question: str, folder: str) -> Path | None:
    """The folder that is chosen, None for none."""
    chosen = QFileDialog.getExistingDirectory(parent, question, str(_last(session, folder)))
    if not chosen:
        return None
    _remember(session, folder, Path(chosen))
    return Path(chosen)


def file_name(title: str) -> str:
    """A title as the name of a file, without the signs that some systems refuse."""
    return title.translate(_BAD)


def _with_ending(path: Path, proposed: str, form: str, forms: str) -> Path:
    """The name with the ending of the form that was chosen, where it has none of them, or still that of the proposal."""
    wanted = next(iter(_endings(form)), proposed)
    own, first = path.suffix.lower(), proposed.lower()
    if own not in (first, *_endings(forms)):
        return path.with_name(path.name + wanted)
    return path.with_suffix(wanted) if own == first and own != wanted.lower() else path


def _may_replace(path: Path, parent: QWidget) -> bool:
    words = _("'{file}' is in that folder already; what it holds is lost.").format(file=path.name)
    return confirm(_("Write over this file?"), words, _("Replace"), danger=True, parent=parent)


def _endings(forms: str) -> list[str]:
    return re.findall(r"\*(\.\w+)", forms)


def _last(session: Session, folder: str) -> Path:
    """The remembered folder, else the person's documents; their home where that folder was never made, since a dialog
    takes it for a file."""
    remembered = session.preferences.text(_key(folder))
    if remembered:
        return Path(remembered)
    places = QStandardPaths.StandardLocation
    documents = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
    return documents if documents.is_dir() else Path(QStandardPaths.writableLocation(places.HomeLocation))


def _remember(session: Session, folder: str, path: Path) -> None:
    session.preferences.set_text(_key(folder), str(path))


def _key(folder: str) -> str:
    return f"folders/{folder}"
