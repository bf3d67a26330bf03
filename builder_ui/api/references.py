"""What a flow's document may name: the account's teams, channels and flows by their slugs."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed, me
from builder_ui.units import reading

references = APIBlueprint("references", __name__, tag="Flows")


class Reference(Shape):
    """A thing as documents name it: by its slug (a channel's or a flow's key)."""

    slug: str
    name: str


class ChannelReference(Reference):
    """A channel, and of which kind."""

    kind: str


class References(Shape):
    """By kind, as `x-ref` names it."""

    team: list[Reference]
    channel: list[ChannelReference]
    flow: list[Reference]


@references.get("/references")
@allowed("see flows")
@references.output(References)
def read() -> Any:
    """Everything a document may refer to."""
    with reading(me().account_id) as unit:
        teams, channels, flows = unit.teams.all(), unit.channels.all(), unit.flows.rows()
    return {
        "team": [{"slug": team.slug, "name": team.name} for team in teams],
        "channel": [{"slug": each.key, "kind": each.kind, "name": each.name} for each in channels],
        "flow": [{"slug": flow.key, "name": flow.name} for flow in flows],
    }
