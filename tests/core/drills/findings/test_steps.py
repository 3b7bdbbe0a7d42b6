"""The steps of a correction, whatever is tried, against a plain machine: state by state, nobody verifies himself."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.drills.findings.steps import Correction, Taken, after, refusal, state_on

FOUND = date(2026, 3, 2)
ALLOWED = {
    ("open", "assigned"): "open",
    ("open", "done"): "done",
    ("open", "accepted"): "accepted",
    ("done", "verified"): "verified",
    ("done", "rejected"): "open",
    ("done", "reopened"): "open",
    ("verified", "reopened"): "open",
    ("accepted", "reopened"): "open",
}
"""The whole machine: from a state by a step to a state."""


def step_on(day: int, kind: str, who: str = "Zhao", until: int = 400) -> Taken:
    at = FOUND + timedelta(days=day)
    return Taken(kind, at, who, "because", FOUND + timedelta(days=until))  # type: ignore[arg-type]


def refused_at(correction: Correction, step: Taken) -> str | None:
    refused = refusal(correction, step)
    return None if refused is None else refused[0]


steps = st.lists(
    st.tuples(
        st.integers(-1, 3),
        st.sampled_from(["assigned", "done", "verified", "rejected", "accepted", "reopened"]),
        st.sampled_from(["Wang", "Li", "Zhao"]),
    ),
    max_size=25,
)


@given(steps)
def test_a_correction_goes_as_the_machine_says(taken: list[tuple[int, str, str]]) -> None:
    correction = Correction(FOUND, owner="Wang", action="Mend the siren")
    day, taken_on, state, done_by = 0, 0, "open", ""
    for later, kind, who in taken:
        day += later
        step = step_on(day, kind, who)
        refused = refusal(correction, step)
        if day < taken_on:  # nothing happens before what happened already
            assert refused is not None
            assert refused[0] == "day"
            continue
        following = ALLOWED.get((state, kind))
        by_himself = kind == "verified" and who in (done_by, "Wang")
        assert (refused is None) == (following is not None and not by_himself)
        if refused is None and following is not None:
            correction, state, taken_on = after(correction, step), following, day
            done_by = who if kind == "done" else done_by
        assert state_on(correction, step.day) == state


def test_an_accepted_risk_is_open_again_after_its_last_day() -> None:
    correction = after(Correction(FOUND), step_on(1, "accepted", until=10))
    assert state_on(correction, FOUND + timedelta(days=10)) == "accepted"
    assert state_on(correction, FOUND + timedelta(days=11)) == "open"
    assert refused_at(Correction(FOUND), step_on(5, "accepted", until=5)) == "until"


def test_each_step_says_what_it_lacks() -> None:
    open_one = Correction(FOUND, owner="Wang")
    assert refused_at(open_one, step_on(1, "done")) == "action"
    assert refused_at(open_one._replace(action="Mend"), step_on(-1, "done")) == "day"
    done = after(open_one._replace(action="Mend"), step_on(3, "done", "Li"))
    assert refused_at(done, step_on(4, "verified", "")) == "who"
    assert refused_at(done, step_on(4, "verified", "Li")) == "who"
    assert refused_at(done, step_on(4, "verified", "Wang")) == "who"
    assert refused_at(done, step_on(4, "verified")._replace(note=" ")) == "note"
    earlier = step_on(4, "verified")._replace(drill_id=7, drill_day=FOUND + timedelta(days=2))
    assert refused_at(done, earlier) == "drill"
    assert refused_at(done, step_on(4, "rejected")._replace(note="")) == "note"


def test_opening_again_forgets_what_was_done() -> None:
    done = after(Correction(FOUND, owner="Wang", action="Mend"), step_on(3, "done", "Li"))
    verified = after(done, step_on(5, "verified"))
    assert (verified.verified_by, verified.effect) == ("Zhao", "because")
    assert refused_at(verified, step_on(4, "reopened")) == "day"
    again = after(verified, step_on(9, "reopened"))
    assert again == Correction(FOUND, owner="Wang", action="Mend", last_on=FOUND + timedelta(days=9))
