"""Steps go by the clipboard from one account to another, in another browser; what they name is created or mapped."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, new_flow, open_demo
from tests.e2e.installation import COMMAND, Installation, eventually
from tests.e2e.people import Agent
from tests.e2e.screens import barriers
from tests.files.test_media_types import png
from tests.turns.shop import flow, wire

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def author(installation: Installation, browser: Browser) -> Iterator[Page]:
    context = person(browser)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield sign_in(context, installation, installation.login("administrator"))
    context.close()


@pytest.fixture
def elsewhere(installation: Installation, browser: Browser) -> Iterator[Page]:
    """An empty canvas of another account."""
    slug = f"casa-{uuid4().hex[:6]}"
    person_there = ["--name", "Outra Casa", "--email", f"ana@{slug}.example", "--person", "Ana Lima"]
    made = subprocess.run(
        [*COMMAND, "new-account", slug, *person_there, "--json"],
        check=True, capture_output=True, env={**os.environ, "FLOWENGINE_DATA": str(installation.data)},
    ).stdout  # fmt: skip
    context = person(browser)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sign_in(context, installation, json.loads(made))
    new_flow(page, installation.address, "Colado")
    yield page
    context.close()


def copied(page: Page) -> str:
    """All steps of the open flow, as text, with what they name."""
    page.bring_to_front()
    page.evaluate("navigator.clipboard.writeText('')")
    page.keyboard.press("Control+a")
    expect(page.locator(".react-flow__node.selected").first).to_be_visible()
    page.keyboard.press("Control+c")

    def held() -> str | None:  # what a page waits for by itself is not awaited where it is a promise
        text: str = page.evaluate("navigator.clipboard.readText()")
        return text if "flowengine/bundle" in text else None

    return str(eventually(held, 20))


def paste(page: Page, text: str) -> None:
    page.bring_to_front()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_steps_are_pasted_into_another_account_with_what_they_name(
    installation: Installation, author: Page, elsewhere: Page
) -> None:
    open_demo(author, installation.address)
    expect(card(author, "Como podemos ajudar?")).to_be_visible()

    paste(elsewhere, copied(author))

    expect(card(elsewhere, "Como podemos ajudar?")).to_be_visible()
    dialog = elsewhere.get_by_role("dialog", name="O que as etapas coladas usam")
    expect(dialog.get_by_text("2 coisas que faltam aqui")).to_be_visible()
    assert barriers(elsewhere) == []
    dialog.get_by_role("combobox", name="Equipe Vendas").click()
    elsewhere.get_by_role("option", name="Usar “Atendimento”").click()
    dialog.get_by_role("button", name="Concluir").click()
    expect(elsewhere.get_by_text("1 criado, 1 com outro nome aqui, 0 em aberto")).to_be_visible()

    elsewhere.keyboard.press("Control+z")
    expect(elsewhere.locator(".react-flow__node-card")).to_have_count(1)


def test_steps_pasted_in_their_own_account_ask_nothing(installation: Installation, author: Page) -> None:
    open_demo(author, installation.address)
    expect(card(author, "Como podemos ajudar?")).to_be_visible()
    text = copied(author)
    new_flow(author, installation.address, f"Cópia {uuid4().hex[:6]}")

    with author.expect_response("**/bundles/look"):
        paste(author, text)

    expect(card(author, "Como podemos ajudar?")).to_be_visible()
    expect(author.get_by_role("dialog")).to_have_count(0)


def test_a_picture_comes_along_with_the_steps_that_send_it(
    installation: Installation, author: Page, elsewhere: Page
) -> None:
    made = Agent(installation, installation.login("administrator")).client
    binary = {"Content-Type": "application/octet-stream"}
    picture = made.post("/files", params={"name": "vitrine.png"}, content=png(60, 20) + uuid4().bytes, headers=binary)
    assert picture.status_code == 201, picture.text
    show = {"id": "mostra", "type": "message", "label": "Vitrine"}
    show["params"] = {"parts": [{"kind": "image", "url": picture.json()["ref"]}]}
    key = f"vitrine_{uuid4().hex[:6]}"
    document = flow([show], wire("start.next>mostra"), key=key, name=key, settings={"default_team": "suporte"})
    drawn = made.post("/flows", json={"name": key, "document": document})
    assert drawn.status_code == 201, drawn.text
    author.goto(f"{installation.address}/flows/{drawn.json()['id']}")
    expect(card(author, "Vitrine")).to_contain_text("Imagem")

    paste(elsewhere, copied(author))

    dialog = elsewhere.get_by_role("dialog", name="O que as etapas coladas usam")
    arriving = dialog.get_by_role("region", name="1 arquivo novo")
    expect(arriving.get_by_text("vitrine.png")).to_be_visible()
    expect(arriving.get_by_text("vem junto")).to_be_visible()
    dialog.get_by_role("button", name="Concluir").click()
    expect(dialog).to_have_count(0)
    card(elsewhere, "Vitrine").click()
    image = elsewhere.get_by_role("img", name="Prévia de vitrine.png")
    expect(image).to_be_visible()
    expect(image).not_to_have_js_property("naturalWidth", 0)
