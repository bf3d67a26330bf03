"""How fast the checker is: flows of a realistic mix of nodes, with texts, conditions and variables all their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import Any

from flowengine.core.check import Account
from flowengine.nodes import check, read_flow

SIZES = (200, 1_000, 5_000)
STAGE = 10  # nodes
ACCOUNT = Account(
    references={
        "team": {"vendas": {"name": "Vendas", "members": 2}},
        "tag": {f"etapa-{number}": {"name": f"Etapa {number}"} for number in range(max(SIZES) // STAGE)},
    },
    hours={"account": None, "team:vendas": None},
    now=datetime(2026, 1, 5, 15, tzinfo=UTC),
)


def measure(*, rounds: int = 9) -> dict[str, float]:
    """Medians in milliseconds: the whole checker by number of nodes, and reading a flow of 200."""
    small = flow_of(SIZES[0])
    read_flow(small)
    # First, while the process holds nothing else that the garbage collector would walk through.
    figures = {f"read_{SIZES[0]}_ms": _median_ms(lambda: read_flow(small), rounds)}
    for size in SIZES:
        document = flow_of(size)
        findings = check(document, ACCOUNT)
        if findings:
            raise AssertionError(f"the bench's flow is not sound: {findings[0].message['en']}")
        figures[f"check_{size}_ms"] = _median_ms(lambda document=document: check(document, ACCOUNT), rounds)  # type: ignore[misc]
    return figures


def flow_of(size: int) -> dict[str, Any]:
    """A sound flow of so many nodes: a beginning, stages of ten, an end."""
    nodes: list[dict[str, Any]] = [{"id": "inicio", "type": "trigger", "params": {"event": "message.received"}}]
    edges: list[dict[str, Any]] = []
    stages = (size - 3) // STAGE
    for number in range(stages):
        nodes += _stage(number)
        edges += _wires(number)
    for extra in range(size - 3 - stages * STAGE):
        nodes.append({"id": f"recado_{extra}", "type": "message", "params": _text(f"Só um instante ({extra}).")})
        edges.append({"source": f"recado_{extra}", "port": "next", "target": f"recado_{extra + 1}"})
    last = edges.pop()["source"] if size - 3 > stages * STAGE else None
    nodes += [
        {"id": "equipe", "type": "transfer", "params": {"team": "vendas", "note": "{{ contact.name }}"}},
        {"id": "fim", "type": "end", "params": {"outcome": "atendido"}},
    ]
    follows = "recado_0" if last else "fim"
    edges += [{"source": "inicio", "port": "next", "target": "nome_0"}]
    edges += [{"source": "nome_0", "port": "invalid", "target": "equipe"}]
    edges += [{"source": last, "port": "next", "target": "fim"}] if last else []
    for edge in edges:
        edge["target"] = follows if edge["target"] == f"nome_{stages}" else edge["target"]
    for place, node in enumerate(nodes):
        node["label"] = f"Etapa {place}"
        node["position"] = {"x": place % 10 * 300, "y": place // 10 * 200}
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": "bench",
        "name": "Bench",
        "language": "pt-BR",
        "settings": {"default_team": "vendas", "commands": [{"terms": ["atendente"], "do": "transfer"}]},
        "variables": [{"name": "loja", "type": "text", "default": "Centro"}],
        "nodes": nodes,
        "edges": edges,
    }


def _stage(n: int) -> Iterator[dict[str, Any]]:
    """Asks for a name and an amount, offers a menu, decides by numbers, hours and choice, notes it down."""
    quantity, choice, total = f"vars.quantos_{n}", f"vars.assunto_{n}", f"vars.total_{n}"
    few = {"all": [{"left": quantity, "op": "greater", "right": n}, {"left": quantity, "op": "less", "right": n + 50}]}
    many = {
        "any": [
            {"left": quantity, "op": "between", "right": [n + 50, n + 99]},
            {"left": "contact.tags", "op": "is_known"},
        ]
    }
    yield {
        "id": f"nome_{n}",
        "type": "question",
        "params": _question(f"Etapa {n}: qual é o nome?", "name", f"nome_{n}"),
    }
    yield {"id": f"ola_{n}", "type": "message", "params": _text(f"Olá, {{{{ vars.nome_{n} | first_name }}}}! ({n})")}
    yield {"id": f"menu_{n}", "type": "menu", "params": _menu(n)}
    yield {
        "id": f"quantos_{n}",
        "type": "question",
        "params": _question(f"Quantos, {{{{ {choice} }}}}?", "integer", f"quantos_{n}"),
    }
    yield {"id": f"decide_{n}", "type": "condition", "params": _branches(few, many)}
    yield {
        "id": f"soma_{n}",
        "type": "set",
        "params": {"assignments": [{"name": f"total_{n}", "value": f"{{{{ {quantity} }}}}", "type": "integer"}]},
    }
    yield {"id": f"aberto_{n}", "type": "condition", "params": _branches({"left": "hours.account", "op": "is_true"})}
    yield {"id": f"espera_{n}", "type": "delay", "params": {"wait": {"amount": n % 50 + 1, "unit": "minutes"}}}
    yield {"id": f"marca_{n}", "type": "tags", "params": {"add": [f"etapa-{n}"]}}
    yield {
        "id": f"resumo_{n}",
        "type": "message",
        "params": _text(f"Anotei {{{{ {total} | number }}}} para {{{{ vars.nome_{n} }}}}, loja {{{{ vars.loja }}}}."),
    }


def _wires(n: int) -> list[dict[str, Any]]:
    ways = [
        *[("nome", "answered", "ola"), ("ola", "next", "menu"), ("menu", "a", "quantos"), ("menu", "b", "quantos")],
        *[("menu", "c", "nome"), ("quantos", "answered", "decide"), ("quantos", "invalid", "menu")],
        *[
            ("decide", "b0", "soma"),
            ("decide", "b1", "soma"),
            ("decide", "else", "quantos"),
            ("soma", "next", "aberto"),
        ],
        *[
            ("aberto", "b0", "marca"),
            ("aberto", "else", "espera"),
            ("espera", "next", "marca"),
            ("marca", "next", "resumo"),
        ],
    ]
    wires = [{"source": f"{source}_{n}", "port": port, "target": f"{target}_{n}"} for source, port, target in ways]
    return [*wires, {"source": f"resumo_{n}", "port": "next", "target": f"nome_{n + 1}"}]


def _text(text: str) -> dict[str, Any]:
    return {"parts": [{"kind": "text", "text": text, "typing": 1}]}


def _question(text: str, kind: str, save_to: str) -> dict[str, Any]:
    return {"text": text, "answer_type": kind, "save_to": save_to, "retries": 2, "wait": {"amount": 1, "unit": "hours"}}


def _menu(n: int) -> dict[str, Any]:
    titles = {"a": "Comprar", "b": "Trocar", "c": "Corrigir o nome"}
    options = [{"id": id, "title": title, "synonyms": [f"{title.lower()} {n}"]} for id, title in titles.items()]
    return {"text": f"Como podemos ajudar, {{{{ vars.nome_{n} }}}}?", "options": options, "save_to": f"assunto_{n}"}


def _branches(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"branches": [{"id": f"b{at}", "title": f"Caso {at}", "when": when} for at, when in enumerate(conditions)]}


def _median_ms(work: Callable[[], Any], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        begun = process_time()  # what it takes one core, whatever else the machine is doing
        work()
        took.append(process_time() - begun)
    return round(median(took) * 1000, 2)
