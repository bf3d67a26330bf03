"""The checker: everything that is wrong with a flow, or worth a look, before anybody talks to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from flowengine.core.check.ability import ability_findings
from flowengine.core.check.account import NOWHERE, Able, Account, Channel
from flowengine.core.check.across import across_findings
from flowengine.core.check.approvals import approval_findings
from flowengine.core.check.bounded import bounded
from flowengine.core.check.clear_text import clear_text_findings
from flowengine.core.check.dates import date_findings
from flowengine.core.check.family import Family
from flowengine.core.check.handoffs import handoff_findings
from flowengine.core.check.hops import Ways
from flowengine.core.check.kind import kind_findings
from flowengine.core.check.limits import limit_findings
from flowengine.core.check.loops import loop_findings
from flowengine.core.check.media import media_findings
from flowengine.core.check.passages import Passages
from flowengine.core.check.reach import reach_findings
from flowengine.core.check.references import reference_findings
from flowengine.core.check.stuck import stuck_findings
from flowengine.core.check.subject import Subject
from flowengine.core.check.values import value_findings
from flowengine.core.check.windows import window_findings
from flowengine.core.check.wires import wire_findings
from flowengine.core.errors import InvalidFlow
from flowengine.core.findings import Finding
from flowengine.core.flow import flow_of
from flowengine.core.schema import FlowSchema
from flowengine.core.shape import Shape, examine
from flowengine.core.steps import NodeTypes
from flowengine.core.upgrade import upgraded

__all__ = ["Able", "Account", "Channel", "check", "errors_in"]


def check(document: Any, schema: FlowSchema, types: NodeTypes, account: Account | None = None) -> list[Finding]:
    """The findings, errors first, no more than anybody reads. Of an `account` only what is known of it is spoken of;
    without one, nothing.

    Where the shape is wrong only within params, the graph is still looked at, so that an author with an empty text
    is told of the open port as well.
    """
    account = account or NOWHERE
    try:
        document = upgraded(document, schema)
    except InvalidFlow as refused:
        return list(refused.findings)
    shape = examine(document, schema)
    families: Iterable[Iterable[Finding]] = (shape.findings,)
    if shape.walkable:
        subject = Subject.of(flow_of(_readable(document, shape)), schema, types, shape.broken)
        families = (shape.findings, *_families(subject, account))
    return bounded(families)


def _families(subject: Subject, account: Account) -> Iterator[Iterable[Finding]]:
    yield reach_findings(subject)
    yield wire_findings(subject)
    yield kind_findings(subject)
    yield loop_findings(subject)
    yield from value_findings(subject, account)
    yield date_findings(subject, account)
    yield clear_text_findings(subject)
    family = Family(subject, account)
    yield across_findings(family)
    ways = cache(lambda: Ways.of(subject, Passages(family)))
    yield window_findings(subject, account, ways)
    yield limit_findings(subject, account)
    yield media_findings(subject, account)
    yield approval_findings(subject, account)
    yield handoff_findings(subject, account, ways)
    yield stuck_findings(subject, account)
    yield reference_findings(subject, account)
    yield ability_findings(subject, account)


def _readable(document: Mapping[str, Any], shape: Shape) -> Mapping[str, Any]:
    """The document as if the settings, key and name were absent that are not as they should be."""
    pointers = (finding.pointer or "" for finding in shape.findings)
    broken = {pointer.split("/")[2] for pointer in pointers if pointer.startswith("/settings/")}
    settings = {name: value for name, value in document["settings"].items() if name not in broken}
    words = {name: value if isinstance(value := document[name], str) else "" for name in ("key", "name")}
    return {**document, **words, "settings": settings}


def errors_in(findings: Collection[Finding]) -> list[Finding]:
    """Those that refuse publishing."""
    return [finding for finding in findings if finding.severity == "error"]
