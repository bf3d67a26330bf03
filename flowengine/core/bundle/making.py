"""Makes a bundle: flows with the sub-flows they call, or some nodes, and everything they name of the account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from flowengine.core.bundle.selection import Selection, named_by
from flowengine.core.errors import NotFound
from flowengine.core.files import files_in
from flowengine.core.flow import draft_hash
from flowengine.core.references import Reference, references_of
from flowengine.core.schema import FlowSchema

FORMAT = "flowengine/bundle"
FORMAT_VERSION = 1

Key = tuple[str, str]  # kind and slug


@dataclass(frozen=True, slots=True)
class Master:
    """A flow as it is copied, and where it comes from: `version` is the number of the published one, if it is that."""

    document: Mapping[str, Any]
    id: str = ""
    version: int | None = None

    @property
    def key(self) -> str:
        return str(self.document["key"])


@dataclass(frozen=True, slots=True)
class Definition:
    """What a thing of the account is: enough to create it elsewhere. `alias_of` where its slug is another's alias."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)
    alias_of: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be copied, and what it names: to be looked up by whoever knows the account."""

    flows: tuple[Master, ...]
    named: tuple[Reference, ...]
    selection: Selection | None = None
    cut_from: str = ""  # the key of the flow that the selection was cut from

    @property
    def references(self) -> list[Key]:
        """What is named, each once; flows that travel along are no references."""
        along = {flow.key for flow in self.flows}
        return list(dict.fromkeys((n.kind, n.slug) for n in self.named if n.kind != "flow" or n.slug not in along))


def gather(
    keys: Iterable[str],
    find: Callable[[str], Master | None],
    schema: FlowSchema,
    *,
    selection: Selection | None = None,
    cut_from: str = "",
) -> Gathered:
    """The flows of these keys (a folder is its list of keys) with those they call, and theirs.

    `find` gives the flow of a key, None where there is none: NotFound where it was asked for itself; a called one that
    is missing stays a reference.
    """
    wanted, flows, named = list(dict.fromkeys(keys)), dict[str, Master](), list[Reference]()
    if selection is not None:
        named += named_by(selection, schema)
    called = [each.slug for each in named if each.kind == "flow"]
    for key in wanted:
        if find(key) is None:
            raise NotFound(f"there is no flow {key!r}", detail={"key": key})
    waiting = [*wanted, *called]
    while waiting:
        key = waiting.pop(0)
        flow = None if key in flows else find(key)
        if flow is not None:
            flows[key] = flow
            here = references_of(flow.document, schema)
            named += here
            waiting += [each.slug for each in here if each.kind == "flow"]
    return Gathered(tuple(flows.values()), tuple(named), selection, cut_from)


def write_bundle(
    gathered: Gathered,
    definitions: Mapping[Key, Definition],
    *,
    account: Mapping[str, str],
    at: str,
    files: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The bundle as a document. `account` is {"slug", "name"} of where it comes from, `at` when (RFC 3339).

    `files` are {"hash", "name", "mime", "bytes" (base64) or "link"} for those of them whose content travels along.
    """
    bundle: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "origin": {"account": dict(account), "at": at},
        "flows": [
            {
                "document": dict(flow.document),
                "origin": {"flow": flow.id, "version": flow.version, "hash": draft_hash(flow.document)},
            }
            for flow in gathered.flows
        ],
        "references": [_reference(key, definitions.get(key)) for key in _all_keys(gathered, definitions)],
        "aliases": {
            f"{kind}:{slug}": known.alias_of
            for (kind, slug), known in definitions.items()
            if known.alias_of is not None
        },
        "files": _files(gathered, files),
    }
    if gathered.selection is not None:
        bundle["nodes"] = {"from": gathered.cut_from, **gathered.selection.as_data()}
    return bundle


def bundle_text(bundle: Mapping[str, Any]) -> bytes:
    """As a file, or as text on a clipboard."""
    return orjson.dumps(bundle, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _all_keys(gathered: Gathered, definitions: Mapping[Key, Definition]) -> list[Key]:
    """What the flows name, then what those things name themselves (a segment its fields)."""
    along = {("flow", flow.key) for flow in gathered.flows}
    return [key for key in dict.fromkeys([*gathered.references, *definitions]) if key not in along]


def _reference(key: Key, known: Definition | None) -> dict[str, Any]:
    kind, slug = key
    reference: dict[str, Any] = {"kind": kind, "slug": slug, "name": known.name if known else slug}
    if known and known.data and kind != "secret":  # of a secret only its name ever travels
        reference["definition"] = dict(known.data)
    return reference


def files_named(gathered: Gathered) -> list[str]:
    """The contents (SHA-256) of the files that the flows and nodes send."""
    nodes = gathered.selection.nodes if gathered.selection else ()
    return files_in([*(flow.document.get("nodes") for flow in gathered.flows), list(nodes)])


def _files(gathered: Gathered, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    contents = {file["hash"]: dict(file) for file in given}
    return [contents.get(each, {"hash": each}) for each in files_named(gathered)]
