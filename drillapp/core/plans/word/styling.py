"""The styles of a plan in Word, after GB/T 9704-2012: FangSong of 16 points, 22 lines of 28 characters a page."""

from __future__ import annotations

from typing import Literal, NamedTuple

from drillapp.core.plans.grammar import grammar
from drillapp.core.plans.word.names import W_SPACE
from drillapp.core.plans.word.styles import OWN_NUMBER, OWN_TEXT, OWN_TITLE

Face = Literal["fang", "kai", "hei", "song"]
FANG: Face = "fang"
KAI: Face = "kai"
HEI: Face = "hei"
SONG: Face = "song"
_WEST = "Times New Roman"
LINE = 578
"""28.9 points, in twentieths: 22 lines fill 225 mm."""


class _Style(NamedTuple):
    key: str
    name: str
    font: Face = FANG
    points: float = 16
    paragraph: str = ""
    is_bold: bool = False
    base: str = "Normal"
    follows: str = ""


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRE = '<w:jc w:val="center"/>'
_KEEP = '<w:keepNext w:val="1"/><w:keepLines w:val="1"/>'


def _line(twentieths: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{twentieths}" w:lineRule="exact"/>'


def _loose(before: int = 0, after: int = 0, rule: str = "auto", line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def _headings() -> list[_Style]:
    fonts = (HEI, KAI, FANG)
    return [
        _Style(
            f"Heading{level}", f"heading {level}", fonts[min(level, 3) - 1],
            paragraph=f'{_KEEP}{_INDENT}<w:outlineLvl w:val="{level - 1}"/>', is_bold=level == 3, follows="PlanText",
        )
        for level in range(1, 10)
    ]  # fmt: skip


def _styles() -> list[_Style]:
    tab = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>'
    contents = [
        _Style(f"TOC{level}", f"toc {level}", HEI if level == 1 else FANG, 14,
               f'{tab}{_line(520)}<w:ind w:left="{(level - 1) * 280}"/>')
        for level in (1, 2, 3)
    ]  # fmt: skip
    return [
        *_headings(),
        *contents,
        _Style("PlanText", OWN_TEXT, paragraph=f'{_INDENT}<w:jc w:val="both"/>'),
        _Style("Title", "Title", SONG, 26, f"{_loose(400, 400)}{_CENTRE}", is_bold=True),
        _Style("PlanUnit", "Plan Unit", SONG, 22, f"{_loose(0, 200)}{_CENTRE}", is_bold=True),
        _Style("PlanFact", "Plan Fact", FANG, 16, _line(LINE)),
        _Style("PlanPage", "Plan Page", SONG, 22, f'<w:pageBreakBefore w:val="1"/>{_loose(600, 600)}{_CENTRE}',
               is_bold=True),
        _Style("PlanCentred", "Plan Centred", FANG, 16, f"{_line(LINE)}{_CENTRE}"),
        _Style("PlanCell", "Plan Cell", FANG, 11, f"{_loose(20, 20)}"),
        _Style("PlanHead", "Plan Head", HEI, 11, f"{_loose(20, 20)}{_CENTRE}", base="PlanCell"),
        _Style("PlanPicture", "Plan Picture", FANG, 12, f'<w:keepNext w:val="1"/>{_loose(120, 60)}{_CENTRE}'),
        _Style("Caption", "caption", HEI, 12, f"{_loose(60, 160)}{_CENTRE}"),
        _Style("Footer", "footer", SONG, 14, _loose()),
    ]  # fmt: skip


def styles_xml() -> str:
    """The whole list of styles."""
    listed = "".join(_written(style) for style in _styles())
    return (
        f'<w:styles xmlns:w="{W_SPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}<w:kern w:val="2"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/>{_line(LINE)}</w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="PlanNumber"><w:name w:val="{OWN_NUMBER}"/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="PlanTitle"><w:name w:val="{OWN_TITLE}"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{_grid()}{listed}</w:styles>"
    )


def _written(style: _Style) -> str:
    half = round(style.points * 2)
    bold = "<w:b/><w:bCs/>" if style.is_bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    own = (
        ""
        if style.name in ("Title", "caption", "footer") or style.name[:3] in ("hea", "toc")
        else ' w:customStyle="1"'
    )
    follows = f'<w:next w:val="{style.follows}"/>' if style.follows else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.key}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.base}"/>{follows}<w:qFormat/><w:pPr>{style.paragraph}</w:pPr>'
        f'<w:rPr>{_fonts(style.font)}{bold}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _fonts(face: Face) -> str:
    east = getattr(grammar().fonts, face)
    return f'<w:rFonts w:ascii="{_WEST}" w:hAnsi="{_WEST}" w:eastAsia="{east}" w:cs="{_WEST}"/>'


def _grid() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (
            ("top", 8),
            ("left", 8),
            ("bottom", 8),
            ("right", 8),
            ("insideH", 4),
            ("insideV", 4),
        )
    )
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style>"
    )
