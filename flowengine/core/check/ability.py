"""F190 effects, events and kinds of flow that this installation does not carry out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.check.account import Able, Account
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, Words, finding
from flowengine.core.flow import Node
from flowengine.core.naming import LANGUAGES


def ability_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """What a flow is made of, against what is carried out; nothing where that is not known."""
    able = account.able
    if able is None:
        return
    if subject.flow.kind not in able.kinds:
        yield finding("F190", text="F190.kind", pointer="/kind", kind=_kind(subject))
    for pointer, event in _in_settings(subject.flow.settings):
        if event not in able.awaited:
            yield finding("F190", text="F190.settings", pointer=pointer, event=_event(subject, None, event))
    for node in subject.flow.nodes:
        missing = set(subject.types[node.type].schema.get("x-effects", ())) - able.effects
        if missing:
            yield finding("F190", node=node.id, label=subject.called(node), what=_type(subject, node))
        yield from _events(subject, node, able)


def _events(subject: Subject, node: Node, able: Able) -> Iterator[Finding]:
    """The event a flow starts by, or waits for."""
    event = node.params.get("event")
    if not isinstance(event, str) or node.id in subject.broken:
        return
    starts = subject.begins(node)
    if event not in (able.triggers if starts else able.awaited):
        text = "F190.trigger" if starts else "F190.awaited"
        yield finding(
            "F190",
            text=text,
            node=node.id,
            pointer=subject.pointer(node, ("event",)),
            label=subject.called(node),
            event=_event(subject, node.type, event),
        )


def _type(subject: Subject, node: Node) -> Words:
    """The title of the node's type, whatever the author calls the node."""
    return _titles(subject.types[node.type].schema, node.type)


def _in_settings(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The events of the goal and of the stop conditions."""
    stops = settings.get("stop")
    places = [("goal", settings.get("goal")), *enumerate(stops if isinstance(stops, list) else ())]
    for place, given in places:
        if isinstance(given, Mapping) and isinstance(event := given.get("event"), str):
            yield f"/settings/{place if place == 'goal' else f'stop/{place}'}/event", event


def _event(subject: Subject, type_name: str | None, event: str) -> Words:
    """As the catalogue calls it, else as the list the author chose it from does."""
    if event in subject.schema.events:
        return _titles(subject.schema.events[event], event)
    return _choice(subject.schema.about(type_name, ("event",)), event)


def _kind(subject: Subject) -> Words:
    return _choice(subject.schema.about(None, ("kind",)), subject.flow.kind)


def _choice(about: Mapping[str, object], value: str) -> Words:
    """A value of an enum as people read it."""
    english, translations = about.get("x-enum"), about.get("x-i18n")
    words = {language: _within(translations, language, "enum", value) for language in LANGUAGES}
    usual = _within(english, value) or value
    return {language: word or usual for language, word in words.items()}


def _titles(about: Mapping[str, object], other: str) -> Words:
    usual = str(about.get("title") or other)
    return {language: _within(about.get("x-i18n"), language, "title") or usual for language in LANGUAGES}


def _within(place: object, *path: str) -> str:
    for part in path:
        if not isinstance(place, Mapping):
            return ""
        place = place.get(part)
    return place if isinstance(place, str) else ""
