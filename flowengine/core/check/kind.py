"""F104 flows that talk and name no default team, F105 triggers and steps that do not belong in this kind of flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.naming import LANGUAGES

TALKS = ("sends", "asks", "sends_template", "hands_off")


def kind_findings(subject: Subject) -> Iterator[Finding]:
    """What the kind of the flow asks for, and what it rules out."""
    yield from _default_team(subject)
    for node in subject.sound_nodes():
        schema = subject.types[node.type].schema
        kinds = schema.get("x-kinds")
        if kinds is not None and subject.flow.kind not in kinds:
            yield _elsewhere(subject, node.id, {language: subject.called(node)[language] for language in LANGUAGES})
        event = subject.schema.events.get(str(node.params.get("event", ""))) if node.type == "trigger" else None
        if event is not None and subject.flow.kind not in event["kinds"]:
            translated = event.get("x-i18n", {}).get("pt-BR", {}).get("title", event["title"])
            yield _elsewhere(subject, node.id, {"en": event["title"], "pt-BR": translated})


def _default_team(subject: Subject) -> Iterator[Finding]:
    """One finding, at the first step that talks; a chatbot's schema asks for the team by itself."""
    if subject.flow.settings.get("default_team") or subject.flow.kind == "chatbot":
        return
    for node in subject.flow.nodes:
        if any(subject.types[node.type].does(talk) for talk in TALKS):
            yield finding("F104", node=node.id, pointer="/settings/default_team", label=subject.called(node))
            return


def _elsewhere(subject: Subject, node: str, what: Mapping[str, str]) -> Finding:
    about = subject.schema.document["properties"]["kind"]
    english = about["x-enum"].get(subject.flow.kind, subject.flow.kind)
    portuguese = about["x-i18n"]["pt-BR"]["enum"].get(subject.flow.kind, subject.flow.kind)
    return finding("F105", node=node, what=what, kind={"en": english, "pt-BR": portuguese})
