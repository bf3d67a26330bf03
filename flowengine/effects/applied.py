"""Applies a turn's effects in their order; what it asks for in a row, like two messages, goes together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from flowengine.core.effects import (
    AddNote,
    AskAi,
    AssignOwner,
    CallHttp,
    ChangeConversation,
    ChangeTags,
    Effect,
    FinishConversation,
    HandOff,
    SendMessage,
    SetConsent,
    StartFlow,
    StopRuns,
    TakeBack,
    UpdateContact,
)
from flowengine.effects import (
    add_note,
    ask_ai,
    assign_owner,
    call_http,
    change_tags,
    conversation,
    hand_off,
    send_message,
    set_consent,
    start_flow,
    stop_runs,
    take_back,
    update_contact,
)
from flowengine.effects.stage import Origin, Stage

APPLY: Mapping[type[Effect], Callable[[Sequence[Any], Stage, Origin, int], None]] = {
    AddNote: add_note.apply,
    AskAi: ask_ai.apply,
    AssignOwner: assign_owner.apply,
    CallHttp: call_http.apply,
    ChangeConversation: conversation.change,
    ChangeTags: change_tags.apply,
    FinishConversation: conversation.finish,
    HandOff: hand_off.apply,
    SendMessage: send_message.apply,
    SetConsent: set_consent.apply,
    StartFlow: start_flow.apply,
    StopRuns: stop_runs.apply,
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
