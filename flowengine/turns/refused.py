"""A turn whose orders the account cannot carry out: its author's mistake, as if the node itself had made it."""

from __future__ import annotations

from msgspec.structs import replace

from flowengine.core.effects import HandOff
from flowengine.core.turn import Trace, Turn
from flowengine.effects.applied import Refused

_ASKED_BY = {  # the type of node that asks for an order; any may, which saves an answer
    "add_note": "add_note",
    "assign_owner": "assign_owner",
    "change_tags": "tags",
    "set_consent": "consent",
    "update_contact": "update_contact",
}


def failed(turn: Turn, refusal: Refused) -> Turn:
    """The turn as it is then: what was asked for before stands, and people take over."""
    mistake = refusal.mistake
    at = _who_asked(turn, refusal)
    error = {"code": mistake.code, "node": at.node, "message": mistake.message}
    run = replace(turn.run, status="failed", outcome="failed", wait=None, error=error)
    people = HandOff(why="failed", error=f"{at.node}: {mistake.message}")
    said = Trace(at.node, at.type, None, f"{mistake.code}: {mistake.message}", version=at.version)
    return Turn(run, (*turn.effects[: refusal.index], people), (*turn.trace, said))


def _who_asked(turn: Turn, refusal: Refused) -> Trace:
    """The node that asked for the order, as far as the trace tells: most nodes of these types ask for one each."""
    fitting = [passed for passed in turn.trace if passed.type == _ASKED_BY.get(refusal.kind)]
    earlier = sum(effect.kind == refusal.kind for effect in turn.effects[: refusal.index])
    return fitting[min(earlier, len(fitting) - 1)] if fitting else turn.trace[-1]
