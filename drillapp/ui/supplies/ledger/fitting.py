"""How large the wide dialogs of the ledger are: as large as is useful, but no larger than the window or the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

WIDE = 1040
"""The least width in which a line of a document can be written, in pixels."""
_AROUND = 40, 60


def fit_window(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog this size, or what there is room for."""
    around = dialog.parentWidget()
    rooms = [dialog.screen().availableSize(), *([around.window().size()] if around is not None else [])]
    dialog.resize(
        min(width, max(room.width() for room in rooms) - _AROUND[0]),
        min(height, max(room.height() for room in rooms) - _AROUND[1]),
    )
