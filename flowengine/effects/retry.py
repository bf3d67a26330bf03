"""When to try again what the world did not take."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=10)
MOST = 12  # about an hour and a half in all


def next_try(key: str, attempts: int, now: datetime) -> datetime | None:
    """When to try effect `key` again after `attempts` failures, or None once that is enough.

    Doubles from `FIRST` to `LONGEST`; up to a quarter earlier, drawn from the key, so that what failed together does
    not come back together.
    """
    if attempts >= MOST:
        return None
    wait: timedelta = min(FIRST * 2 ** (attempts - 1), LONGEST)
    draw = blake2b(f"{key}:{attempts}".encode(), digest_size=2).digest()
    return now + timedelta(seconds=wait.total_seconds() * (1 - int.from_bytes(draw) / 65_536 / 4))
