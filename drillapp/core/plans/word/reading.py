"""Opening somebody's Word document: its lines with their levels, or one sentence that says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from drillapp.core.confined import child, packed
from drillapp.core.confined.child import Child
from drillapp.core.confined.opening import ENCRYPTED, OLE, ZIP, first_bytes
from drillapp.core.confined.refusals import protected, too_large
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.plans.grammar import grammar
from drillapp.core.plans.word import process
from drillapp.core.plans.word.document import WordDocument, WordPicture, document_of
from drillapp.core.plans.word.front import take_front
from drillapp.core.plans.word.headings import find_headings
from drillapp.core.plans.word.raw import RawGrid, RawItem, RawLine
from drillapp.core.plans.word.remarks import remarks
from drillapp.core.progress import SILENT, Progress

MAX_PACKED = 256 * 1024 * 1024
MAX_HEADINGS = 2_000
_OLD_WORD = "WordDocument".encode("utf-16-le")
_DRAWN = ("image/x-emf", "image/x-wmf")
_WORD_PART = "word/"


def read_word(path: Path, progress: Progress = SILENT) -> WordDocument:
    """Read a .docx or .docm file, known by its content; nothing in it is run or fetched.

    Raises InvalidInput, Damaged, NotFound or Unavailable, each with a sentence and a hint.
    """
    grammar()  # a broken data file is named here: the process could not say so
    items, pictures, counts, has_open_field = _read(path, progress)
    if has_open_field:
        items = [_outside(item) for item in items]
    _refuse_without_text(path, items, pictures)
    front = take_front(items)
    found = find_headings(front.items)
    _refuse_too_many_headings(path, sum(heading.level > 0 for heading in found.headings))
    unseen = sum(picture.media_type in _DRAWN for picture in pictures)
    told = tuple(remarks(counts, front, found, unseen))
    return document_of(front.title, front.items, found, pictures, told)


def read_items(path: Path, progress: Progress = SILENT) -> list[RawItem]:
    """All that stands in a .docx or .docm file, in its order, whatever it is about; raises what `read_word` raises."""
    items, pictures, _counts, _has_open_field = _read(path, progress)
    _refuse_without_text(path, items, pictures)
    return items


def _read(path: Path, progress: Progress) -> tuple[list[RawItem], list[WordPicture], dict[str, int], bool]:
    size = _checked_size(path)
    refusals = {"NotADocument": not_a_document}
    with child.reading(process.serve, (str(path),), path, size, progress, refusals) as reader:
        return _received(reader)


def not_a_document(path: Path) -> DrillappError:
    """The error for a file that is something else, whatever its name says."""
    return InvalidInput(
        _("'{file}' is not a Word document that can be read here.").format(file=path.name),
        _("Open it in Word or WPS and save it as .docx."),
    )


def _checked_size(path: Path) -> int:
    """Bytes of the file when unpacked."""
    content = first_bytes(path)
    if content.startswith(OLE):
        raise _old_document(path)
    if not content.startswith(ZIP):
        raise not_a_document(path)
    with packed.opened(path) as archive:
        size = packed.check_sizes(archive)
        names = archive.namelist()
    if not any(name.lower().startswith(_WORD_PART) for name in names):
        raise not_a_document(path)
    return size


def _old_document(path: Path) -> DrillappError:
    if path.stat().st_size > MAX_PACKED:
        return too_large(path)
    content = path.read_bytes()
    if ENCRYPTED in content:
        return protected(path)
    if _OLD_WORD in content:
        return InvalidInput(
            _("'{file}' is a document of the old form (.doc), which cannot be read here.").format(
                file=path.name
            ),
            _("Open it in Word or WPS and save it as .docx."),
        )
    return not_a_document(path)


def _received(reader: Child) -> tuple[list[RawItem], list[WordPicture], dict[str, int], bool]:
    items: list[RawItem] = []
    pictures: list[WordPicture] = []
    while True:
        message: list[Any] = reader.receive()
        if message[0] == "items":
            items += msgspec.convert(message[1], list[RawItem])
            reader.progress.step(len(items), None, _("Reading the document"))
        elif message[0] == "picture":
            pictures.append(WordPicture(*message[1]))
        else:
            return items, pictures, message[1], message[2]


def _outside(item: RawItem) -> RawItem:
    """An item whose field never ended: what seems to stand in a table of contents is the text itself."""
    if isinstance(item, RawLine) and item.role == "contents":
        return msgspec.structs.replace(item, role="", place="" if item.place == "contents" else item.place)
    return item


def _refuse_without_text(path: Path, items: list[RawItem], pictures: list[WordPicture]) -> None:
    if any(isinstance(item, RawGrid) or (isinstance(item, RawLine) and item.text) for item in items):
        return
    if pictures:
        raise InvalidInput(
            _("'{file}' holds only pictures and no text: it is probably scanned.").format(file=path.name),
            _("Let Word, WPS or a scanner program recognise the text, save it as .docx, and try again."),
        )
    raise InvalidInput(
        _("'{file}' has no text.").format(file=path.name), _("Choose the document that holds the plan.")
    )


def _refuse_too_many_headings(path: Path, count: int) -> None:
    if count > MAX_HEADINGS:
        raise InvalidInput(
            _("'{file}' has {count} headings; a plan has at most {limit}.").format(
                file=path.name, count=f"{count:,}", limit=f"{MAX_HEADINGS:,}"
            ),
            _(
                "Probably running text is in the style of a heading: give it the style for text, and try again."
            ),
        )
