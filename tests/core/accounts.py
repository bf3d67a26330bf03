"""Accounts and flows for tests of the checker, from the short data in checks_account.json."""

import copy
from datetime import datetime

from flowengine.channels.declared import declared
from flowengine.core.check import Able, Account
from tests.core.documents import SOUND, changed


def account(data):
    """{"references", "channels": {key: kind}, "hours", "flows": [flow], "able", "now"}; all may be absent."""
    able = data.get("able")
    return Account(
        references=data.get("references", {}),
        channels=tuple(declared(kind, key) for key, kind in data.get("channels", {}).items()),
        hours=data.get("hours", {}),
        flows={each["key"]: flow(each) for each in data.get("flows", ())},
        able=Able(**{what: frozenset(ids) for what, ids in able.items()}) if able else None,
        now=datetime.fromisoformat(data["now"]) if "now" in data else None,
    )


def flow(data):
    """{"changes"} to the sound flow, or a flow of its own: {"nodes": {id: [type, params]}, "wires": ["a.next > b"]}."""
    if "nodes" not in data:
        return changed(data.get("changes", ()))
    document = {**copy.deepcopy(SOUND), "variables": []}
    document |= {key: value for key, value in data.items() if key in ("key", "name", "kind", "settings")}
    document["nodes"] = [{"id": id, "type": kind, "params": params} for id, (kind, params) in data["nodes"].items()]
    document["edges"] = [_edge(wire) for wire in data["wires"]]
    return document


def _edge(wire):
    source, target = wire.split(" > ")
    node, port = source.split(".")
    return {"source": node, "port": port, "target": target}
