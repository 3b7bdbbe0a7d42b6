"""Finding a kind of ledger by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.kinds import Kind


def find_kind(name: str, kinds: Mapping[str, Kind] | None = None) -> Kind:
    """The kind of that name among those given, or else of the whole program; raises NotFound."""
    if kinds is None:
        # Brings in every room, which who only looks at a layout does not need.
        from drillapp.core.kinds import KINDS

        kinds = KINDS
    if name not in kinds:
        raise NotFound(
            _("There is no kind of ledger '{kind}'.").format(kind=name),
            _("The kinds are: {kinds}.").format(kinds=" ".join(kinds)),
        )
    return kinds[name]
