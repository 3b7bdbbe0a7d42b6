"""OpenDocument spreadsheets (.ods), written as text."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style")
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def open_document(path: Path, *tables: str, manifest: str = "", prologue: str = "") -> Path:
    """Write an .ods file with these tables (`table`)."""
    hidden = '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        file.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {_NAMESPACES} {_CALC} office:version="1.2">'
            f"<office:automatic-styles>{hidden}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>",
        )
        file.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{_TYPE}">{manifest}</m:file-entry></m:manifest>',
        )
    return path


def table(name: str, *rows: str, columns: str = "", is_hidden: bool = False) -> str:
    """A sheet with rows (`row`)."""
    style = ' table:style-name="hidden"' if is_hidden else ""
    return f"<table:table table:name={quoteattr(name)}{style}>{columns}{''.join(rows)}</table:table>"


def row(*cells: str, attributes: str = "") -> str:
    """A row with cells (`cell` or XML)."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "") -> str:
    """A cell with a text, or none."""
    if not text:
        return f"<table:table-cell {attributes}/>"
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{escape(text)}</text:p></table:table-cell>'
