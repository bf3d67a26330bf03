"""Draws without chance: which variant falls to somebody, always the same, in proportion to weights."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """`weight` is its part of the sum of all; nothing falls to one of weight 0."""

    id: str
    weight: int


def drawn(variants: Sequence[Variant], key: str) -> str:
    """The id of the variant that falls to `key`; one of them at least has a weight.

    Weighted rendezvous hashing (Schindelhauer and Schomaker, 2005): each variant draws a number of its own for this
    key, so that a changed weight moves keys only to or from that variant, and no more than it must.
    """
    return max((v for v in variants if v.weight > 0), key=lambda v: (v.weight / -math.log(_draw(v.id, key)), v.id)).id


def _draw(variant: str, key: str) -> float:
    """A number between 0 and 1, both excluded, that only depends on these two texts."""
    digest = hashlib.sha256(f"{key}|{variant}".encode()).digest()
    return (int.from_bytes(digest[:6]) + 0.5) / 2**48
