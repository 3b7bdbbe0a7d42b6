"""What came back from fifty units in one go: every ledger file of a folder brought in, with a report for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

import msgspec

from drillapp.core.errors import DrillappError, InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS, kind_of
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.guessing.explaining import other_words
from drillapp.core.ledgers.importing import import_draft
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.shapes import Region
from drillapp.core.ledgers.sheets import Cell, Head, make_folder, replacing, write_delimited
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Cancelled, Progress

_PATH_MARKS = str.maketrans("/\\", "__")
_LOCK = "~$"
"""How the file begins that a spreadsheet program lays beside an open one."""


class FileReport(msgspec.Struct, frozen=True):
    """What came of one file."""

    name: str
    """Where it is, seen from the folder."""
    kind: str = ""
    result: ImportResult | None = None
    """None where the file could not be read as a ledger."""
    message: str = ""
    """Why it could not."""
    hint: str = ""
    missing: str = ""
    """The required field for want of which it could not be read, where it was for that."""
    unread: tuple[Region, ...] = ()
    """Other tables of the file, which were seen and are not brought in."""
    is_reached: bool = True
    """False for what the person stopped the work before."""

    @property
    def unread_words(self) -> str:
        """The tables of the file that are not brought in, each with its sheet and row; '' for none."""
        if not self.unread:
            return ""
        return _("Not brought in: {tables}.").format(tables=_("; ").join(map(other_words, self.unread)))

    @property
    def is_in(self) -> bool:
        """Whether nothing of it was refused."""
        return self.result is not None and not self.result.rejected


def import_folder(
    office: Office,
    folder: Path,
    *,
    kind: str | None = None,
    given: Mapping[str, str] | None = None,
    number: bool = False,
    dry_run: bool = False,
    partial: bool = False,
    progress: Progress = SILENT,
) -> list[FileReport]:
    """Bring in every file of a folder and of those in it, each in a transaction of its own; one bad file stops no other.

    Files that others refer to come first: units before their plans. `given` are fields, as text, that hold for all
    rows of files that lack them. Raises NotFound for a folder that is not there or an unknown kind. When the person
    stops the work, the files that are in stay in, and there is a report of each file all the same.
    """
    if not folder.is_dir():
        raise NotFound(
            _("There is no folder '{folder}'.").format(folder=folder),
            _("Choose a folder that is there, or make it first."),
        )
    if kind is not None:
        kind_of(kind)
    paths = ledger_files(folder)
    kinds = {path: kind or _likely_kind(office, path) for path in paths}
    order = list(KINDS)
    paths.sort(key=lambda path: order.index(kinds[path]) if kinds[path] in KINDS else len(order))
    reports: list[FileReport] = []
    try:
        for done, path in enumerate(paths):
            progress.step(done, len(paths), path.name)
            reports.append(
                _bring(
                    office, folder, path, kind, given or {}, number=number, dry_run=dry_run, partial=partial
                )
            )
    except Cancelled:
        reports += [_not_reached(folder, path, kinds[path]) for path in paths[len(reports) :]]
    return reports


def hint_of_check(reports: Sequence[FileReport]) -> str:
    """What to know of a dry run: each file is checked without the others that would be in before it; '' for nothing."""
    results = [report.result for report in reports if report.result is not None]
    if any(result.created for result in results) and any(result.rejected for result in results):
        return _(
            "Each file is checked by itself: one that is refused only because it refers to another file of the folder"
            " goes in with it."
        )
    return ""


def ledger_files(folder: Path) -> list[Path]:
    """All files of a folder and of those in it, but for hidden ones and the marks of open spreadsheets."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.startswith(_LOCK)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def write_reports(reports: Sequence[FileReport], folder: Path) -> list[Path]:
    """Write a list of all files, and for each file in which something is to be said a list of that; returns the paths.

    Earlier reports are written over, other files are not. Raises Unavailable when they cannot be written.
    """
    make_folder(folder)
    names = _Names(folder)
    path = names.free(_("Overview of all files"))
    _write(path, _summary_heads(), [_summary(report) for report in reports])
    written = [path]
    for report in reports:
        if rows := _told(report):
            path = names.free(report.name)
            _write(path, _told_heads(), rows)
            written.append(path)
    return written


class _Names:
    """Names for reports in a folder: none twice, and none of a file that is no report."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._begins = tuple(_first_line(heads) for heads in (_summary_heads(), _told_heads()))

    def free(self, name: str) -> Path:
        """Where a report of this name goes."""
        # A file of a folder in the folder keeps its place in its name.
        stem = name.translate(_PATH_MARKS)
        for number in count(1):
            path = self._folder / (f"{stem}.csv" if number == 1 else f"{stem} ({number}).csv")
            if path.name.casefold() not in self._used and (not path.exists() or self._is_report(path)):
                break
        self._used.add(path.name.casefold())
        return path

    def _is_report(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                return file.readline(1000).startswith(self._begins)
        except OSError:
            return False


def _first_line(heads: Sequence[str]) -> bytes:
    return ",".join(heads).encode("utf-8-sig")


def _summary_heads() -> tuple[str, ...]:
    return (
        _("File"),
        _("Kind of ledger"),
        *_counts(),
        _("Why it could not be read"),
        _("What of it is not brought in"),
    )


def _told_heads() -> tuple[str, ...]:
    return (_("Row"), _("Column"), _("What stands there"), _("What is to be said"))


def _counts() -> tuple[str, ...]:
    return (_("Rows"), _("New records"), _("Changed records"), _("Unchanged rows"), _("Refused rows"))


def _summary(report: FileReport) -> list[str | float | None]:
    counts: list[float | None] = [None] * 5
    if (result := report.result) is not None:
        counts = [result.read, result.created, result.updated, result.unchanged, result.rejected]
    title = layout(report.kind).title if report.kind in KINDS else ""
    return [report.name, title, *counts, f"{report.message} {report.hint}".strip(), report.unread_words]


def _told(report: FileReport) -> list[list[str | float | None]]:
    result = report.result
    if not report.is_reached:
        return []
    unread: list[list[str | float | None]] = [[None, "", "", report.unread_words]] if report.unread else []
    if result is None:
        return [[None, "", "", f"{report.message} {report.hint}".strip()], *unread]
    told = sorted((*result.errors, *result.notes), key=lambda one: one.row)
    lines: list[list[str | float | None]] = [[one.row, one.column, one.value, one.message] for one in told]
    return lines + unread


def _write(path: Path, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    with replacing(path) as temporary:
        write_delimited(temporary, [Head(words, 20) for words in heads], rows)


def _likely_kind(office: Office, path: Path) -> str:
    """What a file seems to be; '' for what cannot be read or is not clear."""
    try:
        with Draft.open(office, path) as draft:
            return draft.kind or ""
    except DrillappError:
        return ""


def _not_reached(folder: Path, path: Path, kind: str) -> FileReport:
    words = _("Not looked at: the work was stopped before it.")
    return FileReport(str(path.relative_to(folder)), kind, message=words, is_reached=False)


def _bring(
    office: Office, folder: Path, path: Path, kind: str | None, given: Mapping[str, str], *,
    number: bool, dry_run: bool, partial: bool,
) -> FileReport:  # fmt: skip
    name = str(path.relative_to(folder))
    found = kind or ""
    unread: tuple[Region, ...] = ()
    try:
        with Draft.at_once(office, path, kind=kind) as draft:
            found, unread = draft.kind or "", draft.guess.others
            for field in [field for field in given if found and field not in draft.guess.columns]:
                draft.give(field, given[field])
            result = import_draft(office, draft, number=number, dry_run=dry_run, partial=partial)
    except DrillappError as error:
        field = error.field if isinstance(error, InvalidInput) and not error.problems else ""
        return FileReport(name, found, message=error.message, hint=error.hint, missing=field, unread=unread)
    return FileReport(name, found, result, unread=unread)
