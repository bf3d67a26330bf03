"""Schema errors in words: sentences made from path, keyword and node label, never from an engine's text."""

from __future__ import annotations

from typing import Any

from flowengine.core.findings import Finding, Words, finding
from flowengine.core.findings.texts import TEXTS, TYPES
from flowengine.core.marks import PathPart
from flowengine.core.naming import LANGUAGES, called
from flowengine.core.schema import FlowSchema, SchemaError


def in_words(error: SchemaError, document: Any, schema: FlowSchema) -> Finding:
    """The finding F003 that tells an author what to mend, and where."""
    detail = error.detail
    text = f"F003.{error.keyword}"
    if error.keyword in ("minLength", "minItems") and detail.get("limit") == 1:
        text = "F003.empty"
    field = detail.get("property") or next(iter(detail.get("unexpected", ())), "")
    return finding(
        "F003",
        text=text if text in TEXTS else "F003",
        node=_node_at(error.path, document),
        pointer=error.pointer,
        where=_where(error.path, document, schema),
        keyword=error.keyword,
        field=_title((*error.path, field), document, schema) if field else "",
        types=_types(detail.get("types", ())),
        options=_options(detail),
        limit=str(detail.get("limit", "")),
    )


def _where(path: tuple[PathPart, ...], document: Any, schema: FlowSchema) -> dict[str, str]:
    """The path as people say it: “Boas-vindas” › Mensagens 1 › Texto."""
    node = _node_at(path, document)
    start = 2 if path[:1] == ("nodes",) and len(path) > 1 else 0
    said: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    if start:
        name = _called(path, document, schema)
        for language in LANGUAGES:
            said[language].append(f"“{name[language]}”" if node else _place_word(path, language))
    for end in range(start, len(path)):
        part = path[end]
        if part == "params" and end == start == 2:
            continue
        title = f"{part + 1}" if isinstance(part, int) else _title(path[: end + 1], document, schema)
        for language in LANGUAGES:
            word = title if isinstance(title, str) else title[language]
            if isinstance(part, int) and said[language]:
                said[language][-1] += f" {word}"
            else:
                said[language].append(word)
    empty = {"pt-BR": "Fluxo", "en": "Flow"}
    return {language: " › ".join(said[language]) or empty[language] for language in LANGUAGES}


def _title(path: tuple[PathPart, ...], document: Any, schema: FlowSchema) -> dict[str, str]:
    """What the property at `path` is called."""
    about = schema.about(None, path)
    if path[:1] == ("nodes",) and path[2:3] == ("params",) and len(path) > 3:
        about = schema.about(_type_at(path, document), path[3:])
    name = str(path[-1])[:80]
    english = about.get("title", name)
    translated = about.get("x-i18n", {}).get("pt-BR", {}).get("title", english)
    return {"pt-BR": translated, "en": english}


def _types(types: Any) -> dict[str, str]:
    names = [types] if isinstance(types, str) else list(types)
    join = {"pt-BR": " ou ", "en": " or "}
    return {language: join[language].join(TYPES[name][language] for name in names) for language in LANGUAGES}


def _options(detail: Any) -> Words:
    options = detail.get("options", [detail["expected_value"]] if "expected_value" in detail else [])
    return ", ".join(str(option) for option in options[:20])


def _at(path: tuple[PathPart, ...], document: Any) -> Any:
    if path[:1] != ("nodes",) or len(path) < 2:
        return None
    node = document["nodes"][path[1]]
    return node if isinstance(node, dict) else None


def _node_at(path: tuple[PathPart, ...], document: Any) -> str | None:
    node = _at(path, document)
    return node["id"] if node and isinstance(node.get("id"), str) else None


def _type_at(path: tuple[PathPart, ...], document: Any) -> str | None:
    node = _at(path, document)
    return node["type"] if node and isinstance(node.get("type"), str) else None


def _called(path: tuple[PathPart, ...], document: Any, schema: FlowSchema) -> dict[str, str]:
    node = _at(path, document) or {}
    about = schema.nodes.get(_type_at(path, document) or "", {})
    return called(node.get("label"), about, str(node.get("id", "")))


def _place_word(path: tuple[PathPart, ...], language: str) -> str:
    return f"{'Etapa' if language == 'pt-BR' else 'Node'} {int(path[1]) + 1}"
