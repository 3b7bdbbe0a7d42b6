"""Colours, type and measures of the whole window; everything drawn takes them from here."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from drillapp.core.resources import resource_path
from drillapp.ui.stylesheet import stylesheet

GRID = 8
SMALL, BODY, HEADING, TITLE = 12, 13, 16, 22
"""The four type sizes, in device-independent pixels."""
ROW_HEIGHT = 36
SYSTEM_FONTS = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
_BUNDLED_FONTS = ("fonts/DrillappSans-Regular.ttf", "fonts/DrillappSans-Bold.ttf")


class Colours(NamedTuple):
    """One palette; the names say what a colour is for, never what it looks like."""

    window: str
    surface: str
    raised: str
    sunken: str
    hover: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    on_accent: str
    # What is refused, failed or cannot be taken back; not the red of what is overdue.
    problem: str
    problem_soft: str
    # The alert colours and green; each only for its meaning (design/interface.md).
    red: str
    red_soft: str
    orange: str
    orange_soft: str
    yellow: str
    yellow_soft: str
    blue: str
    blue_soft: str
    green: str
    green_soft: str


LIGHT = Colours(
    window="#f3f4f8",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#f6f7fa",
    hover="#eef0f6",
    border="#e2e5ec",
    border_strong="#c8cdd9",
    text="#1b1f2a",
    muted="#596172",
    faint="#858c9b",
    accent="#4b49c4",
    accent_hover="#3d3bb0",
    accent_soft="#ececfb",
    accent_text="#403eb4",
    on_accent="#ffffff",
    problem="#a11a6b",
    problem_soft="#fbe9f4",
    red="#c2272d",
    red_soft="#fdebec",
    orange="#b04c08",
    orange_soft="#fff0e2",
    yellow="#846200",
    yellow_soft="#fff6d1",
    blue="#1763bd",
    blue_soft="#e6f1fe",
    green="#1c7643",
    green_soft="#e4f5eb",
)
DARK = Colours(
    window="#13151b",
    surface="#1a1d25",
    raised="#22262f",
    sunken="#171a21",
    hover="#262a35",
    border="#2b303b",
    border_strong="#414857",
    text="#e7e9f0",
    muted="#a6adbc",
    faint="#7b8393",
    accent="#6a67db",
    accent_hover="#7a77e6",
    accent_soft="#2a2a50",
    accent_text="#a9a7fb",
    on_accent="#ffffff",
    problem="#f58bc6",
    problem_soft="#3d1b31",
    red="#ff8a8d",
    red_soft="#41201f",
    orange="#ffa566",
    orange_soft="#402816",
    yellow="#ecc94b",
    yellow_soft="#383012",
    blue="#7ab8ff",
    blue_soft="#172d47",
    green="#66cf92",
    green_soft="#15331f",
)
# Hues that mean nothing but tell one thing from its neighbours, such as the columns of a file: ink and ground of each.
_LIGHT_HUES = (
    ("#4b49c4", "#eeedfc"),
    ("#0c6d73", "#e0f2f2"),
    ("#76562a", "#f5ede0"),
    ("#46607a", "#e7eef4"),
    ("#56642a", "#eff2de"),
)
_DARK_HUES = (
    ("#a9a7fb", "#25254a"),
    ("#6cc5c9", "#133236"),
    ("#d3b183", "#352c1d"),
    ("#a3bdd6", "#202e3c"),
    ("#bcc886", "#2a3019"),
)
HUES = len(_LIGHT_HUES)
TONES = ("neutral", "accent", "problem", "red", "orange", "yellow", "blue", "green")


class _Notifier(QObject):
    changed = Signal()


_current = LIGHT
_notifier: _Notifier | None = None


def current() -> Colours:
    """The palette shown now."""
    return _current


def colour(name: str) -> QColor:
    """A colour of the palette shown now, by its name."""
    return QColor(_parsed(getattr(_current, name)))  # a colour can be changed by whoever has it


@cache
def _parsed(value: str) -> QColor:
    return QColor(value)


def tone_colours(tone: str) -> tuple[QColor, QColor]:
    """Ink and ground of a tone: of an alert colour, green, the accent, or neutral."""
    if tone == "neutral":
        return colour("muted"), colour("hover")
    if tone == "accent":
        return colour("accent_text"), colour("accent_soft")
    return colour(tone), colour(f"{tone}_soft")


def hue_colours(place: int) -> tuple[QColor, QColor]:
    """Ink and ground of one of the hues, which begin again after the last."""
    ink, ground = (_DARK_HUES if _current is DARK else _LIGHT_HUES)[place % HUES]
    return QColor(ink), QColor(ground)


def notifier() -> _Notifier:
    """Tells (signal `changed`) those who keep pictures or pens that the palette is another one."""
    global _notifier
    if _notifier is None:
        _notifier = _Notifier()
    return _notifier


def choose_style() -> None:
    """Have Qt draw with its own style beneath ours, the same on every system; to be said before the QApplication is."""
    # Through the environment, since QApplication.setStyle hands back a QStyle, and that type costs 10 ms of the start.
    os.environ["QT_STYLE_OVERRIDE"] = "Fusion"


def apply_theme(app: QApplication, mode: str = "system") -> None:
    """Dress the whole program; `mode` is system, light or dark."""
    global _current
    _current = DARK if _is_dark(mode) else LIGHT
    app.setPalette(_qt_palette(_current))
    app.setFont(ui_font())
    sizes = {"small": SMALL, "body": BODY, "heading": HEADING, "title": TITLE}
    tokens: dict[str, object] = {**_current._asdict(), **sizes}
    tokens["icons"] = resource_path("icons").as_posix()
    sheet = stylesheet(tokens)
    if app.styleSheet() != sheet:  # Qt dresses every widget anew even when the words are the same
        app.setStyleSheet(sheet)
    notifier().changed.emit()


def ui_font(pixels: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface's type family in one of the four sizes."""
    font = QFont(list(_families()))
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_family_names: tuple[str, ...] = ()


def _families() -> tuple[str, ...]:
    global _family_names
    if not _family_names:
        _family_names = tuple(_installed()[:1] or _bundled_families())
    return _family_names


def _installed() -> list[str]:
    """Those of the system's families for Chinese that are here."""
    if (
        sys.platform == "win32"
    ):  # a Chinese one lists fonts by their Chinese names, and knows the English ones too
        return [name for name in SYSTEM_FONTS if QFontDatabase.hasFamily(name)]
    known = set(
        QFontDatabase.families()
    )  # one look at the list; the other asks for substitutes, a name at a time
    return [name for name in SYSTEM_FONTS if name in known]


def _bundled_families() -> list[str]:
    """The families of the fonts that come with the program, for machines without Chinese ones."""
    families: list[str] = []
    for name in _BUNDLED_FONTS:
        font = QFontDatabase.addApplicationFont(str(resource_path(name)))
        families += QFontDatabase.applicationFontFamilies(font)
    return families or ["sans-serif"]


_system_is_dark: bool | None = None


def _is_dark(mode: str) -> bool:
    global _system_is_dark
    if _system_is_dark is None:  # asked once, before our own palette stands in the system's place
        # Not through Qt.ColorScheme: the first look at the Qt namespace makes a hundred enumerations, a tenth of the start.
        _system_is_dark = QPalette().window().color().lightness() < 128
    return _system_is_dark if mode == "system" else mode == "dark"


def _qt_palette(colours: Colours) -> QPalette:
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: colours.surface,
        roles.WindowText: colours.text,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.sunken,
        roles.Text: colours.text,
        roles.Button: colours.surface,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.on_accent,
        roles.ToolTipBase: colours.raised,
        roles.ToolTipText: colours.text,
        roles.PlaceholderText: colours.faint,
        roles.Highlight: colours.accent_soft,
        roles.HighlightedText: colours.text,
        roles.Accent: colours.accent,
        roles.Link: colours.accent_text,
        roles.LinkVisited: colours.accent_text,
        roles.Light: colours.raised,
        roles.Midlight: colours.hover,
        roles.Mid: colours.border,
        roles.Dark: colours.border_strong,
        roles.Shadow: colours.border_strong,
    }
    palette = QPalette()
    for role, value in pairs.items():
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return palette
