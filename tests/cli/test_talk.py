"""`flowengine talk`: a conversation typed line by line, taken back, answered from outside, kept as a story."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from flowengine.cli._chat import Chat
from flowengine.cli.talk import command as talk
from flowengine.cli.talk import converse
from flowengine.cli.test import command as tell
from flowengine.core.program import compile_flow
from flowengine.nodes import NODE_TYPES, read_flow
from tests.core.story_flows import document, says

MONDAY = "2026-01-05T10:00:00-03:00"
MENU = {"text": "O que deseja?", "options": [{"id": "pedido", "title": "Meu pedido"}, {"id": "foto", "title": "Foto"}]}
ORDER = {"url": "https://loja.example/p", "response": [{"path": "$.status", "save_to": "status", "type": "text"}]}
NODES = [
    ("inicio", "trigger", {"event": "message.received"}),
    ("menu", "menu", MENU),
    ("consulta", "http_request", ORDER),
    ("diz", *says("Está {{ vars.status }}, {{ contact.name }}.")),
    ("foto", "question", {"text": "Mande.", "answer_type": "image"}),
    ("vendas", "transfer", {"team": "vendas", "note": "Foto"}),
    ("tchau", *says("Até logo.")),
]
WIRES = ["inicio.next>menu", "menu.pedido>consulta", "consulta.success>diz", "menu.foto>foto", "foto.answered>vendas"]
FLOW = document("loja", NODES, [*WIRES, "vendas.finished>tchau"], variables=[{"name": "status"}])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "loja.json"
    file.write_text(json.dumps(FLOW), encoding="utf-8")
    return file


@pytest.fixture
def chat(path):
    """Type lines; what the terminal showed."""

    def type_in(*lines, options=(), exit_code=0):
        result = CliRunner().invoke(talk, [str(path), "--at", MONDAY, *options], input="\n".join(lines))
        assert result.exit_code == exit_code, result.output
        return result.output

    return type_in


def kept(path):
    return json.loads(path.with_name("loja.stories.json").read_text(encoding="utf-8"))


def come_true(path):
    return CliRunner().invoke(tell, [str(path)]).exit_code == 0


def test_buttons_are_pressed_by_their_ids_and_shown(chat):
    shown = chat("/press foto", "oi", "/press nada", "/press foto")
    assert "there is no button 'foto'; none was shown" in shown
    assert "there is no button 'nada'; there are: pedido, foto" in shown
    assert "[Foto]\n  Mande." in shown


def test_files_places_facts_and_refusals_are_typed(chat):
    shown = chat("oi", "2", "/send", "/send https://x.example/a.png", "/finish resolvido", "/happen", "/share nada")
    for words in ("/send https://", "in the queue of vendas", "Até logo.", "/happen contact.tag_added", "/share -8.05"):
        assert words in shown
    assert "in the queue of geral" in chat("oi", "/refuse")
    assert "nothing came of it" in chat("/happen deal.won", '/happen deal.won {"a": 1}', "/share -8.05 -34.9")


def test_a_call_waits_for_its_answer_and_what_was_said_is_said_again(chat):
    shown = chat("oi", "1", "/mock nada", '/mock {"body": {"status": "a caminho"}}', "/mock {}")
    assert "the step “consulta” calls the outside world" in shown
    assert "Está a caminho, Renata Vasques." in shown
    assert "no call waits" in shown


def test_answers_from_outside_come_from_a_file(chat, tmp_path):
    mocks = tmp_path / "answers.json"
    mocks.write_text(json.dumps({"consulta": {"body": {"status": "novo"}}}), encoding="utf-8")
    assert "Está novo, Ana." in chat("oi", "1", options=["--mocks", str(mocks), "--name", "Ana"])
    mocks.write_text("nada", encoding="utf-8")
    assert "is not JSON" in chat("oi", options=["--mocks", str(mocks)], exit_code=2)
    mocks.write_text(json.dumps({"consulta": {"status": "novo"}}), encoding="utf-8")
    assert "world › mocks › consulta › status" in chat("oi", options=["--mocks", str(mocks)], exit_code=2)


def test_a_wrong_moment_is_a_wrong_call(path):
    result = CliRunner().invoke(talk, [str(path), "--at", "amanhã"])
    assert (result.exit_code, "2026-01-05T10:00:00-03:00" in result.output) == (2, True)


def test_exchanges_are_taken_back(chat):
    shown = chat("/undo", "oi", "/wait 10m", "/undo", "/undo", "oi")
    assert "there is nothing to take back" in shown
    assert "taken back: waits {'amount': 10, 'unit': 'minutes'}; 05/01/2026 10:00" in shown
    assert shown.count("O que deseja?") == 2


def test_what_was_typed_is_kept_as_a_story_that_comes_true(chat, path):
    lines = ["oi", "1", '/mock {"body": {"status": "novo"}}', "/wait 1h", "/undo", "oi", "2", "/undo"]
    shown = chat(*lines, options=["--record", "Pedido novo", "--name", "Ana"])

    (story,) = kept(path)["stories"]
    assert "3 exchanges kept in" in shown
    assert [next(iter(exchange.values())) for exchange in story["exchanges"]] == ["oi", "1", "oi"]
    assert story["world"] == {
        "at": MONDAY, "contact": {"name": "Ana"}, "mocks": {"consulta": {"body": {"status": "novo"}}}
    }  # fmt: skip
    assert come_true(path)


def test_a_story_of_the_same_name_is_replaced_and_others_stay(chat, path):
    for name, lines in (("um", ["oi"]), ("dois", ["oi", "2"]), ("um", ["oi", "/press foto"])):
        chat(*lines, options=["--record", name])
    assert [(story["name"], len(story["exchanges"])) for story in kept(path)["stories"]] == [("dois", 2), ("um", 2)]


def test_the_world_is_that_of_the_stories_beside_the_flow(chat, path):
    chat("oi", options=["--record", "um"])
    stories = {
        **kept(path),
        "world": {"contact": {"name": "Ivo", "score": 3}, "mocks": {"consulta": {"body": {"status": "x"}}}},
    }
    path.with_name("loja.stories.json").write_text(json.dumps(stories), encoding="utf-8")

    assert "Está x, Ivo." in chat("oi", "1", options=["--record", "dois"])

    assert kept(path)["stories"][-1]["world"] == {"at": MONDAY}
    assert come_true(path)


def test_teams_are_closed_before_the_first_word_of_a_story(chat, path):
    shown = chat("/close", "/open", "/close", "oi", "/open", "2", options=["--record", "fechado"])
    assert "a story has the same hours from its beginning" in shown
    assert kept(path)["stories"][0]["world"]["hours"] == {"account": {"timezone": "UTC", "week": {}}}
    assert "teams are open" in chat("oi", "/close", "/open")


def test_the_state_is_shown_and_so_is_help(chat):
    shown = chat("oi", "/state", "/trace", "2", "/nada", "//tudo", "/wait", "/wait 0h")
    for words in ("waits at:     menu, until", "conversation: bot", "trace on", "┊ menu → foto", "/undo", "/wait 30s"):
        assert words in shown


def typed(*lines):
    """Somebody who types these lines; None is Ctrl-C."""
    left = iter(lines)

    def read(_):
        line = next(left)
        if line is None:
            raise KeyboardInterrupt
        return line

    return read


def test_one_who_waits_for_nothing_said_is_told_how_it_goes_on(tmp_path):
    late = ("pausa", "delay", {"how": "for", "wait": {"amount": 90, "unit": "minutes"}})
    wires = ["inicio.next>pausa", "pausa.next>fim"]
    flow = document("pausa", [NODES[0], late, ("fim", *says("Voltei."))], wires)
    (tmp_path / "pausa.json").write_text(json.dumps(flow), encoding="utf-8")
    result = CliRunner().invoke(talk, [str(tmp_path / "pausa.json")], input="oi\n/wait 90m")
    assert "nothing yet; it goes on by itself: /wait 90m" in result.output
    assert "Voltei." in result.output


@pytest.fixture
def talking():
    program = compile_flow(read_flow(FLOW), NODE_TYPES)
    return Chat(program, {}, {}, {"at": MONDAY}, trace=False, recording=True)


def test_ctrl_c_is_asked_about_once_and_the_second_breaks_off(talking):
    assert converse(talking, typed("oi", None, None)) is False


def test_after_one_ctrl_c_the_conversation_goes_on(talking):
    assert converse(talking, typed("oi", None, "2", None, "/quit")) is True
    assert [exchange["says"] for exchange in talking.exchanges] == ["oi", "2"]


def test_the_help_is_in_two_columns(chat):
    rows = [line for line in click.unstyle(chat("/help")).splitlines() if line.startswith("  /") and "   /" in line]
    assert len({line.rindex("   /") for line in rows if "LAT" not in line}) == 1
