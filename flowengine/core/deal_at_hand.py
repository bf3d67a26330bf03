"""The deal that a run is about, or none: what nodes on deals do then."""

from __future__ import annotations

from flowengine.core.steps import Context, Go

WHY = "there is no deal"


def has_deal(context: Context) -> bool:
    """Whether there is one, be it one that an earlier node of this turn has made."""
    return bool(context.names.get("deal"))


def without_deal(context: Context) -> Go:
    """The author's way for it where there is one, else the usual way: a missing deal fails nobody's run."""
    return Go("no_deal" if "no_deal" in context.wired else "next", why=WHY)
