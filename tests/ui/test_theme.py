"""Light and dark: readable, and worn by everything that is on the screen."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.resources import resource_path
from drillapp.ui import icons, theme
from drillapp.ui.parts.words import button


def luminance(name: str) -> float:
    parts = (channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
             for channel in QColor(name).getRgbF()[:3])  # fmt: skip
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(ink: str, ground: str) -> float:
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_grounds(colours: theme.Colours) -> None:
    pairs = [(colours.text, ground) for ground in (colours.window, colours.surface, colours.hover)]
    pairs += [(colours.muted, ground) for ground in (colours.window, colours.surface, colours.sunken)]
    pairs += [(colours.on_accent, colours.accent), (colours.accent_text, colours.accent_soft)]
    pairs += [(getattr(colours, tone), getattr(colours, f"{tone}_soft"))
              for tone in ("problem", "red", "orange", "yellow", "blue", "green")]  # fmt: skip
    pairs += [(colours.problem, colours.surface)]
    assert [(pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < 4.5] == []


def test_switching_dresses_buttons_and_their_icons_anew(themed: QApplication, qtbot: QtBot) -> None:
    made = button("New", icon="add")
    qtbot.addWidget(made)
    before = made.icon().pixmap(18, 18).toImage()
    theme.notifier().changed.connect(icons.retint)
    try:
        with qtbot.waitSignal(theme.notifier().changed):
            theme.apply_theme(themed, "dark")
    finally:
        theme.notifier().changed.disconnect(icons.retint)
    assert themed.palette().window().color().name() == theme.DARK.surface
    assert made.icon().pixmap(18, 18).toImage() != before
    theme.apply_theme(themed, "light")


def test_every_icon_is_drawn_and_takes_the_tint() -> None:
    names = sorted(path.stem for path in resource_path("icons").glob("*.svg"))
    assert len(names) >= 45
    for name in names:
        if name.startswith("control-"):
            continue
        picture = icons.pixmap(name, "accent", 48).toImage()
        colours = {picture.pixelColor(x, y).name() for x in range(48) for y in range(48)
                   if picture.pixelColor(x, y).alpha() == 255}  # fmt: skip
        assert theme.current().accent in colours, name


def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 gave away one reference to None with each such call, and the process died."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(2000):
        widget.update()
        widget.parent()
    assert abs(sys.getrefcount(None) - before) < 1000
