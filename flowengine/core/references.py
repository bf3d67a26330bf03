"""What a document names of its account: by the mark `x-ref`, in the operands of conditions, in templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from flowengine.core.errors import BadTemplate
from flowengine.core.marks import Marked, PathPart, marked
from flowengine.core.schema import FlowSchema
from flowengine.core.text import compile_template

# What templates read of the account, by where it stands.
_IN_TEMPLATES: Mapping[tuple[str, ...], str] = {
    ("contact", "fields"): "field",
    ("deal", "fields"): "deal_field",
    ("account", "vars"): "constant",
}


class Reference(Struct, frozen=True, gc=False):  # as Marked
    """A thing of the account by its slug (a stage: `<pipeline>/<stage>`), and where it is named.

    `node` is the id of a node, None in the settings; `title` is what people call the field, by language.
    """

    kind: str
    slug: str
    node: str | None
    pointer: str
    title: Mapping[str, str]


def references_of(document: Any, schema: FlowSchema) -> list[Reference]:
    """All of a document, in its order; a draft may be wrong: what cannot be read names nothing."""
    if not isinstance(document, Mapping):
        return []
    found: list[Reference] = []
    if isinstance(settings := document.get("settings"), Mapping):
        found += settings_references(settings, schema)
    nodes = document.get("nodes")
    for place, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if isinstance(node, Mapping) and isinstance(params := node.get("params"), Mapping):
            found += node_references(str(node.get("id")), str(node.get("type")), params, place, schema)
    return found


def settings_references(settings: Mapping[str, Any], schema: FlowSchema) -> Iterator[Reference]:
    """What a flow's settings name."""
    yield from _named(settings, None, schema, None, "/settings")


def node_references(
    id: str, type_name: str, params: Mapping[str, Any], place: int, schema: FlowSchema
) -> Iterator[Reference]:
    """What a node's params name; `place` is its position in the document. Nothing where its type is not known."""
    if type_name in schema.nodes:
        yield from _named(params, type_name, schema, id, f"/nodes/{place}/params")


def comparisons_within(condition: Any) -> Iterator[Mapping[str, Any]]:
    """The tests of a condition that may be wrong in any way."""
    to_see = [condition]
    while to_see:
        here = to_see.pop()
        if isinstance(here, Mapping):
            if isinstance(here.get("left"), str):
                yield here
            groups = [here.get("any"), here.get("all")]
            to_see += [part for group in groups if isinstance(group, list) for part in reversed(group)]
            to_see.append(here.get("not"))


def named_in_condition(condition: Any, schema: FlowSchema) -> Iterator[tuple[str, str]]:
    """(kind, slug): `hours.team:vendas` names a team on the left, `contact.tags contains vip` a tag on the right."""
    for test in comparisons_within(condition):
        left, right = test["left"], test.get("right")
        values = right if isinstance(right, list) else [right]
        for operand, kind in schema.operand_references.items():
            stem = operand.removesuffix("*")
            if stem != operand and left.startswith(stem) and left != stem:
                yield kind, left.removeprefix(stem)
            elif operand == left:
                yield from ((kind, slug) for slug in values if isinstance(slug, str) and slug and "{" not in slug)
        for text in values:
            yield from _in_template(text)


def _named(
    values: Mapping[str, Any], type_name: str | None, schema: FlowSchema, node: str | None, root: str
) -> Iterator[Reference]:
    def references(field: Marked, things: Iterable[tuple[str, str]]) -> Iterator[Reference]:
        pointer, title = _pointer(root, field.path), field.title()
        return (Reference(kind, slug, node, pointer, title) for kind, slug in things)

    for field in marked(values, schema.marks(type_name, "x-ref")):
        kind = str(field.about["x-ref"])
        if kind != "node":  # which is the flow's own
            yield from references(field, ((kind, slug) for slug in _slugs(field, values)))
    for field in marked(values, schema.marks(type_name, "x-widget", "condition")):
        yield from references(field, named_in_condition(field.value, schema))
    for field in marked(values, schema.marks(type_name, "format", "template")):
        if _may_name(field.value):
            yield from references(field, _in_template(field.value))


def _slugs(field: Marked, values: Mapping[str, Any]) -> Iterator[str]:
    """The field's slugs, one or a list of them; those of stages with the pipeline that stands beside."""
    within = field.about.get("x-within")
    beside = _at(values, (*field.path[:-1], within)) if within else None
    for slug in field.value if isinstance(field.value, list) else [field.value]:
        if not isinstance(slug, str) or not slug or "{" in slug:  # a template may come to anything
            continue
        if within is None or "/" in slug:
            yield slug
        elif isinstance(beside, str):
            yield f"{beside}/{slug}"


def _may_name(source: Any) -> bool:
    """A template with neither word names nothing of the account, and need not be read."""
    return isinstance(source, str) and "{" in source and ("fields" in source or "account" in source)


def _in_template(source: Any) -> Iterator[tuple[str, str]]:
    if not _may_name(source):
        return
    try:
        reads = compile_template(source).reads
    except BadTemplate:
        return
    for path in sorted(reads):
        kind = _IN_TEMPLATES.get(path[:2]) if len(path) > 2 else None
        if kind is not None:
            yield kind, path[2]


def _at(values: Any, path: Sequence[PathPart | Any]) -> Any:
    for part in path:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _pointer(root: str, path: tuple[PathPart, ...]) -> str:
    return "/".join([root, *(str(part).replace("~", "~0").replace("/", "~1") for part in path)])
