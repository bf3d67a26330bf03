"""Files that a flow sends: F160 one the account does not have; F141 one that a channel of the flow will not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.check.account import Account, Facts
from flowengine.core.check.limits import spoken_on
from flowengine.core.check.subject import Subject
from flowengine.core.files import PREFIX, kind_of, sha256_of
from flowengine.core.findings import Finding, Words, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked

KINDS: Mapping[str, Mapping[str, str]] = {
    "image": {"pt-BR": "imagem", "en": "an image"},
    "video": {"pt-BR": "vídeo", "en": "a video"},
    "audio": {"pt-BR": "áudio", "en": "audio"},
}


def media_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """Of files kept here only; what lies elsewhere is nobody's to promise."""
    if "file" not in account.references:
        return
    for node in subject.sound_nodes():
        for field in subject.marked(node, "x-media-of"):
            if isinstance(field.value, str) and field.value.strip().startswith(PREFIX):
                yield from _judge(subject, node, field, account)


def _judge(subject: Subject, node: Node, field: Marked, account: Account) -> Iterator[Finding]:
    where: dict[str, Any] = {"node": node.id, "pointer": subject.pointer(node, field.path)}
    where |= {"label": subject.called(node)}
    content = sha256_of(field.value)
    facts = account.facts("file", content) if content else None
    if facts is None:
        yield finding("F160", text="F160.file", **where)
        return
    kind = _beside(node, field)
    if kind in KINDS and kind_of(str(facts["mime"])) != kind:
        yield finding("F141", text="F141.other_kind", mime=str(facts["mime"]), kind=KINDS[kind], **where)
        return
    for channel in spoken_on(subject, node, account):
        refused = _refused(facts, channel.media.get(kind, {}))
        if refused is not None:
            text, words = refused
            yield finding("F141", text=text, **{**where, **words, "channel": channel.name or channel.key})
            return


def _refused(facts: Facts, limits: Mapping[str, Any]) -> tuple[str, Mapping[str, Words]] | None:
    if "types" in limits and facts["mime"] not in limits["types"]:
        return "F141.type", {"mime": str(facts["mime"])}
    if facts["size"] > limits.get("most", facts["size"]):
        return "F141.size", {"size": _megabytes(facts["size"]), "limit": _megabytes(limits["most"])}
    return None


def _megabytes(size: int) -> Mapping[str, str]:
    english = f"{size / 2**20:.1f}".removesuffix(".0")
    return {"en": english, "pt-BR": english.replace(".", ",")}


def _beside(node: Node, field: Marked) -> str:
    """As what it is sent, said by the neighbour that the schema names."""
    part: Any = node.params
    for step in field.path[:-1]:
        part = part[step]
    return str(part.get(field.about["x-media-of"], "document"))
