"""Makes the TrueType fonts in resources/fonts from the Debian packages that hold their sources.

PDF can embed TrueType outlines only, and the sources are OpenType with CFF outlines. Needed on Debian 12:
fonts-noto-cjk, texlive-lang-chinese (Fandol), unicode-data (which characters the state's list has). Run:

    python packaging/make_fonts.py [--root DIR] [NAME…]

DIR is where the packages are unpacked, `/` when they are installed. The results depend on the sources alone.
"""

import argparse
import bz2
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
NOTO = "usr/share/fonts/opentype/noto"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
SIMPLIFIED_CHINESE = 2  # the face of the collections that has the mainland's glyphs
EPOCH = "1767225600"  # 2026-01-01: a fixed date keeps the files the same from run to run

# Typographer's signs that reports, forms and tables use beside the characters of GB 2312.
SIGNS: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x203B), (0x2070, 0x209F), (0x20A0, 0x20BF),
    (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF),
    (0x2460, 0x24FF), (0x2500, 0x257F), (0x2580, 0x27BF), (0x3000, 0x303F), (0x3105, 0x312F),
    (0x3200, 0x33FF), (0xFE10, 0xFE4F), (0xFF01, 0xFFEE),
)  # fmt: skip
IDEOGRAPHS = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@dataclass(frozen=True)
class Recipe:
    """One font to make: where it comes from, what it is called, which characters it keeps."""

    name: str
    family: str
    style: str
    source: str
    licence: str
    characters: Callable[[Path], set[int]]
    face: int = -1
    tolerance: float = 1.0  # how far a curve may move, in thousandths of the character's width


def span(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """All code points of the ranges, ends included."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def gb2312() -> set[int]:
    """The 7,445 characters of GB 2312."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(text) for pair in pairs if (text := pair.decode("gb2312", errors="ignore"))}


def state_list(root: Path) -> set[int]:
    """The 8,105 characters of the General Standard Chinese Characters (Unihan's property kTGH)."""
    with bz2.open(root / UNIHAN, "rt", encoding="utf-8") as lines:
        return {int(line.removeprefix("U+").split("\t")[0], 16) for line in lines if "\tkTGH\t" in line}


def common(root: Path) -> set[int]:
    """What a font for everyday text needs."""
    return span(SIGNS) | gb2312() | state_list(root)


def running_text(root: Path) -> set[int]:
    """What a font for running text needs where the signs of the other fonts are better drawn."""
    return common(root) - span([(0x2100, 0x27BF), (0x3200, 0x33FF)])


def rare(root: Path) -> set[int]:
    """All ideographs that the everyday fonts lack."""
    return span(IDEOGRAPHS) - common(root)


OFL = "SIL Open Font License, Version 1.1"
GPL = "GNU General Public License, version 3, with the font exception"
RECIPES = (
    Recipe(
        "DrillappSans-Regular",
        "Drillapp Sans",
        "Regular",
        f"{NOTO}/NotoSansCJK-Regular.ttc",
        OFL,
        common,
        SIMPLIFIED_CHINESE,
    ),
    Recipe(
        "DrillappSans-Bold",
        "Drillapp Sans",
        "Bold",
        f"{NOTO}/NotoSansCJK-Bold.ttc",
        OFL,
        common,
        SIMPLIFIED_CHINESE,
    ),
    Recipe(
        "DrillappSong-Bold",
        "Drillapp Song",
        "Bold",
        f"{NOTO}/NotoSerifCJK-Bold.ttc",
        OFL,
        common,
        SIMPLIFIED_CHINESE,
        1.5,
    ),
    Recipe(
        "DrillappFang-Regular",
        "Drillapp Fang",
        "Regular",
        f"{FANDOL}/FandolFang-Regular.otf",
        GPL,
        running_text,
        tolerance=1.5,
    ),
    Recipe(
        "DrillappKai-Regular",
        "Drillapp Kai",
        "Regular",
        f"{FANDOL}/FandolKai-Regular.otf",
        GPL,
        running_text,
        tolerance=1.5,
    ),
    Recipe(
        "DrillappRare-Regular",
        "Drillapp Rare",
        "Regular",
        f"{NOTO}/NotoSansCJK-Regular.ttc",
        OFL,
        rare,
        SIMPLIFIED_CHINESE,
        1.5,
    ),
)


def subset(font: Any, keep: set[int]) -> None:
    """Drop all characters but those to keep, with the layout features that PDF text does not use."""
    from fontTools.subset import Options, Subsetter

    options = Options(
        layout_features=[], name_IDs=["*"], notdef_outline=True, desubroutinize=True, hinting=False,
        drop_tables=["BASE", "DSIG", "VORG", "vhea", "vmtx", "GPOS", "GSUB", "GDEF", "STAT"],
    )  # fmt: skip
    subsetter = Subsetter(options=options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)


def to_truetype(font: Any, tolerance: float) -> None:
    """Replace the cubic outlines by quadratic ones that differ by less than the tolerance."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, outlines, table = font.getGlyphOrder(), font.getGlyphSet(), newTable("glyf")
    table.glyphOrder, table.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, tolerance, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    for name in order:
        table.glyphs[name].recalcBounds(table)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(table.glyphs[name], "xMin", 0))
    set_profile(font)
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def set_profile(font: Any) -> None:
    """The maximum profile and the glyph-name table that TrueType wants; the names themselves are left out."""
    from fontTools.ttLib import newTable

    profile = font["maxp"] = newTable("maxp")
    profile.tableVersion = 0x00010000
    profile.maxZones, profile.numGlyphs = 1, len(font.getGlyphOrder())
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                  "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours",
                  "maxCompositePoints", "maxCompositeContours", "maxComponentDepth"):  # fmt: skip
        setattr(profile, field, 0)
    profile.recalc(font)
    font["post"].formatType = 3.0


def add_boxes(font: Any) -> None:
    """Ballot boxes, which the sources lack, composed of the square and the check mark."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    characters, outlines = font.getBestCmap(), font.getGlyphSet()
    if 0x25A1 not in characters or 0x2713 not in characters or 0x2611 in characters:
        return
    square, mark = characters[0x25A1], characters[0x2713]
    for code, parts in ((0x2610, (square,)), (0x2611, (square, mark))):
        pen = TTGlyphPen(outlines)
        for part in parts:
            outlines[part].draw(pen)
        name = f"uni{code:04X}"
        font["glyf"][name], font["hmtx"][name] = pen.glyph(), font["hmtx"][square]
        for table in font["cmap"].tables:
            table.cmap[code] = name
    font["maxp"].numGlyphs = len(font.getGlyphOrder())


def rename(font: Any, recipe: Recipe) -> None:
    """Our own names, since licences and trade marks keep the sources' names for the sources."""
    names = font["name"]
    copyright_notice = names.getDebugName(0) or ""
    names.names = []
    texts = {
        0: f"{copyright_notice} Converted and reduced for drillapp.", 1: recipe.family, 2: recipe.style,
        3: f"drillapp:{recipe.name}", 4: f"{recipe.family} {recipe.style}", 5: "Version 1.000",
        6: recipe.name, 13: recipe.licence,
    }  # fmt: skip
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def make(recipe: Recipe, root: Path) -> Path:
    """Make one font; returns its file."""
    from fontTools.ttLib import TTFont

    font = TTFont(root / recipe.source, fontNumber=recipe.face, recalcTimestamp=False)
    subset(font, recipe.characters(root))
    to_truetype(font, recipe.tolerance)
    add_boxes(font)
    rename(font, recipe)
    font["head"].modified = font["head"].created
    target = FONTS / f"{recipe.name}.ttf"
    font.save(target)
    return target


def main() -> None:
    """Make the fonts named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="fonts to make; all when none is named")
    parser.add_argument("--root", type=Path, default=Path("/"), help="where the source packages are unpacked")
    arguments = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    FONTS.mkdir(parents=True, exist_ok=True)
    for recipe in RECIPES:
        if not arguments.names or recipe.name in arguments.names:
            made = make(recipe, arguments.root)
            print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
