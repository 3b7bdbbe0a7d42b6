"""Paragraphs, tables and content controls as Word stores them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from drillapp.core.plans.word.raw import OWN_TAG

TEXT_WIDTH = 8844
"""156 mm between the margins, in twentieths of a point."""
_EMU_PER_MM = 36_000
# What XML cannot hold at all.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def paragraph(style: str, *runs: str, more: str = "") -> str:
    """A paragraph; `more` are further properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(runs)}</w:p>'


def run(text: str, style: str = "") -> str:
    """Text; tabs and line ends become Word's own."""
    clean = _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not clean:
        return ""
    about = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = []
    for piece in re.split("([\t\n])", clean):
        if piece in "\t\n":
            pieces.append({"\t": "<w:tab/>", "\n": "<w:br/>", "": ""}[piece])
        else:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{about}{''.join(pieces)}</w:r>"


def field(instruction: str, shown: str = "") -> str:
    """A field that Word computes."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(rows: Sequence[Sequence[str]], heads: int, shares: Sequence[float]) -> str:
    """A ruled table; the first `heads` rows come again on every page."""
    whole = sum(shares) or 1
    widths = [round(TEXT_WIDTH * share / whole) for share in shares]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = "".join(_row(row, widths, is_head=place < heads) for place, row in enumerate(rows))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>'
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, is_head: bool) -> str:
    # Said of every row, so that nobody must guess whether the first one is a head.
    about = f'<w:trPr><w:cantSplit/><w:tblHeader w:val="{int(is_head)}"/></w:trPr>'
    style = "PlanHead" if is_head else "PlanCell"
    return f"<w:tr>{about}{''.join(_cell(text, width, style) for text, width in zip(cells, widths, strict=True))}</w:tr>"


def _cell(text: str, width: int, style: str) -> str:
    lines = "".join(paragraph(style, run(line)) for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'
    )


def control(name: str, title: str, *content: str) -> str:
    """A content control of this program's, by whose name its content is known again."""
    return _control(f'<w:alias w:val={quoteattr(title)}/><w:tag w:val="{OWN_TAG}{name}"/>', content)


def contents_control(*content: str) -> str:
    """What Word knows as an automatic table of contents."""
    gallery = '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    return _control(f"<w:docPartObj>{gallery}</w:docPartObj>", content)


def _control(about: str, content: Iterable[str]) -> str:
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def picture(relation: str, number: int, width_mm: float, height_mm: float) -> str:
    """A picture that stands in the line, for a run."""
    size = f'cx="{round(width_mm * _EMU_PER_MM)}" cy="{round(height_mm * _EMU_PER_MM)}"'
    name = f'id="{number}" name="Picture {number}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
