"""A kept question answers as if it were asked anew: lists of any small length, days and quantities as they were said."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Date, bindparam, select

from drillapp.core.database.base import AnySelect
from drillapp.core.database.few import FEW, few_rows
from drillapp.core.office import Office
from drillapp.core.supplies.model import Movement
from tests.core.supplies.ledger import book, furnish, line

_ASKED: AnySelect = (
    select(Movement.document, Movement.quantity, Movement.occurred_on, Movement.recorded_at)
    .where(
        Movement.document.in_(bindparam("documents", expanding=True)),
        Movement.occurred_on >= bindparam("since", type_=Date),
        Movement.kind == "in",
    )
    .order_by(Movement.id)
)


@pytest.mark.parametrize(
    ("documents", "since", "told"),
    [
        ([], date(2026, 1, 1), []),
        (["A"], date(2026, 1, 1), [("A", 1.5)]),
        (["A", "C", "none"], date(2026, 1, 1), [("A", 1.5), ("C", 7)]),
        (["C", "B", "A"], date(2026, 2, 2), [("B", 3), ("C", 7)]),
        ([str(number) for number in range(FEW - 1)] + ["B"], date(2026, 1, 1), [("B", 3)]),
    ],
)
def test_a_kept_question_answers_as_if_asked_anew(
    office: Office, documents: list[str], since: date, told: list[tuple[str, float]]
) -> None:
    furnish(office)
    book(
        office, line("in", 1.5, "2026-02-01", "A"), line("in", 3, "2026-02-02", "B"),
        line("in", 7, "2026-02-03", "C"), line("out", 1, "2026-02-04", "C"),
    )  # fmt: skip
    asked = {"documents": documents, "since": since}
    with office.read() as connection:
        anew = [tuple(row) for row in connection.execute(_ASKED, asked)]
        for _again in range(2):
            rows = few_rows(connection, _ASKED, **asked)
            assert [(row.document, row.quantity) for row in rows] == told
            assert [tuple(row) for row in rows] == anew
