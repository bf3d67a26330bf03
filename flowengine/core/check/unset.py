"""F120 variables and answers that may be unset where they are used, F121 variables that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flowengine.core.check.assigned import Assigned
from flowengine.core.check.knowing import looks
from flowengine.core.check.subject import JUMP, Subject
from flowengine.core.check.uses import Use
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked, PathPart


def unset_findings(subject: Subject, assigned: Assigned) -> Iterator[Finding]:
    """One finding a node and name; what nothing defines at all is F021's or F023's."""
    for node in subject.flow.nodes:
        told = set()
        for use in subject.facts[node.id].uses:
            if use.guarded or use.fact not in assigned.bits or use.fact in told:
                continue
            if not assigned.surely(use.fact, node.id):
                told.add(use.fact)
                yield _may_be_unset(subject, node, use, assigned)


def unread_findings(subject: Subject) -> Iterator[Finding]:
    """A variable counts as read where it is given back to the caller."""
    paths = {use.path for facts in subject.facts.values() for use in facts.uses if use.path[0] == "vars"}
    paths |= {look.path for field in subject.settings_marked("x-widget", "condition") for look in looks(field.value)}
    if ("vars",) in paths:
        return  # all of them, by a name that is computed
    told = {path[1] for path in paths if path[0] == "vars"}
    told |= {variable["name"] for variable in subject.flow.variables if variable.get("output")}
    for node in subject.flow.nodes:
        for field in subject.facts[node.id].variables:
            if field.value not in told:
                told.add(field.value)
                yield finding(
                    "F121",
                    node=node.id,
                    pointer=subject.pointer(node, field.path),
                    fix=_without(subject, node, field),
                    label=subject.called(node),
                    name=field.value,
                )
    for place, variable in enumerate(subject.flow.variables):
        if variable["name"] not in told:
            yield finding("F121", text="F121.declared", pointer=f"/variables/{place}", name=str(variable["name"]))


def _may_be_unset(subject: Subject, node: Node, use: Use, assigned: Assigned) -> Finding:
    source, port = assigned.lost(use.fact, node.id)
    origin = subject.nodes[source]
    return finding(
        "F120",
        text="F120" if port and port != JUMP else "F120.start",
        node=node.id,
        pointer=subject.pointer(node, use.field.path),
        fix=_with_default(node, use),
        label=subject.called(node),
        what=use.fact,
        port=subject.port_called(origin, port),
        source=subject.called(origin),
    )


def _with_default(node: Node, use: Use) -> dict[str, Any] | None:
    """The text with `| default('')` after the name, where the name stands by itself in it."""
    if use.by != "template":
        return None
    name = r"\s*\.\s*".join(map(re.escape, use.path))
    text = re.sub(rf"({{{{-?\s*{name})(?=\s*(?:\||-?}}}}))", r"\1 | default('')", use.field.value)
    if text == use.field.value:
        return None
    return {"kind": "setParams", "node": node.id, "params": _replaced(node.params, use.field.path, text)}


def _without(subject: Subject, node: Node, field: Marked) -> dict[str, Any] | None:
    """The params without the field, where it may be left out."""
    required = subject.types[node.type].schema.get("required", ())
    if len(field.path) != 1 or field.path[0] in required:
        return None
    params = {name: value for name, value in node.params.items() if name != field.path[0]}
    return {"kind": "setParams", "node": node.id, "params": params}


def _replaced(place: Any, path: tuple[PathPart, ...], value: Any) -> Any:
    """A copy with another value at `path`."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(place, list):
        return [_replaced(item, rest, value) if at == first else item for at, item in enumerate(place)]
    return {**place, first: _replaced(place[first], rest, value)}
