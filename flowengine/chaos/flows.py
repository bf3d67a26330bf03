"""The flows that the contacts of a fault run talk to: each holds something that a fault could break.

However a race or a call comes out, a flow says as many messages: whoever talks to it knows how many to wait for. What
they say tells how it came out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

TEAM = "atendimento"


def documents(peer: str) -> list[dict[str, Any]]:
    """All of them; `peer` is the address of the system they call, without a slash at its end."""
    return [order(peer), reminder(), notebook(), silence(), race(), people(), colour(), visit()]


def order(peer: str) -> dict[str, Any]:
    """A point for the contact, and a call outside."""
    call = {
        "method": "POST",
        "url": f"{peer}/pedidos/{{{{ vars.pedido }}}}",
        "repeatable": True,
        "time_limit": 2,
        "retries": 4,
        "response": [{"path": "$.total", "save_to": "total", "type": "text"}],
    }
    return _flow(
        "pedido",
        [
            _ask("qual", "Qual pedido?", "pedido"),
            _point("ponto"),
            {"id": "consulta", "type": "http_request", "params": call},
            _say("achou", "Pedido {{ vars.pedido }}: {{ vars.total }}, {{ contact.score }} pontos."),
            _say("nada", "Pedido {{ vars.pedido }}: sem resposta, {{ contact.score }} pontos."),
        ],
        ["qual.answered>ponto", "ponto.next>consulta", "consulta.success>achou", "consulta.failed>nada"],
        variables=["pedido", "total"],
    )


def reminder() -> dict[str, Any]:
    """Two waits of seconds, each ended by its timer alone."""
    return _flow(
        "lembrete",
        [
            _say("anotei", "Anotado, aviso já."),
            {"id": "um", "type": "delay", "params": {"wait": {"amount": 2, "unit": "seconds"}}},
            _say("primeiro", "Primeiro aviso."),
            {"id": "dois", "type": "delay", "params": {"wait": {"amount": 1, "unit": "seconds"}}},
            _say("segundo", "Segundo aviso."),
        ],
        ["anotei.next>um", "um.next>primeiro", "primeiro.next>dois", "dois.next>segundo"],
    )


def notebook() -> dict[str, Any]:
    """Counts and repeats what is said, however fast it comes, until somebody says "fim"."""
    count = {"name": "linhas", "type": "integer", "value": "{{ vars.linhas + 1 }}"}
    ends = {"id": "fim", "title": "Fim", "when": {"left": "vars.dito", "op": "equals", "right": "fim"}}
    return _flow(
        "caderno",
        [
            _say("abre", "Pode ditar."),
            {"id": "ouve", "type": "wait_for_message", "params": {"save_to": "dito", "unlimited": True}},
            {"id": "acaba", "type": "condition", "params": {"branches": [ends]}},
            {"id": "conta", "type": "set", "params": {"assignments": [count]}},
            _say("repete", "{{ vars.linhas }}: {{ vars.dito }}"),
            _say("fecha", "Guardei {{ vars.linhas }} linhas."),
        ],
        [
            "abre.next>ouve",
            "ouve.received>acaba",
            "acaba.fim>fecha",
            "acaba.else>conta",
            "conta.next>repete",
            "repete.next>ouve",
        ],
        variables=["dito", ("linhas", "integer", 0)],
    )


def silence() -> dict[str, Any]:
    """A question that nobody answers."""
    return _flow(
        "silencio",
        [
            _ask("ainda", "Ainda quer falar?", "quer", seconds=3),
            _say("sim", "Ótimo."),
            _say("nao", "Fica para depois."),
        ],
        ["ainda.answered>sim", "ainda.no_reply>nao"],
        variables=["quer"],
    )


def race() -> dict[str, Any]:
    """A question that is answered when its time is nearly up: either may win, both leave two messages."""
    return _flow(
        "corrida",
        [
            _ask("rapido", "Responda depressa!", "dito", seconds=2),
            _say("a_tempo", "A tempo: {{ vars.dito }}"),
            _say("parabens", "Parabéns!"),
            _say("tarde", "Tempo esgotado."),
            {"id": "depois", "type": "wait_for_message", "params": {"save_to": "dito", "unlimited": True}},
            _say("tambem", "Chegou depois: {{ vars.dito }}"),
        ],
        [
            "rapido.answered>a_tempo",
            "a_tempo.next>parabens",
            "rapido.no_reply>tarde",
            "tarde.next>depois",
            "depois.received>tambem",
        ],
        variables=["dito"],
    )


def people() -> dict[str, Any]:
    """A menu, a hand-off to people and back, a rating."""
    options = [{"id": "pessoa", "title": "Falar com uma pessoa"}, {"id": "nada", "title": "Nada"}]
    return _flow(
        "ajuda",
        [
            {"id": "menu", "type": "menu", "params": {"text": "Como podemos ajudar?", "options": options}},
            {"id": "gente", "type": "transfer", "params": {"team": TEAM, "text": "Um instante, já chamei."}},
            {
                "id": "nota",
                "type": "question",
                "params": {"text": "Que nota você dá?", "answer_type": "rating", "save_to": "nota"},
            },
            _say("grato", "Obrigado pela nota {{ vars.nota }}."),
            _say("tchau", "Até mais."),
        ],
        ["menu.pessoa>gente", "menu.nada>tchau", "gente.finished>nota", "nota.answered>grato"],
        variables=["nota"],
    )


def colour() -> dict[str, Any]:
    """What `visit` calls: asks, and gives a point."""
    document = _flow("cor", [_ask("qual", "Que cor?", "cor"), _point("dentro")], ["qual.answered>dentro"])
    document["nodes"][0]["params"] = {"event": "manual"}
    return {**document, "variables": [{"name": "cor", "output": True}]}


def visit() -> dict[str, Any]:
    """A flow within a flow, which waits in there, gives back what it was told, and goes on."""
    outputs = [{"name": "cor", "save_to": "cor"}]
    return _flow(
        "visita",
        [
            _say("entra", "Bem-vindo."),
            {"id": "chama", "type": "call_flow", "params": {"flow": "cor", "outputs": outputs}},
            _point("fora"),
            _say("sai", "Gosta de {{ vars.cor }}, tem {{ contact.score }} pontos."),
        ],
        ["entra.next>chama", "chama.finished>fora", "fora.next>sai"],
        variables=["cor"],
    )


def _flow(
    key: str, nodes: list[dict[str, Any]], edges: Sequence[str], variables: Sequence[str | tuple[str, str, Any]] = ()
) -> dict[str, Any]:
    """A chatbot that its own name starts, at the first node."""
    start = {"id": "comeca", "type": "trigger", "params": {"event": "keyword", "terms": [key], "match": "exact"}}
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": key,
        "name": key.capitalize(),
        "language": "pt-BR",
        "settings": {"default_team": TEAM},
        "variables": [_variable(each) for each in variables],
        "nodes": [start, *nodes],
        "edges": [_edge(wire) for wire in (f"comeca.next>{nodes[0]['id']}", *edges)],
    }


def _variable(given: str | tuple[str, str, Any]) -> dict[str, Any]:
    if isinstance(given, str):
        return {"name": given}
    name, kind, default = given
    return {"name": name, "type": kind, "default": default}


def _edge(wire: str) -> dict[str, str]:
    source, target = wire.split(">")
    node, port = source.split(".")
    return {"source": node, "port": port, "target": target}


def _say(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "type": "message", "params": {"parts": [{"kind": "text", "text": text}]}}


def _point(id: str) -> dict[str, Any]:
    """Would show if its turn were taken twice."""
    change = {"field": "score", "op": "increment", "value": "1"}
    return {"id": id, "type": "update_contact", "params": {"changes": [change]}}


def _ask(id: str, text: str, save_to: str, *, seconds: int | None = None) -> dict[str, Any]:
    limit = {"wait": {"amount": seconds, "unit": "seconds"}} if seconds else {}
    return {"id": id, "type": "question", "params": {"text": text, "answer_type": "text", "save_to": save_to, **limit}}
