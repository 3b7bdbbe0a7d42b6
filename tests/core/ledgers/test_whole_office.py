"""A whole office goes out as ledgers and comes back equal: by uid and by field."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from drillapp.core.attachments.store import keep
from drillapp.core.cards.entries import CardEntry
from drillapp.core.check import check
from drillapp.core.clock import FixedClock
from drillapp.core.database.tables import METADATA
from drillapp.core.drills.entries import DrillEntry, FindingEntry, LogEntry
from drillapp.core.errors import Conflict, Damaged, InvalidInput, NotFound
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers import tables_copy
from drillapp.core.ledgers.exporting import ledger_blocks, ledger_ids
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.uids import uids
from drillapp.core.ledgers.undoing.commands import imports, undo_import
from drillapp.core.ledgers.whole_office import export_all, import_all, refuse_used
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.progress import Cancelled
from drillapp.core.search.queries import search
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.entries import ScenarioEntry
from drillapp.core.teams.entries import MemberEntry, TeamEntry
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry

from .workbooks import delimited

NOT_CARRIED = {"journal", "ledger_imports", "remembered_figures"}
AWKWARD = (
    "=1+1",
    "＃全角ＡＢ１２",
    "两 空格",
    "第一行\n第二行",
    "'撇号",
    "\\N",
    "1e5",
    "2026-05-06",
    "长期",
    "“引号”,逗号",
    "🚒",
    "0012",
)
"""What a careless program would lose or change on the way."""


class ByChance:
    """Enters a small office by chance: what texts there are, which fields are empty, how records hang together."""

    units = ("110102", *(f"0{i}" for i in range(1, 6)))

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.chance = random.Random(seed)
        self.begun = [datetime(2026, 3, 1 + i, 1, 7 * i, 11 * i, tzinfo=UTC) for i in range(5)]
        self.enter_units()
        self.enter_drills()
        self.enter_supplies()
        self.enter_what_hangs_on_them()

    def word(self) -> str:
        return f"{self.chance.choice(AWKWARD)}{self.chance.randrange(1000)}"

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.7 else None

    def unit(self) -> str:
        return self.chance.choice(self.units)

    def day(self, back: int = 900) -> date:
        return date(2026, 11, 20) - timedelta(days=self.chance.randrange(back))

    def enter(self, kind: str, *entries: Any) -> None:
        KINDS[kind].save(self.office, list(entries))

    def enter_units(self) -> None:
        word, maybe, chance = self.word, self.maybe, self.chance
        for i, code in enumerate(self.units[1:]):
            self.enter("units", UnitEntry(
                code=code, name=word(), parent_code=chance.choice(self.units[: i + 1]), kind=chance.choice(["street", "school"]),
                sectors=tuple(chance.sample(["fire_safety", "transport"], chance.randrange(3))), address=maybe(word()),
                headcount=maybe(chance.randrange(500)), high_risk=maybe(True), valid_from=maybe(date(2020, 1, 1)),
            ))  # fmt: skip
        self.enter("posts", *(PostEntry(unit_code=code, name="值守岗") for code in self.units))
        self.enter("people", *(
            PersonEntry(unit_code=self.unit(), name=f"人{i}", phone=maybe("010-66190600"), key_person=bool(i % 2))
            for i in range(6)
        ))  # fmt: skip

    def enter_drills(self) -> None:
        word, maybe, begun = self.word, self.maybe, self.begun
        self.enter("plans", *(
            PlanEntry(number=f"P-{i}", title=word(), unit_code=self.unit(), published_on=date(2024, 9, 1 + i),
                      version=maybe("第二版"), kind=self.chance.choice(["special", "on_site"]))
            for i in range(5)
        ))  # fmt: skip
        self.enter("drills", *(
            DrillEntry(number=f"D-{i}", unit_code=self.unit(), title=word(), planned_on=date(2026, 3, 1 + i),
                       plan_number=maybe(f"P-{i}"), started_at=begun[i], ended_at=begun[i] + timedelta(hours=1),
                       expected=maybe(i), place=maybe(word()))
            for i in range(5)
        ))  # fmt: skip
        self.enter("drill_log", *(
            LogEntry(drill_number=f"D-{i % 5}", at=begun[i % 5] + timedelta(seconds=i), text=word()) for i in range(8)
        ))  # fmt: skip

    def enter_supplies(self) -> None:
        word, maybe = self.word, self.maybe
        self.enter("items", *(
            ItemEntry(code=f"W{i}", name=word(), unit_of_measure="件", shelf_life_months=maybe(24), aliases=maybe("甲\n乙"))
            for i in range(3)
        ))  # fmt: skip
        self.enter(
            "storehouses",
            *(StorehouseEntry(code=f"K{i}", name=word(), unit_code=self.unit()) for i in range(2)),
        )
        self.enter("movements", *(
            MovementEntry(document=f"RK-{i}", kind="in", storehouse=f"K{i % 2}", item_code=f"W{i % 3}",
                          quantity=self.chance.randrange(1, 9000) / 8, lot=maybe(word()), occurred_on=self.day(300),
                          recorded_at=self.begun[i % 5], expires_on=maybe(date(2027, 5, 31)))
            for i in range(6)
        ))  # fmt: skip

    def enter_what_hangs_on_them(self) -> None:
        word, maybe = self.word, self.maybe
        self.enter("cards", *(
            CardEntry(number=f"C-{i}", unit_code=self.unit(), post="值守岗", steps="一\n二", issued_on=maybe(self.day()))
            for i in range(3)
        ))  # fmt: skip
        self.enter("findings", *(
            FindingEntry(drill_number=f"D-{i}", number="1", text=word(), item_code=maybe("W1"), card_number=maybe("C-1"),
                         due_on=maybe(self.day()))
            for i in range(4)
        ))  # fmt: skip
        self.enter(
            "teams", TeamEntry(unit_code="01", name="一队", members=3), TeamEntry(unit_code="02", name="二队")
        )
        self.enter(
            "team_members", MemberEntry(unit_code="01", team="一队", name=word(), joined_on=self.day())
        )


@pytest.fixture
def source(office_file: Path, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_file, clock=clock) as office:
        ByChance(office, seed=20261126)
        yield office


def by_uid(office: Office, kind: str) -> Any:
    """All that the ledger says of the records of a kind; what is worked out has no uid."""
    ids = ledger_ids(office, KINDS[kind])
    rows = [row for block in ledger_blocks(office, KINDS[kind], layout(kind).names, ids) for row in block]
    if kind == "stock":
        return sorted(map(repr, rows))
    known = uids(office, kind, ids)
    return {known[key]: row for key, row in zip(ids, rows, strict=True)}


def tables(office: Office) -> dict[str, list[str]]:
    """All rows of all tables that go along."""
    with office.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in METADATA.sorted_tables
            if table.name not in NOT_CARRIED
        }


def without_tables(folder: Path) -> None:
    [beside] = [path for path in folder.iterdir() if path.is_dir()]
    shutil.rmtree(beside)


def test_an_office_comes_back_equal_in_every_table(
    source: Office, office_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    """From a file to a server: what is equal there is equal anywhere."""
    with source.write("attach") as work:
        keep(work.connection, b"\x89PNG a picture", "image/png")
    written = export_all(source, tmp_path / "all")
    assert {one.kind for one in written} >= {"units", "plans", "movements", "findings", "team_members"}
    with Office.open(office_url, clock=clock) as target:
        whole = import_all(target, tmp_path / "all")
        assert whole.rows > 50
        assert whole.taken == ()
        assert tables(target) == tables(source)
        assert (target.uid, target.name, target.unit_id) == (source.uid, source.name, source.unit_id)
        assert (
            [hit.title for hit in search(target, "P-1")] == [hit.title for hit in search(source, "P-1")] != []
        )
        # New records get keys and numbers behind those that came along.
        KINDS["units"].save(target, [UnitEntry(code="NEW", name="新单位", parent_code="110102")])
        assert check(target).faults == ()


def test_the_ledgers_alone_bring_back_every_record_by_uid_and_field(
    source: Office, other_office: Office, tmp_path: Path
) -> None:
    written = export_all(source, tmp_path / "all")
    without_tables(tmp_path / "all")
    whole = import_all(other_office, tmp_path / "all")
    assert whole.rows == 0
    assert len(whole.taken) == len(written)
    assert [one.without_uid for one in whole.taken] == [0] * len(written)
    for kind in KINDS:
        assert by_uid(other_office, kind) == by_uid(source, kind), kind
    assert check(other_office).faults == ()


def test_what_was_changed_in_a_ledger_is_brought_in(
    source: Office, other_office: Office, tmp_path: Path
) -> None:
    files = {one.kind: one.path for one in export_all(source, tmp_path / "all")}
    book = openpyxl.load_workbook(files["people"])
    assert book.active["B2"].value == "人0"
    book.active["D2"] = "13800000000"
    book.save(files["people"])
    whole = import_all(other_office, tmp_path / "all")
    assert [(one.ledger, one.result.updated) for one in whole.taken] == [(files["people"], 1)]
    assert first_rows(other_office, KINDS["people"].listing, View(text="人0"), 1)[0].phone == "13800000000"


def test_tables_of_another_version_are_left_and_the_ledgers_read(
    source: Office, other_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables_copy, "HEAD", "0001")
    for one in export_all(source, tmp_path / "all"):
        if one.kind != "units":
            one.path.unlink()
    monkeypatch.undo()
    whole = import_all(other_office, tmp_path / "all")
    assert (whole.rows, len(whole.taken)) == (0, 1)
    assert "02 人员.xlsx" in whole.missing
    assert "01 单位.xlsx" not in whole.missing
    assert by_uid(other_office, "units") == by_uid(source, "units")


@pytest.mark.sqlite_only("the files that are written are the same")
def test_a_stopped_export_leaves_nothing_that_passes_for_a_whole_one(office: Office, tmp_path: Path) -> None:
    class Stopping:
        def step(self, done: int, total: int | None, text: str) -> None:
            if text == "units" and list(tmp_path.rglob("01*")):
                raise Cancelled

    (tmp_path / "all").mkdir()
    with pytest.raises(Cancelled):
        export_all(office, tmp_path / "all", Stopping())
    assert list((tmp_path / "all").iterdir()) == []
    [units] = export_all(office, tmp_path / "all")
    assert units.path.is_file()


def test_tables_that_were_changed_or_lost_are_refused_and_nothing_is_written(
    source: Office, other_office: Office, tmp_path: Path
) -> None:
    export_all(source, tmp_path / "all")
    [table] = (tmp_path / "all").glob("*/people.csv")
    before = tables(other_office)
    whole = table.read_bytes()
    for content in (whole + b"1", None):
        table.unlink() if content is None else table.write_bytes(content)
        with pytest.raises(Damaged, match=r"people\.csv"):
            import_all(other_office, tmp_path / "all")
    assert tables(other_office) == before


def test_a_refused_cell_is_named(source: Office, other_office: Office, tmp_path: Path) -> None:
    files = {one.kind: one.path for one in export_all(source, tmp_path / "all")}
    without_tables(tmp_path / "all")
    book = openpyxl.load_workbook(files["units"])
    book.active["D3"] = "城堡"
    book.save(files["units"])
    with pytest.raises(InvalidInput, match=r"单位\.xlsx第 3 行“单位类型”"):
        import_all(other_office, tmp_path / "all")


def test_a_uid_that_is_none_or_stands_there_twice_is_told_and_leaves_the_office_sound(
    source: Office, other_office: Office, tmp_path: Path
) -> None:
    files = {one.kind: one.path for one in export_all(source, tmp_path / "all")}
    without_tables(tmp_path / "all")
    for kind, path in files.items():
        if kind != "units":
            path.unlink()
    book = openpyxl.load_workbook(files["units"])
    cells = [row[-1] for row in book.active.iter_rows(min_row=2)]
    cells[0].value, cells[2].value, cells[3].value = cells[1].value, "ab", "x"
    cells[4].value = kept = str(cells[4].value).upper()
    book.save(files["units"])
    [taken] = import_all(other_office, tmp_path / "all").taken
    assert (taken.result.errors, taken.without_uid) == ((), 4)
    assert kept.lower() in by_uid(other_office, "units")
    assert check(other_office).faults == ()


def test_an_office_in_which_anything_was_entered_is_in_use(office: Office, tmp_path: Path) -> None:
    refuse_used(office)
    KINDS["scenarios"].save(
        office, [ScenarioEntry(code="S1", name="内涝", unit_code="110102", people=100, hours=24)]
    )
    with pytest.raises(Conflict):
        refuse_used(office)


def test_what_would_undo_an_earlier_import_goes_when_an_office_is_filled(
    source: Office, other_office: Office, tmp_path: Path
) -> None:
    file = delimited(tmp_path / "单位.csv", [["单位编码", "单位名称"], ["U1", "甲"]])
    entry = import_ledger(other_office, "units", file).entry
    assert entry is not None
    undo_import(other_office, entry)
    export_all(source, tmp_path / "all")
    import_all(other_office, tmp_path / "all")
    assert imports(other_office) == []


def test_only_a_new_office_is_filled_and_only_an_empty_folder(source: Office, tmp_path: Path) -> None:
    export_all(source, tmp_path / "all")
    with pytest.raises(Conflict):
        export_all(source, tmp_path / "all")
    with pytest.raises(Conflict):
        import_all(source, tmp_path / "all")


def test_a_folder_without_ledgers(other_office: Office, tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotFound):
            import_all(other_office, folder)
