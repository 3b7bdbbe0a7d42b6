"""A small office whose papers the tests read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.clock import FixedClock
from drillapp.core.i18n import use_language
from drillapp.core.office import Office
from drillapp.core.reports import dossier_duties, readiness_source
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry
from tests.core.reports.small_office import fill


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("zh_CN")


@pytest.fixture(autouse=True)
def _short_trends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trends of three months: each month is asked for by itself."""
    monkeypatch.setattr(readiness_source, "MONTHS", 3)
    monkeypatch.setattr(dossier_duties, "_MONTHS", 3)


@pytest.fixture
def office(office_file: Path, clock: FixedClock) -> Iterator[Office]:
    """A new office in a file; the rooms' own tests ask the same of a server."""
    with Office.open(office_file, clock=clock) as opened:
        yield opened


@pytest.fixture
def filled(office: Office) -> Office:
    """A street with two communities and a filling station, a drill held and one planned."""
    fill(office)
    return office


@pytest.fixture
def carded(filled: Office) -> Office:
    save_posts(
        filled,
        [
            PostEntry(unit_code="S", name="值班长", key_post=True),
            PostEntry(unit_code="C1", name="值班员", key_post=True),
            PostEntry(unit_code="O", name="干事"),
        ],
    )
    save_cards(
        filled,
        [
            CardEntry(
                number="K-2", unit_code="C1", post="值班员", person="赵𠮷祥", hazards="积水",
                steps="接警核实\n上报街道", contacts="值班室 010-1\n火警 119", issued_on=date(2026, 1, 5),
            ),
            CardEntry(number="K-1", unit_code="S", post="值班长", title="街道值班长处置卡", steps="核实"),
            CardEntry(number="K-3", unit_code="O", post="干事", steps="报告"),
        ],
    )  # fmt: skip
    return filled


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "papers"
    folder.mkdir()
    yield folder / "paper.pdf"
    assert not list(folder.glob("*.part"))
