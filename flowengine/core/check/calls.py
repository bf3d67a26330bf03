"""F123 what a flow hands over to another and gets back, against what that one declares: as caller and as called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.core.check.account import Account
from flowengine.core.check.domains import Domain, Domains, declared_domain
from flowengine.core.check.subject import Subject
from flowengine.core.conditions.comparing import date_of, number_of, time_of
from flowengine.core.findings import Finding, finding
from flowengine.core.naming import called

CALLING = ("calls_flow", "starts_flow")

Variables = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit, by the end of the code of its sentence: missing, unknown, type, output."""

    what: str
    name: str
    path: tuple[str | int, ...]


def call_findings(subject: Subject, account: Account, domains: Domains) -> Iterator[Finding]:
    """Of the flows this one calls, then of those that call it; only flows that the account is known to have."""
    own = subject.flow.variables
    for node in subject.sound_nodes():
        if not any(map(subject.types[node.type].does, CALLING)):
            continue
        key = str(node.params.get("flow"))
        itself: Mapping[str, Any] = {"name": subject.flow.name, "variables": own}
        callee = itself if key == subject.flow.key else account.flows.get(key)
        if callee is None:
            continue  # F160 says so
        for misfit in _misfits(node.params, callee.get("variables", ()), domains):
            yield finding(
                "F123",
                text=f"F123.{misfit.what}",
                node=node.id,
                pointer=subject.pointer(node, misfit.path),
                label=subject.called(node),
                flow=str(callee.get("name", key)),
                name=misfit.name,
            )
    for document in account.flows.values():
        yield from _of_caller(subject, document)


def _of_caller(subject: Subject, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Callers are as they are live: a warning, or neither of the two could be changed first."""
    if document.get("key") == subject.flow.key:
        return
    for node in document.get("nodes", ()):
        kind = subject.types.get(node.get("type"))
        params = node.get("params", {})
        if kind is None or params.get("flow") != subject.flow.key or not any(map(kind.does, CALLING)):
            continue
        for misfit in _misfits(params, subject.flow.variables, None):
            yield finding(
                "F123",
                text=f"F123.{misfit.what}.caller",
                pointer="/variables",
                label=called(node.get("label"), kind.schema, str(node.get("id", ""))),
                flow=str(document.get("name", document.get("key", ""))),
                name=misfit.name,
            )


def _misfits(params: Mapping[str, Any], variables: Variables, domains: Domains | None) -> Iterator[Misfit]:
    """`domains` are those of the caller, None where they are not known."""
    declared = {variable["name"]: variable for variable in variables}
    given = params.get("inputs") or ()
    for place, each in enumerate(given):
        taken = declared.get(each["name"], {})
        if not taken.get("input"):
            yield Misfit("unknown", each["name"], ("inputs", place, "name"))
        elif not _fits(each, declared_domain(taken), domains):
            yield Misfit("type", each["name"], ("inputs", place, "value"))
    names = {each["name"] for each in given}
    for name, variable in declared.items():
        if variable.get("input") and variable.get("default") is None and name not in names:
            yield Misfit("missing", name, ("inputs",) if given else ("flow",))
    for place, each in enumerate(params.get("outputs") or ()):
        if not declared.get(each["name"], {}).get("output"):
            yield Misfit("output", each["name"], ("outputs", place, "name"))


def _fits(given: Mapping[str, Any], wanted: Domain, domains: Domains | None) -> bool:
    """Whether what is handed over can be of the type that is asked for; a text that is computed may come to any."""
    value, kind = str(given["value"]), given.get("type", "any")
    if kind != "any":
        return wanted.type in ("any", "text", declared_domain({"type": kind}).type)
    if "{" not in value:
        reader = _READERS.get(wanted.type)
        return reader is None or reader(value) is not None
    name = _NAME_ALONE.match(value)
    if domains is None or name is None:
        return True
    sources = domains.sources_of(name.group(1))
    return wanted.type in ("any", "text") or any(source.type in ("any", "text", wanted.type) for source in sources)


_NAME_ALONE = re.compile(r"^\s*{{\s*((?:vars|answers)\.\w+)\s*}}\s*$")
_READERS: Mapping[str, Callable[[str], Any]] = {
    "number": number_of,
    "time": time_of,
    "date": lambda value: date_of(value, "UTC"),
}
