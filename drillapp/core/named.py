"""Names that stand where a code is asked for: people know units, plans and goods by their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.batch import Batch

_NAME = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2,}\s+[A-Za-z]")


def is_name(text: str) -> bool:
    """Whether a text is plainly a name, not a code: Chinese words, or several others, without a digit."""
    return _NAME.search(text) is not None and not any(map(str.isdigit, text))


def write_codes(batch: Batch, field: str, called: Mapping[str, Collection[str]]) -> None:
    """Put codes in the place of names in a batch's field; `called` are the codes of all that are called so.

    A name that several have is refused with their codes, one that nobody has stays as it is.
    """
    refuse_several(batch, field, called)
    single = {name: next(iter(codes)) for name, codes in called.items() if len(codes) == 1}
    if single:
        batch.given[field] = [
            single.get(value, value) if isinstance(value, str) else value for value in batch.given[field]
        ]


def refuse_several(batch: Batch, field: str, called: Mapping[str, Collection[str]]) -> None:
    """Refuse the names in a batch's field that several have, with their codes."""
    several = {name: codes for name, codes in called.items() if len(codes) > 1}
    if not several:
        return
    for i, value in enumerate(batch.given[field]):
        if isinstance(value, str) and value in several:
            told = _("Several are called '{value}': write the code, one of {codes}.")
            codes = ", ".join(sorted(several[value])[:10])
            batch.refuse(i, field, told.format(value=value, codes=codes))
