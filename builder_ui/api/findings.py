"""What the checker says of a document in this account, as plain data."""

from __future__ import annotations

from typing import Any

from flowengine.core.shape import examine
from flowengine.nodes import FLOW_SCHEMA
from flowengine.store.unit import Unit


def findings_of(unit: Unit, document: dict[str, Any]) -> list[dict[str, Any]]:
    """Errors and warnings; [] for a flow that may be published."""
    return [finding.as_data() for finding in examine(document, FLOW_SCHEMA).findings]
