"""Which runs are asked about, and whose people and words the member who asks may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from builder_ui.api.result_shapes import Period
from builder_ui.auth import MAY, me
from flowengine.core.errors import NotFound
from flowengine.desk.people import person_of, sight_of
from flowengine.store.members import Member
from flowengine.store.results import Cohort
from flowengine.store.unit import Unit

PERIOD = timedelta(days=7)


def cohort_of(unit: Unit, flow_id: UUID, asked: Period) -> Cohort:
    """NotFound where the account has no such flow, or the flow no such version."""
    if unit.flows.get(flow_id) is None:
        raise NotFound("There is no such flow.")
    version = None if asked.version is None else unit.flows.version_by_number(flow_id, asked.version)
    if asked.version is not None and version is None:
        raise NotFound("There is no such version.")
    until = asked.until or unit.now + timedelta(seconds=1)
    return Cohort(flow_id, asked.since or until - PERIOD, until, version.id if version else None)


def document_of(unit: Unit, of: Cohort) -> dict[str, Any]:
    """The flow as it is counted: the version asked for, of all of them the one that is live, else the draft."""
    flow = unit.flows.get(of.flow)
    wanted = of.version or (flow.live_version_id if flow else None)
    version = unit.flows.version(wanted) if wanted else None
    document: dict[str, Any] = version.document if version else flow.draft if flow else {}
    return document


def seen(unit: Unit, conversations: Iterable[UUID | None]) -> set[UUID | None]:
    """Those of these conversations whose people and words the member who asks may see."""
    return seen_by(me().member, unit, conversations)


def seen_by(member: Member, unit: Unit, conversations: Iterable[UUID | None]) -> set[UUID | None]:
    """The same of a member who is known, where no request is at hand any more."""
    wanted = {each for each in conversations if each is not None}
    if not wanted or member.role not in MAY["see conversations"]:
        return set()
    return set(unit.inbox.seen_by(sight_of(person_of(unit, member)), wanted))
