"""The printed readiness report of a unit, shown before it is printed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.readiness.queries import UnitReadiness
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session


def preview_report(session: Session, unit: UnitReadiness, parent: QWidget) -> None:
    """Make the report beside the window, then show its pages."""
    title = _("{unit}: readiness report").format(unit=unit.unit_name)

    def show(content: bytes) -> None:
        PdfPreview(session, content, title, f"{title}.pdf", parent).open()

    session.tasks.run_read(
        lambda office, progress: _report(office, unit.unit, progress), show, owner=parent, title=_("Writing the report")
    )


def _report(office: Any, unit_code: str, progress: Any) -> bytes:
    from drillapp.core.reports.registry import write_report  # brings the report kit

    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        write_report(office, "readiness", path, unit_code=unit_code, progress=progress)
        return path.read_bytes()
