"""What the codes on labels and papers say: digits only, which a scanner types alike under every input method.

A payload is `kind, mark, check`: one digit for the kind of thing, then

- items, shelves, storehouses, stocktakes and aid requests: 13 digits, the last five bytes of the uid;
- lots: those 13 digits of their item, then 8 that tell its lots apart, made from the lot number, or without one from
  the day on which they expire: what a lot is known by in the ledger, whatever office reads the label;
- stock documents, which have no uid: their number, its UTF-8 bytes as one decimal number, so up to 80 digits.

The last two digits check the others as ISO/IEC 7064 MOD 97-10 does: a digit misread or two swapped are noticed. What is
changed later, a code or a name, leaves the labels right.
"""

from __future__ import annotations

import unicodedata
import zlib
from datetime import date
from typing import Literal, NamedTuple

CodeKind = Literal["items", "lots", "shelves", "storehouses", "stocktakes", "aid_requests", "documents"]
_DIGIT_OF: dict[CodeKind, str] = {
    "items": "1", "lots": "2", "shelves": "3", "storehouses": "4", "stocktakes": "5", "aid_requests": "6", "documents": "7",
}  # fmt: skip
_KIND_OF = {digit: kind for kind, digit in _DIGIT_OF.items()}
UID_TAIL = 5
"""So many last bytes of a uid stand for it: two among 5,000 of a kind are alike once in 90,000 offices."""
_MARK = 13
"""Decimal digits that five bytes take."""
_LOT = 8
_LONGEST_NUMBER = 33
"""Bytes of a document's number that fit; longer ones have no code."""
LONGEST_TEXT = 200
"""Characters of a scanned text that are looked at."""
_MEANT = str.maketrans({"—": "-", "–": "-", "−": "-", "。": ".", "、": "/"})
"""What an input method makes of a key that a scanner types, beside the wide forms that NFKC knows."""


class Payload(NamedTuple):
    """What a code of ours stands for."""

    kind: CodeKind
    tail: bytes = b""
    """The last bytes of the uid; of a lot those of its item."""
    lot: str = ""
    """The digits that tell the lots of an item apart."""
    number: str = ""
    """Of a stock document."""


def payload_of_item(uid: str) -> str:
    """The 16 digits of an item."""
    return _of_uid("items", uid)


def payload_of_lot(item_uid: str, lot: str | None, expires_on: date | None) -> str:
    """The 24 digits of a lot of an item; `lot` is its number, None or empty without one."""
    return _checked(_DIGIT_OF["lots"] + _mark(item_uid) + lot_mark(lot, expires_on))


def payload_of_shelf(uid: str) -> str:
    """The 16 digits of a shelf."""
    return _of_uid("shelves", uid)


def payload_of_storehouse(uid: str) -> str:
    """The 16 digits of a storehouse."""
    return _of_uid("storehouses", uid)


def payload_of_stocktake(uid: str) -> str:
    """The 16 digits of a stocktake."""
    return _of_uid("stocktakes", uid)


def payload_of_aid_request(uid: str) -> str:
    """The 16 digits of a request for mutual aid."""
    return _of_uid("aid_requests", uid)


def payload_of_document(number: str) -> str:
    """The digits of a stock document's number; '' for one that is too long to be a code."""
    said = number.encode()
    if not 0 < len(said) <= _LONGEST_NUMBER:
        return ""
    return _checked(_DIGIT_OF["documents"] + str(int.from_bytes(said)))


def lot_mark(lot: str | None, expires_on: date | None) -> str:
    """The eight digits that tell a lot from others of its item."""
    said = f"#{lot}" if lot else f"@{expires_on or ''}"
    return f"{zlib.crc32(said.encode()) % 10**_LOT:0{_LOT}}"


def plain_code(text: str) -> str:
    """A scanned text as it was meant: narrow forms, no blanks or controls at its ends, of several lines the first."""
    narrow = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).translate(_MEANT)
    kept = "".join(character if character.isprintable() else "\n" for character in narrow).strip()
    return kept.split("\n")[0].strip()


def read_payload(code: str) -> Payload | None:
    """What a plain code stands for, if it is one of ours."""
    if not (code.isascii() and code.isdigit()) or code[0] not in _KIND_OF or _checked(code[:-2]) != code:
        return None
    kind, body = _KIND_OF[code[0]], code[1:-2]
    if kind == "documents":
        number = _number(body)
        return Payload(kind, number=number) if number else None
    if len(body) != _MARK + (_LOT if kind == "lots" else 0) or int(body[:_MARK]) >= 256**UID_TAIL:
        return None
    return Payload(kind, int(body[:_MARK]).to_bytes(UID_TAIL), body[_MARK:])


def _number(digits: str) -> str:
    value = int(digits or "0")
    try:
        number = value.to_bytes((value.bit_length() + 7) // 8).decode()
    except UnicodeDecodeError:
        return ""
    return number if number.isprintable() else ""


def _of_uid(kind: CodeKind, uid: str) -> str:
    return _checked(_DIGIT_OF[kind] + _mark(uid))


def _mark(uid: str) -> str:
    return f"{int.from_bytes(bytes.fromhex(uid.replace('-', ''))[-UID_TAIL:]):0{_MARK}}"


def _checked(digits: str) -> str:
    """The digits with their two check digits behind them."""
    return f"{digits}{98 - int(digits or '0') * 100 % 97:02}"
