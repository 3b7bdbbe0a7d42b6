"""A document from its first paragraph to its last: lines, tables and pictures in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from drillapp.core.plans.word import grids
from drillapp.core.plans.word.inline import Fields, Inline
from drillapp.core.plans.word.names import (
    DELETED,
    INSERTED,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    TBL,
    VAL,
    WRAPPERS,
    P,
    w,
)
from drillapp.core.plans.word.numbering import Numbering
from drillapp.core.plans.word.package import Image, Package
from drillapp.core.plans.word.raw import OWN_TAG, RawGrid, RawItem, RawLine, RawPicture, joined
from drillapp.core.plans.word.styles import ListPlace, Look, Styles, child_value, looks_of

_GALLERIES = {"Table of Contents": "contents", "Cover Pages": "front"}
_BODY_OUTLINE = 9
_NO_LIST = "0"
_STYLE = w("pStyle")
_FOREIGN = frozenset({w("altChunk"), w("subDoc")})


class Place(NamedTuple):
    """What surrounds a part of the document."""

    name: str = ""
    """front, contents or empty."""
    list_name: str = ""
    """A list of the plan that this program wrote."""


class Body:
    """Goes through the document once."""

    def __init__(self, package: Package) -> None:
        self.counts: Counter[str] = Counter()
        self.images: dict[str, Image] = {}
        self._package = package
        self._relations = package.relations(package.main)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._notes = {kind: self._note_nodes(kind) for kind in ("footnotes", "endnotes")}
        self._cited: list[Any] = []
        self._note_count = 0
        self._fields = Fields()
        self._carried = ""
        self._count_what_is_beside()

    def items(self) -> Iterator[RawItem]:
        """Everything that is shown, in order."""
        root = self._package.tree(self._package.main)
        body = root.find(w("body"))
        if body is not None:
            yield from self._blocks(body, Place())

    @property
    def has_open_field(self) -> bool:
        """Whether a field never ended: then what seems to stand in a table of contents need not."""
        return self._fields.is_open

    def _part(self, kind: str) -> Any:
        targets = [
            each.target for each in self._relations.values() if each.kind == kind and not each.is_outside
        ]
        return self._package.tree(targets[0]) if targets else None

    def _note_nodes(self, kind: str) -> dict[str, Any]:
        root = self._part(kind)
        return {node.get(w("id"), ""): node for node in (root if root is not None else ())}

    def _count_what_is_beside(self) -> None:
        comments = self._part("comments")
        self.counts["comments"] = 0 if comments is None else len(comments)
        self.counts["macros"] = int(self._package.has_macros)

    def _blocks(self, element: Any, place: Place) -> Iterator[RawItem]:
        for child in element:
            tag = child.tag
            if tag == P:
                yield from self._paragraph(child, place)
            elif tag == TBL:
                yield from self._table(child, place)
            elif tag == SDT:
                yield from self._control(child, place)
            elif tag in WRAPPERS or tag in INSERTED:
                self.counts["changes"] += tag in INSERTED
                yield from self._blocks(child, place)
            elif tag in DELETED:
                self.counts["changes"] += 1
            elif tag in _FOREIGN:
                self.counts["foreign"] += 1

    def _control(self, control: Any, place: Place) -> Iterator[RawItem]:
        properties, content = control.find(w("sdtPr")), control.find(SDT_CONTENT)
        if properties is not None:
            tag = child_value(properties, "tag") or ""
            gallery = properties.find(f"{w('docPartObj')}/{w('docPartGallery')}")
            if tag.startswith(OWN_TAG):
                name = tag.removeprefix(OWN_TAG)
                place = Place("front") if name == "front" else place._replace(list_name=name)
            elif gallery is not None:
                place = Place(_GALLERIES.get(gallery.get(w("val"), ""), place.name))
        if content is not None:
            yield from self._blocks(content, place)

    def _paragraph(self, paragraph: Any, place: Place) -> Iterator[RawItem]:
        properties = paragraph.find(PPR)
        style = self._styles.default if properties is None else _style_key(properties) or self._styles.default
        look = self._styles.look(style)
        inline = Inline(self._styles, self._fields, self.counts, self._cite)
        inline.take(paragraph, look)
        self._fields.end_paragraph()
        if self._is_joined_to_next(properties):
            self._carried += inline.text
            return
        text, self._carried = self._carried + inline.text, ""
        yield from self._pictures(inline.pictures_before, place)
        if not place.list_name:  # a list's heading says no more than its name
            own = looks_of(properties, None)
            label = self._label(own, style, look)  # a number counts, even before nothing
            if text or inline.number:
                yield from self._lines(text, label, own, look, inline, place)
        yield from self._pictures(inline.pictures, place)
        yield from self._boxes(inline, place)
        if self._cited:
            yield from self._notes_below(place)

    def _is_joined_to_next(self, properties: Any) -> bool:
        """Whether the end of the paragraph is deleted, as a change that is not yet accepted."""
        run = None if properties is None else properties.find(RPR)
        if run is None or all(child.tag not in DELETED for child in run):
            return False
        self.counts["changes"] += 1
        return True

    def _lines(
        self, text: str, label: str, own: Look, look: Look, inline: Inline, place: Place
    ) -> Iterator[RawItem]:
        """The paragraph's lines: people end a line where a paragraph should end; a heading's are one."""
        level = look.level or 0 if own.outline != _BODY_OUTLINE else 0
        outline = look.outline if own.outline is None else own.outline
        pieces = [piece for each in text.split("\n") if (piece := _clean(each))]
        if len(pieces) > 1 and (level or outline is not None or look.role == "title"):
            pieces = [_joined_words(pieces)]
        number, new_page = inline.number, inline.new_page or bool(own.new_page or look.new_page)
        for piece in pieces or ([""] if number else []):
            yield RawLine(
                piece,
                role="contents" if inline.in_contents else look.role,
                level=level,
                outline=outline + 1 if outline is not None and outline < _BODY_OUTLINE else 0,
                label=label,
                number=number,
                has_no_number=inline.has_no_number,
                bold=bool(inline.is_bold),
                centred=bool(own.centred if own.centred is not None else look.centred),
                size=inline.size or look.size or 0.0,
                new_page=new_page,
                place=place.name,
            )
            label, number, new_page = "", "", False

    def _label(self, own: Look, style: str, look: Look) -> str:
        chosen = own.in_list or look.in_list
        if chosen is None or chosen.list_id == _NO_LIST:
            return ""
        if not chosen.list_id and look.in_list:  # only another level of the style's list
            chosen = ListPlace(look.in_list.list_id, chosen.level)
        return self._numbering.label(chosen, style)

    def _pictures(self, found: list[tuple[str, float]], place: Place) -> Iterator[RawItem]:
        for relation, width in found:
            target = self._relations.get(relation)
            image = None if target is None or target.is_outside else self._package.image(target.target)
            if image is None:
                self.counts["linked"] += 1
                continue
            self.images[image.digest] = image
            yield RawPicture(image.digest, width, place.name)

    def _boxes(self, inline: Inline, place: Place) -> Iterator[RawItem]:
        for box in inline.boxes:
            self.counts["boxes"] += 1
            yield from self._blocks(box, place)

    def _cite(self, kind: str, key: str) -> int:
        node = self._notes[kind].get(key)
        if node is None:
            return 0
        self._note_count += 1
        self.counts["notes"] += 1
        self._cited.append((self._note_count, node))
        return self._note_count

    def _notes_below(self, place: Place) -> Iterator[RawItem]:
        cited, self._cited = self._cited, []
        for number, node in cited:
            words = " ".join(filter(None, (self._plain(each).strip() for each in node.iter(P))))
            if words:
                yield RawLine(f"［{number}］{words}", role="note", place=place.name)

    def _plain(self, paragraph: Any) -> str:
        inline = Inline(self._styles, Fields(), self.counts, lambda kind, key: 0)
        inline.take(paragraph, Look())
        return inline.text

    def _table(self, table: Any, place: Place) -> Iterator[RawItem]:
        found: list[RawItem] = []

        def cell(element: Any) -> str:
            return "\n".join(self._cell_lines(element, place, found))

        rows, heads = grids.rows_of(table, cell, self.counts)
        if any(text for row in rows for text in row):
            yield RawGrid(rows, heads, place.name, place.list_name)
        # What a table cannot hold here stands below it.
        self.counts["beside_table"] += sum(isinstance(item, RawPicture) for item in found)
        yield from found

    def _cell_lines(self, cell: Any, place: Place, found: list[RawItem]) -> Iterator[str]:
        for item in self._blocks(cell, Place(place.name)):
            if isinstance(item, RawLine) and item.role != "note":
                yield joined(item.label, item.text)
            elif isinstance(item, RawGrid):
                self.counts["nested"] += 1
                yield from ("\t".join(row) for row in item.rows)
            else:
                found.append(item)


def _style_key(properties: Any) -> str:
    """The style stands first among a paragraph's properties."""
    for child in properties:
        if child.tag == _STYLE:
            return str(child.get(VAL, ""))
    return ""


def _clean(text: str) -> str:
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return text.strip(" \t\u3000\xa0\r")


def _joined_words(pieces: list[str]) -> str:
    text = pieces[0]
    for piece in pieces[1:]:
        text += (" " if text[-1].isascii() and piece[0].isascii() else "") + piece
    return text
