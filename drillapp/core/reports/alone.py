"""A paper that also stands in a drill's whole file, printed as a document of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from drillapp.core.progress import Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles
from drillapp.core.reports.page import FORM_SHEET, Document, Paper, Rendered


class Titled(Protocol):
    """What every paper says of itself."""

    @property
    def title(self) -> str: ...
    @property
    def office(self) -> str: ...


Data = TypeVar("Data", bound=Titled)


def render_alone(
    add: Callable[[Document, Data, Styles], None],
    data: Data,
    target: str | Path | BinaryIO,
    progress: Progress,
    fonts: Fonts | None,
    *,
    paper: Paper = FORM_SHEET,
    numbering: str = "of",
) -> Rendered:
    """Write what `add` sets on the pages; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        data.title, author=data.office, fonts=fonts, paper=paper, numbering=numbering, progress=progress
    )
    add(document, data, Styles(fonts))
    return document.close(target)
