"""What goes out as a ledger comes back in without loss, and no spreadsheet program runs anything in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import use_language
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers import sheets
from drillapp.core.ledgers.delimited import protect, unprotect
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.layout import layout
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

AWKWARD = [
    "=1+1",
    "+86 10 66190600",
    "-5",
    "@SUM(A1)",
    "'=x",
    "''-y",
    "0012",
    "'普通",
    "1e5",
    'a,b;"c"',
    '=HYPERLINK("http://x")',
]


@pytest.fixture
def district(office_file: Path, clock: FixedClock) -> Iterator[Office]:
    """An office with units and drills whose texts are awkward."""
    with Office.open(office_file, clock=clock) as office:
        save_units(office, [
            UnitEntry(code="0110", name="=2+3", parent_code="110102", kind="street", sectors=("fire_safety", "transport"),
                      headcount=12, high_risk=True, valid_from=date(2020, 1, 1)),
            UnitEntry(code="110102001001", name="未知单位"),
        ])  # fmt: skip
        save_drills(office, [
            DrillEntry(number=f"YL-{i}", unit_code="0110", title=title, planned_on=date(2026, 5, 6), form="live", place=title,
                       started_at=datetime(2026, 5, 6, 1, 2, 3, 456, tzinfo=UTC), ended_at=datetime(2026, 5, 6, 3, tzinfo=UTC),
                       expected=i, third_party=bool(i % 2))
            for i, title in enumerate(AWKWARD)
        ])  # fmt: skip
        yield office


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["units", "drills"])
def test_an_exported_ledger_is_read_back_without_loss(
    district: Office, tmp_path: Path, kind: str, language: str, suffix: str
) -> None:
    use_language(language)
    try:
        count = export_ledger(district, kind, tmp_path / f"out{suffix}")
        result = import_ledger(district, kind, tmp_path / f"out{suffix}")
    finally:
        use_language("zh_CN")
    assert result.errors == ()
    assert (result.read, result.created, result.updated, result.unchanged) == (count, 0, 0, count)


def test_an_exported_ledger_fills_another_office(
    district: Office, template_file: Path, tmp_path: Path, clock: FixedClock
) -> None:
    import shutil

    for path in template_file.parent.iterdir():
        shutil.copy2(path, tmp_path / path.name)
    for kind in ("units", "drills"):
        export_ledger(district, kind, tmp_path / f"{kind}.xlsx")
    with Office.open(tmp_path / template_file.name, clock=clock) as other:
        for kind in ("units", "drills"):
            assert import_ledger(other, kind, tmp_path / f"{kind}.xlsx").errors == ()
            export_ledger(other, kind, tmp_path / f"{kind}2.csv")
            export_ledger(district, kind, tmp_path / f"{kind}1.csv")
            assert (tmp_path / f"{kind}1.csv").read_bytes() == (tmp_path / f"{kind}2.csv").read_bytes()


def test_the_workbook_has_chinese_words_real_dates_and_no_formulas(district: Office, tmp_path: Path) -> None:
    export_ledger(district, "drills", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet.title == "应急演练"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [field.headers[0] for field in layout("drills").field]
    row = dict(zip(layout("drills").names, sheet[2], strict=True))
    assert row["planned_on"].value == datetime(2026, 5, 6)  # noqa: DTZ001 - as openpyxl gives a date
    assert row["form"].value == "实战演练"
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "d"}


def test_the_text_file_opens_in_excel_and_runs_nothing(district: Office, tmp_path: Path) -> None:
    export_ledger(district, "drills", tmp_path / "out.csv")
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert len(rows) == len(AWKWARD) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\t=1",
        "\r=1",
        "\n=1",
        "\n\n@a",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "\n＝1",
        "'=1",
    ],
)
def test_what_a_spreadsheet_might_calculate_is_written_behind_an_apostrophe(text: str) -> None:
    assert protect(text) == f"'{text}"
    cells, flaws = [f"'{text}"], {}
    unprotect(cells, 0, 1, flaws)
    assert (cells, flaws) == ([text], {})


@pytest.mark.parametrize("text", ["", "a=1", "第1行\n=1", "1－2", "'a", "\na"])
def test_other_texts_are_written_as_they_are(text: str) -> None:
    assert protect(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text[:1] != "\x1e"))
def test_protection_is_taken_off_again(text: str) -> None:
    cells, flaws = [protect(text)], {}
    unprotect(cells, 0, 1, flaws)
    assert cells == [text]
    assert flaws == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(
    titles=st.lists(
        st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40),
        min_size=1,
        max_size=6,
    )
)
def test_any_title_survives_both_formats(district: Office, tmp_path: Path, titles: list[str]) -> None:
    entries = [
        DrillEntry(number=f"H-{i}", unit_code="0110", title=title, planned_on=date(2026, 5, 6))
        for i, title in enumerate(titles)
    ]
    save_drills(district, entries)
    for name in ("a.xlsx", "a.csv"):
        export_ledger(district, "drills", tmp_path / name)
        result = import_ledger(district, "drills", tmp_path / name)
        assert (result.errors, result.updated, result.created) == ((), 0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_of_each_kind_has_the_fields_of_its_ledger(kind: str) -> None:
    assert set(layout(kind).names) <= set(KINDS[kind].listing.row.__struct_fields__)


@pytest.mark.parametrize("kind", KINDS)
def test_a_ledger_without_rows_has_its_header(district: Office, tmp_path: Path, kind: str) -> None:
    export_ledger(district, kind, tmp_path / "out.csv", unit_code="110102001001")
    header = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == ",".join(field.headers[0] for field in layout(kind).field)


def test_only_a_unit_and_those_under_it(district: Office, tmp_path: Path) -> None:
    assert export_ledger(district, "units", tmp_path / "out.csv", unit_code="0110") == 1
    with pytest.raises(NotFound):
        export_ledger(district, "units", tmp_path / "out.csv", unit_code="none")


def test_another_suffix_is_refused(district: Office, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="pdf"):
        export_ledger(district, "units", tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_a_failed_export_leaves_the_old_file_and_nothing_else(
    district: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "units.csv").write_text("old", encoding="utf-8")

    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_ledger(district, "units", folder / "units.csv", progress=Stop())

    def held(_source: object, _target: object) -> None:
        raise PermissionError(13, "open in another program")

    monkeypatch.setattr(sheets.os, "replace", held)
    with pytest.raises(Unavailable, match="无法写入"):
        export_ledger(district, "units", folder / "units.csv")
    assert [path.name for path in folder.iterdir()] == ["units.csv"]
    assert (folder / "units.csv").read_text(encoding="utf-8") == "old"


def test_a_folder_that_is_not_there(district: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        export_ledger(district, "units", tmp_path / "nowhere" / "out.csv")
