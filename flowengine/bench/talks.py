"""What the bench's contacts talk about: three flows, and what a contact says in each, with the answers it gets."""

from __future__ import annotations

from typing import Any

FIELD = "cidade"
WAIT = "esperar"
FILLED = "cheio"  # what the names of contacts begin with that `fill` has made

# (what the contact says, how many messages answer it), from the first word to the end of the flow, then again.
Script = tuple[tuple[str, int], ...]
SCRIPTS: tuple[Script, ...] = (
    (("oi", 1), ("horários", 2), ("2", 2), ("encerrar", 1)),
    (("fazer um pedido", 1), ("pão de queijo", 1), ("12", 1)),
    (("quero me cadastrar", 1), ("Curitiba", 1)),
    (("pedido", 1), ("bolo de fubá", 1), ("3", 1)),
)


def flows(default_team: str) -> list[dict[str, Any]]:
    """A menu that goes round; two questions with variables and a condition; an answer kept in the contact."""
    return [_menu(default_team), _order(default_team), _register(default_team)]


def _menu(team: str) -> dict[str, Any]:
    options = [
        {"id": "horarios", "title": "Horários"},
        {"id": "precos", "title": "Preços"},
        {"id": "sair", "title": "Encerrar"},
    ]
    nodes = [
        _keyword("oi", "bom dia"),
        {
            "id": "menu",
            "type": "menu",
            "params": {"text": "Olá, {{ contact.name | first_name }}! Como podemos ajudar?", "options": options},
        },
        _say("horarios", "Abrimos de segunda a sexta, das 8 às 18 horas."),
        _say("precos", "A tabela de preços está no site."),
        _say("ate_logo", "Até logo, {{ contact.name | first_name }}!"),
    ]
    wires = [
        ("inicio", "next", "menu"),
        ("menu", "horarios", "horarios"),
        ("menu", "precos", "precos"),
        ("menu", "sair", "ate_logo"),
        ("horarios", "next", "menu"),
        ("precos", "next", "menu"),
    ]
    return _flow("bench_menu", team, nodes, wires)


def _order(team: str) -> dict[str, Any]:
    many = {"id": "muitos", "title": "Muitos", "when": {"left": "vars.quantos", "op": "greater", "right": 10}}
    nodes = [
        _keyword("pedido"),
        _ask("o_que", "Qual é o pedido, {{ contact.name | first_name }}?", "text", save_to="pedido"),
        _ask("quantos", "Quantos de {{ vars.pedido }}?", "integer", save_to="quantos"),
        {"id": "decide", "type": "condition", "params": {"branches": [many]}},
        _say("muito", "Anotei {{ vars.quantos | number }} de {{ vars.pedido }}; combinamos a entrega por telefone."),
        _say("pouco", "Anotei {{ vars.quantos | number }} de {{ vars.pedido }}."),
    ]
    wires = [
        ("inicio", "next", "o_que"),
        ("o_que", "answered", "quantos"),
        ("quantos", "answered", "decide"),
        ("decide", "muitos", "muito"),
        ("decide", "else", "pouco"),
    ]
    return _flow("bench_order", team, nodes, wires)


def _register(team: str) -> dict[str, Any]:
    keep = {"field": "custom", "custom": FIELD, "op": "set", "value": "{{ vars.cidade }}"}
    nodes = [
        _keyword("cadastrar"),
        _ask("cidade", "Em que cidade você mora?", "text", save_to="cidade"),
        {"id": "guarda", "type": "update_contact", "params": {"changes": [keep]}},
        _say("pronto", "Obrigado, {{ contact.name | first_name }} de {{ vars.cidade }}!"),
    ]
    wires = [("inicio", "next", "cidade"), ("cidade", "answered", "guarda"), ("guarda", "next", "pronto")]
    return _flow("bench_register", team, nodes, wires)


def wait(team: str, *, hours: int) -> dict[str, Any]:
    """Who says WAIT waits, and then hears one thing more."""
    delay = {"how": "for", "wait": {"amount": hours, "unit": "hours"}}
    nodes = [_keyword(WAIT), {"id": "espera", "type": "delay", "params": delay}, _say("volta", "Voltamos a falar!")]
    return _flow("bench_wait", team, nodes, [("inicio", "next", "espera"), ("espera", "next", "volta")])


def bulk(team: str) -> dict[str, Any]:
    """What is begun for many at once: one message."""
    start = {"id": "inicio", "type": "trigger", "params": {"event": "manual"}}
    nodes = [start, _say("novidade", "{{ contact.name | first_name }}, temos novidades para você!")]
    return _flow("bench_bulk", team, nodes, [("inicio", "next", "novidade")])


def _flow(key: str, team: str, nodes: list[dict[str, Any]], wires: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": key,
        "name": key.replace("_", " ").capitalize(),
        "language": "pt-BR",
        "settings": {"default_team": team, "no_reply": {"amount": 24, "unit": "hours"}},
        "nodes": nodes,
        "edges": [{"source": source, "port": port, "target": target} for source, port, target in wires],
    }


def _keyword(*terms: str) -> dict[str, Any]:
    return {"id": "inicio", "type": "trigger", "params": {"event": "keyword", "terms": list(terms)}}


def _say(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "type": "message", "params": {"parts": [{"kind": "text", "text": text}]}}


def _ask(id: str, text: str, kind: str, *, save_to: str) -> dict[str, Any]:
    return {"id": id, "type": "question", "params": {"text": text, "answer_type": kind, "save_to": save_to}}
