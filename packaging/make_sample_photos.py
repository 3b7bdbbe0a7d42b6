"""Draws the pictures that stand for photographs in the sample: `python packaging/make_sample_photos.py`.

Each says in large letters that it is a sample. Flat colours, so that a picture takes few kilobytes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FOLDER = RESOURCES / "samples" / "drills"
WORDS = Path(__file__).resolve().parent / "sample_words" / "photos.toml"
SIZE = (640, 420)
_SKY, _WALL, _GROUND, _DARK, _RED, _PAPER, _GREEN = (
    "#cfe0ea", "#e7dfd0", "#b9b4a8", "#3d4a54", "#c8452f", "#fbfaf6", "#5c8a5a",
)  # fmt: skip
Draw = ImageDraw.ImageDraw


def main() -> None:
    """Write all of them."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    for name, scene in SCENES.items():
        picture = Image.new("RGB", SIZE, _SKY)
        draw = ImageDraw.Draw(picture)
        scene(draw)
        _mark(draw, words["mark"], words["caption"][name])
        picture.quantize(32, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def _mark(draw: Draw, mark: str, caption: str) -> None:
    large, small = _font(46), _font(20)
    draw.rectangle((0, 366, SIZE[0], SIZE[1]), fill=_DARK)
    draw.text((20, 393), caption, font=small, fill=_PAPER, anchor="lm")
    draw.text((620, 393), mark, font=_font(24), fill="#f4c95d", anchor="rm")
    draw.text((320, 50), mark, font=large, fill="#9aacb6", anchor="mm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(RESOURCES / "fonts" / "DrillappSans-Regular.ttf"), size)


def _person(draw: Draw, x: int, y: int, colour: str, scale: float = 1.0) -> None:
    head, body = 11 * scale, 46 * scale
    draw.ellipse((x - head, y - body - 2 * head, x + head, y - body), fill="#d9a982")
    draw.rounded_rectangle((x - 1.5 * head, y - body + 2, x + 1.5 * head, y), radius=8 * scale, fill=colour)


def _briefing(draw: Draw) -> None:
    draw.rectangle((0, 0, 640, 366), fill=_WALL)
    draw.rectangle((170, 90, 470, 210), fill=_PAPER, outline=_DARK, width=4)
    for line in range(4):
        draw.line((195, 118 + 22 * line, 445 - 35 * line, 118 + 22 * line), fill="#a9b7c0", width=6)
    for place in range(6):
        _person(draw, 90 + 92 * place, 300, (_DARK, _GREEN, _RED)[place % 3])
    draw.rounded_rectangle((40, 290, 600, 340), radius=10, fill="#8d6e4f")


def _map(draw: Draw) -> None:
    draw.rectangle((0, 0, 640, 366), fill=_PAPER)
    for x in (150, 330, 500):
        draw.rectangle((x, 84, x + 26, 366), fill=_GROUND)
    for y in (170, 285):
        draw.rectangle((0, y, 640, y + 24), fill=_GROUND)
    draw.rectangle((195, 205, 310, 275), fill=_RED)
    draw.rectangle((370, 205, 480, 275), fill="#d9b45b")
    draw.rectangle((30, 205, 135, 275), fill=_GREEN)
    draw.line((195, 240, 140, 240), fill=_DARK, width=6)
    draw.polygon(((140, 240), (156, 230), (156, 250)), fill=_DARK)


def _market(draw: Draw) -> None:
    draw.rectangle((0, 270, 640, 366), fill=_GROUND)
    draw.rectangle((60, 110, 580, 275), fill=_WALL)
    draw.polygon(((40, 115), (600, 115), (560, 82), (80, 82)), fill=_RED)
    for x in (100, 260, 420):
        draw.rectangle((x, 165, x + 110, 275), fill="#8fa3ad")
    for place in range(4):
        draw.ellipse((420 + 22 * place, 90 - 12 * place, 490 + 22 * place, 160 - 12 * place), fill="#a8a8a4")
    for place in range(5):
        _person(draw, 80 + 70 * place, 350, (_GREEN, _DARK, "#b08a3c")[place % 3])


def _assembly(draw: Draw) -> None:
    draw.rectangle((0, 210, 640, 366), fill="#9aa08f")
    draw.rectangle((500, 100, 508, 300), fill=_DARK)
    draw.rectangle((430, 92, 580, 152), fill=_GREEN)
    for row in range(3):
        for place in range(8):
            _person(
                draw, 60 + 52 * place, 250 + 50 * row, (_DARK, "#a3563f", "#4f6f8f")[(row + place) % 3], 0.8
            )
    _person(draw, 540, 340, "#f08a24", 1.2)


def _extinguisher(draw: Draw) -> None:
    draw.rectangle((0, 270, 640, 366), fill=_GROUND)
    draw.rectangle((440, 230, 560, 330), fill="#6f7780")
    for place in range(4):
        draw.ellipse((430 + 24 * place, 150 - 14 * place, 510 + 24 * place, 230 - 14 * place), fill="#b4b2ab")
    _person(draw, 150, 340, _RED, 1.6)
    draw.rounded_rectangle((186, 270, 214, 335), radius=8, fill="#b3261e")
    draw.polygon(((214, 280), (430, 245), (430, 300)), fill="#eef2f3")


def _rain(draw: Draw) -> None:
    draw.rectangle((0, 0, 640, 366), fill="#8c9aa3")
    draw.rectangle((50, 130, 270, 300), fill="#b7a58d")
    draw.polygon(((35, 132), (285, 132), (160, 84)), fill="#5a4a3f")
    draw.rectangle((0, 290, 640, 366), fill="#6f8ea1")
    for drop in range(70):
        x, y = (drop * 97) % 640, 80 + (drop * 53) % 210
        draw.line((x, y, x - 6, y + 18), fill="#c6d3da", width=2)
    for place in range(6):
        draw.rounded_rectangle((300 + 48 * place, 285, 344 + 48 * place, 312), radius=10, fill="#cdbb8f")
    _person(draw, 480, 292, "#f08a24", 1.2)


SCENES: dict[str, Callable[[Draw], None]] = {
    "1-briefing": _briefing, "1-map": _map, "2-market": _market, "2-assembly": _assembly,
    "2-extinguisher": _extinguisher, "4-rain": _rain,
}  # fmt: skip

if __name__ == "__main__":
    main()
