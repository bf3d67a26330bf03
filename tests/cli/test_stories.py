"""`flowengine test` and `flowengine check` as people and programs use them: words, JSON, exit codes, time."""

import json
from pathlib import Path
from time import perf_counter

import pytest
from click.testing import CliRunner

from flowengine.cli.check import command as check
from flowengine.cli.test import command as tell
from tests.core.story_flows import document, says, stories_of

FLOWS = Path(__file__).parents[2] / "flows"
ASK = ("cidade", "question", {"text": "Cidade?", "answer_type": "text"})
FLOW = document(
    "ola",
    [("inicio", "trigger", {"event": "message.received"}), ASK, ("fim", *says("Obrigado.")), ("so", *says("?"))],
    ["inicio.next>cidade", "cidade.answered>fim", "cidade.no_reply>so"],
)
TRUE = [{"says": "oi", "bot": ["Cid…"]}, {"says": "Recife", "bot": ["Obrigado."]}]
FALSE = [{"says": "oi", "bot": ["Bairro?"]}, {"says": "Recife", "bot": ["Obrigado."]}]


def run(command, *args):
    result = CliRunner().invoke(command, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path):
    """A folder with this flow and these stories; the path of the stories."""

    def put(exchanges, flow=FLOW):
        (tmp_path / "ola.json").write_text(json.dumps(flow), encoding="utf-8")
        stories = exchanges if isinstance(exchanges, str) else json.dumps(stories_of(flow["key"], exchanges))
        (tmp_path / "ola.stories.json").write_text(stories, encoding="utf-8")
        return tmp_path

    return put


def test_stories_that_come_true_exit_with_0_and_say_what_they_reach(folder):
    result = run(tell, folder(TRUE))
    assert result.exit_code == 0
    assert "✓ x" in result.output
    assert "nodes 3/4, wired ports 2/3" in result.output
    assert "nodes not reached: so" in result.output
    assert "ports not reached: cidade.no_reply" in result.output
    assert "1 of 1 stories came true" in result.output
    assert " ms" in result.output.splitlines()[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt-BR", ["Troca 1 (“oi”): o bot não disse o que estava escrito", "(- esperado, + veio)"]),
        ("en", ["Exchange 1 (“oi”): the bot did not say what was written", "(- expected, + came)"]),
    ],
)
def test_a_story_that_does_not_come_true_exits_with_1_and_shows_the_difference(folder, language, words):
    result = run(tell, folder(FALSE), "--language", language)
    assert result.exit_code == 1
    for each in ["✗ x", *words, "- Bairro?", "+ Cidade?"]:
        assert each in result.output


def test_what_stories_do_not_reach_fails_where_that_is_asked_for(folder):
    assert run(tell, folder(TRUE), "--cover").exit_code == 1


@pytest.mark.parametrize(
    ("stories", "words"),
    [
        ("{", "não é JSON (linha 1:2)"),
        ("{}", "Histórias: falta “format”"),
        (json.dumps(stories_of("ola", [{"bot": ["oi"]}])), "História “x”, troca 1: falta o que acontece"),
        (json.dumps(stories_of("ola", [{"says": 3}])), "História “x”, troca 1, says: deveria ser um texto"),
        (json.dumps(stories_of("ola", [{"says": "a", "waits": {"amount": 1, "unit": "days"}}])), "uma coisa só"),
        (json.dumps(stories_of("ola", [{"says": "oi", "diz": "oi"}])), "“diz” não é um campo conhecido"),
        (json.dumps(stories_of("ola", TRUE, {"at": "05/01/2026"})), "world › at: deveria ser um momento"),
    ],
)
def test_a_broken_file_of_stories_is_told_in_words(folder, stories, words):
    result = run(tell, folder(stories))
    assert (result.exit_code, "ola.stories.json" in result.output) == (1, True)
    assert words in result.output


def test_a_broken_flow_is_told_in_words(folder):
    result = run(tell, folder(TRUE, flow={**FLOW, "nodes": []}))
    assert (result.exit_code, "ola.json" in result.output) == (1, True)


def test_wrong_calls_exit_with_2(tmp_path):
    assert run(tell, tmp_path / "nada").exit_code == 2
    assert run(tell).exit_code == 2
    assert run(tell, tmp_path, "--nada").exit_code == 2
    empty = run(tell, tmp_path)
    assert (empty.exit_code, "there are no stories here" in empty.output) == (2, True)
    assert run(check, tmp_path / "nada").exit_code == 2


def test_stories_are_reported_to_programs(folder):
    (report,) = json.loads(run(tell, folder(FALSE), "--json").output)
    (story,) = report["stories"]
    assert set(report) == {"file", "flow", "milliseconds", "stories", "nodes", "ports", "unreached"}
    assert (report["flow"], report["nodes"], report["ports"]) == (
        "ola", {"reached": 2, "of": 4}, {"reached": 1, "of": 3}
    )  # fmt: skip
    assert report["unreached"] == {"nodes": ["fim", "so"], "ports": ["cidade.answered", "cidade.no_reply"]}
    assert story["failures"] == [
        {
            "code": "said",
            "exchange": 1,
            "message": {
                "pt-BR": "Troca 1 (“oi”): o bot não disse o que estava escrito",
                "en": "Exchange 1 (“oi”): the bot did not say what was written",
            },
            "diff": [{"is": "-", "text": "Bairro?"}, {"is": "+", "text": "Cidade?"}],
        }
    ]


def test_findings_are_reported_to_programs(tmp_path):
    (tmp_path / "ola.json").write_text(json.dumps(FLOW), encoding="utf-8")
    result = run(check, tmp_path, "--json")
    (report,) = json.loads(result.output)
    assert set(report) == {"file", "findings"}
    assert all(
        set(each) == {"code", "severity", "node", "edge", "pointer", "message", "fix"} for each in report["findings"]
    )
    worst = {each["severity"] for each in report["findings"]}
    assert result.exit_code == (1 if "error" in worst else 0)


@pytest.mark.parametrize(("command", "keys"), [(tell, ["milliseconds", "unreached"]), (check, ["findings", "fix"])])
def test_what_programs_are_told_is_in_the_help(command, keys):
    shown = run(command, "--help").output
    for words in ["Exits with 0", "--json prints", *keys]:
        assert words in shown


def test_expectations_are_brought_up_to_date_once(folder):
    place = folder(FALSE)
    assert run(tell, place, "--update").exit_code == 0
    written = (place / "ola.stories.json").read_bytes()
    assert json.loads(written)["stories"][0]["exchanges"][0] == {"says": "oi", "bot": ["Cidade?"]}
    assert run(tell, place, "--update").exit_code == 0
    assert (place / "ola.stories.json").read_bytes() == written


def test_stories_that_come_true_are_not_written_anew(folder):
    place = folder(TRUE)
    before = (place / "ola.stories.json").read_bytes()
    run(tell, place, "--update")
    assert (place / "ola.stories.json").read_bytes() == before


def test_what_a_story_reaches_of_another_flow_counts_for_that_flow(tmp_path):
    calls = ("chama", "call_flow", {"flow": "ola"})
    caller = document(
        "quem-chama", [("inicio", "trigger", {"event": "message.received"}), calls], ["inicio.next>chama"]
    )
    called = {**FLOW, "nodes": [*FLOW["nodes"][:-1]], "edges": FLOW["edges"][:-1]}
    for flow, exchanges in ((caller, TRUE), (called, TRUE[:1])):
        (tmp_path / f"{flow['key']}.json").write_text(json.dumps(flow), encoding="utf-8")
        stories = json.dumps(stories_of(flow["key"], exchanges))
        (tmp_path / f"{flow['key']}.stories.json").write_text(stories, encoding="utf-8")

    alone = run(tell, tmp_path / "ola.json", "--cover")
    together = run(tell, tmp_path, "--cover")

    assert (alone.exit_code, together.exit_code) == (1, 0)


def test_a_folder_of_ready_made_flows_is_told_in_no_time():
    began = perf_counter()
    reports = json.loads(run(tell, FLOWS, "--json").output)
    took = perf_counter() - began
    assert took < 2 * max(1, len(reports) / 15) * 3  # 2 s for 15 flows; other tests share the machine
    assert all(report["milliseconds"] > 0 for report in reports)
