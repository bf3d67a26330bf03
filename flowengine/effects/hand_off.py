"""HandOff: applied in the turn's transaction; the conversation is people's from its commit on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flowengine.core.effects import HandOff
from flowengine.desk import handoffs
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[HandOff], stage: Stage, origin: Origin, index: int) -> None:
    """Into the team's queue; a flow that names no team gives it to its default team."""
    for effect in effects:
        waits = handoffs.Waits(origin.run, origin.turn, effect.goes_on) if effect.goes_on else None
        stage.conversation = handoffs.hand_off(
            stage.unit,
            stage.conversation,
            team=effect.team or origin.default_team,
            waits=waits,
            note=effect.note,
            priority=effect.priority,
            why=effect.why,
            error=effect.error,
            flow=origin.flow_name,
            to=_member(stage, effect.user),
        )
        if effect.subject:
            stage.conversation = stage.unit.conversations.change(stage.conversation, subject=effect.subject)


def _member(stage: Stage, slug: str | None) -> UUID | None:
    member = stage.unit.members.by_slug(slug) if slug else None
    return member.id if member else None
