"""Garbage is collected again when the last who wants none has ended, whichever that is."""

from __future__ import annotations

import gc

from drillapp.core.uncollected import is_uncollected, uncollected


def test_who_ends_first_does_not_let_the_others_be_collected() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert (gc.isenabled(), is_uncollected()) == (False, True)
    second.__exit__(None, None, None)
    assert (gc.isenabled(), is_uncollected()) == (True, False)


def test_what_was_off_before_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
