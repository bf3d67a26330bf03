"""The operands of conditions: what can be looked at, and how it is found in a turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flowengine.core.errors import BadCondition
from flowengine.core.hours import WEEKDAYS, is_open, read_hours
from flowengine.core.steps import Context

OperandType = Literal["text", "number", "date", "time", "weekday", "yes_no", "any"]

# By name; "*" stands for what the author names. schemas/definitions.json says the same with titles: a test holds both
# to it.
OPERANDS: Mapping[str, OperandType] = {
    "contact.name": "text",
    "contact.email": "text",
    "contact.phone": "text",
    "contact.language": "text",
    "contact.fields.*": "any",
    "channel.kind": "text",
    "channel.key": "text",
    "answers.*": "any",
    "vars.*": "any",
    "message.text": "text",
    "hours.account": "yes_no",
    "hours.team:*": "yes_no",
    "now.date": "date",
    "now.weekday": "weekday",
    "now.time": "time",
}


@dataclass(frozen=True, slots=True)
class Operand:
    """`name` as the author wrote it; `value` finds it in a turn, None where it is unknown."""

    name: str
    type: OperandType
    value: Callable[[Context], Any]


def read_operand(name: str) -> Operand:
    """The operand of this name; raises BadCondition for one that is not in the catalogue."""
    if name in OPERANDS and not name.endswith("*"):
        return Operand(name, OPERANDS[name], _finder(name))
    for known, kind in OPERANDS.items():
        stem = known.removesuffix("*")
        rest = name.removeprefix(stem)
        if known != stem and name != rest and _is_name(rest):
            return Operand(name, kind, _finder(name))
    shown = name[:60]
    raise BadCondition(
        f"there is no operand {shown!r}",
        words={"pt-BR": f"não há nada chamado “{shown}” para comparar", "en": f"there is nothing called “{shown}”"},
    )


def _finder(name: str) -> Callable[[Context], Any]:
    if name.startswith("hours."):
        of = name.removeprefix("hours.")
        return lambda context: _is_open_now(context, of)
    if name.startswith("now."):
        return {"now.date": _date, "now.weekday": _weekday, "now.time": _time}[name]
    path = ("event", "text") if name == "message.text" else tuple(name.split("."))
    return lambda context: _at(context.names, path)


def _at(names: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        if not isinstance(names, Mapping):
            return None
        names = names.get(part)
    return names


def _is_open_now(context: Context, of: str) -> bool:
    """Whether these hours are open at the event's time; where none are set, somebody is always there."""
    hours = context.look_up("hours", of)
    return hours is None or is_open(read_hours(hours), context.now)


def _date(context: Context) -> str:
    return context.now.astimezone(ZoneInfo(context.timezone)).date().isoformat()


def _weekday(context: Context) -> str:
    return WEEKDAYS[context.now.astimezone(ZoneInfo(context.timezone)).weekday()]


def _time(context: Context) -> str:
    return context.now.astimezone(ZoneInfo(context.timezone)).strftime("%H:%M")


def _is_name(rest: str) -> bool:
    return rest != "" and all(character.isalnum() or character in "_-" for character in rest)
