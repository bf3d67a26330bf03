"""Channels: how callbacks are to be sent, and which flow answers when, to what, and in which order they are asked."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from builder_ui.api import channel_shapes as shapes
from builder_ui.api.account_things import given, known, note
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.channels.http import delivery
from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.core.terms import words_of
from flowengine.desk.hours import open_now
from flowengine.store import channels as store
from flowengine.store.bindings import Listener, Listening
from flowengine.store.unit import Unit

channels = APIBlueprint("channels", __name__, tag="Account")

SENDING = ("per_second", "together")


@channels.get("/channels")
@allowed("see account")
@channels.output(shapes.Channels)
def list_channels() -> Any:
    """All channels of the account."""
    with reading(me().account_id) as unit:
        return {"channels": [_shown(unit, channel) for channel in unit.channels.all()]}


@channels.patch("/channels/<key>")
@allowed("manage account")
@channels.input(shapes.ChangedChannel)
@channels.output(shapes.Channel)
def change(key: str, json_data: shapes.ChangedChannel) -> Any:
    """Another name or team, another pace of its callbacks; what is sent next goes by it."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        channel = _found(unit, key)
        sending = {name: new.pop(name) for name in SENDING if name in new}
        for name, value in sending.items():
            if value is not None and channel.kind != "http":
                raise Invalid("Only HTTP channels send callbacks.", detail={"pointer": f"/{name}"})
        if sending:
            whole = {**channel.config, **sending}
            new["config"] = {name: value for name, value in whole.items() if value is not None or name not in SENDING}
        if "team" in new:
            slug = new.pop("team")
            new["team_id"] = known(unit.teams.by_slug(slug), "/team", f"team {slug!r}").id
        if new:
            unit.channels.change(channel.id, **new)
        note(unit, "channel", key, "changed", json_data.model_fields_set)
        return _shown(unit, _found(unit, key))


@channels.get("/channels/<key>/flows")
@allowed("see flows")
@channels.output(shapes.ChannelFlows)
def flows(key: str) -> Any:
    """The flows that answer on a channel, in the order in which they are asked, and the hours they go by."""
    with reading(me().account_id) as unit:
        return _answering(unit, _found(unit, key))


@channels.put("/channels/<key>/flows")
@allowed("edit flows")
@channels.input(shapes.NewListeners)
@channels.output(shapes.ChannelFlows)
def set_flows(key: str, json_data: shapes.NewListeners) -> Any:
    """These flows answer on the channel, in this order, and no other. 409 where others answer than `before` says."""
    with writing(me().account_id) as unit:
        channel = _found(unit, key)
        unit.bindings.hold(channel.id)
        there = [listener.key for listener in unit.bindings.of(channel.id)]
        if json_data.before is not None and json_data.before != there:
            raise Conflict("Somebody has changed meanwhile which flows answer here.", detail={"flows": there})
        unit.bindings.set(channel.id, [_listening(unit, json_data, place) for place in range(len(json_data.flows))])
        keys = [each.flow for each in json_data.flows]
        by = me().member.id
        unit.audit.record(by, "channel_flows_set", object_kind="channel", object_id=channel.id, data={"flows": keys})
        unit.live.tell("flow", {"id": str(channel.id), "actor": str(by)})
        return _answering(unit, channel)


def _listening(unit: Unit, body: shapes.NewListeners, place: int) -> Listening:
    """One of the list as it is kept; 422 at what cannot listen."""
    said, at = body.flows[place], f"/flows/{place}"
    flow = known(unit.flows.by_key(said.flow), f"{at}/flow", f"flow {said.flow!r}")
    if flow.kind != "chatbot":
        raise Invalid(f"{flow.name!r} is no chatbot: it answers nobody.", detail={"pointer": f"{at}/flow"})
    if said.flow in [each.flow for each in body.flows[:place]]:
        raise Invalid(f"{flow.name!r} is listed twice.", detail={"pointer": f"{at}/flow"})
    found: set[str] = set()
    for index, keyword in enumerate(said.keywords):
        words = words_of(keyword)
        where = {"pointer": f"{at}/keywords/{index}"}
        if not words:
            raise Invalid(f"{keyword!r} has no letter and no digit: nobody could say it.", detail=where)
        if words in found:
            raise Invalid(f"{keyword!r} is said twice: case, accents and signs do not count.", detail=where)
        found.add(words)
    return Listening(flow.id, said.hours, said.any_message, said.keywords)


def _found(unit: Unit, key: str) -> store.Channel:
    channel = unit.channels.by_key(key)
    if channel is None:
        raise NotFound("There is no such channel.")
    return channel


def _shown(unit: Unit, channel: store.Channel) -> dict[str, Any]:
    """A `Channel`."""
    how, team = delivery(channel.config), unit.teams.get(channel.team_id)
    return {
        "key": channel.key,
        "kind": channel.kind,
        "name": channel.name,
        "team": team.slug if team else None,
        "callback": bool(channel.callback_url and channel.callback_secret),
        "per_second": how.per_second,
        "together": how.together,
        "flows": [listener.name for listener in unit.bindings.of(channel.id)],
    }


def _answering(unit: Unit, channel: store.Channel) -> dict[str, Any]:
    """A `ChannelFlows`."""
    hours = unit.hours.of_channel(channel.id)
    by = {"slug": hours.slug, "name": hours.name, "open": open_now(hours, unit.now)} if hours else None
    return {
        "channel": {"key": channel.key, "kind": channel.kind, "name": channel.name},
        "hours": by,
        "flows": [_listener(each) for each in unit.bindings.of(channel.id)],
    }


def _listener(listener: Listener) -> dict[str, Any]:
    """A `Listener`: how the channel lets it listen, and what its live version starts by."""
    starts = [each.get("params") or {} for each in listener.starts or ()]
    return {
        "id": listener.flow_id,
        "flow": listener.key,
        "name": listener.name,
        "live": listener.starts is not None,
        "stopped": listener.stopped,
        "hours": listener.hours,
        "any_message": listener.any_message,
        "keywords": listener.keywords,
        "starts": [
            {
                "event": params.get("event", ""),
                "first": bool(params.get("first")),
                "terms": params.get("terms", []),
                "match": params.get("match", "contains"),
                "conditional": "where" in params,
            }
            for params in starts
        ],
    }
