"""What an account has of what a bundle names: the same slug, the same name, or nothing; and keys that clash."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flowengine.core.bundle.making import Definition, Key
from flowengine.core.bundle.reading import Bundle
from flowengine.core.text import fold

Things = Mapping[str, Mapping[str, Mapping[str, Any]]]  # what an account has: by kind, by slug, {"name", "alias_of"?}


def look(
    bundle: Bundle,
    account: Things,
    *,
    here: Mapping[Key, Definition] | None = None,
    can_create: Collection[str] = (),
) -> dict[str, Any]:
    """The report an admin decides by.

    `here` are the account's own definitions of slugs that the bundle names too, to tell whether they are the same
    thing; `can_create` the kinds that an import may create.
    """
    return {
        "origin": {"flows": [dict(flow.origin) for flow in bundle.flows], "nodes_from": bundle.cut_from},
        "flows": [
            {
                "key": flow.key,
                "name": flow.document["name"],
                "kind": flow.document["kind"],
                "nodes": len(flow.document["nodes"]),
                "clash": _clash(flow.key, account),
            }
            for flow in bundle.flows
        ],
        "references": [_reference(bundle, key, account, here or {}, can_create) for key in bundle.references],
    }


def _clash(key: str, account: Things) -> dict[str, str] | None:
    """The flow that has this key here already."""
    there = account.get("flow", {}).get(key)
    return None if there is None else {"key": key, "name": str(there.get("name", key))}


def _reference(
    bundle: Bundle, key: Key, account: Things, here: Mapping[Key, Definition], can_create: Collection[str]
) -> dict[str, Any]:
    kind, slug = key
    wanted = bundle.references[key]
    have = account.get(kind, {})
    same_name = [
        other
        for other, facts in have.items()
        if fold(str(facts.get("name", other))) == fold(wanted.name) and other != slug
    ]
    found = "same_slug" if slug in have else "same_name" if same_name else "lacks"
    return {
        "kind": kind,
        "slug": slug,
        "name": wanted.name,
        "found": found,
        "here": str(have[slug].get("name", slug)) if slug in have else None,
        "alias_of": have[slug].get("alias_of") if slug in have else None,
        "candidates": [{"slug": other, "name": str(have[other].get("name", other))} for other in same_name],
        "differs": _differs(wanted, here.get(key)),
        "can_create": kind in can_create and bool(wanted.data) and slug not in have,
        "used_in": _used_in(bundle, key),
    }


def _differs(wanted: Definition, there: Definition | None) -> list[str]:
    """The parts of the definition that are otherwise here: a field of another type is not the same field."""
    if there is None or not wanted.data:
        return []
    return sorted(
        name
        for name in wanted.data.keys() & there.data.keys()
        if name not in ("name", "description") and wanted.data[name] != there.data[name]
    )


def _used_in(bundle: Bundle, key: Key) -> list[dict[str, Any]]:
    """By flow ("" for cut-out nodes), the nodes that name it; null for the flow's settings."""
    used: dict[str, list[str | None]] = {}
    for flow, named in bundle.named:
        if (named.kind, named.slug) == key and named.node not in used.setdefault(flow, []):
            used[flow].append(named.node)
    return [{"flow": flow, "nodes": nodes} for flow, nodes in used.items()]
