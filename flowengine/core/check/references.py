"""F160 references to things that the account does not have, or to flows that cannot be walked from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from flowengine.core.check.account import Account
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.references import Reference, settings_references
from flowengine.core.slugs import slug_of

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


# What can be made from a slug and a name; the rest asks for more than an author has at hand here.
MADE_BY_NAME = frozenset({"deal_field", "field", "pipeline", "portfolio", "reason", "tag", "team"})


MOST_SOUGHT = 20  # things that something like them is looked for; who has more missing has pasted from elsewhere


def reference_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """Only of the kinds that the account is known to have things of."""
    nearest = Nearest(account)
    for named in settings_references(subject.flow.settings, subject.schema):
        if account.lacks(named.kind, named.slug):
            words = KINDS.get(named.kind, named.kind)
            fix = _instead(nearest, named, subject.flow.settings, {"kind": "setSettings"}, "settings")
            yield finding("F160", pointer=named.pointer, label=named.title, kind=words, slug=named.slug, fix=fix)
    for node in subject.sound_nodes():
        for reference in subject.facts[node.id].references:
            if account.lacks(reference.kind, reference.slug):
                named = subject.located(node, reference)
                words = KINDS.get(named.kind, named.kind)
                fix = _instead(nearest, named, node.params, {"kind": "setParams", "node": node.id}, "params")
                label = subject.called(node)
                yield finding(
                    "F160", node=node.id, pointer=named.pointer, label=label, kind=words, slug=named.slug, fix=fix
                )
        yield from _flows(subject, node, account)


def _flows(subject: Subject, node: Node, account: Account) -> Iterator[Finding]:
    """A flow that is there may yet be of a kind that does not stand here, or have no version that could be walked."""
    for named in subject.marked(node, "x-ref", "flow"):
        facts = account.facts("flow", str(named.value))
        if facts is None or named.value == subject.flow.key:
            continue
        where: dict[str, Any] = {"node": node.id, "pointer": subject.pointer(node, named.path)}
        where |= {"label": subject.called(node), "flow": str(facts.get("name") or named.value)}
        if facts.get("kind") not in (None, *named.about.get("x-flow-kinds", (facts.get("kind"),))):
            yield finding("F160", text="F160.kind", **where)
        elif facts.get("live") is False:
            yield finding("F160", text="F160.live", **where)


def _instead(
    nearest: Nearest, named: Reference, values: Mapping[str, Any], change: Mapping[str, Any], under: str
) -> Mapping[str, Any] | None:
    """The thing whose name or slug is nearly this one, put in its place; else making it."""
    other = nearest.to(named.kind, named.slug)
    path = named.pointer.split(f"/{under}/", 1)[1].split("/")
    if other is not None and (mended := _replaced(values, path, named.slug, other)) != values:
        return {**change, under: mended}
    return {"kind": "create", "of": named.kind, "slug": named.slug} if named.kind in MADE_BY_NAME else None


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is most like a thing that is missing, by its name as a slug, else spelt almost so."""

    account: Account
    found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def to(self, kind: str, slug: str) -> str | None:
        """None where there is none, or two would do. A stage is looked for in its own pipeline."""
        if (kind, slug) not in self.found:
            self.found[kind, slug] = self._look(kind, slug) if len(self.found) < MOST_SOUGHT else None
        return self.found[kind, slug]

    def _look(self, kind: str, slug: str) -> str | None:
        within, _, wanted = slug.rpartition("/")
        known = {
            other: {other.rpartition("/")[2], slug_of(str(facts.get("name", "")))}
            for other, facts in self.account.references[kind].items()
            if other.rpartition("/")[0] == within
        }
        fitting = [other for other, called in known.items() if wanted in called]
        if not fitting:
            names = [name for called in known.values() for name in called]
            close = set(get_close_matches(wanted, names, n=2, cutoff=0.8))
            fitting = [other for other, called in known.items() if called & close]
        return fitting[0] if len(fitting) == 1 else None


def _replaced(value: Any, path: Sequence[str], old: str, new: str) -> Any:
    """A copy with the slug replaced where the path leads, in a list or alone; a stage stands without its pipeline."""
    if path:
        part: Any = int(path[0]) if isinstance(value, list) else path[0]
        if isinstance(value, list):
            return [*value[:part], _replaced(value[part], path[1:], old, new), *value[part + 1 :]]
        return {**value, part: _replaced(value[part], path[1:], old, new)}
    if isinstance(value, list):
        return [_replaced(item, (), old, new) for item in value]
    short = (old.rpartition("/")[2], new.rpartition("/")[2])
    return {old: new, short[0]: short[1]}.get(value, value) if isinstance(value, str) else value
