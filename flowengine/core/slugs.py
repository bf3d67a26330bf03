"""Slugs: how documents name the things of an account, so that a copy means the same elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from re import sub

LONGEST = 60


def slug_of(name: str) -> str:
    """A slug that still tells the name; "" where nothing of it can be kept.

    >>> slug_of("Atendimento à Loja (2)")
    'atendimento-a-loja-2'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """`wanted`, or with the first number behind it that nobody has.

    >>> free_slug("ana", {"ana", "ana-2"}.__contains__)
    'ana-3'
    """
    slug, number = wanted, 1
    while is_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
