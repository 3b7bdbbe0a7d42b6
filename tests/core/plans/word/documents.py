"""Word documents for the tests, made by python-docx and by hand where it has no words for something."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drillapp.core.i18n import use_language
from drillapp.core.plans.content import Paragraph
from drillapp.core.plans.word.document import WordDocument
from drillapp.core.plans.word.reading import read_word

SENTENCE = "各有关单位应当按照职责分工做好应急准备工作。"


def picture(colour: str = "navy", size: tuple[int, int] = (40, 20)) -> bytes:
    """A small PNG."""
    from PIL import Image

    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "png")
    return target.getvalue()


def written(path: Path, lines: Iterable[str], fill: Callable[[Any], None] | None = None) -> Path:
    """A document of plain paragraphs, without any style of headings."""
    word = Document()
    for line in lines:
        word.add_paragraph(line)
    if fill:
        fill(word)
    word.save(str(path))
    return path


def add_xml(word: Any, xml: str) -> Any:
    """Put an element, written as XML, at the document's end; `{w}` stands for the declarations."""
    element = parse_xml(xml.replace("{w}", nsdecls("w", "r", "wp", "a", "pic")))
    word.element.body.insert(len(word.element.body) - 1, element)
    return element


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The file with one of its parts changed, or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def outline(document: WordDocument) -> list[tuple[int, str, str]]:
    """Level, number and title of each heading."""
    return [
        (line.level, line.number, line.block.text)
        for line in document.lines
        if line.level and isinstance(line.block, Paragraph)
    ]


def texts(document: WordDocument) -> list[str]:
    """The lines that are text."""
    return [
        line.block.text for line in document.lines if not line.level and isinstance(line.block, Paragraph)
    ]


def read_in_chinese(path: Path) -> WordDocument:
    """Read with what is told in Chinese."""
    use_language("zh_CN")
    return read_word(path)
