"""Random flows whose nodes name one another in every way there is: wires, answers in texts and conditions, frames."""

from hypothesis import strategies as st

_ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_places = st.fixed_dictionaries({"x": st.integers(-5000, 5000), "y": st.integers(-5000, 5000)})
_words = st.text(alphabet="abc{}%. '\"é\n", max_size=12)


@st.composite
def flows(draw, key="master"):
    """A document whose graph is sound; what its nodes name exists in it."""
    ids = draw(st.lists(_ids, min_size=1, max_size=8, unique=True))
    nodes = [{"id": id, **draw(_node(ids)), "position": draw(_places)} for id in ids]
    edges = [
        {"source": node["id"], "port": port, "target": draw(st.sampled_from(ids))}
        for node in nodes
        for port in _ports(node)
        if draw(st.booleans())
    ]
    frame = {"id": "f1", "label": "x", "nodes": draw(st.lists(st.sampled_from(ids), unique=True))}
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": key,
        "name": "Master",
        "settings": {"default_team": "vendas"},
        "variables": [{"name": "a", "type": "text"}, {"name": "b", "type": "number", "default": 1}],
        "nodes": nodes,
        "edges": edges,
        "frames": [frame],
    }


@st.composite
def _node(draw, ids):
    other, words = draw(st.sampled_from(ids)), draw(_words)
    match draw(st.sampled_from(["message", "condition", "menu", "question"])):
        case "message":
            text = f"{words.replace('{', '')}: {{{{ answers.{other} | upper }}}} {{{{- answers['{other}'] ~ vars.a }}}}"
            return {"type": "message", "params": {"parts": [{"kind": "text", "text": text}]}}
        case "condition":
            when = {"not": {"left": f"answers.{other}", "op": "equals", "right": f"{{{{ answers.{other} }}}}"}}
            return {"type": "condition", "params": {"branches": [{"id": "sim", "title": "Sim", "when": when}]}}
        case "menu":
            options = [{"id": "um", "title": "Um"}, {"id": "dois", "title": "Dois"}]
            return {"type": "menu", "params": {"text": "Qual?", "options": options, "save_to": "b"}}
        case _:
            return {"type": "question", "params": {"text": "Como?", "save_to": "a"}}


def _ports(node):
    return {
        "message": ["next"],
        "condition": ["sim", "else"],
        "menu": ["um", "dois", "no_reply"],
        "question": ["answered"],
    }[node["type"]]
