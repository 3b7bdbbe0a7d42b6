"""Faults on sheets become findings."""

from __future__ import annotations

from drillapp.core.drills.commands import save_findings
from drillapp.core.drills.evaluation.proposals import findings_from, proposals
from drillapp.core.office import Office
from tests.core.drills.evaluation.filling import evaluate


def test_faults_offer_themselves_as_findings_once(office: Office, drill: int) -> None:
    evaluate(office, drill, "李", {"S2.2": "十五分钟才报告", "S4.3": "没有记录"})
    evaluate(office, drill, "王", {"S2.2": "报告迟了"})
    found = findings_from(office, drill)
    assert [(one.number, one.evaluation_item, one.severity) for one in found] == [
        ("1", "S2.2", "major"), ("2", "S4.3", "minor"),
    ]  # fmt: skip
    assert "十五分钟才报告; 报告迟了" in found[0].text
    save_findings(office, found[:1])
    left = proposals(office, drill)
    assert [(one.entry.number, one.item.item.code) for one in left] == [("2", "S4.3")]
