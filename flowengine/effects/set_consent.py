"""SetConsent: applied in the turn's transaction; what the contact had said already keeps its time."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.conditions.catalogue import CHANNEL_KINDS
from flowengine.core.effects import SetConsent
from flowengine.crm.consent import set_consent
from flowengine.effects.mistakes import by_the_author
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[SetConsent], stage: Stage, origin: Origin, index: int) -> None:
    """For one kind of channel, or for all; of one said twice the last counts."""
    wanted: dict[str, str] = {}
    for effect in effects:
        wanted.update(dict.fromkeys(CHANNEL_KINDS if effect.channel is None else [effect.channel], effect.state))
    with by_the_author():
        stage.contact = set_consent(stage.unit, stage.contact, wanted, stage.actor(origin))
