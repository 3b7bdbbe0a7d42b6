"""The three first steps of an office that has little in it yet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from drillapp.core.home.figures import Beginnings
from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import button, card, label
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_ICON = 28


class FirstSteps(QWidget):
    """Three cards side by side; a step that was taken says so."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._marks: list[tuple[QLabel, str]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(label(_("Three first steps"), "heading", parent=self))
        hint = _(
            "Ledgers in Excel or CSV are taken as they are: columns are found by their headings, in any order."
        )
        layout.addWidget(label(hint, "muted", wraps=True, parent=self))
        layout.addSpacing(GRID)
        cards = QHBoxLayout()
        cards.setSpacing(2 * GRID)
        cards.addWidget(self._units(), 1)
        cards.addWidget(self._plans(), 1)
        cards.addWidget(self._drill(), 1)
        layout.addLayout(cards)

    def show_beginnings(self, begun: Beginnings) -> None:
        """Say which steps were taken."""
        taken = (begun.units, begun.plans and begun.supplies, begun.drills)
        for (picture, icon), is_taken in zip(self._marks, taken, strict=True):
            name, tone = ("check", "muted") if is_taken else (icon, "accent")
            picture.setPixmap(icons.pixmap(name, tone, _ICON, self.devicePixelRatioF()))
            picture.setAccessibleName(_("done") if is_taken else _("to do"))

    def _units(self) -> QFrame:
        words = _("The units you look after: sub-districts, communities, enterprises, schools, hospitals.")
        return self._card(
            "units", _("1. Units"), words, (("units", _("Import units …")), ("posts", _("Posts …")))
        )

    def _plans(self) -> QFrame:
        words = _(
            "Their contingency plans, and what lies in the storehouses: catalogue, storehouses, movements."
        )
        imports = (
            ("plans", _("Import plans …")), ("items", _("Items …")), ("storehouses", _("Storehouses …")),
            ("movements", _("Movements …")),
        )  # fmt: skip
        return self._card("plans", _("2. Plans and supplies"), words, imports)

    def _drill(self) -> QFrame:
        words = _("Schedule the first drill; after it, log what happened and print the report.")
        begin = button(_("Schedule a drill"), role="primary", icon="add", parent=self)
        begin.clicked.connect(lambda: self._session.go(Target("drills", "drills", action="new")))
        begin.setEnabled(not self._session.is_read_only)
        return self._card("drills", _("3. A drill"), words, (("drills", _("Import drills …")),), begin)

    def _card(
        self, icon: str, title: str, words: str, imports: tuple[tuple[str, str], ...],
        first: QPushButton | None = None,
    ) -> QFrame:  # fmt: skip
        """A step; its first button, of the imports unless another is given, is the one to press."""
        frame, layout = card(self, padding=3 * GRID)
        picture = QLabel(frame)
        self._marks.append((picture, icon))
        layout.addWidget(picture)
        layout.addWidget(label(title, "heading", parent=frame))
        layout.addWidget(label(words, "muted", wraps=True, parent=frame))
        layout.addSpacing(GRID)
        layout.addStretch(1)
        actions = QHBoxLayout()
        actions.setSpacing(GRID)
        if first is not None:
            actions.addWidget(first)
        for kind, text in imports:
            made = button(text, role="ghost" if actions.count() else "primary", parent=frame)
            made.setObjectName(f"import-{kind}")
            made.setEnabled(not self._session.is_read_only)
            made.clicked.connect(lambda _on=False, kind=kind: self._import(kind))
            actions.addWidget(made)
        actions.addStretch(1)
        layout.addLayout(actions)
        return frame

    def _import(self, kind: str) -> None:
        from drillapp.ui.ledgers.bring_in import import_ledger_file

        import_ledger_file(self._session, kind, self)
