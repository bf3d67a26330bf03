"""What authors may write in a template, and what is said to them when they write something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes

from flowengine.core.errors import BadTemplate
from flowengine.core.filters import FILTERS, TESTS

Path = tuple[str, ...]

LONGEST_CONCAT = 100  # values joined by ~
DEEPEST = 60  # nested brackets, sums or look-ups; people write five
WIDEST = 1_500  # texts, names, filters and so on in one template; a long e-mail has a hundred

ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const),
    *(nodes.Filter, nodes.Test, nodes.Keyword, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg, nodes.Concat, nodes.List, nodes.Tuple),
)

WHY = {
    "source": {"pt-BR": "passa de {limit} caracteres", "en": "it is longer than {limit} characters"},
    "output": {"pt-BR": "o resultado passa de {limit} caracteres", "en": "its output passes {limit} characters"},
    "depth": {"pt-BR": "tem níveis demais uns dentro dos outros", "en": "it is nested too deeply"},
    "width": {"pt-BR": "tem mais de {limit} partes", "en": "it has more than {limit} parts"},
    "syntax": {"pt-BR": "erro de sintaxe ({what})", "en": "syntax error ({what})"},
    "construct": {"pt-BR": "“{what}” não pode ser usado aqui", "en": "“{what}” may not be used here"},
    "filter": {"pt-BR": "não há um filtro “{what}”", "en": "there is no filter “{what}”"},
    "test": {"pt-BR": "não há um teste “{what}”", "en": "there is no test “{what}”"},
    "private": {"pt-BR": "nomes não podem começar com _ ({what})", "en": "names may not begin with _ ({what})"},
    "render": {"pt-BR": "não pôde ser calculado ({what})", "en": "it could not be computed ({what})"},
}


def bad(source: str, why: str, **words: Any) -> BadTemplate:
    """The error that tells the author, in both languages."""
    said = {language: text.format(**words) for language, text in WHY[why].items()}
    return BadTemplate(source, said["en"], words=said)


def look_over(tree: nodes.Template, source: str) -> tuple[frozenset[Path], frozenset[Path]]:
    """Refuse what is not allowed; give the names that are read, and those read without a word for their absence."""
    reads: set[Path] = set()
    unguarded: set[Path] = set()
    to_see: list[tuple[nodes.Node, int, frozenset[Path], bool, bool]] = [(tree, 0, frozenset(), False, False)]
    seen = 0
    while to_see:
        node, depth, asked, guarded, inside = to_see.pop()
        seen += 1
        if depth > DEEPEST:
            raise bad(source, "depth")
        if seen > WIDEST:
            raise bad(source, "width", limit=WIDEST)
        _refuse(node, source)
        path = None if inside else _path(node)
        if path:
            reads.add(path)
            if not guarded and path not in asked:
                unguarded.add(path)
        if isinstance(node, nodes.If | nodes.CondExpr):
            asked |= _named(node.test)
        is_look_up = isinstance(node, nodes.Getattr | nodes.Getitem)
        for child, child_guarded in _children(node):
            held = is_look_up and (inside or path is not None) and child is node.node  # type: ignore[attr-defined]
            to_see.append((child, depth + 1, asked, guarded or child_guarded, held))
    return frozenset(reads), frozenset(unguarded)


def _refuse(node: nodes.Node, source: str) -> None:
    if not isinstance(node, ALLOWED):
        raise bad(source, "construct", what=type(node).__name__.lower())
    match node:
        case nodes.Concat(nodes=joined) if len(joined) > LONGEST_CONCAT:
            raise bad(source, "width", limit=LONGEST_CONCAT)
        case nodes.Filter() | nodes.Test() if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise bad(source, "construct", what="*")
        case nodes.Filter(name=name) if name not in FILTERS:
            raise bad(source, "filter", what=name)
        case nodes.Test(name=name) if name not in TESTS:
            raise bad(source, "test", what=name)
        case nodes.Name(name=name) | nodes.Getattr(attr=name) if name.startswith("_"):
            raise bad(source, "private", what=name)
        case nodes.Getitem(arg=nodes.Const(value=str() as name)) if name.startswith("_"):
            raise bad(source, "private", what=name)


def _path(node: nodes.Node) -> tuple[str, ...] | None:
    """("vars", "pedido") for `vars.pedido` and `vars["pedido"]`; None for anything else."""
    parts: list[str] = []
    while True:
        match node:
            case nodes.Name(name=name):
                return (name, *reversed(parts))
            case nodes.Getattr(node=node, attr=attribute):
                parts.append(attribute)
            case nodes.Getitem(node=node, arg=nodes.Const(value=value)):
                parts.append(str(value))
            case _:
                return None


def _named(test: nodes.Node) -> frozenset[Path]:
    """What an `if` asks about, down to where names end: `{% if vars.a and not vars.b %}`."""
    found: set[Path] = set()
    to_see = [test]
    for _ in range(DEEPEST):
        below: list[nodes.Node] = []
        for node in to_see:
            path = _path(node)
            if path:
                found.add(path)
            else:
                below.extend(node.iter_child_nodes())
        to_see = below
    return frozenset(found)


def _children(node: nodes.Node) -> Iterator[tuple[nodes.Node, bool]]:
    """Each part, with whether the author has said there what happens when nothing is there."""
    asks = isinstance(node, nodes.Test) or (isinstance(node, nodes.Filter) and node.name == "default")
    condition = node.test if isinstance(node, nodes.If | nodes.CondExpr) else None
    first = node.left if isinstance(node, nodes.Or) else None
    for child in node.iter_child_nodes():
        yield child, asks or child is condition or child is first
