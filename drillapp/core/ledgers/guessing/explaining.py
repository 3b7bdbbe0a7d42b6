"""A guess in words: what was guessed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import column_letters
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Guess, Reason, Region

_SURE = 0.75
"""What is less certain is worth a look."""


def explain(guess: Guess) -> list[str]:
    """The guess a line each: kind, sheet, header, columns by their letters, what is left out or missing, other tables."""
    return [*_about(guess), *_columns(guess), *_gaps(guess), *unread(guess)]


def unread(guess: Guess) -> list[str]:
    """The other tables that were seen and are not read, a line each."""
    return list(map(other_words, guess.others))


def unsure(guess: Guess) -> list[str]:
    """The columns that were taken for a field with little certainty, a line each."""
    labels = {field.name: field.label for field in layout(guess.kind).field} if guess.kind else {}
    return [
        _("Column {column} is taken for {field}").format(
            column=_called(guess, reason.column), field=labels[reason.field]
        )
        + _why(reason)
        for reason in guess.because
        if reason.column is not None and reason.field in labels and reason.certainty < _SURE
    ]


def explained(guess: Guess) -> dict[str, Any]:
    """The guess for other programs: rows from 1, columns by their letters, certainties 0 to 1."""
    because = {reason.field: reason for reason in guess.because if reason.subject == "column"}
    fields = {column: field for field, column in reversed(guess.columns.items())}
    columns = sorted({*guess.headers, *guess.columns.values()})
    return {
        "kind": guess.kind,
        "kinds": dict(guess.kinds),
        "sheet": guess.sheet,
        "header": list(guess.header),
        "columns": [
            {
                "column": column_letters(column),
                "header": guess.headers.get(column, ""),
                "field": fields.get(column),
                **_grounds(because.get(fields.get(column, "-"))),
            }
            for column in columns
        ],
        "missing": list(guess.missing),
        "because": [
            {"subject": reason.subject, **_grounds(reason)}
            for reason in guess.because
            if reason.subject != "column"
        ],
        "others": list(map(other_explained, guess.others)),
    }


def other_explained(region: Region) -> dict[str, Any]:
    """Another table for other programs: its header's rows from 1."""
    return {
        "sheet": region.sheet,
        "header": list(region.header),
        "kind": region.kind,
        "words": list(region.words),
    }


def _grounds(reason: Reason | None) -> dict[str, Any]:
    return {} if reason is None else {"certainty": round(reason.certainty, 3), "why": reason.words}


def _about(guess: Guess) -> Iterator[str]:
    kind = f"{guess.kind} ({layout(guess.kind).title})" if guess.kind else _("not clear")
    yield _("Kind: {kind}").format(kind=kind) + _because(guess, "kind")
    if guess.kind is None and guess.kinds:
        likely = ", ".join(f"{kind} {_percent(certainty)}" for kind, certainty in guess.kinds[:3])
        yield "  " + _("Likeliest: {kinds}").format(kinds=likely)
    yield _("Sheet: {sheet}").format(sheet=guess.sheet) + _because(guess, "sheet")
    yield _("Header: {rows}").format(rows=_rows(guess.header)) + _because(guess, "header")


def _columns(guess: Guess) -> Iterator[str]:
    labels = {field.name: field.label for field in layout(guess.kind).field} if guess.kind else {}
    because = {reason.field: reason for reason in guess.because if reason.subject == "column"}
    doubts = {
        reason.column: reason for reason in guess.because if reason.subject == "column" and not reason.field
    }
    for column in sorted({*guess.headers, *guess.columns.values()}):
        fields = [field for field, held in guess.columns.items() if held == column]
        for field in fields:
            means = f"{field} ({labels.get(field, field)})" + _why(because.get(field))
            yield f"  {_called(guess, column)} → {means}"
        if not fields:
            yield f"  {_called(guess, column)} → " + _("not brought in") + _why(doubts.get(column))


def _gaps(guess: Guess) -> Iterator[str]:
    if guess.kind is not None and guess.missing:
        labels = {field.name: field.label for field in layout(guess.kind).field}
        missing = ", ".join(f"{name} ({labels[name]})" for name in guess.missing)
        yield _("Without a column, but required: {fields}").format(fields=missing)


def other_words(region: Region) -> str:
    """Where another table stands, its header, and what kind of ledger it looks like."""
    text = _("Another table on sheet '{sheet}', header {rows}: {words}").format(
        sheet=region.sheet, rows=_rows(region.header), words=", ".join(region.words[:8])
    )
    return f"{text} ({layout(region.kind).title})" if region.kind else text


def _called(guess: Guess, column: int) -> str:
    header = guess.headers.get(column, "")
    return f"{column_letters(column)} '{header}'" if header else column_letters(column)


def _because(guess: Guess, subject: str) -> str:
    return _why(next((reason for reason in guess.because if reason.subject == subject), None))


def _why(reason: Reason | None) -> str:
    return "" if reason is None else f"  [{_percent(reason.certainty)}: {reason.words}]"


def _rows(header: tuple[int, int]) -> str:
    first, last = header
    if first == 0:
        return _("no header")
    return (
        _("row {row}").format(row=first)
        if first == last
        else _("rows {first} to {last}").format(first=first, last=last)
    )


def _percent(certainty: float) -> str:
    return f"{certainty:.0%}"
