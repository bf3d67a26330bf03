"""Small flows and stories, written as tables."""

from flowengine.core.program import compile_flow
from flowengine.core.stories.play import play_stories
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.surroundings import surroundings_of
from flowengine.nodes import NODE_TYPES, read_flow


def document(key, nodes, wires=(), kind="chatbot", settings=None, variables=(), language="pt-BR"):
    """Nodes are (id, type, params), wires `source.port>target`."""
    ways = [(*wire.split(">")[0].split(".", 1), wire.split(">")[1]) for wire in wires]
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": kind,
        "key": key,
        "name": key,
        "language": language,
        "settings": {"default_team": "geral"} if settings is None else settings,
        "variables": list(variables),
        "nodes": [{"id": id, "type": type, "params": params} for id, type, params in nodes],
        "edges": [{"source": source, "port": port, "target": target} for source, port, target in ways],
    }


def flow(key, nodes, wires=(), **more):
    return read_flow(document(key, nodes, wires, **more))


def program(key, nodes, wires=(), **more):
    return compile_flow(flow(key, nodes, wires, **more), NODE_TYPES)


def in_a_row(*steps, key="teste", trigger=None, **more):
    """A flow that walks (type, params) one after the other by their first ports; they are called passo_1, passo_2 …"""
    nodes = [("inicio", "trigger", trigger or {"event": "message.received"})]
    nodes += [(f"passo_{place}", type, params) for place, (type, params) in enumerate(steps, start=1)]
    ports = [next((port.id for port in NODE_TYPES[type].ports(params)), "next") for _, type, params in nodes]
    wires = [f"{one[0]}.{port}>{two[0]}" for one, port, two in zip(nodes, ports, nodes[1:], strict=False)]
    return program(key, nodes, wires, **more)


def says(text):
    return ("message", {"parts": [{"kind": "text", "text": text}]})


def stories_of(key, exchanges, world=None):
    story = {"name": "x", "exchanges": exchanges}
    return {"format": "flowengine/stories", "format_version": 1, "flow": key, "stories": [story], "world": world or {}}


def told(program, exchanges, world=None, flows=None):
    """The story of these exchanges."""
    (story,) = play_stories(program, stories_of(program.flow.key, exchanges, world), flows)
    return story


def failures(program, exchanges, world=None, flows=None):
    """The codes of what did not come true."""
    return [each.code for each in told(program, exchanges, world, flows).failures]


def rehearsal(program, world=None, flows=None):
    return Rehearsal(program, surroundings_of(world or {}, flows))


def texts(scene):
    return [message.text for message in scene.messages]
