"""Paths into JSON: the part of JSONPath (RFC 9535) that takes linear time whatever it is given.

    $.order.items[0].price    $['full name']    $.items[-1]    $.items[0:3]    $.items[*].id    $..price
    $.items[?@.id == 7].price    $.items[?@.paid]

One selector in each pair of brackets, one `..` in a path, plain comparisons in filters: two descents would look at the
square of the document, several selectors in each of n brackets at its power of n, and filters' regular expressions are
exponential. So a path costs no more than one look at the document for each of its steps.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from flowengine.core.errors import BadParameter

LONGEST_PATH = 300  # characters
MOST_FOUND = 200  # values of one path; a variable with more is of no use in a chat

_WORD = r"[^\W\d][\w-]*"
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_INDEX = r"-?[0-9]{1,9}"
_STEP = re.compile(
    rf"""(?P<dots>\.\.?)(?P<word>{_WORD}|\*)
    | (?P<deep>\.\.)?\[\s*(?:
        (?P<quoted>{_QUOTED}) | (?P<all>\*) | (?P<slice>(?:{_INDEX})?:(?:{_INDEX})?) | (?P<index>{_INDEX})
        | \?\s*(?P<open>\()?\s*@(?P<of>(?:\.{_WORD}|\[(?:{_QUOTED}|{_INDEX})\])*)\s*
          (?:(?P<op>==|!=|<=|>=|<|>)\s*(?P<literal>{_QUOTED}|-?[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?|true|false|null)\s*)?
          (?(open)\))
      )\s*\]""",
    re.VERBOSE,
)
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WORDS = {"true": True, "false": False, "null": None}

Pick = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """`pick` gives what of one value is chosen; `deep` looks at everything within as well."""

    pick: Pick
    deep: bool
    one: bool  # leads to one value at most


@dataclass(frozen=True, slots=True)
class JsonPath:
    steps: tuple[Step, ...]

    @property
    def leads_to_one(self) -> bool:
        return all(step.one for step in self.steps)

    def found(self, document: Any) -> list[Any]:
        """What it leads to, in the document's order, the first `MOST_FOUND` of it."""
        values: Iterable[Any] = (document,)
        for step in self.steps:
            values = _taken(step, values)
        return list(islice(values, MOST_FOUND))


@lru_cache(maxsize=1024)
def compile_path(source: str) -> JsonPath:
    """Raises BadParameter for what is no such path."""
    if not source.startswith("$") or len(source) > LONGEST_PATH:
        raise _bad(source)
    steps, at = [], 1
    while at < len(source):
        match = _STEP.match(source, at)
        if match is None:
            raise _bad(source)
        steps.append(_step(match))
        at = match.end()
    if sum(step.deep for step in steps) > 1:
        raise _bad(source)
    return JsonPath(tuple(steps))


def _step(match: re.Match[str]) -> Step:
    deep = match["dots"] == ".." or match["deep"] is not None
    if match["all"] or match["word"] == "*":
        return Step(_children, deep, one=False)
    if match["slice"] is not None:
        start, end = (int(part) if part else None for part in match["slice"].split(":"))
        return Step(lambda value: value[start:end] if isinstance(value, list) else (), deep, one=False)
    if match["index"] is not None:
        index = int(match["index"])
        return Step(lambda value: _key(value, index), deep, one=not deep)
    if match["of"] is not None:
        return Step(_filter(match), deep, one=False)
    name = match["word"] or _unquoted(match["quoted"])
    return Step(lambda value: _key(value, name), deep, one=not deep)


def _filter(match: re.Match[str]) -> Pick:
    """Children of which the named part is there, or compares as it says."""
    keys = _keys(match["of"])
    if match["op"] is None:
        return lambda value: (child for child in _children(value) if _at(child, keys))
    holds, wanted = _COMPARE.get(match["op"]), _literal(match["literal"])
    if holds is None:
        equal = match["op"] == "=="
        return lambda value: (child for child in _children(value) if _is(_at(child, keys), wanted) == equal)
    return lambda value: (
        child for child in _children(value) for part in _at(child, keys) if _alike(part, wanted) and holds(part, wanted)
    )


def _taken(step: Step, values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        for place in _within(value) if step.deep else (value,):
            yield from step.pick(place)


def _within(value: Any) -> Iterator[Any]:
    """The value and all containers in it, in the document's order, without recursion."""
    to_see = [value]
    while to_see:
        here = to_see.pop()
        yield here
        to_see.extend(child for child in reversed(list(_children(here))) if isinstance(child, list | Mapping))


def _children(value: Any) -> Iterable[Any]:
    match value:
        case list():
            return value
        case Mapping():
            return value.values()
    return ()


def _key(value: Any, key: str | int) -> list[Any]:
    """The part of that name or place, as a list of one or none."""
    if isinstance(key, str):
        return [value[key]] if isinstance(value, Mapping) and key in value else []
    return [value[key]] if isinstance(value, list) and -len(value) <= key < len(value) else []


def _at(value: Any, keys: Iterable[str | int]) -> list[Any]:
    found = [value]
    for key in keys:
        found = _key(found[0], key) if found else []
    return found


def _keys(of: str) -> list[str | int]:
    parts = re.findall(rf"\.({_WORD})|\[({_QUOTED}|{_INDEX})\]", of)
    return [word or (_unquoted(key) if key[0] in "'\"" else int(key)) for word, key in parts]


def _literal(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "'\"":
        return _unquoted(text)
    return float(text) if "." in text else int(text)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _is(found: list[Any], wanted: Any) -> bool:
    """Whether just that was found; to Python 1 is true as well, to JSON it is not."""
    return found == [wanted] and isinstance(found[0], bool) == isinstance(wanted, bool)


def _alike(one: Any, other: Any) -> bool:
    """Whether the two can be put in order."""
    return (isinstance(one, str) and isinstance(other, str)) or (_is_number(one) and _is_number(other))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bad(source: str) -> BadParameter:
    shown = source[:60]
    return BadParameter(
        {
            "pt-BR": f"o caminho “{shown}” não pode ser lido; exemplos: $.pedido.status, $.itens[0].preco, $..preco",
            "en": f"the path “{shown}” cannot be read; examples: $.order.status, $.items[0].price, $..price",
        }
    )
