"""What stands in one paragraph: its text as Word shows it, pictures, text boxes, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from drillapp.core.plans.word.names import (
    ALTERNATIVES,
    BLIP,
    BOX,
    CHOICE,
    DELETED,
    EMBED,
    EXTENT,
    FALLBACK,
    GRAPHIC_DATA,
    IMAGE_DATA,
    INSERTED,
    LINK,
    MATH,
    MATH_TEXT,
    R_ID,
    RPR,
    SDT,
    SHAPE,
    WRAPPERS,
    R,
    T,
    w,
)  # fmt: skip
from drillapp.core.plans.word.raw import NOTE_CLOSE, NOTE_OPEN
from drillapp.core.plans.word.styles import OWN_NUMBER, OWN_TITLE, Look, Styles, child_value, looks_of

_EMU_PER_MM, _MM_PER_POINT = 36_000, 25.4 / 72
_TICKS = {
    "FE": "☑",
    "FD": "☒",
    "A8": "□",
    "6F": "□",
    "52": "☑",
    "FC": "✓",
    "FB": "✗",
    "D8": "➢",
    "6C": "●",
    "6E": "■",
}
"""Signs of the font Wingdings."""
_WIDTH = "width:"


class Fields:
    """The fields that are open at a place of the document: what computes a text, and the text."""

    def __init__(self) -> None:
        self._open: list[tuple[list[str], bool]] = []

    @property
    def is_shown(self) -> bool:
        """Whether text at this place is shown, not part of an instruction."""
        return all(has_result for _words, has_result in self._open)

    @property
    def is_contents(self) -> bool:
        """Whether this place is inside a table of contents."""
        return any("".join(words).lstrip()[:3].upper() == "TOC" for words, _has_result in self._open)

    @property
    def is_open(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._open)

    def mark(self, kind: str | None) -> None:
        """Go over the mark of a field's beginning, middle or end."""
        if kind == "begin":
            self._open.append(([], False))
        elif kind == "separate" and self._open:
            self._open[-1] = (self._open[-1][0], True)
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """Take in a piece of a field's instruction."""
        if self._open:
            self._open[-1][0].append(text)

    def end_paragraph(self) -> None:
        """Forget a field that has no text: an instruction does not go on over the paragraph's end."""
        while self._open and not self._open[-1][1]:
            self._open.pop()


class Inline:
    """Goes through one paragraph."""

    def __init__(
        self, styles: Styles, fields: Fields, counts: Counter[str], notes: Callable[[str, str], int]
    ) -> None:
        self._styles = styles
        self._fields = fields
        self._counts = counts
        self._notes = notes
        self._parts: list[str] = []
        self._number: list[str] = []
        self.pictures_before: list[tuple[str, float]] = []
        self.pictures: list[tuple[str, float]] = []
        """Relation and width in millimetres of those behind some text."""
        self.boxes: list[Any] = []
        self.is_bold: bool | None = None
        self.size: float | None = None
        self.new_page = False
        self.in_contents = False
        self.has_no_number = False

    @property
    def text(self) -> str:
        """The words, with notes between their marks."""
        return "".join(self._parts)

    @property
    def number(self) -> str:
        """What stands in this program's own style for numbers of headings."""
        return "".join(self._number)

    def take(self, element: Any, base: Look) -> None:
        """Take in what is in a paragraph or in something that surrounds parts of it."""
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, base)
            elif tag in WRAPPERS or tag == SDT:
                self.take(child, base)
            elif tag in INSERTED:
                self._counts["changes"] += 1
                self.take(child, base)
            elif tag in DELETED:
                self._counts["changes"] += 1
            elif tag in MATH:
                self._parts.extend(node.text or "" for node in child.iter(MATH_TEXT))

    def _run(self, run: Any, base: Look) -> None:
        look = base
        properties = run.find(RPR)
        if properties is not None and len(properties):
            look = self._run_look(properties, base)
        if look.hidden:
            self._counts["hidden"] += 1
            return
        before = len(self._parts)
        for child in run:
            self._piece(child, look)
        if len(self._parts) > before and any(part.strip() for part in self._parts[before:]):
            self.is_bold = bool(look.bold) and self.is_bold is not False
            self.size = self.size or look.size

    def _run_look(self, properties: Any, base: Look) -> Look:
        style = child_value(properties, "rStyle")
        look = base
        if style:
            of_style = self._styles.look(style)
            look = look._replace(
                name=of_style.name, **{name: value for name in ("bold", "hidden", "size")
                                       if (value := getattr(of_style, name)) is not None}
            )  # fmt: skip
        own = looks_of(None, properties)
        return look._replace(
            bold=look.bold if own.bold is None else own.bold,
            hidden=look.hidden if own.hidden is None else own.hidden,
            size=own.size or look.size,
        )

    def _piece(self, child: Any, look: Look) -> None:
        tag = child.tag
        if tag == T:
            if self._fields.is_shown:
                self._put(child.text or "", look)
        elif tag in _PIECES:
            _PIECES[tag](self, child)

    def _put(self, text: str, look: Look) -> None:
        if "\n" in text:  # a line end in the file is none on the page
            text = text.replace("\n", " ")
        if look.name == OWN_NUMBER and not any(part.strip() for part in self._parts):
            self._number.append(text)
            return
        self.has_no_number = self.has_no_number or look.name == OWN_TITLE
        self._parts.append(text)
        self.in_contents = self.in_contents or self._fields.is_contents

    def _tab(self, child: Any) -> None:
        if self._fields.is_shown:
            self._parts.append("\t")

    def _break(self, child: Any) -> None:
        if child.get(w("type")) == "page":
            self.new_page = self.new_page or not any(part.strip() for part in self._parts)
        if self._fields.is_shown:
            self._parts.append("\n")

    def _hyphen(self, child: Any) -> None:
        self._parts.append("-")

    def _symbol(self, child: Any) -> None:
        code = child.get(w("char"), "")
        if child.get(w("font"), "").startswith("Wingdings"):
            self._parts.append(_TICKS.get(code[-2:].upper(), "•"))
        elif 0 < (number := int(code, 16) if code else 0) < 0xE000:
            self._parts.append(chr(number))

    def _note(self, child: Any) -> None:
        kind = "footnotes" if child.tag == w("footnoteReference") else "endnotes"
        number = self._notes(kind, child.get(w("id"), ""))
        if number:
            self._parts.append(f"{NOTE_OPEN}{number}{NOTE_CLOSE}")

    def _ruby(self, child: Any) -> None:
        base = child.find(w("rubyBase"))
        if base is not None:
            self._parts.extend(node.text or "" for node in base.iter(T))

    def _field(self, child: Any) -> None:
        self._fields.mark(child.get(w("fldCharType")))

    def _instruction(self, child: Any) -> None:
        self._fields.instruct(child.text or "")

    def _alternatives(self, child: Any) -> None:
        """The newer form of a drawing; the older one beside it shows the same."""
        chosen = child.find(CHOICE)
        if chosen is None:
            chosen = child.find(FALLBACK)
        for each in chosen if chosen is not None else ():
            self._piece(each, Look())

    def _drawing(self, drawing: Any) -> None:
        width = 0.0
        stack = [drawing]
        while stack:
            node = stack.pop()
            tag = node.tag
            if tag == BOX:
                self.boxes.append(node)
                continue
            if tag == EXTENT and not width:
                width = int(node.get("cx", "0")) / _EMU_PER_MM
            elif tag == SHAPE and _WIDTH in node.get("style", ""):
                width = _points(node.get("style")) * _MM_PER_POINT
            elif tag == BLIP:
                self._picture(node.get(EMBED), node.get(LINK), width)
            elif tag == IMAGE_DATA:
                self._picture(node.get(R_ID), node.get(LINK), width)
            elif tag == GRAPHIC_DATA and node.get("uri", "").endswith(("/chart", "/diagram")):
                self._counts["charts"] += 1
            stack.extend(reversed(node))

    def _picture(self, relation: str | None, link: str | None, width: float) -> None:
        if relation is None:
            self._counts["linked"] += link is not None
            return
        is_behind = any(part.strip() for part in self._parts)
        (self.pictures if is_behind else self.pictures_before).append((relation, round(width, 1)))


def _points(style: str) -> float:
    """The width that an older drawing gives, as 'width:141.75pt'."""
    value = style.partition(_WIDTH)[2].partition(";")[0].strip()
    for unit, factor in (("pt", 1.0), ("in", 72.0), ("mm", 1 / _MM_PER_POINT), ("cm", 10 / _MM_PER_POINT)):
        if value.endswith(unit):
            number = value.removesuffix(unit)
            return float(number) * factor if number.replace(".", "", 1).isdigit() else 0.0
    return 0.0


_PIECES: dict[str, Callable[[Inline, Any], None]] = {
    w("tab"): Inline._tab,
    w("ptab"): Inline._tab,
    w("br"): Inline._break,
    w("cr"): Inline._break,
    w("noBreakHyphen"): Inline._hyphen,
    w("sym"): Inline._symbol,
    w("footnoteReference"): Inline._note,
    w("endnoteReference"): Inline._note,
    w("ruby"): Inline._ruby,
    w("fldChar"): Inline._field,
    w("instrText"): Inline._instruction,
    w("drawing"): Inline._drawing,
    w("pict"): Inline._drawing,
    w("object"): Inline._drawing,
    ALTERNATIVES: Inline._alternatives,
}
"""What a run can hold beside text."""
