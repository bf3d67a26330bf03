"""The flow of values: what templates and conditions look at, where it comes from, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from flowengine.core.findings import Finding


def value_findings(subject: Subject, account: Account) -> Iterator[Iterable[Finding]]:
    """The families that share one look at what is assigned where, and at what it can be."""
    names = Names.of(subject)
    yield template_findings(subject, names)
    yield condition_findings(subject, names)
    uses = (use for facts in subject.facts.values() for use in facts.uses if use.fact)
    assigned = Assigned.of(subject, {use.fact for use in uses if names.knows(use.path)})
    yield unset_findings(subject, assigned)
    yield unread_findings(subject)
    domains = Domains.of(subject, account)
    unfit = list(fitting_findings(subject, domains))
    yield unfit
    yield branch_findings(subject, domains, assigned, unfit={str(found.node) for found in unfit})
    yield call_findings(subject, account, domains)
