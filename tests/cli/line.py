"""Runs commands on one office, and reads what they print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from drillapp.cli import app

UNITS = """\
code,name,parent_code,kind,high_risk
S1,德胜街道,110102,street,no
C1,社区一,S1,community,no
E1,加油站,S1,enterprise,yes
"""


class Line:
    """Runs commands on one office."""

    def __init__(self, folder: Path, office: str = "") -> None:
        self.folder = folder
        self.office = office or str(folder / "office.drill")

    def run(self, *arguments: str, as_of: str = "2026-11-24") -> Result:
        return CliRunner().invoke(
            app, ["--office", self.office, "--as-of", as_of, "--lang", "en", *arguments]
        )

    def ok(self, *arguments: str, as_of: str = "2026-11-24") -> str:
        result = self.run(*arguments, as_of=as_of)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *arguments: str, as_of: str = "2026-11-24") -> Any:
        return json.loads(self.ok(*arguments, "--json", as_of=as_of))

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def bring(self, kind: str, text: str) -> Any:
        return self.json("import", kind, self.file(f"{kind}.csv", text))
