"""Flows and versions as the API shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from builder_ui.api import drafts
from builder_ui.api.findings import findings_of
from flowengine.store.channels import Binding
from flowengine.store.flow_list import DAYS, FlowRow
from flowengine.store.flows import Flow, FlowVersion, VersionHead
from flowengine.store.unit import Unit


def shown(unit: Unit, flow: Flow) -> dict[str, Any]:
    """A `Flow`: the draft, how it differs from what is live, what the checker says."""
    live = unit.flows.version(flow.live_version_id) if flow.live_version_id else None
    return {
        "id": flow.id,
        "key": flow.key,
        "name": flow.name,
        "kind": flow.kind,
        "document": drafts.today(flow.draft),
        "origin": flow.origin,
        "revision": flow.draft_revision,
        "live": version(unit, live) if live else None,
        "stopped_at": flow.stopped_at,
        "draft_differs": live is None or flow.draft_hash != live.hash,
        "changes": drafts.changes(live.document if live else None, flow.draft),
        "findings": findings_of(unit, flow.draft, flow.id),
        "channels": [channel(each) for each in unit.channels.bindings(flow.id)],
    }


def row(row: FlowRow, bindings: Sequence[Binding], today: date) -> dict[str, Any]:
    """A `Row`; `bindings` are those of this flow."""
    counts = {date.fromisoformat(day): (runs, failed) for day, runs, failed in row.days}
    by_day = [counts.get(today - timedelta(days=ago), (0, 0)) for ago in reversed(range(DAYS))]
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "kind": row.kind,
        "nodes": row.nodes,
        "live": {"number": row.live_number, "published_at": row.live_at} if row.live_number else None,
        "stopped_at": row.stopped_at,
        "draft_differs": row.draft_hash != row.live_hash,
        "channels": [channel(each) for each in bindings],
        "folder": row.folder_id,
        "tags": row.tags,
        "runs_7d": row.runs,
        "completed_7d": row.completed,
        "failed_7d": row.failed,
        "runs_by_day": [runs for runs, _ in by_day],
        "failed_by_day": [failed for _, failed in by_day],
        "updated_at": row.updated_at,
        "updated_by": {"id": row.draft_by, "name": row.draft_by_name or ""} if row.draft_by else None,
    }


def channel(binding: Binding) -> dict[str, Any]:
    """A `ChannelUse`."""
    return {
        "key": binding.channel_key,
        "kind": binding.channel_kind,
        "name": binding.channel_name,
        "hours": binding.hours,
        "any_message": binding.any_message,
        "keywords": binding.keywords,
    }


def head(head: VersionHead) -> dict[str, Any]:
    """A `Version` in a list."""
    by = {"id": head.published_by, "name": head.published_by_name or ""} if head.published_by else None
    return {
        "number": head.number,
        "hash": head.hash,
        "note": head.note,
        "published_at": head.published_at,
        "published_by": by,
    }


def version(unit: Unit, of: FlowVersion) -> dict[str, Any]:
    """A `Version` alone."""
    return {
        "number": of.number,
        "hash": of.hash,
        "note": of.note,
        "published_at": of.published_at,
        "published_by": person(unit, of.published_by),
    }


def person(unit: Unit, member_id: UUID | None) -> dict[str, Any] | None:
    """A member by id and name; None where nobody is named."""
    member = unit.members.get(member_id) if member_id else None
    return {"id": member.id, "name": member.name} if member else None
