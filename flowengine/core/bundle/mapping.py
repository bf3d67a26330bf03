"""What an admin decided, turned into orders: aliases, things to create, flows to add. Documents stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.bundle.looking import Things
from flowengine.core.bundle.making import Definition, Key
from flowengine.core.bundle.reading import Bundle, Copied
from flowengine.core.bundle.renaming import put_at
from flowengine.core.errors import Invalid
from flowengine.core.marks import marked
from flowengine.core.schema import FlowSchema

Mapped = Mapping[str, Mapping[str, Any]]  # "<kind>:<slug>" → {"use": slug} | {"create": true} | {"leave": true}

# Things that others are made of come first: a pipeline before its stages, fields before the segments that ask for them.
ORDER = (
    *("tag", "field", "deal_field", "constant", "reason", "portfolio", "team", "pipeline", "stage", "channel"),
    *("template", "snippet", "segment"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import does, in this order. `aliases` lead from the slug a document names to the one it stands for here;
    `left` stays open: the checker reports it as F160.
    """

    create: tuple[tuple[Key, Definition], ...]
    aliases: Mapping[Key, str]
    flows: tuple[Copied, ...]
    left: tuple[Key, ...]


def plan(bundle: Bundle, mapping: Mapped, account: Things, schema: FlowSchema) -> Plan:
    """The orders of an import; raises Invalid for a decision that cannot be carried out here.

    What nothing is decided about is used where the account has the slug, else left open. A flow whose key is taken is
    added under the next free one, and the flows that come with it call it by that; {"use": key} takes the one here.
    """
    keys = {f"flow:{flow.key}" for flow in bundle.flows}
    for name in mapping:
        kind, _, slug = name.partition(":")
        if (kind, slug) not in bundle.references and name not in keys:
            raise _refused(name, f"the bundle does not name {name!r}")
    create, aliases, left = list[tuple[Key, Definition]](), dict[Key, str](), list[Key]()
    for key, definition in bundle.references.items():
        kind, slug = key
        match mapping.get(f"{kind}:{slug}", {}):
            case {"use": str() as other}:
                _may_use(key, other, account)
                if other != slug:
                    aliases[key] = other
            case {"create": True}:
                _may_create(key, definition, account)
                create.append((key, definition))
            case _ if slug not in account.get(kind, {}) and not _comes_along(key, bundle, mapping, account):
                left.append(key)
    create.sort(key=lambda each: ORDER.index(each[0][0]) if each[0][0] in ORDER else len(ORDER))
    flows, used = _flows(bundle, mapping, account, schema)
    return Plan(tuple(create), {**aliases, **used}, flows, tuple(left))


def _comes_along(key: Key, bundle: Bundle, mapping: Mapped, account: Things) -> bool:
    """Whether a stage is there as soon as its pipeline is created, or is another's."""
    kind, slug = key
    pipeline, _, stage = slug.partition("/")
    match mapping.get(f"pipeline:{pipeline}", {}) if kind == "stage" else {}:
        case {"use": str() as other}:
            return f"{other}/{stage}" in account.get("stage", {})
        case {"create": True}:
            stages = bundle.references["pipeline", pipeline].data.get("stages", ())
            return any(each["slug"] == stage for each in stages)
    return False


def _may_use(key: Key, other: str, account: Things) -> None:
    kind, slug = key
    have = account.get(kind, {})
    if other not in have:
        raise _refused(f"{kind}:{slug}", f"this account has no {kind} {other!r}")
    if other != slug and slug in have and have[slug].get("alias_of") != other:
        raise _refused(f"{kind}:{slug}", f"{slug!r} means something here already; an alias cannot stand before it")


def _may_create(key: Key, definition: Definition, account: Things) -> None:
    kind, slug = key
    if slug in account.get(kind, {}):
        raise _refused(f"{kind}:{slug}", f"this account has a {kind} {slug!r} already")
    if not definition.data:
        raise _refused(f"{kind}:{slug}", f"the bundle does not say what the {kind} {slug!r} is")


def _flows(
    bundle: Bundle, mapping: Mapped, account: Things, schema: FlowSchema
) -> tuple[tuple[Copied, ...], dict[Key, str]]:
    """The flows to add, under keys that are free, and aliases for those whose place another takes."""
    taken = set(account.get("flow", {}))
    keys: dict[str, str] = {}
    used: dict[Key, str] = {}
    for flow in bundle.flows:
        match mapping.get(f"flow:{flow.key}", {}):
            case {"use": str() as other}:
                _may_use(("flow", flow.key), other, account)
                if other != flow.key:
                    used["flow", flow.key] = other
                continue
            case {"leave": True}:
                continue
        keys[flow.key] = _free(flow.key, taken)
        taken.add(keys[flow.key])
    added = (flow for flow in bundle.flows if flow.key in keys)
    return tuple(Copied(_under(flow.document, keys, schema), flow.origin) for flow in added), used


def _under(document: Mapping[str, Any], keys: Mapping[str, str], schema: FlowSchema) -> dict[str, Any]:
    """The document under its new key, calling the flows that come with it by theirs."""
    new = {**document, "key": keys[document["key"]]}
    if all(before == after for before, after in keys.items()):
        return new
    return {**new, "nodes": [_calling(node, keys, schema) for node in document["nodes"]]}


def _calling(node: Mapping[str, Any], keys: Mapping[str, str], schema: FlowSchema) -> Mapping[str, Any]:
    paths = schema.marks(node["type"], "x-ref", "flow") if node["type"] in schema.nodes else ()
    params: Any = node["params"]
    for found in marked(params, paths):
        if isinstance(found.value, str) and found.value in keys:
            params = put_at(params, found.path, keys[found.value])
    return {**node, "params": params}


def _free(wanted: str, taken: set[str]) -> str:
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted[: 63 - len(str(number))]}-{number}"
    return key


def _refused(name: str, why: str) -> Invalid:
    return Invalid(why, detail={"pointer": "/mapping/" + name.replace("~", "~0").replace("/", "~1")})
