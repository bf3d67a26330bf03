"""What a process that keeps others owes them: to take them along when it is killed, a pause before the next start."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PAUSES_S = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)  # before each further start in a row
STEADY_S = 3.0  # of life, after which a death counts as the first again: longer than a start takes
_PR_SET_PDEATHSIG = 1  # prctl(2)


def end_with(parent: int) -> None:
    """Have this process be told to end (SIGTERM) when `parent`, who has just started it, is no more, even by kill -9.

    On Linux alone; elsewhere the next start finds and ends it.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:  # it died in between
        os._exit(0)


def count_death(deaths: int, lived: float) -> tuple[int, float]:
    """How many deaths in a row that makes after `deaths`, and the pause in seconds before the next start."""
    deaths = 1 if lived > STEADY_S else deaths + 1
    return deaths, PAUSES_S[min(deaths, len(PAUSES_S)) - 1]
