"""What a stock document of each kind asks for."""

from __future__ import annotations

from typing import NamedTuple


class DocumentKind(NamedTuple):
    """A kind of movement as a form."""

    causes: tuple[str, ...]
    """Codes of movement_cause that fit."""
    fields: frozenset[str] = frozenset()
    """Fields of the head besides those that all kinds have."""
    required: frozenset[str] = frozenset()
    effect: int = -1
    """What a line does to what is there: adds (1), takes (-1), or says what was found (0)."""
    proposes: bool = False
    """Whether the lots that expire first are proposed."""
    issues: bool = False
    """Whether only what may be issued is taken: neither expired goods nor what is in quarantine."""
    dated: bool = False
    """Whether a line may say the dates of a lot that is not there yet."""


_PERSON = frozenset({"counterparty"})
KINDS_OF_DOCUMENT: dict[str, DocumentKind] = {
    "in": DocumentKind(
        ("purchase", "donation", "allocation", "return", "aid", "opening", "other"),
        frozenset({"counterparty", "reference"}), effect=1, dated=True,
    ),
    "out": DocumentKind(
        ("issue", "drill", "event", "aid", "rotation", "other"), frozenset({"counterparty", "reference"}),
        proposes=True, issues=True,
    ),
    "transfer": DocumentKind(
        ("allocation", "rotation", "aid", "other"), frozenset({"to_storehouse", "reference"}),
        frozenset({"to_storehouse"}), proposes=True,
    ),
    "send": DocumentKind(
        ("allocation", "aid", "event", "rotation", "other"), frozenset({"to_storehouse", "reference"}),
        frozenset({"to_storehouse"}), proposes=True,
    ),
    "lend": DocumentKind(
        ("drill", "event", "aid", "other"), frozenset({"counterparty", "due_on", "reference"}), _PERSON,
        proposes=True, issues=True,
    ),
    "scrap": DocumentKind(
        ("expired", "damaged", "lost", "other"), frozenset({"approved_by"}), frozenset({"approved_by"})
    ),
    "count": DocumentKind(("opening", "stocktake", "correction", "other"), effect=0, dated=True),
}  # fmt: skip
"""Returns and receipts of consignments begin with what is open (answer_dialog)."""
ANSWERS = {"return": "loans", "receive": "consignments"}
"""Kinds that begin with a list of what is open, by the kind of that list."""
