"""Write the sample district's ledgers to resources/samples: `python packaging/make_sample.py [FOLDER]`.

The same files come out each time. They hold invented facts in the real tree of sub-districts and communities.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sample_district.cards import card_rows
from sample_district.catalogue import agreement_rows, category_rows, item_extras, shelf_rows
from sample_district.district import District
from sample_district.drill_log import drill_log_rows
from sample_district.drills import drill_rows, make_drills
from sample_district.findings import finding_rows
from sample_district.ledger import Row, write_ledger
from sample_district.movements import movement_rows
from sample_district.people import make_people, people_rows, post_rows
from sample_district.plans import make_plans, plan_rows
from sample_district.supplies import item_rows, level_rows, storehouse_rows, storehouses
from sample_district.teams import team_rows
from sample_district.units import make_units, unit_rows
from sample_district.words import RESOURCES

_SEED = "110102"


def main(folder: Path) -> None:
    """Make the district and write one file a kind."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in sample_ledgers().items():
        write_ledger(folder, kind, rows)


def sample_ledgers() -> dict[str, list[Row]]:
    """All rows by kind, in the order in which the kinds must be imported."""
    district = District(_SEED)
    for make in (make_units, make_people, make_plans, make_drills):
        make(district)
    stores = storehouses(district)
    return {
        "units": unit_rows(district),
        "posts": post_rows(district),
        "people": people_rows(district),
        "plans": plan_rows(district),
        "drills": drill_rows(district),
        "findings": finding_rows(district),
        "drill_log": drill_log_rows(district),
        "categories": category_rows(),
        "items": [row | item_extras(str(row["code"])) for row in map(dict, item_rows())],
        "storehouses": storehouse_rows(stores) + agreement_rows(district),
        "shelves": shelf_rows(stores),
        "levels": level_rows(stores),
        "movements": movement_rows(district, stores),
        "cards": card_rows(district),
        "teams": team_rows(district),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RESOURCES / "samples")
