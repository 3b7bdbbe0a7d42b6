"""In which tone each state is shown: the alert colours only for what they mean (design: Colours and type)."""

from __future__ import annotations

from drillapp.ui.parts.cells import Tones

PLANS: Tones = {
    "state": {
        "draft": "neutral",
        "approved": "blue",
        "in_force": "green",
        "assessment_due": "red",
        "retired": "neutral",
    },
    "filing_state": {"filed": "green", "due": "blue", "late": "red", "not_asked": "neutral"},
    "superior_gap": {"newer": "blue", "retired": "blue"},
}
PLAN_GAPS: Tones = {"gaps": {"not_filed": "red", "assessment_due": "red"}}
PLAN_VERSIONS: Tones = {
    "state": {
        "drafting": "neutral",
        "reviewed": "accent",
        "approved": "blue",
        "in_force": "green",
        "superseded": "neutral",
        "retired": "neutral",
    }
}
DRILLS: Tones = {
    "state": {
        "planned": "neutral",
        "overdue": "red",
        "running": "accent",
        "held": "blue",
        "reported": "green",
    }
}
DRILL_REPORTS: Tones = {
    "state": {
        "not_asked": "neutral",
        "due": "blue",
        "late": "red",
        "reported": "accent",
        "returned": "problem",
        "accepted": "green",
    }
}
INJECTS: Tones = {
    "state": {
        "waiting": "neutral",
        "reserve": "neutral",
        "blocked": "neutral",
        "due": "orange",
        "released": "blue",
        "late": "red",
        "done": "green",
        "done_late": "red",
    }
}
PROGRAMME_ITEMS: Tones = {
    "state": {
        "planned": "neutral",
        "scheduled": "blue",
        "held": "green",
        "late": "red",
        "dropped": "neutral",
    }
}
PROGRAMMES: Tones = {"state": {"draft": "neutral", "approved": "blue", "published": "green"}}
FINDINGS: Tones = {
    "state": {
        "overdue": "red",
        "open": "blue",
        "done": "neutral",
        "verified": "green",
        "accepted": "neutral",
    }
}
CARDS: Tones = {
    "state": {
        "draft": "neutral",
        "issued": "blue",
        "acknowledged": "green",
        "taken_back": "neutral",
        "retired": "neutral",
    }
}
COPIES: Tones = {
    "state": {
        "issued": "blue",
        "acknowledged": "green",
        "replaced": "neutral",
        "recalled": "neutral",
        "expired": "neutral",
        "lost": "problem",
    }
}
STALE: Tones = {"reasons": {"expired": "red"}}
STOCK: Tones = {
    "state": {
        "expired": "red",
        "due_30": "orange",
        "due_60": "yellow",
        "due_90": "yellow",
        "warned": "blue",
        "due_180": "neutral",
    }
}
UPKEEP: Tones = {"result": {"passed": "green", "repaired": "green", "failed": "problem"}}
TEAMS: Tones = {"state": {"met": "green", "not_met": "red", "no_data": "neutral"}}
TEAM_MEMBERS: Tones = {
    "state": {
        "ready": "green",
        "unknown": "neutral",
        "uninsured": "red",
        "unqualified": "red",
        "gone": "neutral",
    }
}
TEAM_AGREEMENTS: Tones = {"state": {"in_force": "green", "to_come": "neutral", "ended": "red"}}
TEAM_LAPSES: Tones = {"state": {"lapsed": "red", "due_30": "orange", "due_90": "yellow"}}
OBLIGATIONS: Tones = {"state": {"met": "green", "due": "blue", "overdue": "red"}}
FULFILMENT: Tones = {"state": {"met": "green", "short": "red"}}
POST_CARDS: Tones = {"state": {"none": "red", "not_asked": "neutral", "draft": "neutral", "issued": "green"}}
DUE: Tones = {
    "state": {
        "overdue": "red",
        "due_30": "orange",
        "due_90": "yellow",
        "later": "neutral",
        "met": "green",
        "no_data": "neutral",
    }
}
RULES: Tones = {
    "state": {"in_force": "accent", "off": "neutral", "to_come": "blue", "ended": "neutral"},
    "mark": {"V": "neutral", "V2": "neutral", "M": "problem", "C": "neutral", "L": "accent"},
}
GRADE = "accent"
"""Of every grade: a grade is none of the things that the alert colours mean."""


def tone(tones: Tones, state: str) -> str:
    """The tone of a state; neutral where none is said."""
    return tones["state"].get(state, "neutral")
