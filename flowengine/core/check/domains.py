"""What values a name can have: of which type, out of which list, from where to where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from flowengine.core.check.account import Account
from flowengine.core.check.subject import Subject
from flowengine.core.conditions.catalogue import OperandType, kind_of
from flowengine.core.flow import Node

# Types of answers, variables and custom fields, as conditions see them.
TYPES: Mapping[str, OperandType] = {
    **dict.fromkeys(("text", "email", "phone", "cpf", "cnpj", "cep", "url", "name", "long_text", "user"), "text"),
    **dict.fromkeys(("number", "integer", "rating", "money"), "number"),
    "date": "date",
    "date_time": "date_time",
    "time": "time",
    "yes_no": "yes_no",
    "choice": "choice",
    "choices": "list",
    "list": "list",
}
WHOLE = ("integer", "rating")
ALWAYS_THERE = ("hours.", "now.", "contact.segment:", "channel.kind", "queue.team:", "agents.team:")
FIELDS = {"contact.fields.": "field", "deal.fields.": "deal_field"}


@dataclass(frozen=True, slots=True)
class Domain:
    """`values` is closed where it is not empty. `may_be_empty`: it is not certain that there is a value at all."""

    type: OperandType
    values: tuple[str, ...] = ()
    whole: bool = False
    least: int | None = None
    most: int | None = None
    may_be_empty: bool = True


ANY = Domain("any")
MOST_SOURCES = 50  # nodes that give one variable its values, each in another way
MOST_OPTIONS = 500  # of all of them


@dataclass(frozen=True, slots=True)
class Domains:
    """The domains of this flow's variables and answers ("vars.total"), one for each source they have."""

    sources: Mapping[str, Sequence[Domain]]
    account: Account
    known: dict[str, Domain] = field(default_factory=dict)

    @classmethod
    def of(cls, subject: Subject, account: Account) -> Self:
        sources: dict[str, list[Domain]] = {}
        for each in subject.flow.variables:
            declared = replace(declared_domain(each), may_be_empty=bool(each.get("input")))
            sources[f"vars.{each['name']}"] = [declared]
        for node in subject.flow.nodes:
            facts = subject.facts[node.id]
            if not facts.answers and not facts.variables:
                continue
            answered = _answered(subject, node)
            if facts.answers:
                sources[f"answers.{node.id}"] = [answered]
            for variable in facts.variables:
                given = answered if variable.path == ("save_to",) else _assigned(node.params, variable.path)
                sources.setdefault(f"vars.{variable.value}", []).append(given)
        return cls({name: _few(given) for name, given in sources.items()}, account)

    def of_name(self, name: str) -> Domain:
        """What conditions may expect of an operand; ANY where there is no telling."""
        if name not in self.known:
            self.known[name] = self._of_name(name)
        return self.known[name]

    def _of_name(self, name: str) -> Domain:
        kind = kind_of(name)
        if kind is None:
            return ANY
        always = name.startswith(ALWAYS_THERE)
        if name in self.sources:
            return together(self.sources[name])
        for stem, reference in FIELDS.items():
            if name.startswith(stem):
                return self._field(reference, name.removeprefix(stem))
        return Domain(kind.type, kind.values, may_be_empty=not always)

    def in_hand(self, name: str, *, surely: bool) -> Domain:
        """The same at a place where a variable or an answer has surely been given, or not surely."""
        domain = self.of_name(name)
        return domain if surely or name not in self.sources else replace(domain, may_be_empty=True)

    def sources_of(self, name: str) -> tuple[Domain, ...]:
        """One domain for each node that gives the name a value."""
        return tuple(self.sources.get(name) or (self.of_name(name),))

    def _field(self, kind: str, slug: str) -> Domain:
        facts = self.account.facts(kind, slug) or {}
        domain = _typed(str(facts.get("type", "any")))
        choices = tuple(str(choice["slug"]) for choice in facts.get("choices") or () if "slug" in choice)
        return replace(domain, values=choices) if domain.type == "choice" else domain


def _few(sources: Iterable[Domain]) -> tuple[Domain, ...]:
    """Each once; of very many, or of options beyond number, no more is known than that there is something."""
    once = tuple(dict.fromkeys(sources))
    if len(once) > MOST_SOURCES or sum(len(source.values) for source in once) > MOST_OPTIONS:
        return (ANY,)
    return once


def together(domains: Iterable[Domain]) -> Domain:
    """What holds for a name that has its value from any of these."""
    first, *rest = domains
    for other in rest:
        if other.type != first.type:
            return replace(ANY, may_be_empty=first.may_be_empty or other.may_be_empty)
        closed = first.values and other.values
        first = Domain(
            first.type,
            tuple(dict.fromkeys((*first.values, *other.values))) if closed else (),
            first.whole and other.whole,
            None if first.least is None or other.least is None else min(first.least, other.least),
            None if first.most is None or other.most is None else max(first.most, other.most),
            first.may_be_empty or other.may_be_empty,
        )
    return first


def declared_domain(variable: Mapping[str, Any]) -> Domain:
    """What a declaration of a variable says of its values."""
    return _typed(str(variable.get("type", "text")))


def _typed(name: str) -> Domain:
    return Domain(TYPES.get(name, "any"), whole=name in WHOLE)


def _answered(subject: Subject, node: Node) -> Domain:
    """What a node's answer is: an option's title, a value of the type that is asked for, or what its schema says."""
    about = subject.types[node.type].schema
    options = node.params.get("options")
    if isinstance(options, list):
        titles = (option.get("title") for option in options if isinstance(option, Mapping))
        return Domain("choice", tuple(title for title in titles if isinstance(title, str)), may_be_empty=False)
    kind = str(node.params.get("answer_type", about.get("x-answer-type", "any")))
    domain = replace(_typed(kind), may_be_empty=False)
    if kind == "rating" and node.params.get("measure") == "nps":
        return replace(domain, least=0, most=10)
    if kind == "rating":
        return replace(domain, least=1, most=int(node.params.get("scale", 5)))
    return domain


def _assigned(params: Any, path: tuple[Any, ...]) -> Domain:
    """By the `type` that stands beside the variable; without one, whatever comes."""
    for part in path[:-1]:
        params = params[part]
    return _typed(str(params.get("type", "any"))) if isinstance(params, Mapping) else ANY
