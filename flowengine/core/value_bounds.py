"""How much a variable may hold: what grows without end in a loop ends the run before it fills the memory."""

from __future__ import annotations

from typing import Any

import orjson

LARGEST = 20_000  # items and characters in all: as much as a template may write
LARGEST_STATE = 400_000  # bytes of JSON that a run knows in all: each turn reads and writes it
GREATEST = 2**53  # whole numbers beyond it lose digits in JSON (RFC 8259, section 6)


def is_within_bounds(value: Any) -> bool:
    """Whether a plain JSON value is small enough to be kept."""
    room, to_see = LARGEST, [value]
    while to_see:
        here = to_see.pop()
        match here:
            case str():
                room -= len(here)
            case list() | tuple():
                to_see.extend(here)
            case dict():
                to_see.extend(here.values())
                room -= sum(len(key) for key in here)
            case int() | float() if abs(here) > GREATEST:
                return False
        room -= 1
        if room < 0 or len(to_see) > LARGEST:
            return False
    return True


def can_be_kept(*known: Any) -> bool:
    """Whether what a run knows is small enough to be carried on, and plain enough to be written down at all."""
    try:
        return len(orjson.dumps(known)) <= LARGEST_STATE
    except TypeError:  # orjson's errors are of this kind too
        return False
