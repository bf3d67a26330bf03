"""What a parsed template is made of: mere names between texts, or a single expression whose value can be had."""

from __future__ import annotations

from jinja2 import nodes

from flowengine.core.pieces import Named, Steps


def plain_pieces(tree: nodes.Template) -> tuple[str | Named, ...] | None:
    """The texts and names of a template that holds nothing else; None for one that computes."""
    pieces: list[str | Named] = []
    for statement in tree.body:
        if not isinstance(statement, nodes.Output):
            return None
        for node in statement.nodes:
            if isinstance(node, nodes.TemplateData):
                pieces.append(node.data)
            elif (path := path_of(node)) is not None:
                pieces.append(Named(path))
            else:
                return None
    return tuple(pieces)


def only_expression(tree: nodes.Template) -> nodes.Expr | None:
    """The one expression of a template that is nothing but that, blanks around it apart."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], nodes.Output):
        return None
    found = [n for n in tree.body[0].nodes if not (isinstance(n, nodes.TemplateData) and not n.data.strip())]
    return found[0] if len(found) == 1 and not isinstance(found[0], nodes.TemplateData) else None


def path_of(node: nodes.Node) -> Steps | None:
    """("vars", "items", 0) for `vars.items[0]`; None for anything that is not a name and its parts."""
    parts: list[str | int] = []
    while True:
        match node:
            case nodes.Name(name=name):
                return (name, *reversed(parts))
            case nodes.Getattr(node=node, attr=attribute):
                parts.append(attribute)
            case nodes.Getitem(node=node, arg=nodes.Const(value=str() | int() as value)):
                parts.append(value)
            case _:
                return None


def as_assignment(tree: nodes.Template) -> nodes.Template:
    """A template that writes nothing and leaves the value of the only expression under "result" (as Jinja's
    compile_expression does).
    """
    expression = only_expression(tree)
    if expression is None:
        raise TypeError("the template is no single expression")
    assignment = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
    template = nodes.Template([assignment], lineno=1)
    if expression.environment is not None:
        template.set_environment(expression.environment)
    return template
