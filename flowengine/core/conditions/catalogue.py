"""The catalogue of operands: what conditions, triggers and segments can look at, of which type, with which values.

schemas/definitions.json says the same with titles, for the builder: a test holds both to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flowengine.core.hours import WEEKDAYS

OperandType = Literal["text", "number", "date", "date_time", "time", "weekday", "yes_no", "choice", "list", "any"]

CHANNEL_KINDS = (
    *("webchat", "whatsapp", "whatsapp_unofficial", "instagram", "messenger", "telegram", "email", "http"),
)  # the files of schemas/channels


@dataclass(frozen=True, slots=True)
class OperandKind:
    """What is known of an operand, or of a family of them ("contact.fields.*").

    `values` are all it can have, where that is known. `ref` is what kind of thing of the account the name's last part
    (of a family) or the value names. `names_from` says whose values, or which catalogue, name the family's members.
    `history` is the event that tells of its changes, which `was_ever` looks for.
    """

    type: OperandType
    values: tuple[str, ...] = ()
    ref: str = ""
    names_from: str = ""
    history: str = ""


_FIELD = "contact.field_changed"
_DEAL_FIELD = "deal.field_changed"

# By name; "*" stands for what the author names.
OPERANDS: Mapping[str, OperandKind] = {
    "contact.name": OperandKind("text", history=_FIELD),
    "contact.email": OperandKind("text", history=_FIELD),
    "contact.phone": OperandKind("text", history=_FIELD),
    "contact.language": OperandKind("text", history=_FIELD),
    "contact.score": OperandKind("number", history=_FIELD),
    "contact.fields.*": OperandKind("any", ref="field", history=_FIELD),
    "contact.tags": OperandKind("list", ref="tag", history="contact.tag_added"),
    "contact.segment:*": OperandKind("yes_no", ref="segment"),
    "contact.owner": OperandKind("choice", ref="user"),
    "contact.consent:*": OperandKind("choice", values=("in", "out"), names_from="channel.kind"),
    "contact.happened:*": OperandKind("date_time", names_from="x-events"),
    "contact.created_at": OperandKind("date_time"),
    "deal.title": OperandKind("text", history=_DEAL_FIELD),
    "deal.value": OperandKind("number", history=_DEAL_FIELD),
    "deal.pipeline": OperandKind("choice", ref="pipeline", history="deal.stage_changed"),
    "deal.stage": OperandKind("choice", ref="stage", history="deal.stage_changed"),
    "deal.status": OperandKind("choice", values=("open", "won", "lost")),
    "deal.owner": OperandKind("choice", ref="user"),
    "deal.fields.*": OperandKind("any", ref="deal_field", history=_DEAL_FIELD),
    "deal.tags": OperandKind("list", ref="tag"),
    "deal.created_at": OperandKind("date_time"),
    "conversation.state": OperandKind("choice", values=("bot", "queued", "open", "pending", "finished")),
    "conversation.team": OperandKind("choice", ref="team"),
    "conversation.priority": OperandKind("choice", values=("normal", "high")),
    "conversation.tags": OperandKind("list", ref="tag"),
    "conversation.opened_at": OperandKind("date_time"),
    "channel.kind": OperandKind("choice", values=CHANNEL_KINDS),
    "channel.key": OperandKind("choice", ref="channel"),
    "answers.*": OperandKind("any"),
    "vars.*": OperandKind("any"),
    "account.vars.*": OperandKind("any", ref="constant"),
    "message.text": OperandKind("text"),
    "event.data.*": OperandKind("any"),
    "hours.account": OperandKind("yes_no"),
    "hours.team:*": OperandKind("yes_no", ref="team"),
    "queue.team:*": OperandKind("number", ref="team"),
    "agents.team:*": OperandKind("number", ref="team"),
    "now.date": OperandKind("date"),
    "now.weekday": OperandKind("weekday", values=WEEKDAYS),
    "now.time": OperandKind("time"),
    "now.datetime": OperandKind("date_time"),
}

_FAMILIES = tuple((name[:-1], kind) for name, kind in OPERANDS.items() if name.endswith("*"))


@lru_cache(maxsize=4096)  # a flow asks for the same few names at each of its conditions
def kind_of(name: str) -> OperandKind | None:
    """What is known of the operand of this name; None for one that is not in the catalogue."""
    if not name.endswith("*"):
        kind = OPERANDS.get(name)
        if kind is not None:
            return kind
    for stem, kind in _FAMILIES:
        rest = name.removeprefix(stem)
        if rest != name and _is_name(rest, dotted=kind.ref == "") and rest in _members(kind, rest):
            return kind
    return None


def _members(kind: OperandKind, rest: str) -> tuple[str, ...]:
    """All that the family's last part can be; where that is not known here, whatever it is."""
    named_by = OPERANDS.get(kind.names_from)
    return named_by.values if named_by is not None else (rest,)


def _is_name(rest: str, *, dotted: bool) -> bool:
    """A slug, or where nothing of the account is named a path: vars.order.total, contact.happened:link.clicked."""
    parts = rest.split(".") if dotted else [rest]
    return all(part != "" and all(c.isalnum() or c in "_-" for c in part) for part in parts)
