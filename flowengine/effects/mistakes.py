"""What an order refers to and the account does not have is its author's mistake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flowengine.core.errors import Conflict, FlowError, Invalid, NotFound


@contextmanager
def by_the_author() -> Iterator[None]:
    """A refusal of the rules becomes a FlowError with the same words; a meeting with somebody else's write does not."""
    try:
        yield
    except (Invalid, NotFound) as refusal:
        raise FlowError(refusal.message) from refusal
    except Conflict as refusal:
        if refusal.code != "not_unique":
            raise
        raise FlowError(refusal.message) from refusal
