"""Numbers of lists as Word writes them: '3', '三', 'III', '③' …"""

from __future__ import annotations

from collections.abc import Callable

from drillapp.core.plans.grammar import grammar

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written(number: int, form: str) -> str:
    """The number in the form that Word calls by that name; forms that are not known are written in digits."""
    return _FORMS.get(form, str)(number)


def chinese(number: int) -> str:
    """Up to four places in Chinese: 三, 十二, 一百〇三."""
    numerals = grammar().numerals
    text = _in_places(number, numerals.digits, numerals.places)
    return text.removeprefix(numerals.digits[1]) if 10 <= number < 20 else text


def _formal(number: int) -> str:
    """As on a cheque: 壹拾贰."""
    numerals = grammar().numerals
    return _in_places(number, numerals.formal_digits, numerals.formal_places)


def _in_places(number: int, digits: str, places: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    text, skipped = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            zero, unit = digits[0] if skipped and text else "", places[place - 1] if place else ""
            text += zero + digits[digit] + unit
        skipped = not digit
    return text


def chinese_value(text: str) -> int:
    """What a Chinese number means; 0 for what is none."""
    numerals = grammar().numerals
    total, digit = 0, 0
    for character in text:
        if character in numerals.places:
            total += (digit or 1) * 10 ** (numerals.places.index(character) + 1)
            digit = 0
        elif character in numerals.digits or character in numerals.zeros:
            digit = digit * 10 + max(numerals.digits.find(character), 0)
        else:
            return 0
    return total + digit


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * min(count, 20)
    return text


def _letters(number: int) -> str:
    """a … z, aa … zz: Word repeats the letter."""
    turns, place = divmod(number - 1, 26)
    return chr(97 + place) * min(turns + 1, 20)


def _circled(start: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(start + number - 1) if 1 <= number <= count else str(number)


def _cycle(characters: str, number: int) -> str:
    return characters[(number - 1) % len(characters)]


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


def _digital(number: int) -> str:
    digits = grammar().numerals.digits
    return "".join(digits[int(digit)] for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "ideographTraditional": lambda number: _cycle(grammar().numerals.stems, number),
    "ideographZodiac": lambda number: _cycle(grammar().numerals.branches, number),
    "decimalEnclosedCircle": _circled(0x2460, 20),
    "decimalEnclosedCircleChinese": _circled(0x2460, 20),
    "decimalEnclosedParen": _circled(0x2474, 20),
    "decimalEnclosedFullstop": _circled(0x2488, 20),
    "ideographEnclosedCircle": _circled(0x3280, 10),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}
