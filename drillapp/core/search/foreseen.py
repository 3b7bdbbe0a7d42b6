"""What titles are found by, where somebody else works it out while this process is busy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drillapp.core.search.tokens import Tokens, title_tokens

Coming = Callable[[], Mapping[str, Tokens]]
"""Waits for what was worked out."""


class Foreseen(dict[str, Tokens]):
    """The tokens of titles: taken in when one is first asked for, and worked out here where nobody else has."""

    def __init__(self) -> None:
        super().__init__()
        self._coming: Coming | None = None

    def expect(self, coming: Coming | None) -> None:
        """Somebody works them out; nobody (any more) where it is None."""
        self._coming = coming

    @property
    def is_awaited(self) -> bool:
        """Whether somebody is at it, or has not been asked for it yet."""
        return self._coming is not None

    def take_in(self) -> None:
        """Wait for what was worked out."""
        coming, self._coming = self._coming, None
        if coming is not None:
            self.update(coming())

    def __missing__(self, title: str) -> Tokens:
        self.take_in()
        if title not in self:
            self[title] = title_tokens(title)
        return self[title]
