"""`drillapp` and `python -m drillapp`: the command line, or the window when no command is given."""

from __future__ import annotations

import time

BEGAN = time.perf_counter()


def main() -> None:
    """Run what the arguments ask for."""
    import sys

    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # the packaged program reads foreign files in child processes of itself
    from drillapp.launch import is_for_window, open_window

    if is_for_window(sys.argv[1:]):
        # The window starts without the command line's library, which takes as long to load as the frame to show.
        sys.exit(open_window(sys.argv[1:], BEGAN))
    from drillapp.cli import run

    run()


if __name__ == "__main__":
    main()
