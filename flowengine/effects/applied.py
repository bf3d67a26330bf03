"""Applies a turn's effects in their order; what it asks for in a row, like two messages, goes together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from flowengine.core.effects import Effect, HandOff, SendMessage, TakeBack, UpdateContact
from flowengine.effects import hand_off, send_message, take_back, update_contact
from flowengine.effects.stage import Origin, Stage

APPLY: Mapping[type[Effect], Callable[[Sequence[Any], Stage, Origin, int], None]] = {
    HandOff: hand_off.apply,
    SendMessage: send_message.apply,
    TakeBack: take_back.apply,
    UpdateContact: update_contact.apply,
}


def apply(effects: Sequence[Effect], stage: Stage, origin: Origin) -> None:
    """Make rows of them, in the turn's transaction."""
    index = 0
    for kind, row in groupby(effects, key=type):
        same = list(row)
        APPLY[kind](same, stage, origin, index)
        index += len(same)
