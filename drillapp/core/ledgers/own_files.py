"""Ledger files that this program wrote itself: what stands in them is meant just so."""

from __future__ import annotations

from functools import cache

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Glance

_UID = "uid"
"""The head of a column that a whole office's files have besides."""


def is_own(glance: Glance, header: int) -> bool:
    """Whether a sheet's first row, which is its header, has all official heads of a kind in their order."""
    if header != 1 or not glance.rows:
        return False
    heads = [str(cell) for cell in glance.rows[0] if cell not in ("", _UID)]
    return tuple(heads) in _official_heads()


@cache
def _official_heads() -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(field.headers[language] for field in layout(kind).field)
        for kind in KINDS
        for language in (0, 1)
    )
