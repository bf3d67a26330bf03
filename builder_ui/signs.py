"""Passing signs by Redis: somebody types, has seen a message, draws a flow. Nobody misses one, so none is kept."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

from builder_ui.encoding import json_bytes

log = logging.getLogger(__name__)


def signs_topic(of: UUID) -> str:
    """Where signs for an account's screens, or for a channel's visitors, are published."""
    return f"typing:{of}"


def to_screens(redis: Redis, account: UUID, *, conversation: UUID, who: str, member: UUID | None = None) -> None:
    """To those at the desk who may see the conversation: `who` ("contact", or the name of `member`) types."""
    by = {} if member is None else {"member": str(member)}
    _publish(redis, account, {"conversation": str(conversation), "who": who, **by})


def of_flow(redis: Redis, account: UUID, told: dict[str, Any]) -> None:
    """To all screens of the account: somebody has a flow open, or no longer; `told` names it as "flow"."""
    _publish(redis, account, told)


def to_visitor(redis: Redis, channel: UUID, to: str, event: str, told: dict[str, Any]) -> None:
    """To the open windows of one visitor, known by the channel as `to`."""
    _publish(redis, channel, {"to": to, "event": event, "data": told})


def _publish(redis: Redis, of: UUID, sign: dict[str, Any]) -> None:
    try:
        redis.publish(signs_topic(of), json_bytes(sign))
    except RedisError as fault:
        log.info("a sign was lost: %s", fault)
