"""What is written in a plan as a text on the screen, and back: paragraphs, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import shiboken6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit

from drillapp.core.plans.content import Block, Grid, Paragraph, Picture, Section
from drillapp.ui import theme
from drillapp.ui.theme import BODY, GRID, HEADING

_PIXELS_A_MM = 96 / 25.4
_OBJECT, _LINE = "\ufffc", "\u2028"
_HEADS = QTextFormat.Property.UserProperty.value + 1
_WIDTH = QTextFormat.Property.UserProperty.value + 2
_WIDEST = 420
"""Pixels that a picture may take."""
Pictures = Mapping[str, bytes]


def write_sections(document: QTextDocument, sections: Iterable[Section], pictures: Pictures) -> list[int]:
    """Fill an empty document with sections under their titles; returns where each begins."""
    cursor, places = QTextCursor(document), []
    for section in sections:
        places.append(_heading(cursor, section))
        write_blocks(cursor, section.blocks, pictures)
    return places


def write_blocks(cursor: QTextCursor, blocks: Sequence[Block], pictures: Pictures) -> None:
    """Put paragraphs, tables and pictures at the end of a document."""
    for block in blocks:
        match block:
            case Paragraph(text):
                _begin(cursor, _paragraph_format(), char_format())
                cursor.insertText(text.replace("\n", _LINE))
            case Grid():
                _write_grid(cursor, block)
            case Picture():
                _write_picture(cursor, block, pictures)


def read_blocks(document: QTextDocument) -> tuple[Block, ...]:
    """What stands in a document; empty lines say nothing."""
    return tuple(_read(document))


def insert_grid(cursor: QTextCursor, grid: Grid) -> QTextTable:
    """Put a table where the cursor stands."""
    look = QTextTableFormat()
    look.setBorder(1)
    look.setBorderBrush(theme.colour("border_strong"))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(6)
    look.setCellSpacing(0)
    look.setTopMargin(GRID // 2)
    look.setBottomMargin(GRID)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setHeaderRowCount(grid.heads)
    look.setProperty(_HEADS, grid.heads)
    columns = max((len(row) for row in grid.rows), default=1)
    table = cursor.insertTable(max(len(grid.rows), 1), max(columns, 1), look)
    for line, cells in enumerate(grid.rows):
        for column, text in enumerate(cells):
            _write_cell(table, line, column, text, line < grid.heads)
    return table


def replace_document(edit: QTextEdit, document: QTextDocument) -> None:
    """Show another document; the one before goes, unless it was the editor's own, which is gone then already."""
    before = edit.document()
    edit.setDocument(document)
    if shiboken6.isValid(before):
        before.deleteLater()


def _write_cell(table: QTextTable, line: int, column: int, text: str, is_head: bool) -> None:
    cell = table.cellAt(line, column)
    look = char_format(weight=QFont.Weight.DemiBold if is_head else QFont.Weight.Normal)
    if is_head:
        ground = cell.format()
        ground.setBackground(theme.colour("sunken"))
        cell.setFormat(ground)
    cell.firstCursorPosition().insertText(text.replace("\n", _LINE), look)


def _write_grid(cursor: QTextCursor, grid: Grid) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    insert_grid(cursor, grid)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def insert_picture(cursor: QTextCursor, picture: Picture, content: bytes | None) -> None:
    """Put a picture where the cursor stands, its caption below."""
    image = QImage.fromData(content or b"")
    document = cursor.document()
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.digest), image)
    look = QTextImageFormat()
    look.setName(picture.digest)
    wanted = picture.width_mm * _PIXELS_A_MM or image.width() or 120
    width = min(wanted, _WIDEST)
    look.setWidth(width)
    if not image.isNull():
        look.setHeight(width * image.height() / max(image.width(), 1))
    look.setProperty(_WIDTH, picture.width_mm)
    cursor.insertImage(look)
    if picture.caption:
        cursor.insertText(_LINE + picture.caption, char_format(ink="muted"))


def _write_picture(cursor: QTextCursor, picture: Picture, pictures: Pictures) -> None:
    centred = _paragraph_format()
    centred.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    _begin(cursor, centred, char_format())
    insert_picture(cursor, picture, pictures.get(picture.digest))


def _heading(cursor: QTextCursor, section: Section) -> int:
    look = QTextBlockFormat()
    look.setTopMargin(2 * GRID if section.level == 1 else 1.5 * GRID)
    look.setBottomMargin(GRID // 2)
    look.setHeadingLevel(min(section.level, 6))
    size = HEADING if section.level == 1 else BODY + 1 if section.level == 2 else BODY
    _begin(cursor, look, char_format(size, QFont.Weight.DemiBold))
    cursor.insertText(f"{section.number}\u2002{section.title}" if section.number else section.title)
    return cursor.block().blockNumber()


def _begin(cursor: QTextCursor, block: QTextBlockFormat, text: QTextCharFormat) -> None:
    """A new paragraph at the end; an empty last one is taken."""
    cursor.movePosition(QTextCursor.MoveOperation.End)
    if cursor.block().text():
        cursor.insertBlock(block, text)
    else:
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(text)
    cursor.setCharFormat(text)


def _paragraph_format() -> QTextBlockFormat:
    look = QTextBlockFormat()
    look.setBottomMargin(GRID * 0.75)
    look.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return look


def char_format(
    size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal, ink: str = "text"
) -> QTextCharFormat:
    """How characters look."""
    look = QTextCharFormat()
    look.setFont(theme.ui_font(size, weight))
    look.setForeground(theme.colour(ink))
    return look


def _read(document: QTextDocument) -> Iterator[Block]:
    block = document.begin()
    while block.isValid():
        table = cast("QTextTable | None", QTextCursor(block).currentTable())  # none outside of tables
        if table is not None:
            yield _read_grid(table)
            block = document.findBlock(table.lastPosition()).next()
            continue
        yield from _read_block(block)
        block = block.next()


def _read_grid(table: QTextTable) -> Grid:
    heads = table.format().property(_HEADS)
    rows = tuple(
        tuple(_cell_text(table, line, column) for column in range(table.columns()))
        for line in range(table.rows())
    )
    return Grid(rows, int(heads or 0))


def _cell_text(table: QTextTable, line: int, column: int) -> str:
    cell = table.cellAt(line, column)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n").replace(_LINE, "\n").strip()


def _read_block(block: QTextBlock) -> Iterator[Block]:
    text = block.text()
    if _OBJECT in text:
        image = next(look for look in _images(block))
        caption = text.replace(_OBJECT, "").replace(_LINE, " ").strip()
        yield Picture(image.name(), float(image.property(_WIDTH) or 0), caption)
    elif words := text.replace(_LINE, "\n").strip():
        yield Paragraph(words)


def _images(block: QTextBlock) -> Iterator[QTextImageFormat]:
    for look in block.textFormats():
        if look.format.isImageFormat():
            yield look.format.toImageFormat()
