"""Makes the pictures in docs/pictures from the sample district: `python packaging/make_pictures.py` (a minute)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from drillapp.core.sample import open_sample, sample_location

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
TAKEN = {"home": "home", "plans-life": "plans", "cards": "cards", "readiness": "readiness"}
"""Picture of the tour, which has a number before it -> its name among the documents, which gets `-en` in English."""
REPORT_WIDTH = 760


def main() -> int:
    """Take a tour in both languages and keep what the documents show."""
    open_sample().close()
    for language, end in (("zh_CN", ""), ("en", "-en")):
        with tempfile.TemporaryDirectory() as folder:
            _tour(Path(folder), language)
            for taken, name in TAKEN.items():
                (picture,) = Path(folder).glob(f"[0-9][0-9]-{taken}.png")
                _keep_picture(picture, PICTURES / f"{name}{end}.png")
            if language == "zh_CN":
                _keep_first_page(Path(folder) / "drill.pdf", PICTURES / "drill-report.png")
    return 0


def _tour(folder: Path, language: str) -> None:
    command = [sys.executable, "-m", "drillapp", "--office", str(sample_location()), "--lang", language]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([*command, "tour", "--out", str(folder)], env=environment, check=True)


def _keep_picture(taken: Path, kept: Path) -> None:
    from PySide6.QtGui import QImage

    _save(QImage(str(taken)), kept)


def _keep_first_page(report: Path, kept: Path) -> None:
    import pypdfium2
    from PySide6.QtGui import QImage

    with pypdfium2.PdfDocument(report) as document:
        page = document[0]
        sheet = page.render(scale=REPORT_WIDTH / page.get_width(), grayscale=True)
    image = QImage(sheet.buffer, sheet.width, sheet.height, sheet.stride, QImage.Format.Format_Grayscale8)
    _save(image, kept)


def _save(image: QImage, kept: Path) -> None:
    """The colours that fill most of a picture, 256 of them, show all of it and need a third of the room."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    full = image.convertToFormat(QImage.Format.Format_RGB32)
    commonest = [colour for colour, _count in Counter(full.constBits().cast("I")).most_common(256)]
    few = full.convertToFormat(
        QImage.Format.Format_Indexed8, commonest, Qt.ImageConversionFlag.ThresholdDither
    )
    few.save(str(kept), "PNG", 0)
    print(f"{kept.name}: {kept.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
