"""F160 references to things that the account does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowengine.core.check.account import Account
from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, finding
from flowengine.core.references import node_references, settings_references

KINDS: Mapping[str, Mapping[str, str]] = {
    "ai": {"pt-BR": "a inteligência artificial", "en": "AI endpoint"},
    "channel": {"pt-BR": "o canal", "en": "channel"},
    "constant": {"pt-BR": "a constante", "en": "constant"},
    "deal_field": {"pt-BR": "o campo de negócio", "en": "deal field"},
    "field": {"pt-BR": "o campo", "en": "field"},
    "flow": {"pt-BR": "o fluxo", "en": "flow"},
    "pipeline": {"pt-BR": "o funil", "en": "pipeline"},
    "portfolio": {"pt-BR": "a carteira", "en": "portfolio"},
    "reason": {"pt-BR": "o motivo", "en": "reason"},
    "secret": {"pt-BR": "o segredo", "en": "secret"},
    "segment": {"pt-BR": "o segmento", "en": "segment"},
    "snippet": {"pt-BR": "a resposta pronta", "en": "snippet"},
    "stage": {"pt-BR": "a etapa do funil", "en": "stage"},
    "tag": {"pt-BR": "a etiqueta", "en": "tag"},
    "team": {"pt-BR": "a equipe", "en": "team"},
    "template": {"pt-BR": "o modelo", "en": "template"},
    "user": {"pt-BR": "a pessoa", "en": "person"},
}


def reference_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """Only of the kinds that the account is known to have things of."""
    for named in settings_references(subject.flow.settings, subject.schema):
        if account.lacks(named.kind, named.slug):
            words = KINDS.get(named.kind, named.kind)
            yield finding("F160", pointer=named.pointer, label=named.title, kind=words, slug=named.slug)
    for node in subject.sound_nodes():
        for named in node_references(node.id, node.type, node.params, subject.places[node.id], subject.schema):
            if account.lacks(named.kind, named.slug):
                words = KINDS.get(named.kind, named.kind)
                label = subject.called(node)
                yield finding("F160", node=node.id, pointer=named.pointer, label=label, kind=words, slug=named.slug)
