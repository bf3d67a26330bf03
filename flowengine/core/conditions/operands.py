"""The operands of conditions: how what they name is found in a turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flowengine.core.conditions.catalogue import OPERANDS, OperandKind, OperandType, kind_of
from flowengine.core.errors import BadCondition, Invalid
from flowengine.core.hours import WEEKDAYS, is_open, read_hours
from flowengine.core.steps import Context
from flowengine.core.zones import local

__all__ = ["OPERANDS", "Operand", "OperandKind", "OperandType", "read_operand"]

LONGEST_NAME = 200  # characters, as the schema of conditions has it

Find = Callable[[Context], Any]


@dataclass(frozen=True, slots=True)
class Operand:
    """`name` as the author wrote it; `value` finds it in a turn, None where it is unknown."""

    name: str
    kind: OperandKind
    value: Find

    @property
    def type(self) -> OperandType:
        return self.kind.type

    def ever(self, context: Context) -> Iterator[Any]:
        """What it is, and every value it is told to have had before."""
        now = self.value(context)
        yield from now if isinstance(now, list | tuple) else (now,)
        facts = context.look_up("happened", f"{self.kind.history}||")
        for fact in facts if isinstance(facts, list | tuple) else ():
            data = fact.get("data") if isinstance(fact, Mapping) else None
            if isinstance(data, Mapping):
                yield from _told(self.name, data)


def read_operand(name: Any) -> Operand:
    """The operand of this name; raises BadCondition for one that is not in the catalogue."""
    kind = kind_of(name) if isinstance(name, str) and len(name) <= LONGEST_NAME else None
    if kind is None:
        shown = str(name)[:60] if isinstance(name, str) else "?"
        raise BadCondition(
            f"there is no operand {shown!r}",
            words={"pt-BR": f"não há nada chamado “{shown}” para comparar", "en": f"there is nothing called “{shown}”"},
        )
    return Operand(name, kind, _finder(name))


def _finder(name: str) -> Find:
    family, _, member = name.partition(":")
    if member:
        return _MEMBERS[family](member)
    if name in _SINGLE:
        return _SINGLE[name]
    path = tuple(name.split("."))
    return lambda context: _at(context.names, path)


def _at(names: Any, path: tuple[str, ...]) -> Any:
    """Through mappings by name and lists by position, as templates go."""
    for part in path:
        if isinstance(names, Mapping):
            names = names.get(part)
        elif isinstance(names, list | tuple) and part.isascii() and part.isdigit() and int(part[:9]) < len(names):
            names = names[int(part)]
        else:
            return None
    return names


def _slug_at(*path: str) -> Find:
    """Of something that is named by its slug, or described with one."""

    def find(context: Context) -> Any:
        value = _at(context.names, path)
        return value.get("slug") if isinstance(value, Mapping) else value

    return find


def _stage(context: Context) -> str | None:
    """`<pipeline>/<stage>`: the stages of two pipelines may be called the same."""
    deal = context.names.get("deal") or {}
    pipeline, stage = (_at(deal, (part,)) for part in ("pipeline", "stage"))
    return f"{pipeline}/{stage}" if pipeline and stage else None


def _hours(of: str) -> Find:
    """Whether these hours are open at the event's time; where none are set, somebody is always there."""

    def find(context: Context) -> bool:
        hours = context.look_up("hours", of)
        try:
            return hours is None or is_open(read_hours(hours), context.now)
        except (Invalid, OverflowError) as unreadable:
            raise BadCondition(
                f"the hours {of!r} cannot be read",
                words={"pt-BR": f"o horário “{of}” não pode ser lido", "en": f"the hours “{of}” cannot be read"},
            ) from unreadable

    return find


def _of_team(slug: str, what: str) -> Find:
    return lambda context: _at(context.look_up("team", slug), (what,))


def _last_time(event: str) -> Find:
    """When this event of the catalogue happened last; None: never."""

    def find(context: Context) -> str | None:
        facts = context.look_up("happened", f"{event}||")
        moments = [_at(fact, ("at",)) for fact in facts] if isinstance(facts, list | tuple) else []
        return max((moment for moment in moments if isinstance(moment, str)), key=_sortable, default=None)

    return find


def _sortable(moment: str) -> float:
    try:
        return local(datetime.fromisoformat(moment), "UTC").timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _now(context: Context) -> datetime:
    return local(context.now, context.timezone)


_MEMBERS: Mapping[str, Callable[[str], Find]] = {
    "contact.segment": lambda slug: lambda context: context.look_up("segment", slug),
    "contact.consent": lambda kind: lambda context: _at(context.names, ("contact", "consent", kind)),
    "contact.happened": _last_time,
    "hours.team": lambda slug: _hours(f"team:{slug}"),
    "queue.team": lambda slug: _of_team(slug, "queued"),
    "agents.team": lambda slug: _of_team(slug, "available"),
}

_SINGLE: Mapping[str, Find] = {
    "contact.owner": _slug_at("contact", "owner"),
    "deal.owner": _slug_at("deal", "owner"),
    "deal.pipeline": _slug_at("deal", "pipeline"),
    "deal.stage": _stage,
    "conversation.team": _slug_at("conversation", "team"),
    "message.text": lambda context: _at(context.names, ("event", "text")),
    "hours.account": _hours("account"),
    "now.date": lambda context: _now(context).date().isoformat(),
    "now.weekday": lambda context: WEEKDAYS[_now(context).weekday()],
    "now.time": lambda context: _now(context).strftime("%H:%M"),
    "now.datetime": lambda context: context.now.isoformat(),
}


def _told(name: str, data: Mapping[str, Any]) -> Iterator[Any]:
    """The values of an operand that one past event tells of: before and after it."""
    if name == "contact.tags":
        yield data.get("tag")
    elif name == "deal.pipeline":
        yield from (data.get("from_pipeline"), data.get("pipeline"))
    elif name == "deal.stage":
        pipeline = data.get("pipeline")
        yield from (f"{data.get('from_pipeline') or pipeline}/{data.get('from')}", f"{pipeline}/{data.get('to')}")
    elif data.get("field") == name.partition(".")[2]:  # as effects name it: score, fields.city
        yield from (data.get("from"), data.get("to"))
