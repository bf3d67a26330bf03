"""An account made from the command line works from its first message."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from flowengine import turns
from flowengine.cli.new_account import command
from flowengine.demo import SLUG, seed
from flowengine.settings import Settings
from flowengine.store.due import find_account, find_channel
from flowengine.store.receive import Inbound
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs

ARGUMENTS = ["aroeira", "--name", "Casa Aroeira", "--email", "ana@example.com", "--person", "Ana Reis", "--json"]


@pytest.fixture
def run(engine: Engine, settings: Settings) -> CliRunner:
    return CliRunner(env={
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "FLOWENGINE_DATA": str(settings.data),
        "FLOWENGINE_SECRET": settings.secret,
    })  # fmt: skip


def test_what_contacts_write_reaches_the_founder_before_there_is_any_flow(run: CliRunner, engine: Engine) -> None:
    founded = json.loads(run.invoke(command, ARGUMENTS, catch_exceptions=False).output)
    place = find_channel(engine, "webchat", founded["webchat_key"])
    assert place is not None
    event = {"kind": "message_received", "at": "2026-01-05T12:00:00+00:00", "text": "oi"}
    with Unit.open(engine, place.account_id) as unit:
        unit.intake.receive([Inbound(place.channel_id, "renata", "m1", event)])
    turns.take_waiting(engine, place.account_id, Programs())
    with Unit.open(engine, place.account_id) as unit:
        identity = unit.contacts.identity(place.channel_id, "renata")
        assert identity is not None
        talk = unit.conversations.latest(identity.contact_id, place.channel_id)
        assert talk is not None
        assert (talk.state, talk.team_id) == ("queued", unit.teams.default().id)


def test_a_slug_is_given_once_and_a_login_kept(run: CliRunner, engine: Engine) -> None:
    first = json.loads(run.invoke(command, ARGUMENTS).output)
    again = run.invoke(command, ARGUMENTS)
    other = json.loads(run.invoke(command, ["outra", *ARGUMENTS[1:]]).output)
    assert first["password"]
    assert (again.exit_code, "there is an account" in again.output) == (1, True)
    assert other["password"] is None
    assert find_account(engine, "outra") is not None


def test_a_time_zone_that_does_not_exist_is_refused_in_words(run: CliRunner) -> None:
    refused = run.invoke(command, [*ARGUMENTS, "--timezone", "America/Recifee"])
    assert refused.exit_code == 2
    assert "no time zone" in refused.output


@pytest.mark.parametrize(("language", "pipeline"), [("pt-BR", "Vendas"), ("en", "Sales")])
def test_a_new_account_has_something_to_begin_with(
    run: CliRunner, engine: Engine, language: str, pipeline: str
) -> None:
    run.invoke(command, [*ARGUMENTS, "--language", language], catch_exceptions=False)
    account = find_account(engine, "aroeira")
    assert account is not None
    with Unit.open(engine, account) as unit:
        assert [each.name for each in unit.pipelines.all()] == [pipeline]
        assert unit.accounts.read().settings["vars"] == {"nome_da_empresa": "Casa Aroeira"}
        assert {tag.slug for tag in unit.tags.rows()} == {"novo-contato", "cliente", "vip"}


def test_the_demo_shows_fields_templates_and_snippets(engine: Engine, settings: Settings) -> None:
    seed(engine, settings, datetime(2026, 1, 5, tzinfo=UTC))
    account = find_account(engine, SLUG)
    assert account is not None
    with Unit.open(engine, account) as unit:
        assert {field.slug for field in unit.fields.all()} == {"cidade", "aniversario", "origem", "prazo"}
        assert [each.status for each in unit.templates.all()] == ["approved"]
        assert len(unit.snippets.all()) == 2
