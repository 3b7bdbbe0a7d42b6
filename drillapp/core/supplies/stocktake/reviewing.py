"""From the counter's hand to the reviewer's: handed in, sent back, approved by a second person, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.stocktake.changing import (
    begin,
    by_position,
    checked_name,
    checked_note,
    end,
    of_line,
    write_line,
)
from drillapp.core.supplies.stocktake.counting import adds_up
from drillapp.core.supplies.stocktake.explaining import signed
from drillapp.core.supplies.stocktake.judging import people, same_person, total
from drillapp.core.supplies.stocktake.reading import lines_of
from drillapp.core.supplies.stocktake.rows import Header, LineRow


def submit(office: Office, stocktake_id: int, by: str, *, uncounted: bool = False) -> Changes:
    """Hand a stocktake in for review; `by` answers for the count. `uncounted` states that lines stay not counted.

    Raises NotFound; InvalidInput naming every line that lacks its count, its recount, or reasons that add up.
    """
    by = checked_name(by)
    with office.write("submit stocktake") as work:
        header = begin(office, work, stocktake_id, "counting")
        lines = lines_of(work.connection, header, office.clock.now())
        if all(line.counted is None for line in lines):
            raise InvalidInput(_("Nothing has been counted yet."), field="counted")
        refuse_if_any(open_points(lines, uncounted=uncounted), partial=False)
        end(work, header, {"state": "submitted", "counted_by": by, "submitted_at": office.clock.now()})
        return work.changes


def open_points(lines: Sequence[LineRow], *, uncounted: bool) -> list[Problem]:
    """What stands between a stocktake and its review, line by line."""
    return [of_line(line, fault) for line in lines if (fault := _open_point(line, uncounted))]


def _open_point(line: LineRow, uncounted: bool) -> str:
    if line.state == "open":
        return "" if uncounted else _("Not counted.")
    if line.state == "again":
        return _("Must be counted again.")
    if adds_up(line):
        return ""
    if not line.reasons:
        return _("The difference {difference} has no reason.").format(difference=signed(line.difference or 0))
    return _("The reasons add up to {given}, the difference is {difference}.").format(
        given=signed(total(part.quantity for part in line.reasons)), difference=signed(line.difference or 0)
    )


def review(
    office: Office, stocktake_id: int, by: str, note: str | None = None, *, same_seat: bool = False
) -> Changes:
    """Approve a stocktake as a second person; then it can be posted.

    Raises NotFound; InvalidInput when `by` counted, when who is at the program entered counts (unless `same_seat`
    states that two people share it), and when bookings since then made a difference another one.
    """
    by, note = checked_name(by), checked_note(note)
    with office.write("review stocktake") as work:
        header = begin(office, work, stocktake_id, "submitted")
        lines = lines_of(work.connection, header, office.clock.now())
        _refuse_counter(header, lines, by)
        _refuse_seat(office, lines, same_seat)
        refuse_changed(lines)
        end(
            work,
            header,
            {
                "state": "reviewed", "reviewed_by": by, "reviewed_at": office.clock.now(), "review_note": note,
                "reviewed_login": office.actor,
            },
        )  # fmt: skip
        return work.changes


def _refuse_counter(header: Header, lines: Sequence[LineRow], by: str) -> None:
    counters = [
        header.counted_by,
        *(name for line in lines for name in (line.counted_by, line.first_counted_by)),
    ]
    if same_person(by, counters):
        raise InvalidInput(
            _("{name} counted: somebody else reviews.").format(name=by),
            _("Enter the name of a second person."),
            field="by",
        )


def _refuse_seat(office: Office, lines: Sequence[LineRow], same_seat: bool) -> None:
    if not same_seat and office.actor in {line.counted_login for line in lines}:
        raise InvalidInput(
            _("The counts were entered by the same login, {login}.").format(login=office.actor),
            _("Review it at another login, or state that a second person reviews at the same seat."),
            field="same_seat",
        )


def refuse_changed(lines: Sequence[LineRow]) -> None:
    """Raise InvalidInput for lines whose difference is not any more what their reasons explain."""
    changed = [
        of_line(line, fault)
        for line in lines
        if line.counted is not None and (fault := _open_point(line, uncounted=True))
    ]
    if changed:
        raise InvalidInput(
            changed[0].message,
            _(
                "Bookings since then have changed it: send the stocktake back, so that it is counted or explained anew."
            ),
            problems=changed,
        )


def send_back(
    office: Office, stocktake_id: int, by: str, note: str, lines: Sequence[int] | None = None
) -> Changes:
    """Send a stocktake back to be counted again, with a note why.

    `lines` are those to be counted again, by their numbers; None: all that have a difference. Those that are not counted
    are to be counted anyway. Raises NotFound; InvalidInput without a note, for lines that are not there, and when
    nothing was handed in.
    """
    by, note = checked_name(by), checked_note(note, needed=True) or ""
    with office.write("return stocktake") as work:
        header = begin(office, work, stocktake_id, "submitted", "reviewed")
        all_lines = by_position(lines_of(work.connection, header, office.clock.now()))
        chosen = _chosen(header, all_lines, lines)
        for line in chosen:
            write_line(work, line, {"again": True})
        end(
            work,
            header,
            {
                "state": "counting", "submitted_at": None, "reviewed_by": by, "reviewed_at": office.clock.now(),
                "review_note": note, "reviewed_login": office.actor,
            },
        )  # fmt: skip
        return work.changes


def _chosen(header: Header, lines: dict[int, LineRow], positions: Sequence[int] | None) -> list[LineRow]:
    if positions is None:
        return [line for line in lines.values() if line.difference]
    problems = []
    for position in positions:
        if position not in lines:
            message = _("The sheet {number} has no line {position}.").format(
                number=header.number, position=position
            )
            problems.append(Problem(position - 1, "position", str(position), message))
    refuse_if_any(problems, partial=False)
    return [lines[position] for position in dict.fromkeys(positions) if lines[position].counted is not None]


def cancel(office: Office, stocktake_id: int, reason: str) -> Changes:
    """Give a stocktake up before it is posted; nothing of it reaches the stock ledger. Raises NotFound, InvalidInput."""
    reason = checked_note(reason, "reason", needed=True) or ""
    with office.write("cancel stocktake") as work:
        header = begin(office, work, stocktake_id, "counting", "submitted", "reviewed")
        end(
            work,
            header,
            {"state": "cancelled", "cancelled_at": office.clock.now(), "cancel_reason": reason},
        )
        return work.changes


def counters_of(header: Header, lines: Sequence[LineRow]) -> list[str]:
    """Everybody who counted, each once, the one who answers for it first."""
    names = [
        header.counted_by,
        *(name for line in lines for name in (line.first_counted_by, line.counted_by)),
    ]
    found: dict[frozenset[str], str] = {}
    for name in names:
        if name:
            found.setdefault(frozenset(people(name)), name)
    return list(found.values())
