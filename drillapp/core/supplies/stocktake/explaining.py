"""A difference is split over the reasons it has; the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import insert

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.types import to_thousandths
from drillapp.core.enumerations import codes
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.stocktake.changing import begin, by_position, end, of_line
from drillapp.core.supplies.stocktake.counting import clear_reasons
from drillapp.core.supplies.stocktake.judging import total
from drillapp.core.supplies.stocktake.model import StocktakeReason
from drillapp.core.supplies.stocktake.reading import lines_of
from drillapp.core.supplies.stocktake.rows import LineRow, Part
from drillapp.core.work import Work


def explain(office: Office, stocktake_id: int, parts: Mapping[int, Sequence[Part]]) -> Changes:
    """Say where the differences of lines (by their numbers) come from; no parts take away what was said.

    Raises NotFound; InvalidInput naming every fault: another state than `counting`, lines that are not there or not
    counted to the end, unknown or repeated reasons, parts of 0, and parts that do not add up to the difference.
    """
    with office.write("explain differences") as work:
        header = begin(office, work, stocktake_id, "counting")
        lines = by_position(lines_of(work.connection, header, office.clock.now()))
        problems = []
        for position, given in parts.items():
            if position not in lines:
                message = _("The sheet {number} has no line {position}.").format(
                    number=header.number, position=position
                )
                problems.append(Problem(position - 1, "position", str(position), message))
            elif fault := _fault(lines[position], given):
                problems.append(of_line(lines[position], fault))
        refuse_if_any(problems, partial=False)
        changed = [position for position, given in parts.items() if _write(work, lines[position], given)]
        if not changed:
            return Changes()
        end(work, header)
        return work.changes


def signed(quantity: float) -> str:
    """A difference with its sign, as people write it."""
    return f"{quantity:+,}" if quantity else "0"


def _fault(line: LineRow, parts: Sequence[Part]) -> str:
    """Why a line's difference does not come from these parts; empty when it does."""
    if not parts:
        return ""
    if line.state != "counted" or line.difference is None:
        return _("It is not counted to the end yet.")
    reasons = [part.reason for part in parts]
    unknown = [reason for reason in reasons if reason not in codes("stocktake_reason")]
    if unknown:
        allowed = " ".join(codes("stocktake_reason"))
        return _("'{value}' is not allowed; allowed: {codes}").format(value=unknown[0], codes=allowed)
    if len(set(reasons)) < len(reasons):
        return _("A reason stands there twice.")
    for part in parts:
        if not part.quantity or abs(part.quantity - round(part.quantity, 3)) > 1e-9 * abs(part.quantity):
            return _("Each part must be more or less than 0, with at most three decimals.")
        if problem := text_problem(part.note or ""):
            return problem
    given = total(part.quantity for part in parts)
    if to_thousandths(given) != to_thousandths(line.difference):
        return _("The reasons add up to {given}, the difference is {difference}.").format(
            given=signed(given), difference=signed(line.difference)
        )
    return ""


def _write(work: Work, line: LineRow, parts: Sequence[Part]) -> bool:
    tidied = tuple(Part(part.reason, part.quantity, (part.note or "").strip() or None) for part in parts)
    if tidied == line.reasons:
        return False
    if line.reasons:
        clear_reasons(work, line)
    if tidied:
        rows = [
            {"line_id": line.id, "reason": part.reason, "quantity": part.quantity, "note": part.note}
            for part in tidied
        ]
        work.connection.execute(insert(StocktakeReason), rows)
        said = [[part.reason, part.quantity, part.note] for part in tidied]
        work.changed("stocktake_lines", line.id, {"reasons": ([], said)})
    return True
