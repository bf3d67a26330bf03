"""A longer talk for the core: many types of nodes, a sub-flow, conditions of several parts, an answer asked again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flowengine.core.events import Event, MessageReceived, Started
from flowengine.core.flow import flow_of
from flowengine.core.program import Program, compile_flow
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES

# What the contact says: no address at first, an option by its synonym, an amount, and twice in the sub-flow.
SAID = ("renata at exemplo", "meu e-mail é renata@exemplo.com.br", "preço", "1.250,50", "9", "foi ótimo, obrigada")
OWN = 15  # nodes of the talk

_WIRES = """
    inicio.next conta, conta.next sorte, sorte.curta curta, sorte.longa longa, curta.next email, longa.next email,
    email.answered guarda, guarda.next marca, marca.next assunto, assunto.comprar valor, assunto.suporte tchau,
    valor.answered decide, decide.bom fala, fala.next pesquisa, pesquisa.finished tchau, tchau.next fim
"""


def program(size: int = OWN) -> Program:
    """The talk's flow, grown to so many nodes by some that this contact never comes to."""
    more = [_say(f"mais_{place}", f"Mais {place}, {{{{ contact.name }}}}.") for place in range(size - OWN)]
    ways = [each["id"] for each in more] + ["tchau"]
    chain = [f"{one}.next {other}" for one, other in zip(ways, ways[1:], strict=False)]
    return _compiled("viagem", _nodes() + more, ", ".join([_WIRES, f"decide.else {ways[0]}", *chain]))


def world() -> World:
    """All has been looked up: the sub-flow is live, and loaded."""
    nodes = [
        _node("chamada", "trigger", event="manual"),
        _ask("nota", "De 0 a 10, que nota você nos dá, {{ vars.quem }}?", "integer", "nota"),
        _ask("porque", "Por que {{ vars.nota }}?", "text", "porque"),
    ]
    variables = [{"name": "quem", "type": "text", "input": True}, {"name": "nota", "type": "number", "output": True}]
    survey = _compiled("pesquisa", nodes, "chamada.next nota, nota.answered porque", variables)
    return World(
        contact={"id": "c-1", "name": "RENATA VASQUES", "tags": ["cliente"], "fields": {"cidade": "Curitiba"}},
        account={"timezone": "America/Sao_Paulo", "vars": {"loja": "Centro"}},
        channel={"kind": "http"},
        facts={("flow", "pesquisa"): {"version": "pesquisa-1", "name": "Pesquisa"}},
        programs={"pesquisa-1": survey},
    )


def events(begin: datetime) -> tuple[Event, ...]:
    words = [
        MessageReceived(id=f"e{place}", at=begin + timedelta(seconds=7 * place), text=text)
        for place, text in enumerate(SAID, start=1)
    ]
    return (Started(id="e0", at=begin, trigger="inicio", message={"text": "oi"}), *words)


def _nodes() -> list[dict[str, Any]]:
    from_curitiba = {"left": "contact.fields.cidade", "op": "equals", "right": "curitiba"}
    good = [
        {"left": "vars.valor", "op": "greater_or_equal", "right": 1000},
        {"left": "contact.tags", "op": "contains_any", "right": ["cliente", "vip"]},
        {"any": [{"left": "vars.assunto", "op": "is_empty"}, from_curitiba]},
    ]
    variants = [{"id": "curta", "title": "Curta", "weight": 50}, {"id": "longa", "title": "Longa", "weight": 50}]
    options = [{"id": "comprar", "title": "Comprar", "synonyms": ["preço"]}, {"id": "suporte", "title": "Suporte"}]
    called = {"inputs": [{"name": "quem", "value": "{{ contact.name | first_name }}"}]}
    called |= {"outputs": [{"name": "nota", "save_to": "nota"}]}
    return [
        _node("inicio", "trigger", event="message.received"),
        _node("conta", "set", assignments=[{"name": "saudacao", "value": "{{ now | greeting }}", "type": "text"}]),
        _node("sorte", "split", variants=variants),
        _say("curta", "{{ vars.saudacao }}, {{ contact.name | first_name }}!"),
        _say("longa", "{{ vars.saudacao }}, {{ contact.name | first_name }}! Aqui é da loja {{ account.vars.loja }}."),
        _ask("email", "Qual é o seu e-mail?", "email", "email"),
        _node("guarda", "update_contact", changes=[{"field": "email", "op": "set", "value": "{{ vars.email }}"}]),
        _node("marca", "tags", add=["lead"]),
        _node("assunto", "menu", text="Como podemos ajudar?", options=options, save_to="assunto"),
        _ask("valor", "De quanto é o pedido?", "number", "valor"),
        _node("decide", "condition", branches=[{"id": "bom", "title": "Bom", "when": {"all": good}}]),
        _say("fala", "{% if vars.valor > 1000 %}Ótimo{% else %}Certo{% endif %}: {{ vars.valor | money }}."),
        _node("pesquisa", "call_flow", flow="pesquisa", **called),
        _say("tchau", "Obrigado pela nota {{ vars.nota }}. Até logo!"),
        _node("fim", "end", outcome="atendido"),
    ]


def _say(id: str, text: str) -> dict[str, Any]:
    return _node(id, "message", parts=[{"kind": "text", "text": text}])


def _ask(id: str, text: str, kind: str, save_to: str) -> dict[str, Any]:
    return _node(id, "question", text=text, answer_type=kind, save_to=save_to)


def _node(id: str, kind: str, **params: Any) -> dict[str, Any]:
    return {"id": id, "type": kind, "params": params}


def _compiled(
    key: str, nodes: list[dict[str, Any]], wires: str, variables: list[dict[str, Any]] | None = None
) -> Program:
    """`wires`: "node.port other" after "node.port other"."""
    edges = []
    for wire in wires.split(","):
        way, target = wire.split()
        source, _, port = way.partition(".")
        edges.append({"source": source, "port": port, "target": target})
    head = {"key": key, "name": key, "kind": "chatbot", "settings": {"default_team": "atendimento"}}
    return compile_flow(flow_of({**head, "variables": variables or [], "nodes": nodes, "edges": edges}), NODE_TYPES)
