"""The flow of values: what templates and conditions look at, where it comes from, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.account import Account
from flowengine.core.check.assigned import Assigned
from flowengine.core.check.branches import branch_findings
from flowengine.core.check.calls import call_findings
from flowengine.core.check.conditions import condition_findings
from flowengine.core.check.domains import Domains
from flowengine.core.check.fitting import fitting_findings
from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.check.templates import template_findings
from flowengine.core.check.unset import unread_findings, unset_findings
from flowengine.core.check.uses import uses_of
from flowengine.core.finding import Finding


def value_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """The families that share one look at what the nodes use."""
    uses = {node.id: tuple(uses_of(subject, node)) for node in subject.sound_nodes()}
    names = Names.of(subject)
    yield from template_findings(subject, uses, names)
    conditions = list(condition_findings(subject, uses, names))
    yield from conditions
    looked_at = {use.fact for mine in uses.values() for use in mine if use.fact and names.knows(use.path)}
    assigned = Assigned.of(subject, looked_at)
    yield from unset_findings(subject, uses, assigned)
    yield from unread_findings(subject, uses)
    domains = Domains.of(subject, account)
    unreadable = {str(found.node) for found in conditions if found.code == "F022"}
    unfit = list(fitting_findings(subject, domains, unreadable))
    yield from unfit
    yield from branch_findings(subject, domains, assigned, unreadable | {str(found.node) for found in unfit})
    yield from call_findings(subject, account, domains)
