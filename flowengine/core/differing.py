"""What differs between two values that one schema describes, field by field, in people's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flowengine.core.marks import PathPart
from flowengine.core.naming import LANGUAGES, called
from flowengine.core.schema import FlowSchema

Words = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that is another; None where it is not there. `title` is the way to it in people's words."""

    pointer: str
    title: Words
    before: Any
    after: Any

    def as_data(self) -> dict[str, Any]:
        return {"pointer": self.pointer, "title": dict(self.title), "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Where:
    """A place in params of `type_name`, or in the document (None); `base` stands before its pointer."""

    type_name: str | None
    path: tuple[PathPart, ...] = ()
    base: str = ""

    def __truediv__(self, part: PathPart) -> Where:
        return replace(self, path=(*self.path, part))

    @property
    def pointer(self) -> str:
        return self.base + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)

    def about(self, schema: FlowSchema) -> Mapping[str, Any]:
        return schema.about(self.type_name, self.path)


def differing(
    schema: FlowSchema, where: Where, before: Any, after: Any, title: Words | None = None
) -> Iterator[FieldChange]:
    """As deep as both sides have the same shape; items of a list are the same by their id, else by their place."""
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and not _is_one(where.about(schema)):
        for name in dict.fromkeys([*before, *after]):
            inner = _joined(title, title_of(schema, where / name))
            yield from differing(schema, where / name, before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and _are_things([*before, *after]):
        yield from _in_list(schema, where, before, after, title)
    else:
        yield FieldChange(where.pointer, title or title_of(schema, where), before, after)


def title_of(schema: FlowSchema, where: Where) -> Words:
    """What people call the field."""
    return called("", where.about(schema), str(where.path[-1]) if where.path else where.base.strip("/"))


def _in_list(
    schema: FlowSchema, where: Where, before: list[Any], after: list[Any], title: Words | None
) -> Iterator[FieldChange]:
    old, new = _keyed(before), _keyed(after)
    for key in dict.fromkeys([*old, *new]):
        place, one = old.get(key, (0, None))
        place, other = new.get(key, (place, None))
        yield from differing(schema, where / place, one, other, _joined(title, _called(other or one, place)))
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield FieldChange(where.pointer, _joined(title, {"pt-BR": "ordem", "en": "order"}), list(old), list(new))


def _is_one(about: Mapping[str, Any]) -> bool:
    """Whether people see one value there."""
    return about.get("x-widget") in ("duration", "condition")


def _are_things(items: Sequence[Any]) -> bool:
    return all(isinstance(each, Mapping) for each in items)


def _keyed(items: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, Any]]:
    keyed: dict[str, tuple[int, Any]] = {}
    for place, item in enumerate(items):
        key = str(item.get("id") or item.get("name") or f"#{place}")
        keyed[key if key not in keyed else f"{key}#{place}"] = (place, item)
    return keyed


def _called(item: Mapping[str, Any], place: int) -> Words:
    names = (item.get(name) for name in ("title", "name", "id"))
    name = next((name for name in names if isinstance(name, str) and name), str(place + 1))
    return dict.fromkeys(LANGUAGES, name)


def _joined(outer: Words | None, inner: Words) -> Words:
    return {language: f"{outer[language]} › {word}" if outer else word for language, word in inner.items()}
