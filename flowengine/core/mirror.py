"""What a turn has ordered, as its later nodes see it: a field that was set is set, though nobody has written it yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from flowengine.core.effects import (
    AssignOwner,
    ChangeConversation,
    ChangeTags,
    CloneDeal,
    CreateDeal,
    Effect,
    MoveDeal,
    SendMessage,
    SetConsent,
    UpdateContact,
    UpdateDeal,
)
from flowengine.core.steps import World

NEW_DEAL = "new"  # the id of a deal that this turn makes: its own comes with the row


@dataclass(slots=True)
class Mirror:
    """Copies of the world's contact, deal and conversation that live for one turn and change with its orders."""

    contact: dict[str, Any] = field(default_factory=dict)
    deal: dict[str, Any] = field(default_factory=dict)
    conversation: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> Self:
        return cls(dict(world.contact), dict(world.deal), dict(world.conversation))

    def see(self, effect: Effect) -> None:
        """Change what later nodes read; orders that change nothing of it are passed over."""
        match effect:
            case SendMessage():
                pass  # first, since most orders are words
            case UpdateContact():
                _change(self.contact, effect.field, effect.op, effect.value)
            case UpdateDeal():
                _change(self.deal, effect.field, effect.op, effect.value)
            case ChangeTags():
                thing = getattr(self, effect.on)
                kept = [tag for tag in thing.get("tags", ()) if tag not in effect.remove]
                thing["tags"] = kept + [tag for tag in effect.add if tag not in kept]
            case SetConsent():
                consent = self.contact.get("consent") or {}
                kinds = [effect.channel] if effect.channel else list(consent)
                self.contact["consent"] = {**consent, **dict.fromkeys(kinds, effect.state)}
            case AssignOwner(how="user" | "nobody"):
                owner = {"slug": effect.user, "name": effect.user} if effect.how == "user" else None
                getattr(self, effect.of)["owner"] = owner
            case CreateDeal():
                self.deal.clear()
                self.deal |= {"id": NEW_DEAL, "status": "open", "title": effect.title, "value": effect.value}
                self.deal |= {"pipeline": effect.pipeline, "stage": effect.stage}
                self.deal |= {"fields": dict(effect.fields), "tags": []}
            case MoveDeal() | CloneDeal():
                self.deal |= {"pipeline": effect.pipeline, "stage": effect.stage}
            case ChangeConversation(priority=str() as priority):
                self.conversation["priority"] = priority


def _change(thing: dict[str, Any], name: str, op: str, value: Any) -> None:
    of_account, _, slug = name.partition("fields.")
    if of_account == "" and slug:
        fields = dict(thing.get("fields") or {})
        fields[slug] = _changed(fields.get(slug), op, value)
        thing["fields"] = fields
    else:
        thing[name] = _changed(thing.get(name), op, value)


def _changed(before: Any, op: str, value: Any) -> Any:
    match op:
        case "clear":
            return None
        case "add":
            held = before if isinstance(before, list) else []
            return [*held, *(item for item in _many(value) if item not in held)]
        case "remove":
            return [item for item in before if item not in _many(value)] if isinstance(before, list) else before
        case "increment":
            return _number(before) + _number(value)
    return value


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _number(value: Any) -> int | float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0
