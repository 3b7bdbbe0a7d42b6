"""Labels, buttons and other small pieces, made alike everywhere."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from drillapp.ui import icons
from drillapp.ui.theme import GRID


def label(text: str = "", type: str = "", *, wraps: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label; `type` is one of small, muted, heading, title, problem, label."""
    made = QLabel(text, parent)
    if type:
        made.setProperty("type", type)
    if wraps:
        made.setWordWrap(True)
        policy = made.sizePolicy()
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def button(
    text: str,
    *,
    role: str = "",
    icon: str = "",
    tip: str = "",
    checkable: bool = False,
    parent: QWidget | None = None,
) -> QPushButton:
    """A button; `role` is one of primary, ghost, link, danger, chip, field, or nothing for the ordinary one."""
    made = QPushButton(text, parent)
    made.setCheckable(checkable)
    if role:
        made.setProperty("role", role)
    if icon:
        icons.dress(made, icon, "on_accent" if role == "primary" else "muted")
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    return made


def icon_button(
    name: str, tip: str, *, checkable: bool = False, parent: QWidget | None = None
) -> QToolButton:
    """A button that is only an icon; the tip is also its accessible name."""
    made = QToolButton(parent)
    made.setCheckable(checkable)
    icons.dress(made, name)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made


def card(parent: QWidget | None = None, padding: int = 2 * GRID) -> tuple[QFrame, QVBoxLayout]:
    """A raised panel and the layout inside it."""
    frame = QFrame(parent)
    frame.setProperty("ground", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(padding, padding, padding, padding)
    layout.setSpacing(GRID)
    return frame, layout


def line(parent: QWidget | None = None) -> QFrame:
    """A hair line between two things."""
    frame = QFrame(parent)
    frame.setProperty("ground", "line")
    frame.setFixedHeight(1)
    return frame


def scrolled(content: QWidget | None, parent: QWidget, *, sideways: bool = True) -> QScrollArea:
    """A view of something that may be larger than its place; without `sideways` it is made as narrow as the view."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not sideways:
        from PySide6.QtCore import Qt  # the first look at it costs a tenth of the start

        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if content is not None:
        area.setWidget(content)
    return area


def row(*widgets: QWidget | int, spacing: int = GRID) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, int):
            layout.addStretch(widget)
        else:
            layout.addWidget(widget)
    return layout


def divided(left: QWidget, right: QWidget, sizes: tuple[int, int], parent: QWidget) -> QSplitter:
    """Two parts beside each other with a line between them to drag; the right one takes what the window grows by."""
    made = QSplitter(parent)
    made.addWidget(left)
    made.addWidget(right)
    made.setSizes(sizes)
    made.setStretchFactor(1, 1)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and dress the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
