"""The sample district: an office filled from the ledger files that come with the program, by its own import."""

from __future__ import annotations

from pathlib import Path

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.resources import resource_path
from drillapp.core.sample_aid import fill_aid
from drillapp.core.sample_drill_texts import drill_texts
from drillapp.core.sample_drills import fill_drills
from drillapp.core.sample_ledger import fill_ledger
from drillapp.core.sample_plans import fill_plans
from drillapp.core.sample_programme import draw_up_programme
from drillapp.core.sample_shelves import fill_shelves
from drillapp.core.sample_stocktakes import fill_stocktakes
from drillapp.core.sample_supplies import fill_supplies
from drillapp.core.sample_teams import fill_teams

CODE = "110102"
LEVEL = "district"


def sample_name() -> str:
    """What the sample office is called."""
    return _("Xicheng District (sample)")


def sample_location() -> Path:
    """Where the sample office of this user is."""
    from platformdirs import user_data_path

    return user_data_path("drillapp", appauthor=False) / "sample" / "sample.drill"


def fill(office: Office, progress: Progress = SILENT) -> None:
    """Import all ledgers of the sample district into an empty office; write plans, a programme and whole drills."""
    texts = drill_texts()
    for done, kind in enumerate(KINDS):
        if kind == "drills":
            draw_up_programme(office, texts)
        path = resource_path(f"samples/{kind}.csv")
        if path.exists():
            progress.step(done, len(KINDS), path.name)
            import_ledger(office, kind, path)
    fill_plans(office)
    fill_drills(office, texts)
    fill_supplies(office)
    fill_ledger(office)
    fill_shelves(office)
    fill_aid(office)
    fill_stocktakes(office)
    fill_teams(office)


def open_sample(progress: Progress = SILENT) -> Office:
    """The sample office, made when it is not there yet; one left half-filled is made anew."""
    location = sample_location()
    if location.exists():
        return Office.open(location, mode="auto")
    unfinished = location.with_name("unfinished") / location.name
    for leftover in unfinished.parent.glob("*"):
        leftover.unlink()
    with Office.create(unfinished, name=sample_name(), level=LEVEL, code=CODE) as office:
        fill(office, progress)
    for file in unfinished.parent.iterdir():
        file.rename(location.with_name(file.name))
    unfinished.parent.rmdir()
    return Office.open(location)
