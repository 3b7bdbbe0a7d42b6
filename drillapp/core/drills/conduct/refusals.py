"""Why a further line cannot be, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drillapp.core import enumerations
from drillapp.core.drills.conduct.lines import LineRow
from drillapp.core.drills.conduct.timeline import Reason, Timeline
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment
from drillapp.core.saving import refuse_if_any


def refuse_contradictions(
    before: Timeline, after: Timeline, lines: Sequence[LineRow], new: Sequence[int]
) -> None:
    """Raise InvalidInput when a new line counts for nothing, or makes one that stood before do so.

    `lines` are all lines, `new` the keys of the new ones in the order in which they were handed in.
    """
    places = {key: i for i, key in enumerate(new)}
    own = sorted((places[key], key) for key in after.ignored if key in places)
    by_id = {line.id: line for line in lines}
    refuse_if_any(
        [Problem(i, "kind", by_id[key].text, sentence(after.ignored[key])) for i, key in own], partial=False
    )
    for key, reason in after.ignored.items():
        if key not in before.ignored:
            raise _would_undo(by_id[key], reason)


def _would_undo(line: LineRow, reason: Reason) -> InvalidInput:
    text = _("Then the line of {time}, {kind}, would count for nothing: {reason}")
    return InvalidInput(
        text.format(
            time=f"{local_moment(line.at):%H:%M:%S}",
            kind=enumerations.label("log_kind", line.kind),
            reason=sentence(reason),
        ),
        _("Correct or annul that line first."),
        field="at",
    )


def sentence(reason: Reason) -> str:
    """Why a line cannot be."""
    return _sentences()[reason]


def _sentences() -> Mapping[Reason, str]:
    return {
        "not_ready": _("The drill has started already."),
        "not_running": _("The drill is not running then."),
        "not_paused": _("The drill is not paused then."),
        "not_begun": _("The drill has not started by then."),
        "over": _("The drill is over by then."),
        "no_inject": _("The line names no inject."),
        "released": _("This inject has been released already."),
        "not_released": _("This inject has not been released by then."),
        "done": _("The action on this inject is done already."),
    }
