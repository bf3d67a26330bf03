"""Segments: what a definition may say, and whether a contact belongs. Who belongs is judged when it is asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from msgspec.structs import replace

from flowengine.core.conditions import Judge, comparisons_in, compile_condition
from flowengine.core.errors import BadCondition, BadTemplate, Invalid
from flowengine.core.events import Happened
from flowengine.core.references import named_in_condition
from flowengine.core.steps import Context, NotLoaded, Query, World
from flowengine.crm.catalogue import catalogue
from flowengine.nodes import FLOW_SCHEMA
from flowengine.store.unit import Unit

ROUNDS = 64  # of asking for what the world lacks: each answers one question
DEEPEST = 5  # segments that name each other

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a definition, in each language; `pointer` is into it."""

    pointer: str
    message: Words


def mistakes_in(unit: Unit, definition: Any, slug: str | None = None) -> list[Mistake]:
    """Empty for one that can be judged; `slug` is the segment's own, which it must not lead back to."""
    try:
        compile_condition(definition)
    except (BadCondition, BadTemplate) as wrong:
        return [Mistake("", wrong.words)]
    strange = [test["left"] for test in comparisons_in(definition) if not str(test["left"]).startswith("contact.")]
    if strange:
        return [_mistake(f"“{strange[0]}” não é do contato", f"“{strange[0]}” is not the contact's")]
    named = list(named_in_condition(definition, FLOW_SCHEMA))
    known = catalogue(unit, {kind for kind, _ in named})
    for kind, name in named:
        if all(each["slug"] != name for each in known.get(kind, ())):
            return [_mistake(f"a conta não tem “{name}”", f"the account has no “{name}”")]
    if slug is not None and _leads_to(unit, slug, {name for kind, name in named if kind == "segment"}):
        return [_mistake("o segmento depende dele mesmo", "the segment depends on itself")]
    return []


def readable(unit: Unit, definition: Any, slug: str | None = None) -> None:
    """Invalid, in words, for a definition that cannot be judged."""
    for mistake in mistakes_in(unit, definition, slug):
        detail = {"pointer": f"/definition{mistake.pointer}", "words": dict(mistake.message)}
        raise Invalid(mistake.message["en"], detail=detail)


def belongs(definition: Mapping[str, Any], world: World, event: Happened, answer: Callable[[Query], Any]) -> bool:
    """Whether the world's contact fits the definition now; `answer` tells what the world lacks.

    A definition that cannot be judged any more, since what it named has gone, fits nobody.
    """
    try:
        judge = _judge(orjson.dumps(definition))
        for _ in range(ROUNDS):
            try:
                return judge(_context(world, event))
            except NotLoaded as missing:
                world = replace(world, facts={**world.facts, missing.query: answer(missing.query)})
    except (BadCondition, BadTemplate):
        return False
    raise RuntimeError("a segment asks for ever")


@lru_cache(maxsize=1_000)
def _judge(definition: bytes) -> Judge:
    return compile_condition(orjson.loads(definition))


def _context(world: World, event: Happened) -> Context:
    language = world.account.get("language") or "pt-BR"
    timezone = world.contact.get("timezone") or world.account.get("timezone") or "UTC"
    return Context(
        node="",
        now=event.at,
        language=language,
        timezone=timezone,
        names={"contact": world.contact, "account": world.account, "now": event.at},
        settings={},
        wired=frozenset(),
        kept={},
        asked_in=0,
        run="",
        world=world,
        event=event,
    )


def _leads_to(unit: Unit, slug: str, named: Iterable[str]) -> bool:
    """Whether one of the named segments is this one, or names one that is; aliases count as what they stand for."""
    definitions = {each.slug: each.definition for each in unit.segments.all()}
    seen: set[str] = set()
    waiting = [unit.aliases.target("segment", each) for each in named]
    while waiting:
        each = waiting.pop()
        if each == slug:
            return True
        if each in seen or each not in definitions:
            continue
        seen.add(each)
        further = named_in_condition(definitions[each], FLOW_SCHEMA)
        waiting += [unit.aliases.target("segment", name) for kind, name in further if kind == "segment"]
    return False


def _mistake(portuguese: str, english: str) -> Mistake:
    return Mistake("", {"pt-BR": portuguese, "en": english})
