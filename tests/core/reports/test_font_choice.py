"""The settings say which fonts are used, and which of the prescribed ones the machine has."""

from __future__ import annotations

from pathlib import Path

from drillapp.core.reports.font_choice import font_uses


def test_a_prescribed_font_of_the_machine_is_named(tmp_path: Path) -> None:
    (tmp_path / "SIMFANG.TTF").write_bytes(b"")
    uses = {use.role: use for use in font_uses([tmp_path])}
    assert uses["body"].bundled == "DrillappFang-Regular.ttf"
    assert uses["body"].installed == "SIMFANG.TTF"
    assert uses["title"].installed == ""
