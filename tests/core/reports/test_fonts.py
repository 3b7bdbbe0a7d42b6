from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest

from drillapp.core.reports import fonts
from drillapp.core.reports.page import new_canvas, save
from drillapp.core.resources import resource_path
from tests.core.reports.paper import picture, texts


def written(text: str, font: str) -> tuple[BytesIO, tuple[str, ...]]:
    canvas = new_canvas("t", "", (500, 100), fonts.bundled())
    canvas.setFont(font, 20)
    canvas.drawString(10, 50, text)
    pdf = BytesIO()
    missing = save(canvas, pdf, 1).missing
    return pdf, missing


@pytest.mark.parametrize(
    "font", ["drillapp-fang", "drillapp-kai", "drillapp-song", "drillapp-sans", "drillapp-sans-bold"]
)
@pytest.mark.parametrize("rare", ["䶮", "𠮷", "𬭎", "㼆", "龘", "①", "☑", "≥", "㎡", "℃"])
def test_a_rare_character_is_drawn_from_another_font(font: str, rare: str) -> None:
    pdf, missing = written(f"王{rare}明", font)
    assert missing == ()
    assert texts(pdf) == [f"王{rare}明"]


def test_a_rare_character_leaves_ink_on_the_page() -> None:
    blank = picture(written("\u3000", "drillapp-fang")[0])
    assert picture(written("𠮷", "drillapp-fang")[0]).tobytes() != blank.tobytes()


def test_a_character_that_no_font_has_is_named() -> None:
    _pdf, missing = written("着火🔥了\U00013000", "drillapp-fang")
    assert missing == ("U+13000 EGYPTIAN HIEROGLYPH A001", "U+1F525 FIRE")


def test_a_radical_copied_from_another_pdf_is_drawn_as_its_character() -> None:
    pdf, missing = written("⼀⽤", "drillapp-fang")
    assert missing == ()
    assert texts(pdf) == ["一用"]


def test_invisible_characters_take_no_room_and_are_not_missing() -> None:
    pdf, missing = written("应\u200b急\ufeff演\ufe00练", "drillapp-sans")
    assert missing == ()
    assert texts(pdf) == ["应急演练"]
    assert fonts.stack("drillapp-sans").stringWidth("\u200b\ufe00", 12) == 0


def test_each_font_has_all_of_gb2312_and_the_states_list_within_reach() -> None:
    fonts.bundled()
    level_one = [
        bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)
    ]
    for name in ("drillapp-fang", "drillapp-sans-bold"):
        stack = fonts.stack(name)
        assert {stack.place_of(character) for character in level_one} == {0}
        assert all(stack.place_of(chr(code)) >= 0 for code in range(0x4E00, 0x9FA6))


def test_measured_width_is_the_drawn_width() -> None:
    fonts.bundled()
    stack = fonts.stack("drillapp-fang")
    assert stack.stringWidth("演练𠮷", 16) == pytest.approx(48)
    assert stack.stringWidth("A", 16) < 16


def test_installed_official_fonts_are_used_when_asked_for(tmp_path: Path) -> None:
    shutil.copy(resource_path("fonts/DrillappKai-Regular.ttf"), tmp_path / "SIMFANG.TTF")
    (tmp_path / "simkai.ttf").write_bytes(b"not a font")
    chosen = fonts.installed([tmp_path])
    assert chosen.body == "installed-body"
    assert chosen.kai == fonts.bundled().kai
    assert chosen.title == fonts.bundled().title
    assert texts(written("演练𠮷", chosen.body)[0]) == ["演练𠮷"]


def test_a_machine_without_official_fonts_uses_the_bundled_ones(tmp_path: Path) -> None:
    assert fonts.installed([tmp_path]) == fonts.bundled()


def test_two_papers_that_begin_at_the_same_moment_share_their_faces(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from shutil import copyfile
    from threading import Barrier

    from drillapp.core.reports.fonts import load_face
    from drillapp.core.resources import resource_path

    file = tmp_path / "never seen before.ttf"
    copyfile(min(resource_path("fonts").glob("*.ttf")), file)
    begin = Barrier(4)

    def load(_place: int) -> int:
        begin.wait()
        return id(load_face(file))

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(load, range(4)))
    assert len(found) == 1
