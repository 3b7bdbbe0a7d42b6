"""What a value looks like in a table, a fact or a copy: its words and its tone."""

from __future__ import annotations

from collections.abc import Mapping

from drillapp.core.shown import is_right, number_words, words

__all__ = ["Tones", "is_right", "number_words", "words"]

Tones = Mapping[str, Mapping[str, str]]
"""Column -> code -> tone (theme.TONES): which values are shown as a coloured mark."""
