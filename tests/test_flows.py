"""The ready-made flows: sound, canonical, told by stories that reach every wired port."""

import json
from functools import cache
from itertools import pairwise

import pytest
from click.testing import CliRunner

from flowengine.cli._files import write_stories
from flowengine.cli.check import command as check_command
from flowengine.cli.drawing.cards import WIDTH, cards_of
from flowengine.cli.drawing.routes import route
from flowengine.cli.talk import command as talk_command
from flowengine.cli.test import command as stories_command
from flowengine.core.flow import canonical
from flowengine.core.program import compile_flow
from flowengine.core.references import references_of
from flowengine.core.stories.play import play_stories, wired_ports
from flowengine.core.stories.record import updated
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES, STORY_SCHEMA, check, read_flow
from tests.ready_made import FILES, FLOWS, account_for, read, stories_of, table

ATENDIMENTO = str(FLOWS / "atendimento.json")


@cache
def _program(path):
    return compile_flow(read_flow(read(path)), NODE_TYPES)


def _others(path):
    return {read(other)["key"]: _program(other) for other in FILES if other != path}


@pytest.fixture(autouse=True, scope="module")
def brought_up_to_date(request):
    """With `pytest --update` the stories expect what comes; look at the difference before it is committed."""
    for path in FILES if request.config.getoption("--update") else ():
        stories = path.with_name(f"{path.stem}.stories.json")
        write_stories(stories, updated(_program(path), read(stories), _others(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_ready_made_flow_has_no_findings(path):
    assert check(read(path), account_for(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_table_says_what_a_flow_needs_of_its_account(path):
    named = {(each.kind, each.slug) for each in references_of(read(path), FLOW_SCHEMA)}
    needs = {(kind, slug) for kind, slugs in table()[path.stem].items() for slug in slugs}
    assert {each for each in named if each[0] != "node"} == needs


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_ready_made_flow_is_called_as_its_file_and_says_what_it_is_for(path):
    document = read(path)
    assert (document["key"], document["language"]) == (path.stem, "pt-BR")
    assert 60 <= len(document["description"]) <= 400
    assert all(node["label"] for node in document["nodes"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_ready_made_flow_is_written_canonically(path):
    assert path.read_bytes() == canonical(read(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_cards_of_a_ready_made_flow_lie_on_each_other(path):
    columns = {}
    for node in read(path)["nodes"]:
        columns.setdefault(node["position"]["x"], []).append((node["position"]["y"], _height(node)))
    for cards in columns.values():
        for (above, height), (below, _) in zip(sorted(cards), sorted(cards)[1:], strict=False):
            assert below - above >= height + 28 - 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_wire_of_a_ready_made_flow_runs_behind_a_card(path):
    document = read(path)
    cards = {card.id: card for card in cards_of(document, FLOW_SCHEMA, DEFINITIONS, "pt-BR")}
    behind = [
        (edge["source"], edge["port"], card.id)
        for edge in document["edges"]
        for card in cards.values()
        if card.id not in (edge["source"], edge["target"])
        for one, other in pairwise(route(cards[edge["source"]], cards[edge["target"]], edge["port"]))
        if _crosses(card, one, other)
    ]
    assert behind == []


def _crosses(card, one, other):
    """Whether the straight piece of a wire between two corners has a part of itself behind the card."""
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(one, other, strict=True))
    return right > card.x and left < card.x + WIDTH and bottom > card.y and top < card.y + card.height


def _height(node):
    """A card as look/ draws it: head 50, lines of 18, ports of 26 unless there is but one."""
    schema = NODE_TYPES[node["type"]].schema
    declared = schema["x-ports"].get("and", ()) if isinstance(schema["x-ports"], dict) else schema["x-ports"]
    quiet = {port["id"] for port in declared if port.get("quiet")}
    ports = [port for port in NODE_TYPES[node["type"]].ports(node["params"]) if port.id not in quiet]
    lines = 1 if node["type"] in ("condition", "end") else 2
    return 50 + 18 * lines + 10 + (13 + 26 * len(ports) if len(ports) > 1 else 0)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_stories_of_a_flow_come_true_and_reach_every_step_and_wired_port(path):
    assert list(STORY_SCHEMA.errors(stories_of(path))) == []
    told = play_stories(_program(path), stories_of(path), _others(path))
    assert [failure.message("en") for story in told for failure in story.failures] == []
    reached = frozenset(port for story in told for port in story.ports)
    assert wired_ports(_program(path)) - reached == frozenset()
    assert {node["id"] for node in read(path)["nodes"]} - {node for story in told for node in story.nodes} == set()


@pytest.mark.parametrize(
    "exchange",
    [
        {"says": "oi"},
        {"says": "oi", "bot": ["Olá, Renata!…"]},
        {"says": "oi", "bot": ["Olá, Renata!…", "Como podemos ajudar?"], "options": ["vendas"]},
        {"says": "oi", "bot": ["…", "…"], "team": "vendas"},
        {"says": "oi", "bot": ["…", "…"], "outcome": "avaliado"},
        {"says": "oi", "bot": ["…", "…"], "fails": "bad_template"},
        {"says": "oi", "bot": ["…", "…"], "variables": {"motivo": "Vendas"}},
        {"says": "atendente", "bot": ["…"], "note": "outra"},
        {"says": "atendente", "bot": ["…"]},
    ],
)
def test_a_story_that_does_not_come_true_says_so(exchange):
    program = compile_flow(read_flow(read(FLOWS / "atendimento.json")), NODE_TYPES)
    (told,) = play_stories(program, {"stories": [{"name": "x", "exchanges": [exchange]}]})
    assert told.failures


def test_the_command_line_plays_the_stories():
    result = CliRunner().invoke(stories_command, [str(FLOWS)])
    assert (result.exit_code, "wired ports 22/22" in result.output) == (0, True)


def test_the_command_line_fails_with_a_story(tmp_path):
    (tmp_path / "a.json").write_bytes((FLOWS / "atendimento.json").read_bytes())
    story = {"name": "x", "exchanges": [{"says": "oi", "bot": ["Tchau"]}]}
    stories = {"format": "flowengine/stories", "format_version": 1, "flow": "atendimento", "stories": [story]}
    (tmp_path / "a.stories.json").write_text(json.dumps(stories), encoding="utf-8")
    result = CliRunner().invoke(stories_command, [str(tmp_path), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)[0]["stories"][0]["failures"]


def test_the_command_line_checks_a_sound_flow():
    assert CliRunner().invoke(check_command, [ATENDIMENTO]).exit_code == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "não é JSON"),
        ("[" * 5000, "não é JSON"),
        ('{"format": "flowengine/flow", "format_version": 9}', "versão de formato 9"),
        ('{"format": "flowengine/flow", "format_version": 1}', "falta “Etapas”"),
    ],
)
def test_the_command_line_says_what_is_wrong_with_a_bad_file(tmp_path, content, says):
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    result = CliRunner().invoke(check_command, [str(tmp_path / "bad.json")])
    assert (result.exit_code, says in result.output) == (1, True), result.output


def test_one_can_talk_to_a_flow_in_the_terminal():
    lines = ["oi", "1", "ana@exemplo.com.br", "/state", "/wait 2h", "/finish", "5", "/trace", "/help", "/quit"]
    result = CliRunner().invoke(
        talk_command, [ATENDIMENTO, "--at", "2026-01-05T10:00:00-03:00", "--name", "Ana"], input="\n".join(lines)
    )
    assert result.exit_code == 0
    for words in ("Olá, Ana!", "1. Vendas", "in the queue of vendas", "E-mail: ana@exemplo.com.br", "end: avaliado"):
        assert words in result.output
