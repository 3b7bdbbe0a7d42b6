"""The parts of a .docx file, read without trusting them."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from typing import Any, NamedTuple

from lxml import etree

from drillapp.core.plans.word.imaging import media_type_of
from drillapp.core.plans.word.names import STRICT, TRANSITIONAL

MACROS = "vbaProject.bin"


class NotADocument(Exception):
    """The archive is something else."""


class Relation(NamedTuple):
    """Where a part leads to."""

    kind: str
    """The last word of its type, such as 'styles'."""
    target: str
    is_outside: bool


class Image(NamedTuple):
    """A picture's bytes with what they are."""

    digest: str
    media_type: str
    content: bytes


class Package:
    """An opened .docx file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        starts = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        self.main = starts[0] if starts else ""
        if not self.main.endswith(".xml") or self.main.lower() not in self._names:
            raise NotADocument

    @property
    def has_macros(self) -> bool:
        """Whether programs came along."""
        return any(name.endswith(MACROS.lower()) for name in self._names)

    def relations(self, part: str) -> dict[str, Relation]:
        """Where a part leads to, by the keys that it uses."""
        folder, name = posixpath.split(part)
        root = self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found: dict[str, Relation] = {}
        for node in root if root is not None else ():
            target, is_outside = node.get("Target", ""), node.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[node.get("Id", "")] = Relation(node.get("Type", "").rsplit("/", 1)[-1], target, is_outside)
        return found

    def tree(self, part: str) -> Any:
        """The root of a part; None when the file does not have it."""
        content = self.bytes(part)
        if content is None:
            return None
        # What a document cannot need and a trap does: definitions of its own.
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise NotADocument
        if STRICT.encode() in content[:8192]:
            content = _as_transitional(content)
        return etree.fromstring(content, _parser())

    def bytes(self, part: str) -> bytes | None:
        """A part as it is; None when the file does not have it."""
        name = self._names.get(part.lower())
        return None if name is None else self._archive.read(name)

    def image(self, part: str) -> Image | None:
        """A picture of the document; None when the file does not have it."""
        content = self.bytes(part)
        if not content:
            return None
        suffix = posixpath.splitext(part)[1].lstrip(".").lower()
        return Image(hashlib.sha256(content).hexdigest(), media_type_of(content, suffix), content)


def _parser() -> Any:
    # Nothing is fetched and no entity is put in; the process's own limits bound what remains.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )


def _as_transitional(content: bytes) -> bytes:
    """The names of a document saved as 'strict' turned into the usual ones."""
    for name in (b"wordprocessingml/main", b"officeDocument/relationships", b"drawingml/main",
                 b"drawingml/wordprocessingDrawing", b"drawingml/picture", b"officeDocument/math"):  # fmt: skip
        folder, last = name.split(b"/")
        content = content.replace(STRICT.encode() + name, TRANSITIONAL.encode() + folder + b"/2006/" + last)
    return content
