"""How TrueType characters get into a PDF: two bytes each, one subset of the font a document.

reportlab's own TrueType fonts use one byte a character and so must change font within nearly every Chinese word.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontFace


class Glyphs(dict[int, int]):
    """The characters of one face that one document uses, numbered in the order of their first use."""

    def __init__(self, glyph_of: dict[int, int]) -> None:
        super().__init__()
        self.codes = [0]
        self._glyph_of = glyph_of
        self._number_of = {0: 0}

    def __missing__(self, code: int) -> int:
        glyph = self._glyph_of.get(code, 0)
        number = self._number_of.setdefault(glyph, len(self.codes))
        if number == len(self.codes):
            self.codes.append(code)
        self[code] = number
        return number


class Face:
    """A TrueType file, and what each open document has used of it."""

    def __init__(self, path: Path, *, collection_index: int = 0) -> None:
        self.outlines: Any = TTFontFace(str(path), subfontIndex=collection_index)
        self.widths: dict[int, float] = self.outlines.charWidths
        self._glyph_of: dict[int, int] = self.outlines.charToGlyph
        self._uses: WeakKeyDictionary[Any, Glyphs] = WeakKeyDictionary()
        self._names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def __contains__(self, character: str) -> bool:
        return self._glyph_of.get(ord(character), 0) != 0

    def characters(self) -> frozenset[str]:
        """Every character that the face draws."""
        return frozenset(chr(code) for code, glyph in self._glyph_of.items() if glyph)

    def encode(self, text: str, document: Any) -> bytes:
        """The text as the document writes it; characters that the face lacks become its box for unknown ones."""
        use = self._uses.get(document)
        if use is None:
            use = self._uses[document] = Glyphs(self._glyph_of)
        return text.translate(use).encode("utf-16-be")

    def internal_name(self, document: Any) -> str:
        """The name by which pages of the document call the face."""
        name = self._names.get(document)
        if name is None:
            name = self._names[document] = f"T{len(document.fontMapping) + 1}"
            document.fontMapping[f"{self.outlines.name!r}"] = "/" + name
            document.delayedFonts.append(self)
        return "/" + name

    def addObjects(self, document: Any) -> None:  # noqa: N802 (reportlab calls it when it saves)
        """Write the subset, its widths and what its characters mean into the document."""
        codes = self._uses[document].codes
        base = f"AAAAAA+{self.outlines.name.decode('ascii', 'replace')}"
        descendant = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": pdfdoc.PDFName(base),
            "CIDSystemInfo": pdfdoc.PDFDictionary({
                "Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0,
            }),
            "DW": 1000, "CIDToGIDMap": "/Identity",
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([self.widths.get(code, 1000) for code in codes])]),
            "FontDescriptor": self.outlines.addSubsetObjects(document, base, codes[1:]),
        })  # fmt: skip
        meanings = pdfdoc.PDFStream(content=to_unicode(codes))
        meanings.filters = [pdfdoc.PDFZCompress]
        font = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": pdfdoc.PDFName(base), "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(meanings),
        })  # fmt: skip
        name = self._names[document]
        document.idToObject["BasicFonts"].dict[name] = document.Reference(font, name)


def to_unicode(codes: Iterable[int]) -> str:
    """The character map that lets readers of the document search and copy its text."""
    pairs = [
        f"<{number:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for number, code in enumerate(codes)
        if code
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Drillapp def /CMapType 2 def\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
