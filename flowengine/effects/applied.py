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
from flowengine.core.errors import FlowError
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


TOGETHER = (SendMessage, UpdateContact)  # in a row: one statement for all of them
# Orders that name things of the account, or give values which its fields may not take.
REFUSABLE = (AddNote, AssignOwner, ChangeTags, SetConsent, UpdateContact)


class Refused(Exception):  # noqa: N818 - the author's mistake, on its way to who ends the run
    """An order that cannot be carried out in this account: of `kind`, the turn's `index`-th."""

    def __init__(self, kind: str, index: int, mistake: FlowError) -> None:
        super().__init__(mistake.message)
        self.kind = kind
        self.index = index
        self.mistake = mistake


def may_be_refused(effects: Sequence[Effect]) -> bool:
    """Whether `apply` may have to stop halfway: then let it work under a savepoint."""
    return any(isinstance(effect, REFUSABLE) for effect in effects)


def apply(effects: Sequence[Effect], stage: Stage, origin: Origin) -> None:
    """Make rows of them, in the turn's transaction; Refused where the account cannot carry one out."""
    index = 0
    for kind, row in groupby(effects, key=type):
        same = list(row)
        for together in [same] if kind in TOGETHER else [[each] for each in same]:
            try:
                APPLY[kind](together, stage, origin, index)
            except FlowError as mistake:
                raise Refused(together[0].kind, index, mistake) from mistake
            index += len(together)
    stage.unit.contacts.renew(stage.contact)
