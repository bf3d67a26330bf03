"""Somebody new builds a reception in an empty account, with the mouse, by what the screen says."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, handle, write_text
from tests.e2e.installation import COMMAND, Installation

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def stranger(installation: Installation, browser: Browser) -> Iterator[Page]:
    """Just signed in to an account with nothing in it."""
    slug = f"nova-{uuid4().hex[:6]}"
    ana = ["--email", f"ana@{slug}.example", "--person", "Ana Lima"]
    made = subprocess.run(
        [*COMMAND, "new-account", slug, "--name", "Casa Nova", *ana, "--json"],
        check=True, capture_output=True, env={**os.environ, "FLOWENGINE_DATA": str(installation.data)},
    ).stdout  # fmt: skip
    context = person(browser)
    yield sign_in(context, installation, json.loads(made))
    context.close()


def choose(page: Page, title: str) -> None:
    """In the list of what may come next, with the mouse."""
    page.get_by_role("option").filter(has_text=title).last.click()


def test_a_stranger_builds_a_reception_with_the_mouse(stranger: Page) -> None:
    stranger.get_by_role("link", name="Ver os fluxos").click()
    stranger.get_by_role("button", name="Novo fluxo").first.click()
    stranger.get_by_label("Nome", exact=True).fill("Recepção")
    stranger.get_by_role("button", name="Criar fluxo").click()

    expect(stranger.get_by_text("Clique no anel e escolha o que vem depois")).to_be_visible()
    handle(stranger, "Gatilho").click()
    choose(stranger, "Envia textos e arquivos")
    write_text(stranger, "Que bom ter você aqui.")
    expect(stranger.get_by_text("Clique no anel")).to_have_count(0)
    handle(stranger, "Que bom").click()
    choose(stranger, "Oferece opções")
    write_text(stranger, "Como podemos ajudar?")
    stranger.get_by_label("Opções 1").fill("Vendas")
    stranger.get_by_label("Opções 2").fill("Suporte")
    stranger.get_by_role("button", name="Adicionar opção").click()
    stranger.keyboard.type("Falar com atendente")

    handle(stranger, "Como podemos", 0).click()
    choose(stranger, "Pergunta, espera a resposta")
    write_text(stranger, "Qual é o seu e-mail?")
    stranger.get_by_role("combobox", name="Salvar em").fill("Seu e-mail")
    expect(card(stranger, "Qual é o seu e-mail?")).to_contain_text("seu e mail")
    handle(stranger, "Qual é o seu e-mail?", 0).click()
    choose(stranger, "Entrega a conversa a pessoas")
    stranger.get_by_role("button", name="Ver tudo").click()
    handle(stranger, "Como podemos", 1).click()
    choose(stranger, "Transferir")
    handle(stranger, "Como podemos", 2).click()
    choose(stranger, "Transferir")

    expect(stranger.locator(".react-flow__edge")).to_have_count(6)
    expect(stranger.get_by_text("1 erro")).to_have_count(0)
    stranger.get_by_role("button", name="Publicar", exact=True).click()
    stranger.get_by_role("checkbox", name="Chat do site").check()
    stranger.get_by_role("checkbox", name="Entendi, publicar assim mesmo").check()
    stranger.get_by_role("button", name="Publicar versão 1").click()
    expect(stranger.get_by_text("v1 no ar")).to_be_visible()

    with stranger.context.expect_page() as opened:
        stranger.goto(stranger.url.split("/flows")[0])
        stranger.get_by_role("link", name="Falar com o chatbot").click()
    chat = opened.value
    chat.get_by_role("button").first.click()
    chat.get_by_role("textbox").fill("Olá")
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="Falar com atendente")).to_be_visible()
