"""A file on its way in: corrected, checked, and then written as one import."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.undoing.commands import undo_import
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Cancelled

from .workbooks import delimited, workbook

pytestmark = pytest.mark.sqlite_only("what a draft says does not depend on where the office is kept")
HEAD = ["单位编码", "单位名称", "人数", "启用日期"]
UNITS = [HEAD, ["U1", "甲厂", "12", "2020-1-1"], ["U2", "乙厂", "约30", "2021.5.6"], ["U3", "丙厂", "7", ""]]


def draft_of(office: Office, path: Path, rows: Sequence[Sequence[str]], kind: str | None = "units") -> Draft:
    return Draft.open(office, delimited(path, rows), kind=kind)


def journal(office: Office) -> int:
    with office.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM journal")).scalar_one())


def names(office: Office) -> dict[str, str]:
    return {row.code: row.name for row in first_rows(office, KINDS["units"].listing, View(), 100)}


def test_every_row_is_shown_as_written_and_as_understood(office: Office, tmp_path: Path) -> None:
    checked = draft_of(office, tmp_path / "a.csv", UNITS).check(office)
    assert [field.name for field in checked.fields] == ["code", "name", "headcount", "valid_from"]
    good, bad, last = checked.rows(0, 9)
    assert good[:2] == (2, "new")
    assert good.written == ("U1", "甲厂", "12", "2020-1-1")
    assert good.understood == ("U1", "甲厂", "12", "2020-01-01")
    assert (bad.row, bad.state, bad.understood) == (3, "refused", ("U2", "乙厂", "", "2021-05-06"))
    assert "人数" in bad.why
    assert last.understood == ("U3", "丙厂", "7", "")
    assert checked.count == 3
    assert {state: n for state, n in checked.counts().items() if n} == {"new": 2, "refused": 1}
    assert checked.rows(0, 9, "refused") == [bad]
    assert [(error.row, error.field) for error in checked.result.errors] == [(3, "headcount")]


def test_a_check_writes_nothing(office: Office, tmp_path: Path) -> None:
    before, there = journal(office), names(office)
    checked = draft_of(office, tmp_path / "a.csv", UNITS).check(office)
    assert checked.result.dry_run
    assert (journal(office), names(office)) == (before, there)


def test_a_cell_is_corrected_in_place(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    before = draft.check(office)
    draft.set_cell(3, "headcount", "30")
    after = draft.check(office)
    assert [row.state for row in after.rows(0, 9)] == ["new", "new", "new"]
    assert after.rows(1, 2)[0].written[2] == "30"
    assert before.rows(1, 2)[0].state == "refused", "an earlier check stays what it was"
    assert draft.write(office).created == 3


def test_all_cells_in_which_the_same_stands_are_corrected_at_once(office: Office, tmp_path: Path) -> None:
    rows = [HEAD, *([f"U{n}", f"{n}厂", "不详" if n % 2 else "5", ""] for n in range(6))]
    draft = draft_of(office, tmp_path / "a.csv", rows)
    draft.set_alike("headcount", "不详", "")
    checked = draft.check(office)
    assert checked.counts()["new"] == 6
    assert [row.understood[2] for row in checked.rows(0, 9)] == ["5", "", "5", "", "5", ""]


def test_a_row_is_left_out_and_taken_in_again(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    draft.leave_out(3)
    checked = draft.check(office)
    assert [row.state for row in checked.rows(0, 9)] == ["new", "left_out", "new"]
    assert checked.result.errors == ()
    draft.leave_out(3, out=False)
    assert draft.check(office).counts()["refused"] == 1
    draft.leave_out(3)
    assert draft.write(office).created == 2
    assert names(office).keys() >= {"U1", "U3"}
    assert "U2" not in names(office)


def test_a_column_is_another_field_and_the_other_corrections_stay(office: Office, tmp_path: Path) -> None:
    rows = [["编码", "名称", "甲", "乙"], ["U1", "一厂", "北街1号", "12"], ["U2", "二厂", "南街2号", "30"]]
    draft = draft_of(office, tmp_path / "a.csv", rows)
    draft.set_cell(2, "name", "第一厂")
    draft.set_column(2, "address")
    draft.set_column(3, "headcount")
    assert {draft.guess.columns[name] for name in ("address", "headcount")} == {2, 3}
    assert draft.check(office).rows(0, 1)[0].understood == ("U1", "第一厂", "北街1号", "12")
    draft.set_column(3, "")
    checked = draft.check(office)
    assert "headcount" not in [field.name for field in checked.fields]
    assert checked.rows(0, 1)[0].understood == ("U1", "第一厂", "北街1号")


def test_the_header_is_where_the_clerk_says(office: Office, tmp_path: Path) -> None:
    rows = [["编码", "名称"], ["U0", "样例厂"], ["编码", "名称"], ["U1", "一厂"], ["U2", "二厂"]]
    draft = draft_of(office, tmp_path / "a.csv", rows)
    draft.set_header(3, 3)
    assert draft.guess.header == (3, 3)
    assert [row.understood[0] for row in draft.check(office).rows(0, 9)] == ["U1", "U2"]


def test_another_sheet_is_another_table(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS, [HEAD, ["V1", "丁厂", 3, ""]], names=["甲", "乙"])
    draft = Draft.open(office, path, kind="units")
    draft.set_sheet("甲")
    draft.leave_out(2)
    draft.set_sheet("乙")
    checked = draft.check(office)
    assert [(row.row, row.state, row.understood[0]) for row in checked.rows(0, 9)] == [(2, "new", "V1")]


def test_what_cannot_be_said_leaves_the_draft_as_it_was(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    guess = draft.guess
    with pytest.raises(InvalidInput, match="没有"):
        draft.set_sheet("no such sheet")
    with pytest.raises(InvalidInput):
        draft.give("headcount", "many")
    assert (draft.guess, draft.said.sheet, draft.said.given) == (guess, None, {})


def test_a_field_is_said_for_the_file_as_a_whole(office: Office, tmp_path: Path) -> None:
    rows = [["姓名", "电话"], ["张某", "13800000001"], ["李某", "13800000002"]]
    draft = draft_of(office, tmp_path / "a.csv", rows, "people")
    assert draft.missing == ("unit_code",)
    with pytest.raises(InvalidInput, match="单位编码"):
        draft.check(office)
    draft.give("unit_code", "110102")
    assert draft.missing == ()
    assert draft.check(office).counts()["new"] == 2
    draft.give("unit_code", "")
    assert draft.missing == ("unit_code",)


def test_what_was_said_of_one_kind_is_not_taken_for_another(office: Office, tmp_path: Path) -> None:
    rows = [["单号", "物资编码", "数量", "仓库"], ["D1", "A1", "20", "K1"]]
    draft = draft_of(office, tmp_path / "a.csv", rows, "stock")
    draft.give("kind", "入库")
    draft.set_cell(2, "quantity", "30")
    draft.number_new()
    draft.set_kind("stock")
    assert draft.said.given
    draft.set_kind("movements")
    assert (draft.said.given, draft.said.cells, draft.said.number) == ({}, {}, False)
    assert "kind" in draft.missing


def test_what_is_said_for_the_whole_file_is_shown_in_its_rows(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    draft.give("address", "东街")
    checked = draft.check(office)
    place = [field.name for field in checked.fields].index("address")
    assert [row.understood[place] for row in checked.rows(0, 9)] == ["东街"] * 3, "the refused one too"
    assert [row.written[place] for row in checked.rows(0, 9)] == ["东街"] * 3
    assert checked.given == {"address"}


def test_what_is_there_already_is_the_same_or_tells_what_changes(office: Office, tmp_path: Path) -> None:
    import_ledger(office, "units", delimited(tmp_path / "a.csv", [HEAD, ["U1", "甲厂", "12", "2020-1-1"]]))
    rows = [HEAD, ["U1", "甲厂", "12", "2020-1-1"]]
    assert draft_of(office, tmp_path / "b.csv", rows).check(office).counts()["same"] == 1
    rows[1] = ["U1", "甲厂", "15", "2020-1-1"]
    [row] = draft_of(office, tmp_path / "c.csv", rows).check(office).rows(0, 9)
    assert (row.state, row.why) == ("changed", "人数：12 → 15")


def test_what_is_much_like_another_is_shown_before_it_is_written(office: Office, tmp_path: Path) -> None:
    import_ledger(office, "units", delimited(tmp_path / "a.csv", [HEAD, ["U1", "东方化工有限公司", "", ""]]))
    rows = [
        HEAD,
        ["X1", "东方化工", "", ""],
        ["X2", "西山煤矿", "", ""],
        ["X3", "西山 煤矿（公司）", "", ""],
        ["X4", "南河电厂", "", ""],
    ]
    checked = draft_of(office, tmp_path / "b.csv", rows).check(office)
    told = {row.understood[0]: (row.state, row.why) for row in checked.rows(0, 9)}
    assert told["X1"][0] == "like"
    assert "U1" in told["X1"][1]
    assert told["X3"] == ("like", "与第 3 行很相似。")
    assert [told[code][0] for code in ("X2", "X4")] == ["new", "new"]
    assert checked.result.created == 4


def test_rows_that_say_the_same_are_one_and_told(office: Office, tmp_path: Path) -> None:
    rows = [["物资名称", "计量单位", "数量"], ["棉被", "条", "20"], ["手套", "副", "5"], ["棉被", "条", "30"]]
    draft = draft_of(office, tmp_path / "a.csv", [*rows, *[rows[1]] * 30], "items")
    draft.number_new()
    checked = draft.check(office)
    assert (checked.counts()["new"], checked.counts()["same"]) == (2, 31)
    assert all("第 2 行" in row.why for row in checked.rows(0, 99, "same"))
    told = [note for note in draft.write(office).notes if note.row > 3]
    assert (told[0].row, "第 2 行" in told[0].message) == (4, True)
    assert (len(told), "11" in told[-1].message) == (21, True)


def test_rows_that_are_no_data_are_shown_as_left_out(office: Office, tmp_path: Path) -> None:
    rows = [*UNITS[:2], ["合计", "", "12", ""], HEAD, UNITS[3], ["填表人：张某", "", "", ""]]
    checked = draft_of(office, tmp_path / "a.csv", rows).check(office)
    assert [(row.row, row.state) for row in checked.rows(0, 9)] == [
        (2, "new"), (3, "left_out"), (4, "left_out"), (5, "new"), (6, "left_out"),
    ]  # fmt: skip
    assert all(row.why for row in checked.rows(0, 9, "left_out"))


def test_a_row_that_looks_like_no_data_can_be_taken_in(office: Office, tmp_path: Path) -> None:
    rows = [HEAD, ["合计", "合计", "12", ""], ["U2", "乙厂", "", ""]]
    draft = draft_of(office, tmp_path / "a.csv", rows)
    assert draft.check(office).rows(0, 1)[0].state == "left_out"
    draft.leave_out(2, out=False)
    assert draft.check(office).rows(0, 1)[0].state == "new"
    draft.leave_out(2)
    assert draft.check(office).rows(0, 1)[0].state == "left_out"


def test_one_import_is_one_entry_and_is_undone_as_a_whole(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    draft.leave_out(3)
    draft.check(office)
    before, there = journal(office), names(office)
    result = draft.write(office)
    assert journal(office) == before + 1
    assert result.entry is not None
    undo_import(office, result.entry)
    assert names(office) == there


def test_what_somebody_wrote_after_the_check_is_seen_by_the_writing(office: Office, tmp_path: Path) -> None:
    rows = [HEAD, ["U1", "甲厂", "12", ""]]
    draft = draft_of(office, tmp_path / "a.csv", rows)
    assert draft.check(office).result.created == 1
    import_ledger(office, "units", delimited(tmp_path / "b.csv", [HEAD, ["U1", "旧厂", "9", ""]]))
    result = draft.write(office)
    assert (result.created, result.updated) == (0, 1)
    assert names(office)["U1"] == "甲厂"


def test_one_bad_row_stops_all_unless_the_good_ones_are_wanted(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    draft.check(office)
    before = journal(office)
    refused = draft.write(office)
    assert (refused.created, refused.rejected, refused.entry, journal(office)) == (0, 1, None, before)
    assert draft.write(office, partial=True).created == 2


def test_a_file_of_the_same_shape_is_understood_as_the_last_one_was(office: Office, tmp_path: Path) -> None:
    rows = [["编码", "名称", "甲", "乙"], ["U1", "一厂", "北街1号", "12"]]
    draft = draft_of(office, tmp_path / "a.csv", rows)
    draft.set_column(2, "address")
    draft.set_column(3, "")
    draft.check(office)
    draft.write(office)
    rows[1] = ["U2", "二厂", "南街2号", "30"]
    again = draft_of(office, tmp_path / "b.csv", rows, None)
    assert again.kind == "units"
    assert again.guess.columns["address"] == 2
    assert 3 not in again.guess.columns.values()


def test_a_file_is_read_once_however_often_it_is_corrected(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drillapp.core.ledgers import reading

    opened = []
    read = reading.opened
    monkeypatch.setattr(reading, "opened", lambda *a, **k: opened.append(a) or read(*a, **k))
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    draft.check(office, SILENT)
    draft.set_cell(3, "headcount", "30")
    draft.set_column(3, "valid_to")
    draft.check(office, SILENT)
    draft.write(office)
    assert len(opened) == 1


def test_a_file_that_is_read_again_is_understood_as_it_was_said(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", UNITS)
    draft.set_column(1, "address")
    draft.set_column(0, "name")
    draft.set_alike("headcount", "约30", "30")
    draft.set_cell(4, "headcount", "8")
    draft.leave_out(2)
    draft.number_new()
    same = draft.again(office)
    assert same.said == draft.said
    assert same.guess == draft.guess

    changed = [[row[1], row[0], *row[2:]] for row in UNITS]
    delimited(draft.path, [*changed, ["丁厂", "U4", "约30", ""]])
    anew = draft.again(office)
    assert anew.guess.columns == {"name": 1, "address": 0, "headcount": 2, "valid_from": 3}
    shown = anew.check(office).rows(0, 9)
    assert [row.understood[-2] for row in shown] == ["12", "30", "7", "30"]
    assert {row.state for row in shown} == {"new"}


def test_a_file_whose_header_was_put_right_is_read_by_the_new_one(office: Office, tmp_path: Path) -> None:
    units = [["编号x", *HEAD[1:], "附注"], *([*row, "略"] for row in UNITS[1:])]
    draft = draft_of(office, tmp_path / "a.csv", units)
    draft.set_column(1, "address")
    assert draft.missing == ("name",)
    delimited(draft.path, [[HEAD[0], "名称", "地址"], ["U1", "甲厂", "东街"]])
    assert draft.again(office).guess.columns == {"code": 0, "name": 1, "address": 2}

    draft.set_column(4, "")
    delimited(draft.path, [[*HEAD, "附注", "地址"], *([*row, "略", "东街"] for row in UNITS[1:])])
    anew = draft.again(office).guess
    assert (anew.columns["address"], anew.columns["code"], anew.left_out) == (1, 0, (4,))


def test_a_sheet_that_has_another_name_by_now_is_found_again(office: Office, tmp_path: Path) -> None:
    draft = Draft.open(office, workbook(tmp_path / "a.xlsx", UNITS, names=["旧"]), kind="units")
    workbook(tmp_path / "a.xlsx", [*UNITS, ["U4", "丁厂", "3", ""]], names=["新"])
    assert draft.again(office).guess.sheet == "新"


@pytest.mark.parametrize("is_gone", [False, True], ids=["changed", "gone"])
def test_a_file_that_is_no_longer_what_was_looked_at_is_refused(
    office: Office, tmp_path: Path, is_gone: bool
) -> None:
    path = tmp_path / "a.csv"
    rows = [["单位编码", "单位名称", "地址", "负责人"], ["U1", "甲厂", "东街", "张三"]]
    draft, checked = draft_of(office, path, rows), draft_of(office, path, rows)
    checked.check(office)
    digest = sha256(path.read_bytes()).hexdigest()
    if is_gone:
        path.unlink()
    else:
        delimited(path, [["单位编码", "单位名称", "负责人", "地址"], ["U1", "甲厂", "张三", "东街"]])
    with pytest.raises(Conflict):
        draft.write(office)
    assert "U1" not in names(office)
    assert checked.write(office).created == 1, "it was read before"
    with office.read() as connection:
        entries = connection.execute(text("SELECT content FROM journal ORDER BY id")).scalars().all()
    assert digest in str(entries[-1])


def test_the_writing_after_a_check_can_be_stopped(office: Office, tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            if done > 2:
                raise Cancelled

    draft = draft_of(office, tmp_path / "a.csv", [*UNITS[:2], *UNITS[3:], ["U4", "丁厂", "", ""]])
    draft.check(office)
    with pytest.raises(Cancelled):
        draft.write(office, Stop())
    assert "U1" not in names(office), "three were to be written"
    assert draft.write(office).created == 3


def test_a_kind_that_is_not_clear_is_asked_for(office: Office, tmp_path: Path) -> None:
    draft = draft_of(office, tmp_path / "a.csv", [["甲", "乙"], ["1", "2"], ["3", "4"]], None)
    assert draft.kind is None
    with pytest.raises(InvalidInput, match="哪一类台账"):
        draft.check(office)
    draft.set_kind("units")
    assert draft.kind == "units"
