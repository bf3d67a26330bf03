"""What the checker says of a document in this account, as plain data."""

from __future__ import annotations

from typing import Any

from flowengine.core.check import Account, check
from flowengine.nodes import FLOW_SCHEMA, NODE_TYPES
from flowengine.store.unit import Unit


def findings_of(unit: Unit, document: dict[str, Any]) -> list[dict[str, Any]]:
    """Errors and warnings, errors first; [] for a flow that may be published."""
    account = Account(references={"team": {team.slug: {"name": team.name} for team in unit.teams.all()}})
    return [finding.as_data() for finding in check(document, FLOW_SCHEMA, NODE_TYPES, account)]
