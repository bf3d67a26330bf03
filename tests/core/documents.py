"""Documents for tests: a small sound flow, and changes to it as data."""

import copy
import json

SOUND = {
    "format": "flowengine/flow",
    "format_version": 1,
    "kind": "chatbot",
    "key": "pedidos",
    "name": "Pedidos",
    "language": "pt-BR",
    "settings": {"default_team": "vendas", "no_reply": {"amount": 1, "unit": "hours"}},
    "variables": [{"name": "origem", "type": "text", "default": "site"}],
    "nodes": [
        {"id": "inicio", "type": "trigger", "params": {"event": "message.received", "first": True}},
        {
            "id": "ola",
            "type": "message",
            "label": "Boas-vindas",
            "params": {"parts": [{"kind": "text", "text": "Olá, {{ contact.name | first_name }}!"}]},
            "position": {"x": 0, "y": 124},
        },
        {
            "id": "menu",
            "type": "menu",
            "label": "Como podemos ajudar?",
            "params": {
                "text": "Como podemos ajudar?",
                "options": [{"id": "comprar", "title": "Comprar"}, {"id": "pessoa", "title": "Falar com uma pessoa"}],
                "save_to": "motivo",
            },
        },
        {
            "id": "quanto",
            "type": "question",
            "label": "Quantidade",
            "params": {"text": "Quantos?", "answer_type": "integer", "save_to": "quantos", "retries": 1},
        },
        {
            "id": "muitos",
            "type": "condition",
            "params": {
                "branches": [
                    {"id": "sim", "title": "Muitos", "when": {"left": "vars.quantos", "op": "greater", "right": 10}}
                ]
            },
        },
        {"id": "anota", "type": "set", "params": {"assignments": [{"name": "total", "value": "{{ vars.quantos }}"}]}},
        {"id": "espera", "type": "delay", "params": {"wait": {"amount": 5, "unit": "minutes"}}},
        {
            "id": "equipe",
            "type": "transfer",
            "params": {"team": "vendas", "text": "{{ vars.motivo }}: {{ vars.total | default(vars.origem) }}"},
        },
        {"id": "fim", "type": "end", "params": {"outcome": "anotado"}},
    ],
    "edges": [
        {"source": "inicio", "port": "next", "target": "ola"},
        {"source": "ola", "port": "next", "target": "menu"},
        {"source": "menu", "port": "comprar", "target": "quanto"},
        {"source": "menu", "port": "pessoa", "target": "equipe"},
        {"source": "quanto", "port": "answered", "target": "muitos"},
        {"source": "muitos", "port": "sim", "target": "equipe"},
        {"source": "muitos", "port": "else", "target": "anota"},
        {"source": "anota", "port": "next", "target": "espera"},
        {"source": "espera", "port": "next", "target": "fim"},
    ],
}


def changed(changes, document=SOUND):
    """The document after changes: {"set": pointer, "to": value}, {"remove": pointer}, {"add": pointer, "value": …}."""
    document = copy.deepcopy(document)
    for change in changes:
        path = next(change[act] for act in ("set", "remove", "add") if act in change).split("/")[1:]
        place = document
        for part in path[:-1]:
            place = place[int(part)] if isinstance(place, list) else place[part]
        last = int(path[-1]) if isinstance(place, list) and path[-1] != "-" else path[-1]
        if "set" in change:
            place[last] = json.loads(json.dumps(change["to"]))
        elif "remove" in change:
            del place[last]
        else:
            place.append(json.loads(json.dumps(change["value"])))
    return document


def mended(document, fix):
    """The document after a fix that the checker offers."""
    edges, nodes = document["edges"], document["nodes"]
    match fix:
        case {"kind": "removeEdge", **wire}:
            edges = [edge for edge in edges if edge != wire]
        case {"kind": "connect", **wire}:
            edges = [*edges, wire]
        case {"kind": "setParams", "node": id, "params": params}:
            nodes = [{**node, "params": params} if node["id"] == id else node for node in nodes]
            edges = [edge for edge in edges if edge["source"] != id or edge["port"] not in fix.get("unwire", ())]
    return {**document, "nodes": nodes, "edges": edges}
