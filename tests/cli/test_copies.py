"""The command line on a real database: export, import, diff, replay; their exit codes and what programs read."""

import json

import pytest
from click.testing import CliRunner

from flowengine.cli import commands
from tests.core.documents import SOUND, changed
from tests.turns.shop import RECEPTION, Shop

FOUND = ["--name", "Aroeira", "--email", "ana@example.com", "--person", "Ana", "--json"]


def _saying(words):
    """The shop's flow with another farewell."""
    return json.loads(json.dumps(RECEPTION, ensure_ascii=False).replace("Até mais.", words))


@pytest.fixture
def run(engine, settings):
    """A command in an installation of its own; what it printed as JSON comes back with the exit code."""
    runner = CliRunner(
        env={
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "FLOWENGINE_DATA": str(settings.data),
            "FLOWENGINE_SECRET": settings.secret,
        }
    )

    def invoke(*words):
        result = runner.invoke(commands, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


@pytest.fixture
def slug(shop):
    with shop.unit() as unit:
        return unit.accounts.read().slug


@pytest.fixture
def other(run):
    """The slug of an account with nothing in it but its founder."""
    made = run("new-account", "aroeira", *FOUND)
    assert made.exit_code == 0, made.output
    return "aroeira"


@pytest.fixture
def bundle(run, slug, tmp_path):
    file = tmp_path / "bundle.json"
    assert run("export", "bot", "--account", slug, "--out", file).exit_code == 0
    return file


@pytest.fixture
def file(tmp_path):
    def written(document, name="flow.json"):
        path = tmp_path / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return written


def test_a_bundle_goes_from_one_account_into_another(run, bundle, other):
    looked = run("import", bundle, "--account", other, "--dry-run", "--json")
    assert looked.exit_code == 1  # two teams are missing
    assert [each["slug"] for each in json.loads(looked.output)["references"]] == ["geral", "vendas"]
    done = run("import", bundle, "--account", other, "--create-missing", "--strict", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == {
        "flows": ["bot"], "created": ["team:geral", "team:vendas"], "aliases": {}, "left": []
    }  # fmt: skip
    assert run("import", bundle, "--account", other, "--dry-run").exit_code == 0
    assert run("diff", "bot", "bot", "--account", other).exit_code == 0


def test_what_is_there_under_another_name_is_used(run, bundle, other):
    done = run("import", bundle, "--account", other, "--use", "team:geral=atendimento", "--json")
    assert json.loads(done.output)["aliases"] == {"team:geral": "atendimento"}
    assert json.loads(done.output)["left"] == ["team:vendas"]


def test_strictly_nothing_is_added_while_something_is_missing(run, bundle, other):
    refused = run("import", bundle, "--account", other, "--strict")
    assert (refused.exit_code, "team:geral" in refused.output) == (1, True)
    assert run("diff", "bot", "bot", "--account", other).exit_code == 2  # it is not there


def test_a_flow_alone_is_imported_as_well(run, file, other):
    done = run("import", file(SOUND), "--account", other, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["left"] == ["team:vendas"]


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", '{"format": "flowengine/bundle"}', '{"a": "\\u0000"}', '{"nodes": 1}']
)
def test_what_is_no_bundle_is_refused_in_words(run, other, tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    refused = run("import", path, "--account", other)
    assert refused.exit_code == 1
    assert "Error" in refused.output


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "bot"),
        ("export", "bot", "--account", "nobody"),
        ("export", "bot", "--all", "--account", "nobody"),
        ("diff", "nothing.json", "nothing.json"),
        ("replay", "no-id", "--against", "draft"),
    ],
)
def test_wrong_calls_end_with_2(run, words):
    assert run(*words).exit_code == 2


def test_a_flow_that_is_not_there_is_not_exported(run, slug):
    assert run("export", "nada", "--account", slug).exit_code == 1
    assert json.loads(run("export", "--all", "--account", slug).output)["flows"][0]["document"]["key"] == "bot"


def test_a_difference_ends_with_1_and_is_told(run, file):
    before = file(SOUND, "a.json")
    after = file(changed([{"set": "/nodes/3/params/retries", "to": 2}]), "b.json")
    moved = file(changed([{"set": "/nodes/1/position", "to": {"x": 5, "y": 5}}]), "c.json")
    told = run("diff", before, after, "--language", "en")
    assert (told.exit_code, "1 → 2" in told.output) == (1, True)
    data = json.loads(run("diff", before, after, "--json").output)
    assert data["nodes"]["changed"][0]["fields"][0]["pointer"] == "/params/retries"
    assert run("diff", before, moved).exit_code == 0


def test_versions_of_a_flow_are_compared(run, shop, slug):
    shop.publish(_saying("Até logo."))
    told = run("diff", "bot@1", "bot@live", "--account", slug)
    assert (told.exit_code, "Até logo" in told.output) == (1, True)
    assert run("diff", "bot@2", "bot@live", "--account", slug).exit_code == 0
    assert run("diff", "bot@9", "bot@live", "--account", slug).exit_code == 2


def test_a_run_is_replayed_against_a_file_and_against_versions(run, shop, slug, file):
    shop.hear("Oi")
    shop.hear("Nada")
    with shop.unit() as unit:
        (stored,) = unit.runs.of_conversation(shop.talk().id)
    same = run("replay", stored.id, "--against", "live", "--account", slug, "--json")
    assert same.exit_code == 0, same.output
    assert json.loads(same.output) == {"same": 2, "of": 2, "differences": []}

    other = file(_saying("Até logo."))
    told = run("replay", stored.id, "--against", other, "--account", slug, "--language", "en")
    assert told.exit_code == 1
    assert "1 of 2 turns the same" in told.output
    assert "Até logo." in told.output
    assert run("replay", stored.id, "--against", "9", "--account", slug).exit_code == 2
    assert run("replay", shop.account, "--against", "live", "--account", slug).exit_code == 2
