"""How often storehouses are counted as a whole: the rule SU-06, with the term that the office set for itself."""

from __future__ import annotations

from drillapp.core.law import rules_settled_by
from drillapp.core.office import Office
from drillapp.core.settings import RULES, setting


def interval_months(office: Office) -> int:
    """After how many months a storehouse is counted again as a whole, also where the office does not ask for it."""
    rule, *_others = rules_settled_by("stocktake_done")
    terms = setting(office, RULES, {}).get("terms", {})
    return rule.with_term(terms.get(rule.id)).months
