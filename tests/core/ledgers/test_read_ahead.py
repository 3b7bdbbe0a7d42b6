"""A file is read while it is guessed, looked up for and checked; nothing of that changes what comes of it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from pathlib import Path
from threading import Timer

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Cancelled
from drillapp.core.search.foreseen import Foreseen
from drillapp.core.search.queries import ids_of_kind, search
from drillapp.core.search.tokens import title_tokens

from .workbooks import delimited, workbook

pytestmark = pytest.mark.sqlite_only("how a file is read does not depend on where the office is kept")
HEAD = ["演练编号", "单位编码", "演练名称", "计划日期"]
COLUMNS = (0, 2)
TITLE = 2


def drills(count: int, title: str = "第{}次消防演练") -> list[list[str]]:
    return [HEAD, *([f"D-{i}", "U1", title.format(i), "2026-03-0" + str(i % 9 + 1)] for i in range(count))]


@pytest.fixture
def street(office: Office, tmp_path: Path) -> Office:
    rows = [["单位编码", "单位名称"], ["U1", "甲街道"]]
    import_ledger(office, "units", delimited(tmp_path / "units.csv", rows))
    return office


@pytest.fixture
def every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LARGE", 0)


def read(path: Path, title: int) -> Foreseen:
    """What is foreseen of a file's titles once all its rows are read."""
    foreseen = Foreseen()
    choice = reading.Choice(1, 1, COLUMNS, title=title)
    with reading.opened(path, lambda _glance: choice, SILENT) as opened:
        assert sum(len(block.others) for block in opened.blocks) > 0
        foreseen.expect(opened.titles)
        assert foreseen.is_awaited == (title >= 0)
        foreseen.take_in()
    return foreseen


def test_who_reads_many_titles_works_out_what_they_are_found_by(tmp_path: Path) -> None:
    rows = drills(1200)
    titles = {row[TITLE] for row in rows[1:]}
    assert read(workbook(tmp_path / "a.xlsx", rows), TITLE) == {
        title: title_tokens(title) for title in titles
    }


@pytest.mark.parametrize(("count", "title"), [(20, TITLE), (1200, -1)], ids=["few titles", "not asked for"])
def test_what_is_not_foreseen_is_worked_out_when_it_is_wanted(tmp_path: Path, count: int, title: int) -> None:
    foreseen = read(workbook(tmp_path / "a.xlsx", drills(count)), title)
    assert not foreseen
    assert foreseen["第1次消防演练"] == title_tokens("第1次消防演练")


def test_titles_are_worked_out_here_when_the_other_process_is_gone(tmp_path: Path) -> None:
    foreseen, choice = Foreseen(), reading.Choice(1, 1, COLUMNS, title=TITLE)
    path = workbook(tmp_path / "a.xlsx", drills(1200))
    with reading.opened(path, lambda _glance: choice, SILENT) as opened:
        assert len(list(opened.blocks)) == 1
        for process in multiprocessing.active_children():
            process.kill()
            process.join()
        foreseen.expect(opened.titles)
        assert foreseen["甲"] == title_tokens("甲")


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be made to pause there")
def test_titles_are_waited_for_although_the_reading_was_stopped_since(tmp_path: Path) -> None:
    class Stopped:
        is_stopped = False

        def step(self, done: int, total: int | None, text: str) -> None:
            if self.is_stopped:
                raise Cancelled

    reader, choice = Stopped(), reading.Choice(1, 1, COLUMNS, title=TITLE)
    path = workbook(tmp_path / "a.xlsx", drills(5000))
    with reading.opened(path, lambda _glance: choice, reader) as opened:
        assert len(list(opened.blocks)) == 3
        [process] = multiprocessing.active_children()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        reader.is_stopped = True
        Timer(0.5, os.kill, (process.pid, signal.SIGCONT)).start()
        assert opened.titles is not None
        assert len(opened.titles()) == 5000


@pytest.mark.usefixtures("every_file_is_large")
def test_a_large_file_is_checked_and_written_as_a_small_one_is(street: Office, tmp_path: Path) -> None:
    import_ledger(street, "drills", delimited(tmp_path / "there.csv", drills(2)))
    rows = drills(60)
    rows[1][3], rows[50][1], rows[55][3] = "2026-04-01", "U9", "昨天"
    path = workbook(tmp_path / "a.xlsx", rows)
    draft = Draft.open(street, path)
    assert draft.kind == "drills"
    checked = draft.check(street)
    assert {state: n for state, n in checked.counts().items() if n} == {
        "new": 56, "changed": 1, "same": 1, "refused": 2,
    }  # fmt: skip
    assert {row.row for row in checked.rows(0, 9, "refused")} == {51, 56}
    result = draft.write(street, partial=True)
    assert (result.created, result.updated, result.rejected) == (56, 1, 2)
    assert {row.number for row in first_rows(street, KINDS["drills"].listing, View(), 100)} == {
        f"D-{i}" for i in range(60) if i not in (49, 54)
    }


@pytest.mark.usefixtures("every_file_is_large")
def test_look_alikes_of_a_large_file_are_found(street: Office, tmp_path: Path) -> None:
    import_ledger(street, "drills", delimited(tmp_path / "there.csv", drills(2)))
    rows = drills(2, "第{}次消防应急演练")
    rows[1][0] = "E-1"
    checked = Draft.open(street, workbook(tmp_path / "a.xlsx", rows)).check(street)
    assert [row.why for row in checked.rows(0, 9, "like")] == ["与已有的 第0次消防演练（D-0）很相似。"]


@pytest.mark.usefixtures("every_file_is_large")
def test_a_large_file_whose_first_rows_are_all_wrong_is_told_of_by_its_rows(
    street: Office, tmp_path: Path
) -> None:
    rows = drills(60)
    for row in rows[1:45]:
        row[1] = "U9"
    checked = Draft.open(street, workbook(tmp_path / "a.xlsx", rows)).check(street)
    assert {state: n for state, n in checked.counts().items() if n} == {"new": 16, "refused": 44}


def test_many_titles_are_found_when_they_are_in(street: Office, tmp_path: Path) -> None:
    draft = Draft.open(street, workbook(tmp_path / "a.xlsx", drills(1100)))
    assert draft.check(street).counts()["new"] == 1100
    assert draft.write(street).created == 1100
    assert [hit.title for hit in search(street, "第1099次")] == ["第1099次消防演练"]
    with street.read() as connection:
        assert len(ids_of_kind(connection, "drills", "xfyl", 2000)) == 1100


def test_who_reads_a_file_is_gone_with_its_draft(street: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", drills(9))
    gc.collect()
    before = len(multiprocessing.active_children())

    def readers() -> int:
        return len(multiprocessing.active_children()) - before

    with Draft.open(street, path):
        assert readers() == 1
    assert readers() == 0
    draft = Draft.open(street, path)
    assert draft.check(street).counts()["new"] == 9
    assert readers() == 0, "all is read"
    draft = Draft.open(street, path)
    assert readers() == 1
    del draft
    assert readers() == 0


def test_who_takes_many_titles_apart_is_gone_when_they_are_written(street: Office, tmp_path: Path) -> None:
    draft = Draft.open(street, workbook(tmp_path / "a.xlsx", drills(1100)))
    draft.check(street)
    assert draft.is_open, "he need not be ready yet"
    draft.set_cell(2, "title", "桌面推演")
    draft.check(street)
    assert draft.is_open
    draft.write(street)
    assert not draft.is_open
    assert [hit.title for hit in search(street, "桌面推演")] == ["桌面推演"]


def test_who_reads_a_file_is_gone_when_it_cannot_be_as_it_was_said(street: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", drills(9))
    before = len(multiprocessing.active_children())
    with pytest.raises(InvalidInput) as refused:
        Draft.open(street, path, kind="drills", column_map={"无此列": "title"})
    assert "无此列" in refused.value.message
    assert len(multiprocessing.active_children()) == before


def test_nobody_is_waited_for_where_records_have_no_titles(street: Office, tmp_path: Path) -> None:
    import_ledger(street, "drills", delimited(tmp_path / "there.csv", drills(1)))
    head = ["演练编号", "时间", "内容"]
    rows = [head, *(["D-0", "2026-03-01 09:30:00", f"第{i}步"] for i in range(1100))]
    draft = Draft.open(street, workbook(tmp_path / "a.xlsx", rows), kind="drill_log")
    assert draft.check(street).counts()["new"] == 1100
    assert not draft.is_open


def test_a_closed_draft_reads_its_file_anew(street: Office, tmp_path: Path) -> None:
    draft = Draft.open(street, workbook(tmp_path / "a.xlsx", drills(9)))
    draft.close()
    assert draft.check(street).counts()["new"] == 9


def test_who_reads_waits_until_it_is_clear_what_is_wanted(street: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["U2", "乙街道"]])
    draft = Draft.open(street, path, kind="units")
    with pytest.raises(InvalidInput):
        draft.check(street)
    draft.set_column(0, "code")
    draft.set_column(1, "name")
    assert draft.check(street).counts()["new"] == 1
