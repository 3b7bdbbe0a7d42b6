"""What this person's window remembers between two starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8


class Preferences:
    """Remembered choices by name, kept in a file of the person (or in `path`)."""

    def __init__(self, path: Path | None = None) -> None:
        form = QSettings.Format.IniFormat
        if path is None:
            self._settings = QSettings(form, QSettings.Scope.UserScope, "drillapp", "drillapp")
        else:
            self._settings = QSettings(str(path), form)

    def text(self, name: str, default: str = "") -> str:
        """A remembered word."""
        return str(self._settings.value(name, default))

    def set_text(self, name: str, value: str) -> None:
        """Remember a word."""
        self._settings.setValue(name, value)

    def flag(self, name: str, default: bool = False) -> bool:
        """A remembered yes or no."""
        return self.text(name, "1" if default else "0") == "1"

    def set_flag(self, name: str, value: bool) -> None:
        """Remember a yes or no."""
        self.set_text(name, "1" if value else "0")

    def blob(self, name: str) -> QByteArray:
        """Remembered bytes (the state of a header, a window); empty when there are none."""
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, name: str, value: QByteArray) -> None:
        """Remember bytes."""
        self._settings.setValue(name, value)

    def recent_offices(self) -> list[str]:
        """The offices opened last, newest first."""
        return [line for line in self.text("offices/recent").split("\n") if line]

    def remember_office(self, location: str) -> None:
        """Put an office at the head of the recent ones."""
        others = [known for known in self.recent_offices() if known != location]
        self.set_text("offices/recent", "\n".join([location, *others][:_RECENT]))

    def last_backup(self, location: str) -> str:
        """The day of an office's last backup as YYYY-MM-DD; empty when there was none."""
        return self.text(_backup_name(location))

    def remember_backup(self, location: str, day: str) -> None:
        """Note the day of a backup."""
        self.set_text(_backup_name(location), day)

    def sync(self) -> None:
        """Write what is remembered to the disk now."""
        self._settings.sync()


def _backup_name(location: str) -> str:
    return "backups/" + location.replace("/", "|").replace("\\", "|")
