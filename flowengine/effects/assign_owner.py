"""AssignOwner: applied in the turn's transaction; no team and no agent is locked for it."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import AssignOwner
from flowengine.core.errors import FlowError
from flowengine.crm import owners
from flowengine.effects.mistakes import by_the_author
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[AssignOwner], stage: Stage, origin: Origin, index: int) -> None:
    """A user, one of a team, or nobody. A team without agents leaves the contact to whoever had it."""
    for effect in effects:
        if effect.of != "contact":
            raise FlowError("the owner of a deal cannot be changed here yet")
        with by_the_author():
            _assign(effect, stage, origin)


def _assign(effect: AssignOwner, stage: Stage, origin: Origin) -> None:
    unit, actor = stage.unit, stage.actor(origin)
    if effect.how in ("user", "nobody"):
        if effect.how == "user" and not effect.user:
            raise FlowError("no user is named who should have the contact")
        user = effect.user if effect.how == "user" else None
        stage.contact = owners.set_owner(unit, stage.contact, user, actor)
        return
    choose = owners.next_in_turn if effect.how == "team_rotation" else owners.least_busy
    owner = choose(unit, effect.team)
    if owner is not None:
        stage.contact = owners.assign(unit, stage.contact, owner, actor)
