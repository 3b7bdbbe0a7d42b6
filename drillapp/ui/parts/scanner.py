"""Scanning anywhere: what a scanner types is taken out of the field it fell into, understood, and shown.

A widget that wants scans for itself has a method `take_scan(scanned) -> bool`: the nearest one around the focus is
asked first. If it also has `scan_storehouse`, the code of a storehouse, then what lies there is meant where a code is
that of several things. A field with the property `role` = `scan` is left alone: bursts are its own.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.ui.parts.scanner_keys import ScannerKeys
from drillapp.ui.parts.scanner_undo import Before
from drillapp.ui.session import Session, Target

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.supplies.scanning import Scanned

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
"""Keys that a scanner presses between signs."""
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Understood(NamedTuple):
    """What was scanned, if it is something of the supplies, and where it leads."""

    scanned: Scanned | None
    target: Target
    name: str


class Scanner(QObject):
    """Listens to the keys of whatever window has the focus.

    On the windows, not on the whole application: there each key passes once, before any widget and before shortcuts,
    and few other events do.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = ScannerKeys()
        self._before: Before | None = None
        self._by_words = False
        """Whether the signs come as words of an input method, which do not say when their keys were pressed."""
        self._window: QWindow | None = None
        self._focus: QObject | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_window)
        application.focusObjectChanged.connect(self._on_focus)
        self._on_window(QGuiApplication.focusWindow())
        self._on_focus(QGuiApplication.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._window:
            return self._on_key(event)
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and watched is self._window:
            return self._on_override(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent) and event.commitString():
            # Under an input method with wide forms the signs come as words, one by one.
            self._by_words = True
            self._on_signs(event.commitString(), monotonic() * 1000)
        return False

    def scan(self, text: str) -> None:
        """Understand what was scanned, and show it or give it to whoever wants it."""
        taker, dialog = _taker(), QApplication.activeModalWidget()

        def found(understood: Understood) -> None:
            scanned, name = understood.scanned, understood.name
            takes = scanned is not None and taker is not None and shiboken6.isValid(taker)
            if takes and taker.take_scan(scanned):
                return
            if dialog is not None and shiboken6.isValid(dialog) and dialog.isVisible():
                words = _("{name} was scanned; close this window first to go there.")
                self._session.said.emit(words.format(name=name))
                return
            self._session.said.emit(_("Scanned: {name}").format(name=name))
            self._session.go(understood.target)

        if self._session.office is not None:
            here, reads_only = getattr(taker, "scan_storehouse", ""), self._session.is_read_only
            self._session.tasks.run_read(
                lambda office, _progress: understand(office, text, here, reads_only=reads_only),
                found,
                owner=self,
                replaces="scan",
            )

    def _on_key(self, event: QKeyEvent) -> bool:
        if self._is_foreign(event):
            return False
        moment = self._moment(event)
        if event.key() in _ENDS:
            text = self._keys.end(moment)
            if not text or _is_scan_field():
                return False
            self._undo()
            if (
                not self._keys.continues
            ):  # of a code of several lines, such as a card's, the first says what it is
                self.scan(text)
            return True
        if event.text() and event.text().isprintable():
            self._by_words = False
            self._on_signs(event.text(), moment)
        elif event.key() not in _SILENT:
            self._keys.other()
        return False

    def _on_override(self, event: QKeyEvent) -> bool:
        """Inside a burst neither a digit nor its Enter is a shortcut."""
        if (
            self._is_foreign(event)
            or not self._keys.is_running
            or not self._keys.is_quick(self._moment(event))
        ):
            return False
        event.accept()
        return True

    def _moment(self, event: QKeyEvent) -> float:
        """When the key was pressed, in milliseconds, however late the program comes to it."""
        said = 0.0 if self._by_words else float(event.timestamp())
        return said or monotonic() * 1000

    def _is_foreign(self, event: QKeyEvent) -> bool:
        """Whether no scanner sends this: a key held down, or a command."""
        return event.isAutoRepeat() or bool(event.modifiers() & _COMMANDS)

    def _on_signs(self, text: str, moment: float) -> None:
        if self._keys.sign(text, moment):
            self._before = Before(QApplication.focusWidget())

    def _undo(self) -> None:
        if self._before is not None:
            self._before.bring_back(QApplication.focusWidget())
            self._before = None

    def _on_window(self, window: QWindow | None) -> None:
        self._keys.other()
        self._window = self._listen_to(self._window, window)

    def _on_focus(self, focus: QObject | None) -> None:
        self._focus = self._listen_to(self._focus, focus if isinstance(focus, QWidget) else None)

    def _listen_to(self, last: Any, new: Any) -> Any:
        if last is new:
            return last
        if last is not None and shiboken6.isValid(last):
            last.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
        return new


def target_of(scanned: Scanned, place: str | None, *, reads_only: bool = False) -> Target:
    """Where a scan leads: a movement of an item or lot, the stock of a shelf or storehouse, a paper's record.

    `place` is the code of the storehouse where an item or lot lies, if it lies in one alone.
    """
    if scanned.kind in ("items", "lots") and not reads_only:
        values: dict[str, object] = {"kind": "out", "item_code": scanned.item_code, "quantity": 1}
        if scanned.kind == "lots":  # the empty number is that of the goods that have none
            values |= {"lot": scanned.lot or "", "expires_on": scanned.expires_on}
        values |= {"storehouse": place} if place else {}
        return Target("supplies", "movements", action="new", values=values)
    if scanned.kind in ("stocktakes", "aid_requests"):
        return Target("supplies", scanned.kind, scanned.id)
    chosen = {
        "items": {"item": scanned.item_code, "item_name": scanned.item_name},
        "lots": {"item": scanned.item_code, "lot": scanned.lot or ""},
        "shelves": {"storehouse": scanned.storehouse, "shelf": scanned.code},
        "storehouses": {"storehouse": scanned.storehouse, "storehouse_name": scanned.name},
        "documents": {"document": scanned.code},
    }[scanned.kind]
    kind = "movements" if scanned.kind == "documents" else "stock"
    return Target(
        "supplies", kind, choices={name: frozenset((code,)) for name, code in chosen.items() if code}
    )


def understand(office: Office, text: str, storehouse: str = "", *, reads_only: bool = False) -> Understood:
    """What a scanned text means and where it leads: something of the supplies, or a disposal card.

    Raises NotFound, and InvalidInput for a code of several things.
    """
    from drillapp.core.cards.lookup import look_up  # neither is needed before the first scan
    from drillapp.core.supplies.scanning import only_place, resolve

    try:
        scanned = resolve(office, text, storehouse)
    except NotFound:
        card = look_up(office, text).card
        if card is None:
            raise
        return Understood(None, Target("cards", "cards", card.id), f"{card.title} {card.number}")
    target = target_of(scanned, only_place(office, scanned), reads_only=reads_only)
    return Understood(scanned, target, _called(scanned))


def _called(scanned: Scanned) -> str:
    return " ".join(part for part in (scanned.name, scanned.lot or "", scanned.code) if part)


def _taker() -> Any:
    """The nearest widget around the focus, or the window in front, that wants scans for itself."""
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    while widget is not None and not hasattr(widget, "take_scan"):
        widget = widget.parentWidget()
    return widget


def _is_scan_field() -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and widget.property("role") == "scan"
