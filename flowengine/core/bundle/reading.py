"""Reads a bundle somebody hands in: what it holds as values, or findings that say what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flowengine.core.bundle.making import FORMAT, FORMAT_VERSION, Definition, Key
from flowengine.core.bundle.selection import Selection, named_by
from flowengine.core.errors import InvalidFlow
from flowengine.core.files import files_in
from flowengine.core.findings import Finding
from flowengine.core.flow import draft_hash
from flowengine.core.references import Reference, references_of
from flowengine.core.schema import DocumentSchema, FlowSchema
from flowengine.core.shape import examine
from flowengine.core.size import too_big

MOST_BYTES = 60_000_000  # 500 flows of two hundred nodes, or a few files
MOST_ERRORS = 50


@dataclass(frozen=True, slots=True)
class Copied:
    """A flow of a bundle; `origin` is kept with it where it is pasted."""

    document: Mapping[str, Any]
    origin: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.document["key"])


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that has been read. `references` in its order; `named` says where the flows and nodes name what.

    `files` are those that they send, by content: with "name", "bytes" (Base64) or "link" as far as they come along.
    """

    flows: tuple[Copied, ...]
    references: Mapping[Key, Definition]
    named: tuple[tuple[str, Reference], ...]  # beside each, the flow's key ("" for cut-out nodes)
    selection: Selection | None = None
    cut_from: str = ""
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_bundle(bundle: Any, schema: DocumentSchema, flows: FlowSchema) -> Bundle:
    """The bundle; raises InvalidFlow with findings where it is none, or one newer than this program.

    Documents in it may be unfinished, but not so big or deep that looking at them would do harm.
    """
    findings = list(_findings(bundle, schema, flows))
    if findings:
        raise InvalidFlow(findings)
    origin = bundle["origin"]
    copied = tuple(
        Copied(each["document"], {**origin, **(each.get("origin") or {"hash": draft_hash(each["document"])})})
        for each in bundle["flows"]
    )
    cut = bundle.get("nodes")
    selection = Selection.from_data(cut) if cut is not None else None
    aliases = bundle.get("aliases", {})
    references = {
        (each["kind"], each["slug"]): Definition(
            each["name"], each.get("definition", {}), aliases.get(f"{each['kind']}:{each['slug']}")
        )
        for each in bundle["references"]
    }
    named = [(flow.key, each) for flow in copied for each in references_of(flow.document, flows)]
    if selection is not None:
        named += [("", each) for each in named_by(selection, flows)]
    along = {flow.key for flow in copied}
    for _, each in named:  # one that somebody wrote by hand may have left some out
        if each.kind != "flow" or each.slug not in along:
            references.setdefault((each.kind, each.slug), Definition(each.slug))
    sent = files_in([*(flow.document.get("nodes") for flow in copied), (cut or {}).get("nodes")])
    along_with = {each["hash"]: each for each in bundle.get("files", ())}
    files = {content: along_with.get(content, {}) for content in sent}
    return Bundle(copied, references, tuple(named), selection, str((cut or {}).get("from", "")), files)


def _findings(bundle: Any, schema: DocumentSchema, flows: FlowSchema) -> list[Finding]:
    if not isinstance(bundle, dict) or bundle.get("format") != FORMAT:
        return [_wrong("/format", f"falta o formato “{FORMAT}”", f"its format is not “{FORMAT}”")]
    version = bundle.get("format_version")
    if version != FORMAT_VERSION or isinstance(version, bool):
        shown = str(version)[:20]
        return [
            _wrong(
                "/format_version",
                f"a versão {shown} não é conhecida (esta instalação lê até a {FORMAT_VERSION})",
                f"version {shown} is not known (this installation reads up to {FORMAT_VERSION})",
            )
        ]
    big = too_big({**bundle, "files": []}, times=10)  # nobody looks into the bytes of files
    if big is not None:
        return [big]
    errors = [error for error, _ in zip(schema.errors(bundle), range(MOST_ERRORS), strict=False)]
    if errors:
        return [
            _wrong(
                e.pointer, f"erro em {e.pointer or '/'} ({e.keyword})", f"mistake at {e.pointer or '/'} ({e.keyword})"
            )
            for e in errors
        ]
    keys = [each["document"]["key"] for each in bundle["flows"]]
    if len(set(keys)) < len(keys):
        return [_wrong("/flows", "dois fluxos têm a mesma chave", "two flows have the same key")]
    ids = [node["id"] for node in bundle.get("nodes", {}).get("nodes", ())]
    if len(set(ids)) < len(ids):
        return [_wrong("/nodes/nodes", "duas etapas têm o mesmo id", "two nodes have the same id")]
    return [
        found for each in bundle["flows"] for found in examine(each["document"], flows).findings if found.code == "F002"
    ]


def _wrong(pointer: str, portuguese: str, english: str) -> Finding:
    message = {
        "pt-BR": f"Isto não é um pacote de fluxos: {portuguese}.",
        "en": f"This is no bundle of flows: {english}.",
    }
    return Finding("F001", "error", message, pointer=pointer)
