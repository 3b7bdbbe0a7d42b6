"""What can be done about requests for mutual aid, up to the answer: drafted, requested, answered, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import next_ids
from drillapp.core.database.types import to_thousandths
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.numbering import free_aid_number
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.aid.checking import Checked, check_asking, check_text
from drillapp.core.supplies.aid.entries import Answer, Asking
from drillapp.core.supplies.aid.model import AidLine, AidRequest
from drillapp.core.supplies.aid.steps import refuse_unless
from drillapp.core.supplies.aid.stored import StoredRequest, change, lines_of, stored_request, touch
from drillapp.core.work import Work

_REQUESTS, _LINES = table_of(AidRequest), table_of(AidLine)


class Drafted(msgspec.Struct, frozen=True):
    """The requests that were drafted, in the order in which they were asked for."""

    ids: tuple[int, ...]
    numbers: tuple[str, ...]
    changes: Changes


def draft_aid(office: Office, askings: Sequence[Asking]) -> Drafted:
    """Draft requests, one for each storehouse that is asked; all of them or none.

    Raises InvalidInput (problems: index of the asking) for unknown storehouses and items, for a storehouse of the unit
    that asks, for nothing or twice the same asked for, quantities not above 0, a day of need that has passed.
    """
    with office.write("draft aid requests") as work:
        checked = [check_asking(work.connection, asking, office.as_of, i) for i, asking in enumerate(askings)]
        refuse_if_any([problem for each in checked for problem in each.problems], partial=False)
        if not checked:
            raise InvalidInput(_("Nothing is asked for."), _("Choose who is to be asked for what."))
        made = [_insert(office, work, one) for one in checked]
        return Drafted(
            tuple(key for key, _number in made), tuple(number for _key, number in made), work.changes
        )


def change_aid(office: Office, request_id: int, asking: Asking) -> Changes:
    """Change a request that is still a draft; raises what `draft_aid` raises, and InvalidInput for one that is not."""
    with office.write("change aid request") as work:
        request = stored_request(work.connection, request_id)
        refuse_unless("change", request.number, request.state)
        checked = check_asking(work.connection, asking, office.as_of, 0)
        refuse_if_any(checked.problems, partial=False)
        change(work, request, checked.values)
        _write_lines(work, request_id, checked)
        touch(work, request_id)
        return work.changes


def request_aid(office: Office, request_ids: Sequence[int], day: date) -> Changes:
    """Say that the letters went out on a day; raises InvalidInput for requests that are no drafts any more."""
    with office.write("send out aid requests") as work:
        for request_id in request_ids:
            request = stored_request(work.connection, request_id)
            refuse_unless("request", request.number, request.state)
            if request.needed_by is not None and request.needed_by < day:
                raise InvalidInput(
                    _("Request {number} is needed by {day}, which has passed.").format(
                        number=request.number, day=request.needed_by
                    ),
                    _("Change the day in the draft first."),
                    field="needed_by",
                )
            change(work, request, {"state": "requested", "requested_on": day})
        return work.changes


def answer_aid(office: Office, request_id: int, answer: Answer) -> Changes:
    """Note what the other unit agreed to: all, a part, or nothing, which is a refusal and needs a note why.

    Raises InvalidInput for more than was asked for, items that were not, a day before the request, nobody's name.
    """
    with office.write("answer aid request") as work:
        request = stored_request(work.connection, request_id)
        refuse_unless("answer", request.number, request.state)
        lines = lines_of(work.connection, request_id)
        asked = {line.item: line.quantity for line in lines}
        agreed = dict(asked if answer.agreed is None else answer.agreed)
        problems = [*_wrong_quantities(asked, agreed), *_wrong_answer(request, answer, agreed)]
        refuse_if_any(problems, partial=False)
        for line in lines:
            given = agreed.get(line.item, 0)
            work.connection.execute(
                _LINES.update()
                .where(_LINES.c.id == line.id)
                .values(agreed=given, revision=_LINES.c.revision + 1)
            )
            work.changed("aid_lines", line.id, {"agreed": (line.agreed, given)})
        state = "agreed" if any(agreed.values()) else "declined"
        values = {
            "answered_on": answer.day,
            "answered_by": answer.by.strip(),
            "note": answer.note.strip() or None,
        }
        change(work, request, {"state": state, **values})
        return work.changes


def cancel_aid(office: Office, request_id: int, note: str) -> Changes:
    """Take a request back that nothing was sent for; raises InvalidInput without a word why."""
    with office.write("cancel aid request") as work:
        request = stored_request(work.connection, request_id)
        refuse_unless("cancel", request.number, request.state)
        refuse_if_any(check_text("note", note, needed=True), partial=False)
        change(work, request, {"state": "cancelled", "note": note.strip()})
        return work.changes


def _insert(office: Office, work: Work, checked: Checked) -> tuple[int, str]:
    number = free_aid_number(work.connection, checked.asker_code, office.as_of)
    key = next_ids(work.connection, _REQUESTS, 1)[0]
    values: dict[str, Any] = {
        "number": number,
        "requested_on": office.as_of,
        "state": "drafted",
        **checked.values,
    }
    work.connection.execute(
        insert(_REQUESTS).values(id=key, uid=new_uid(), owner_id=work.office_id, revision=1, **values)
    )
    work.changed(
        "aid_requests", key, {name: (None, value) for name, value in values.items() if value is not None}
    )
    touch(work, key)
    _write_lines(work, key, checked)
    return key, number


def _write_lines(work: Work, request_id: int, checked: Checked) -> None:
    """Let a request ask for just this, in this order; what it asked for before and does not now is told the journal."""
    columns = (_LINES.c.id, _LINES.c.item_id, _LINES.c.position, _LINES.c.quantity)
    stored = work.connection.execute(select(*columns).where(_LINES.c.request_id == request_id))
    before = {row.item_id: row for row in stored}
    for position, (item_id, quantity) in enumerate(checked.items, 1):
        values = {"position": position, "quantity": quantity}
        row = before.pop(item_id, None)
        if row is None:
            _insert_line(work, {"request_id": request_id, "item_id": item_id, **values})
            continue
        changed = {
            name: (row._mapping[name], new) for name, new in values.items() if row._mapping[name] != new
        }
        if changed:
            new = {name: value for name, (_old, value) in changed.items()}
            statement = _LINES.update().where(_LINES.c.id == row.id)
            work.connection.execute(statement.values(**new, revision=_LINES.c.revision + 1))
            work.changed("aid_lines", row.id, changed)
    for row in before.values():
        work.connection.execute(delete(_LINES).where(_LINES.c.id == row.id))
        work.changed(
            "aid_lines", row.id, {name: (row._mapping[name], None) for name in ("item_id", "quantity")}
        )


def _insert_line(work: Work, values: dict[str, Any]) -> None:
    key = next_ids(work.connection, _LINES, 1)[0]
    work.connection.execute(
        insert(_LINES).values(id=key, uid=new_uid(), owner_id=work.office_id, revision=1, **values)
    )
    work.changed("aid_lines", key, {name: (None, value) for name, value in values.items()})


def _wrong_quantities(asked: dict[str, float], agreed: dict[str, float]) -> list[Problem]:
    problems: list[Problem] = []
    for item, quantity in agreed.items():
        if item not in asked:
            message = _("'{item}' was not asked for.").format(item=item)
        elif not 0 <= to_thousandths(quantity) <= to_thousandths(asked[item]):
            message = _("Of {item} from 0 to {asked} can be agreed.").format(item=item, asked=asked[item])
        else:
            continue
        problems.append(Problem(0, "agreed", str(quantity), message))
    return problems


def _wrong_answer(request: StoredRequest, answer: Answer, agreed: dict[str, float]) -> list[Problem]:
    problems = check_text("by", answer.by, needed=True)
    problems += check_text("note", answer.note, needed=not any(agreed.values()))
    if answer.day < request.requested_on:
        message = _("Lies before the request of {day}.").format(day=request.requested_on)
        problems.append(Problem(0, "day", str(answer.day), message))
    return problems
