"""F122 values that cannot fit what a condition does with them, by the types of what gives a name its value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flowengine.core.check.cells import literals_of
from flowengine.core.check.domains import Domain, Domains, together
from flowengine.core.check.subject import Subject
from flowengine.core.conditions.catalogue import OperandKind
from flowengine.core.conditions.comparing import text_of
from flowengine.core.conditions.operators import OPERATORS, Operator
from flowengine.core.conditions.values import check_right
from flowengine.core.errors import BadCondition
from flowengine.core.findings import Finding, Words, finding
from flowengine.core.naming import LANGUAGES

KEPT = 8_192  # tests
COMPARED_WHOLE = ("equals", "not_equals", "in", "not_in")

TYPES: Mapping[str, Mapping[str, str]] = {
    "text": {"pt-BR": "texto", "en": "text"},
    "number": {"pt-BR": "número", "en": "a number"},
    "date": {"pt-BR": "data", "en": "a date"},
    "date_time": {"pt-BR": "data e hora", "en": "a date and time"},
    "time": {"pt-BR": "hora", "en": "a time of day"},
    "weekday": {"pt-BR": "dia da semana", "en": "a weekday"},
    "yes_no": {"pt-BR": "sim ou não", "en": "yes or no"},
    "choice": {"pt-BR": "uma de algumas opções", "en": "one of some options"},
    "list": {"pt-BR": "uma lista", "en": "a list"},
}


def fitting_findings(subject: Subject, domains: Domains) -> Iterator[Finding]:
    """Of operands whose type the catalogue leaves open: of the others F022 speaks."""
    for node in subject.flow.nodes:
        for condition, operand, test in subject.facts[node.id].loose:
            misfit = _misfit(test, domains.sources_of(operand))
            if misfit is not None:
                yield finding(
                    "F122",
                    text=misfit.text,
                    node=node.id,
                    pointer=subject.pointer(node, condition.path),
                    label=subject.called(node),
                    what=operand,
                    type=TYPES.get(misfit.type, misfit.type),
                    op=_title(subject.schema.operators.get(misfit.op, {}), misfit.op),
                    why=misfit.why,
                )


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a test cannot hold: its operator is for other types, or no such value is ever there (`why`)."""

    text: str
    type: str
    op: str
    why: Words = ""


@lru_cache(maxsize=KEPT)
def _misfit(written_test: bytes, sources: tuple[Domain, ...]) -> Misfit | None:
    """Only where no source of the name fits: one that may be anything fits always."""
    test = json.loads(written_test)
    operator = OPERATORS[test["op"]]
    if not any(_fits(source, operator) for source in sources):
        return Misfit("F122", sources[0].type, test["op"])
    whole = together(sources)
    try:
        check_right(test["left"], OperandKind(whole.type), operator, test.get("right"))
        _check_option(test, whole)
    except BadCondition as mistake:
        return Misfit("F122.right", whole.type, test["op"], mistake.words)
    return None


def _fits(source: Domain, operator: Operator) -> bool:
    """What is one of some options is text as well: of an answer to a menu one may ask what it begins with."""
    return source.type in operator.types or (source.type == "choice" and "text" in operator.types)


def _check_option(test: Mapping[str, Any], domain: Domain) -> None:
    """Raises BadCondition for a comparison with what is none of the options, however it is written."""
    options = {text_of(value, exact=False) for value in domain.values}
    for value in literals_of(test) if options and test["op"] in COMPARED_WHOLE else ():
        if text_of(value, exact=False) not in options:
            shown = ", ".join(domain.values)[:200]
            words = {
                "pt-BR": f"“{test['left']}” nunca é “{value}”; pode ser: {shown}",
                "en": f"“{test['left']}” is never “{value}”; it can be: {shown}",
            }
            raise BadCondition(words["en"], words=words)


def _title(about: Mapping[str, Any], other: str) -> dict[str, str]:
    english = about.get("title", other)
    return {language: about.get("x-i18n", {}).get(language, {}).get("title", english) for language in LANGUAGES}
