"""Garbage is collected again when the last who wants none has ended, whichever that is."""

from __future__ import annotations

import gc
import subprocess
import sys

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


AGED = """
import gc
import subprocess
import sys
from drillapp.core.uncollected import uncollected
with uncollected():
    made = [[number] for number in range(50_000)]
assert not any(one is made for one in gc.get_objects(generation=0)), "it would be looked through at once"
gc.freeze()
aside = gc.get_freeze_count()
with uncollected():
    pass
assert gc.get_freeze_count() == aside, "what was set aside is not any more"
"""


def test_what_was_made_meanwhile_is_not_looked_through_right_afterwards() -> None:
    # In a process of its own: this one has set its garbage collector up for the tests.
    subprocess.run([sys.executable, "-c", AGED], check=True)
