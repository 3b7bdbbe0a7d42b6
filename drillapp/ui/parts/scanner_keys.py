"""Telling a scanner that types from a person: a burst of signs faster than fingers, ended by Enter or Tab."""

from __future__ import annotations

FASTEST_FINGERS_MS = 45
"""Milliseconds from key to key: scanners need 2 to 30, a person over several keys in a row never less than this."""
LEAST_SIGNS = 6
"""Two or three keys rolled off together can be as quick; six never are. Our own codes have 16 digits and more."""
LONGEST = 400


class ScannerKeys:
    """Follows the keys one by one; knows no widget and no clock but the moments it is told."""

    def __init__(self) -> None:
        self._signs: list[str] = []
        self._last = 0.0
        self._ended = float("-inf")
        self.continues = False
        """Whether the burst of now follows a scanned line at once: a code of several lines goes on."""

    @property
    def is_running(self) -> bool:
        """Whether the keys so far may be a scanner's, quick enough that no person types them."""
        return len(self._signs) > 1

    def is_quick(self, moment: float) -> bool:
        """Whether a key at a moment (milliseconds) follows the last one faster than fingers."""
        return bool(self._signs) and 0 <= moment - self._last <= FASTEST_FINGERS_MS

    def sign(self, text: str, moment: float) -> bool:
        """Take a sign at a moment; True when it begins anew, so that what was there before is worth remembering."""
        begins = not self.is_quick(moment) or len(self._signs) >= LONGEST
        if begins:
            self._signs.clear()
            self.continues = 0 <= moment - self._ended <= FASTEST_FINGERS_MS
        self._signs.append(text)
        self._last = moment
        return begins

    def end(self, moment: float) -> str:
        """Take Enter or Tab: what the scanner typed before it, or '' when it was a person."""
        text = "".join(self._signs)
        scanned = self.is_quick(moment) and (len(text) >= LEAST_SIGNS or self.continues)
        if scanned:
            self._ended = moment
        self._signs.clear()
        return text if scanned else ""

    def other(self) -> None:
        """Take any other key: it ends a burst without anything."""
        self._signs.clear()
