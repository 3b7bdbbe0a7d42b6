"""`python -m benchmarks [NAME ...]`: measures all figures, or some, and prints each with its floor and limit."""

from __future__ import annotations

import sys

NAMES = (
    "starting",
    "memory",
    "guessing",
    "importing",
    "exporting",
    "bulk_booking",
    "readiness",
    "obligations",
    "months",
    "coverage",
    "stock",
    "ledger_cards",
    "issuing",
    "lists",
    "wheel",
    "year_calendar",
    "heat_map",
    "programme",
    "searching",
    "fulltext",
    "printing",
    "drill_file",
    "word",
    "logging_entry",
)
UNLIMITED = float("inf")
GROWING = {
    "importing": 12.0,
    "bulk_booking": UNLIMITED,
    "readiness": 12.0,
    "coverage": UNLIMITED,
    "stock": 12.0,
    "programme": UNLIMITED,
    "lists": 12.0,
    "searching": 12.0,
    "printing": 12.0,
}
"""Those that are measured on a tenth of the district too, with the largest allowed growth.

No limit where no issue sets one: what the tenth keeps in the cache and the whole does not grows by more than its rows.
"""


def main() -> int:
    """0 when every limit is kept, 1 when one is not, 2 for a name that there is not."""
    from benchmarks.running import run

    chosen = sys.argv[1:]
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"There is no figure {' '.join(unknown)}; there are: {' '.join(NAMES)}", file=sys.stderr)
        return 2
    return run(chosen or NAMES, GROWING, write_results=not chosen)


# A ledger is read in a process that imports this module again, under another name.
if __name__ == "__main__":
    sys.exit(main())
