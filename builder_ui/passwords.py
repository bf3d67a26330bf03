"""Checks passwords with argon2, beside the event loop, a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import gevent.monkey
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.threadpool import ThreadPool

AT_ONCE = 2  # each takes 64 MiB and a core for some 50 ms (argon2-cffi's defaults, RFC 9106 low-memory)

_hasher = PasswordHasher()


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one. Without a hash (nobody of that name) it takes as long and is not."""
    right = _beside(_verify, password_hash or _nobody(), password)
    return right and password_hash is not None


def hashed(password: str) -> str:
    """The password as it is kept."""
    made: str = _beside(_hasher.hash, password)
    return made


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody's password")


@lru_cache(maxsize=1)
def _threads() -> ThreadPool:
    return ThreadPool(AT_ONCE)


def _beside(work: Callable[..., Any], *args: Any) -> Any:
    """In a real thread where greenlets share this one, so that nobody else waits for the arithmetic."""
    if gevent.monkey.is_module_patched("socket"):
        return _threads().apply(work, args)
    return work(*args)
