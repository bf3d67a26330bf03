"""Probes and figures: who is alive, who can do their work, and who may read how much waits."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from werkzeug.datastructures import Headers

from builder_ui.figures import may_read
from flowengine.settings import Settings

TOKEN = {"Authorization": "Bearer the token of the figures"}


@pytest.fixture
def client(app):
    return app.test_client()


def test_figures_are_shown_to_this_machine(client):
    client.get("/healthz")
    shown = client.get("/metrics")
    assert (shown.status_code, shown.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert 'flowengine_http_seconds_count{endpoint="health.alive",status="2xx"}' in shown.text


@pytest.mark.parametrize(
    ("address", "headers", "may"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("192.0.2.7", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, False),
        ("192.0.2.7", TOKEN, True),
        ("192.0.2.7", {"Authorization": "Bearer guessed"}, False),
    ],
)
def test_others_need_the_token(settings: Settings, address: str, headers: dict[str, str], may: bool):
    asked = replace(settings, metrics_token="the token of the figures")
    assert may_read(address, Headers(headers), asked) is may


def test_a_web_that_is_newer_than_its_database_is_not_ready(client, owner_engine: Engine):
    with owner_engine.begin() as connection:
        newest = connection.execute(text("select version_num from alembic_version")).scalar_one()
        connection.execute(text("update alembic_version set version_num = '0006'"))
    answers = client.get("/readyz"), client.get("/healthz")
    with owner_engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :newest"), {"newest": newest})
    assert [each.status_code for each in answers] == [503, 200]
    assert "flowengine migrate" in answers[0].json["detail"]
