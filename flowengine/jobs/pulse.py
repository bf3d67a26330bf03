"""Signs of life of forked processes, in memory they share with whoever forked them.

What PostgreSQL and Redis know of a worker says too little of one that is frozen: its connections stay open, and the
rows it has locked stay locked. Whoever started it can end it, and the kernel then closes what it held.
"""

from __future__ import annotations

import mmap
import struct
import time
from threading import Event, Thread

_ONE = struct.Struct("d")  # seconds by the monotonic clock, which all processes of a machine share


class Pulse:
    """A place for each process; made before the fork. A machine that sleeps ages nobody: its clock sleeps as well."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._shared = mmap.mmap(-1, max(1, places) * _ONE.size)

    def beat(self, place: int) -> None:
        """A write of eight aligned bytes: no reader sees half of it."""
        _ONE.pack_into(self._shared, place * _ONE.size, time.monotonic())

    def beat_all(self) -> None:
        for place in range(self._places):
            self.beat(place)

    def silence(self, place: int) -> float:
        """Seconds since it beat last."""
        last: float = _ONE.unpack_from(self._shared, place * _ONE.size)[0]
        return time.monotonic() - last

    def keep_beating(self, place: int, every: float) -> None:
        """From now on, in a thread of its own, until the process ends: whatever its work waits for, it is alive."""
        Thread(target=self._go_on, args=(place, every), name="pulse", daemon=True).start()

    def _go_on(self, place: int, every: float) -> None:
        never = Event()
        self.beat(place)
        while not never.wait(every):
            self.beat(place)
