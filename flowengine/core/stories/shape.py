"""What is wrong with a document of stories, in words, before any of them is played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.core.errors import Invalid, InvalidFlow
from flowengine.core.findings import Finding
from flowengine.core.findings.texts import TEXTS, TYPES
from flowengine.core.hours import read_hours
from flowengine.core.marks import PathPart
from flowengine.core.naming import LANGUAGES
from flowengine.core.schema import DocumentSchema, SchemaError
from flowengine.core.stories.texts import STORY_TEXTS

ACTS = ("says", "sends", "shares", "presses", "waits", "happens", "finished", "refused")
YEARS = range(1970, 2201)  # 200 exchanges of a year each still lie within the calendar
MOST_TOLD = 50  # of what is wrong


def prove_stories(document: Any, schema: DocumentSchema) -> None:
    """Raises InvalidFlow with what is wrong; a document that passes can be played."""
    wrong = [_in_words(error, document) for error, _ in zip(schema.errors(document), range(MOST_TOLD), strict=False)]
    if wrong := wrong or list(_wrong_worlds(document)):
        raise InvalidFlow(wrong)


def prove_world(world: Any, schema: DocumentSchema) -> None:
    """The same of a world alone."""
    prove_stories(
        {
            "format": "flowengine/stories",
            "format_version": 1,
            "flow": "flow",
            "world": world,
            "stories": [{"name": "x", "exchanges": [{"says": "x"}]}],
        },
        schema,
    )


def _wrong_worlds(document: Mapping[str, Any]) -> Iterator[Finding]:
    """What a schema cannot say: moments, time zones, business hours."""
    worlds: list[tuple[tuple[PathPart, ...], Any]] = [((), document.get("world", {}))]
    worlds += [(("stories", place), story.get("world", {})) for place, story in enumerate(document["stories"])]
    for above, world in worlds:
        where = (*above, "world")
        if "at" in world and not _is_moment(world["at"]):
            yield _finding("shape.moment", (*where, "at"), document)
        for place, fact in enumerate(world.get("happened", ())):
            if "at" in fact and not _is_moment(fact["at"]):
                yield _finding("shape.moment", (*where, "happened", place, "at"), document)
        for holder in ({"timezone": world.get("timezone")}, world.get("contact", {}), world.get("account", {})):
            if holder.get("timezone") and not _is_zone(holder["timezone"]):
                yield _finding("shape.timezone", (*where, "timezone"), document)
        for of, hours in world.get("hours", {}).items():
            try:
                read_hours(hours or {"timezone": "UTC"})
            except (Invalid, AttributeError, TypeError, ValueError):
                yield _finding("shape.hours", (*where, "hours", of), document)


def _is_moment(text: str) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and moment.year in YEARS


def _is_zone(name: Any) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (KeyError, TypeError, ValueError, OSError):
        return False


def _in_words(error: SchemaError, document: Any) -> Finding:
    detail = error.detail
    options = detail.get("options") or [detail.get("expected_value", "")]
    types = detail.get("types", ())
    words = {
        "field": str(detail.get("property") or next(iter(detail.get("unexpected", ())), ""))[:80],
        "options": ", ".join(map(str, options)),
        "limit": str(detail.get("limit", "")),
        "keyword": error.keyword,
    }
    code = f"shape.{error.keyword}"
    if code not in STORY_TEXTS:
        code = f"F003.{error.keyword}" if f"F003.{error.keyword}" in TEXTS else "F003"
    named = [types] if isinstance(types, str) else list(types)
    return _finding(code, error.path, document, types=named, **words)


def _finding(code: str, path: tuple[PathPart, ...], document: Any, *, types: Any = (), **words: str) -> Finding:
    message = {}
    for language in LANGUAGES:
        text = STORY_TEXTS[code][language] if code in STORY_TEXTS else TEXTS[code][language]
        names = (" ou " if language == "pt-BR" else " or ").join(TYPES[name][language] for name in types)
        message[language] = text.format(
            where=_where(path, document, language), types=names, acts=", ".join(ACTS), **words
        )
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return Finding("F003", "error", message, pointer=pointer)


def _where(path: tuple[PathPart, ...], document: Any, language: str) -> str:
    """The way there in words: História “Vendas”, troca 3, bot 1."""
    words = []
    rest: tuple[PathPart, ...] = path
    match rest:
        case ("stories", int(place), *below):
            story = document["stories"][place]
            name = story.get("name") if isinstance(story, dict) else None
            words.append(STORY_TEXTS["story"][language].format(name=name if isinstance(name, str) else place + 1))
            rest = tuple(below)
    match rest:
        case ("exchanges", int(place), *below):
            words.append(STORY_TEXTS["nth"][language].format(place=place + 1))
            rest = tuple(below)
    said = " › ".join(str(part + 1) if isinstance(part, int) else part for part in rest)
    words += [said] if said else []
    return ", ".join(words) or STORY_TEXTS["stories"][language]
