"""What comes of a file, in words."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.core.ledgers.results import ImportResult


def counts_words(result: ImportResult) -> str:
    """How many rows were read, and what became of them."""
    words = _(
        "{read} rows read: {created} new, {updated} changed, {unchanged} as before, {rejected} refused."
    )
    return words.format(
        read=f"{result.read:,}",
        created=f"{result.created:,}",
        updated=f"{result.updated:,}",
        unchanged=f"{result.unchanged:,}",
        rejected=f"{result.rejected:,}",
    )


def outlook_words(result: ImportResult) -> str:
    """What is to be done before the file can be brought in; '' when it can."""
    if result.errors:
        return _("Nothing is written yet. Correct the marked cells here, or leave their rows out.")
    if result.read and not result.created + result.updated:
        return _("Everything in this file is in the ledger already; there is nothing to import.")
    return ""
