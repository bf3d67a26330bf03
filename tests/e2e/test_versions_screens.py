"""Versions of a flow: any two compared on the canvas and in words, and an earlier one published again."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card
from tests.e2e.installation import Installation
from tests.e2e.people import Agent
from tests.e2e.screens import barriers, complaints_of

pytestmark = pytest.mark.timeout(120)


def drawing(key: str, *says: str) -> dict[str, Any]:
    """One message after the other, named after what it says."""
    ids = [re.sub(r"\W", "_", each.lower()) for each in says]
    steps = [
        {"id": id, "type": "message", "label": label, "params": {"parts": [{"kind": "text", "text": label}]},
         "position": {"x": 0, "y": 160 * place + 160}}
        for place, (id, label) in enumerate(zip(ids, says, strict=True))
    ]  # fmt: skip
    start = {"id": "start", "type": "trigger", "params": {"event": "message.received"}, "position": {"x": 0, "y": 0}}
    return {
        "format": "flowengine/flow", "format_version": 1, "kind": "chatbot", "key": key, "name": f"Loja {key}",
        "language": "pt-BR", "settings": {"default_team": "suporte"}, "nodes": [start, *steps],
        "edges": [
            {"source": source, "port": "next", "target": target}
            for source, target in zip(["start", *ids], ids, strict=False)
        ],
    }  # fmt: skip


@pytest.fixture
def page(installation: Installation, browser: Browser) -> Iterator[Page]:
    """At the history of a flow whose second version says something else than the first."""
    client = Agent(installation, installation.login("administrator")).client
    key = f"loja_{uuid4().hex[:6]}"
    made = client.post("/flows", json={"name": key, "document": drawing(key, "Bom dia", "Adeus")}).json()
    flow, named = made["id"], {"key": made["key"], "name": made["name"]}
    for revision, says in ((1, ("Bom dia", "Adeus")), (2, ("Bom dia", "Novidade"))):
        document = {**drawing(key, *says), **named}
        saved = client.put(f"/flows/{flow}/draft", json={"document": document, "revision": revision})
        order = {"revision": saved.json()["revision"], "accept_warnings": True}
        answer = client.post(f"/flows/{flow}/versions", json=order)
        assert answer.status_code == 201, answer.text
    context = person(browser)
    page = sign_in(context, installation, installation.login("administrator"))
    page.goto(f"{installation.address}/flows/{flow}")
    expect(card(page, "Novidade")).to_be_visible()
    page.get_by_text("Histórico", exact=True).first.click()
    yield page
    context.close()


def version(page: Page, number: int) -> Any:
    return page.locator(".bld-version", has_text=f"Versão {number}")


def test_two_versions_are_one_drawing_with_what_is_new_and_gone(page: Page) -> None:
    complaints = complaints_of(page)
    version(page, 1).get_by_role("button", name="Comparar").click()

    expect(card(page, "Novidade").locator(".cv-card")).to_have_class(re.compile("is-new"))
    expect(card(page, "Adeus").locator(".cv-card")).to_have_class(re.compile("is-removed"))
    expect(page.get_by_role("complementary", name="Histórico")).to_contain_text("Novidade")
    assert (complaints, barriers(page)) == ([], [])

    page.get_by_role("button", name="Todas as versões").click()
    expect(card(page, "Adeus")).to_have_count(0)


def test_an_earlier_version_goes_live_again_and_the_draft_stays(page: Page) -> None:
    version(page, 1).get_by_role("button", name="Publicar").click()
    page.get_by_role("dialog").get_by_role("button", name="Publicar como versão 3").click()

    expect(page.get_by_text("v3 no ar")).to_be_visible()
    expect(version(page, 3)).to_contain_text("De volta à versão 1")
    expect(card(page, "Novidade")).to_be_visible()
