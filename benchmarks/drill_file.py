"""The whole file of a drill with 500 entries in its log as PDF, against the same strings drawn on a bare canvas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, NamedTuple

from benchmarks.district import District, remove
from benchmarks.drill_words import drill_words
from benchmarks.figure import Figure, compared
from drillapp.core.drills.commands import save_drill_log, save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry, LogEntry
from drillapp.core.drills.evaluation.forms import evaluation_form
from drillapp.core.drills.evaluation.rows import Answer, SheetEntry
from drillapp.core.drills.evaluation.sheets import add_sheet, save_answers, submit_sheet
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.papers.commands import draft_paper
from drillapp.core.drills.papers.templates import templates
from drillapp.core.drills.record.roll import PersonEntry, enrol
from drillapp.core.office import Office
from drillapp.core.reports.drill_file import DrillFile, render_drill_file
from drillapp.core.reports.drill_file_source import drill_file
from drillapp.core.reports.fonts import bundled
from drillapp.core.reports.page import Document, Paper, new_canvas
from drillapp.core.reports.text import wrap
from drillapp.core.reports.writing import Writing

_ENTRIES, _INJECTS, _PEOPLE, _FINDINGS = 500, 40, 120, 12
_NUMBER = "BENCH-FILE"
_START = datetime(2026, 5, 12, 1, tzinfo=UTC)


class _String(NamedTuple):
    font: str
    size: float
    x: float
    y: float
    text: str


class _Page(NamedTuple):
    size: tuple[float, float]
    strings: list[_String]


def figures(district: District) -> Iterator[Figure]:
    """One drill of which everything is on record, in a copy of the district."""
    copy = district.copy(f"drill-file-{district.size:g}.office")
    with copy.open("write") as office:
        _fill(office)
        file = drill_file(office, _NUMBER)
    remove(copy.path)
    pages = _strings_of(file)
    yield compared(
        f"whole file of a {_ENTRIES}-entry drill as PDF", lambda: _print(file), lambda: _draw(pages), 2
    )


def _fill(office: Office) -> None:
    words = drill_words()
    with office.read() as connection:
        code = connection.exec_driver_sql(
            "SELECT code FROM units WHERE id = ?", (office.unit_id,)
        ).scalar_one()
    entry = DrillEntry(
        number=_NUMBER, unit_code=str(code), title=words["title"], planned_on=date(2026, 5, 12),
        content="comprehensive", form="live", purpose="testing", started_at=_START,
        ended_at=_START + timedelta(hours=3), place=words["place"], leader=words["leader"], expected=_PEOPLE,
        participants=_PEOPLE,
    )  # fmt: skip
    save_drills(office, [entry])
    drill = drill_named(office, _NUMBER)
    _log(office, words)
    _script(office, drill, words)
    _enrol(office, drill, words)
    _evaluate(office, drill, words)
    _find(office, words)
    for kind in templates():
        draft_paper(office, drill, kind)


def _log(office: Office, words: dict[str, Any]) -> None:
    lines = [
        LogEntry(
            drill_number=_NUMBER, at=_START + timedelta(seconds=20 * line), text=f"{words['report']}{line}",
            who=words["logged_by"],
        )
        for line in range(_ENTRIES)
    ]  # fmt: skip
    save_drill_log(office, lines)


def _script(office: Office, drill: int, words: dict[str, Any]) -> None:
    injects = [
        InjectEntry(
            number=str(place), content=words["report"], offset_seconds=240 * place, sender=words["sender"],
            addressee=words["addressee"], expected_action=words["expected_action"], within_seconds=300,
        )
        for place in range(1, _INJECTS + 1)
    ]  # fmt: skip
    save_injects(office, drill, injects)


def _enrol(office: Office, drill: int, words: dict[str, Any]) -> None:
    people = [
        PersonEntry(
            name=words["player"].format(number=place), organisation=words["organisation"],
            phone=f"1380000{place:04d}", role="player",
        )
        for place in range(_PEOPLE)
    ]  # fmt: skip
    enrol(office, drill, people)


def _evaluate(office: Office, drill: int, words: dict[str, Any]) -> None:
    form = evaluation_form("yjt9009_live")
    for who in words["evaluators"]:
        saved = add_sheet(office, drill, SheetEntry(form=form.id, evaluator=who))
        answers = dict.fromkeys(form.items, Answer("yes"))
        saved = save_answers(office, saved.id, saved.revision, answers)
        submit_sheet(office, saved.id, saved.revision)


def _find(office: Office, words: dict[str, Any]) -> None:
    text = words["finding"].format(report=words["report"])
    findings = [
        FindingEntry(
            drill_number=_NUMBER,
            number=str(place),
            text=text,
            action=words["correction"],
            owner=words["owner"],
        )
        for place in range(1, _FINDINGS + 1)
    ]
    save_findings(office, findings)


def _print(file: DrillFile) -> None:
    """As the first time: no line that was broken in an earlier round is known."""
    wrap.cache_clear()
    render_drill_file(file, BytesIO())


def _strings_of(file: DrillFile) -> list[_Page]:
    """What is written where, page by page."""
    pages: list[_Page] = []
    put, begin = Writing.put, Document.new_page
    first = _Page((0.0, 0.0), [])
    pages.append(first)

    def kept(
        self: Writing, font: str, size: float, x: float, y: float, text: str, spacing: float = 0.0
    ) -> None:
        pages[-1].strings.append(_String(font, size, x, y, text))
        put(self, font, size, x, y, text, spacing)

    def turned(self: Document, paper: Paper | None = None) -> None:
        begin(self, paper)
        pages.append(_Page((self.paper.width, self.paper.height), []))

    Writing.put, Document.new_page = kept, turned  # type: ignore[method-assign]
    try:
        render_drill_file(file, BytesIO())
    finally:
        Writing.put, Document.new_page = put, begin  # type: ignore[method-assign]
    pages[0] = _Page(pages[1].size, first.strings)
    return pages


def _draw(pages: list[_Page]) -> None:
    canvas: Any = new_canvas("file", "office", pages[0].size, bundled())
    for page in pages:
        canvas.setPageSize(page.size)
        for string in page.strings:
            canvas.setFont(string.font, string.size)
            canvas.drawString(string.x, string.y, string.text)
        canvas.showPage()
    BytesIO().write(canvas.getpdfdata())
