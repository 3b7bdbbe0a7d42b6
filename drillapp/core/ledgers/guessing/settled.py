"""Whether a guess may be followed with nobody looking at it."""

from __future__ import annotations

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.guessing.said import listed
from drillapp.core.ledgers.layout import layout, plain_word
from drillapp.core.ledgers.shapes import Guess

_AS_LIKELY = 0.02
"""Kinds that are no further apart are equally likely."""
_SAID = 0.96
"""What is as certain was said, now or for the last file of this shape."""


def settle(guess: Guess, hint: str = "") -> str:
    """The kind of a guess that is complete and in one way only; raises InvalidInput saying what is open.

    `hint` says what is to be done about missing columns, where nobody can say them.
    """
    kind = _kind_of(guess)
    _refuse_twice(guess)
    if guess.missing:
        labels = {field.name: field.label for field in layout(kind).field}
        raise InvalidInput(
            _(
                "No header row with all required columns was found. Missing: {missing}. Seen: {headers}."
            ).format(
                missing=", ".join(labels[name] for name in guess.missing),
                headers=listed(guess.headers) or _("nothing"),
            ),
            hint
            or _(
                "Say which column holds it, or what it is for the whole file; or it is another ledger's file."
            ),
            field=guess.missing[0],
        )
    return kind


def _kind_of(guess: Guess) -> str:
    said = any(reason.subject == "kind" and reason.certainty > _SAID for reason in guess.because)
    rivals = [kind for kind, certainty in guess.kinds if certainty >= guess.kinds[0][1] - _AS_LIKELY]
    if guess.kind is not None and (said or len(rivals) < 2):
        return guess.kind
    likely = rivals if guess.kind is not None else [kind for kind, _certainty in guess.kinds[:3]]
    raise InvalidInput(
        _("What kind of ledger this is, is not clear. Columns: {headers}.").format(
            headers=listed(guess.headers) or _("nothing")
        ),
        _("Say the kind; the likeliest are: {kinds}.").format(
            kinds=", ".join(f"{layout(kind).title} ({kind})" for kind in likely)
        ),
    )


def _refuse_twice(guess: Guess) -> None:
    """Two columns of the same name of which one is taken: the other's cells would be lost unseen."""
    said = {reason.column for reason in guess.because if reason.certainty > _SAID}
    free = [column for column in guess.headers if column not in {*guess.columns.values(), *guess.left_out}]
    names = {plain_word(guess.headers[column]) for column in free}
    for field, column in guess.columns.items():
        header = guess.headers.get(column, "")
        if header and plain_word(header) in names and column not in said:
            raise InvalidInput(
                _("The column '{header}' is there twice.").format(header=header),
                _("Keep one of them, or give the other a different header."),
                field=field,
            )
