"""`flowengine draw`: everything of a flow is on its picture, wherever its nodes lie."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given

from flowengine.cli import commands
from flowengine.cli.drawing.cards import WIDTH, cards_of
from flowengine.cli.drawing.layout import placed
from flowengine.cli.drawing.mermaid import mermaid_of
from flowengine.cli.drawing.svg import svg_of
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA
from tests.bundle.drawings import flows
from tests.core.documents import SOUND

SVG = "{http://www.w3.org/2000/svg}"


def _drawn(document, language="pt-BR"):
    cards = placed(cards_of(document, FLOW_SCHEMA, DEFINITIONS, language), document["edges"])
    return cards, ElementTree.fromstring(svg_of(document, cards))


def _without_places(document):
    nodes = [{name: value for name, value in node.items() if name != "position"} for node in document["nodes"]]
    return {**document, "nodes": nodes}


@pytest.fixture
def file(tmp_path):
    def written(document):
        path = tmp_path / "flow.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    return written


def test_nodes_ports_and_wires_are_drawn():
    cards, picture = _drawn(SOUND)
    words = {text.text for text in picture.iter(f"{SVG}text")}
    assert {card.id for card in cards} <= {group.get("id") for group in picture.iter(f"{SVG}g")}
    assert {"Boas-vindas", "Menu", "Comprar", "Falar com uma pessoa", "Sem resposta", "encerra"} <= words
    assert len([path for path in picture.iter(f"{SVG}path") if path.get("class") == "wire"]) == len(SOUND["edges"])


def test_texts_are_in_the_language_asked_for():
    words = {text.text for text in _drawn(SOUND, "en")[1].iter(f"{SVG}text")}
    assert {"No reply", "ends", "Transfer"} <= words


def test_days_of_the_week_and_a_single_day_are_said_in_words():
    window = {"wait": {"amount": 1, "unit": "days"}, "window": "own", "weekdays": ["mon", "sat"]}
    waits = {**SOUND, "nodes": [*SOUND["nodes"], {"id": "espera", "type": "delay", "params": window}]}
    words = {text.text for text in _drawn(_without_places(waits))[1].iter(f"{SVG}text")}
    assert {"1 dia", "Seg · Sáb"} <= words


def test_a_card_says_nothing_of_what_does_not_count():
    date = {"how": "date", "date": "{{ contact.fields.vencimento }}", "if_past": "end"}
    waits = {**SOUND, "nodes": [*SOUND["nodes"], {"id": "vespera", "type": "delay", "params": date}]}
    cards = cards_of(waits, FLOW_SCHEMA, DEFINITIONS, "pt-BR")
    assert [card.lines for card in cards if card.id == "vespera"] == [("Até vencimento",)]


@given(flows())
def test_any_flow_is_drawn_where_its_document_has_it(document):
    cards, picture = _drawn(document)
    assert [(card.x, card.y) for card in cards] == [
        (node["position"]["x"], node["position"]["y"]) for node in document["nodes"]
    ]
    assert len(mermaid_of(document, cards).splitlines()) == 1 + len(document["nodes"]) + len(document["edges"])
    assert picture.tag == f"{SVG}svg"


@given(flows())
def test_cards_that_are_laid_out_do_not_overlap(document):
    cards, _ = _drawn(_without_places(document))
    pairs = [(one, other) for place, one in enumerate(cards) for other in cards[place + 1 :]]
    assert not [
        (one.id, other.id)
        for one, other in pairs
        if abs(one.x - other.x) < WIDTH and one.y < other.y + other.height and other.y < one.y + one.height
    ]


def test_what_would_end_a_label_is_written_as_an_entity():
    named = {**SOUND, "nodes": [{**SOUND["nodes"][0], "label": 'a"]; <b> #x'}], "edges": []}
    cards, picture = _drawn(named)
    assert "Gatilho: a#34;#93;#59; #60;b#62; #35;x" in mermaid_of(named, cards)
    assert 'a"]; <b> #x' in {text.text for text in picture.iter(f"{SVG}text")}


def test_a_file_is_drawn_by_its_name(file, tmp_path):
    flow, out = file(SOUND), tmp_path / "flow.mmd"
    assert CliRunner().invoke(commands, ["draw", flow, "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("flowchart TD\n")
    printed = CliRunner().invoke(commands, ["draw", flow, "--lay-out"])
    assert ElementTree.fromstring(printed.stdout).tag == f"{SVG}svg"


def test_what_is_no_flow_is_refused_in_words(file):
    refused = CliRunner().invoke(commands, ["draw", file({**SOUND, "nodes": 1}), "--language", "en"])
    assert refused.exit_code == 1
    assert "F003" in refused.output
