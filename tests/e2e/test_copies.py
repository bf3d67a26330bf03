"""Flows go from one account to another as a file, and new ones begin as those that come with the program."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card
from tests.e2e.installation import COMMAND, Installation
from tests.e2e.screens import barriers

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = person(browser)
    yield context
    context.close()


@pytest.fixture
def author(installation: Installation, context: BrowserContext) -> Page:
    page = sign_in(context, installation, installation.login("administrator"))
    page.goto(f"{installation.address}/flows")
    return page


@pytest.fixture
def elsewhere(installation: Installation, browser: Browser) -> Iterator[Page]:
    """The flows of another account, which has none of its own."""
    slug = f"outra-{uuid4().hex[:6]}"
    person_there = ["--name", "Outra Casa", "--email", f"ana@{slug}.example", "--person", "Ana Lima"]
    made = subprocess.run(
        [*COMMAND, "new-account", slug, *person_there, "--json"],
        check=True, capture_output=True, env={**os.environ, "FLOWENGINE_DATA": str(installation.data)},
    ).stdout  # fmt: skip
    context = person(browser)
    page = sign_in(context, installation, json.loads(made))
    page.goto(f"{installation.address}/flows")
    yield page
    context.close()


def test_a_flow_goes_to_another_account_where_one_team_is_mapped_and_one_created(
    author: Page, elsewhere: Page, tmp_path: Path
) -> None:
    author.get_by_placeholder("Buscar por nome ou etiqueta").fill("Atendimento inicial")  # a long list shows its newest
    author.get_by_label("Escolher Atendimento inicial", exact=True).check()
    with author.expect_download() as started:
        author.get_by_role("button", name="Exportar", exact=True).click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)

    elsewhere.locator("input[type=file]").set_input_files(file)
    dialog = elsewhere.get_by_role("dialog", name="Importar fluxos")
    expect(dialog.get_by_text("2 coisas que faltam aqui")).to_be_visible()
    assert barriers(elsewhere) == []
    dialog.get_by_role("combobox", name="Equipe Vendas").click()
    elsewhere.get_by_role("option", name="Usar “Atendimento”").click()
    dialog.get_by_role("button", name="Importar 1 fluxo").click()

    expect(dialog.get_by_text("Equipe suporte")).to_be_visible()
    expect(dialog.get_by_text("vendas → atendimento")).to_be_visible()
    dialog.get_by_role("link", name="Atendimento inicial").click()
    expect(card(elsewhere, "Como podemos ajudar?")).to_be_visible()
    expect(elsewhere.get_by_role("button", name="1 erro")).to_have_count(0)


def test_a_flow_whose_key_is_taken_is_told_its_new_one(author: Page, tmp_path: Path) -> None:
    author.get_by_placeholder("Buscar por nome ou etiqueta").fill("Atendimento inicial")
    row = author.get_by_role("row").filter(has_text="Atendimento inicial").first
    row.hover()
    row.get_by_role("button", name="Mais sobre").click()
    with author.expect_download() as started:
        author.get_by_role("menuitem", name="Exportar para arquivo").click()
    file = tmp_path / "copia.json"
    started.value.save_as(file)

    author.locator("input[type=file]").set_input_files(file)

    dialog = author.get_by_role("dialog", name="Importar fluxos")
    expect(dialog.get_by_text("A chave atendimento já é de “Atendimento inicial”")).to_be_visible()
    expect(dialog.get_by_role("combobox")).to_have_value("Adicionar como atendimento-2")


def test_what_has_no_flows_is_said_to_have_none(author: Page, tmp_path: Path) -> None:
    file = tmp_path / "compras.json"
    file.write_text('{"pão": 2}', encoding="utf-8")

    author.locator("input[type=file]").set_input_files(file)

    expect(author.get_by_text("compras.json não tem fluxos")).to_be_visible()


def test_a_new_flow_begins_as_a_ready_made_one(author: Page) -> None:
    name = f"Recepção {uuid4().hex[:6]}"
    author.get_by_role("button", name="Novo fluxo").click()
    dialog = author.get_by_role("dialog", name="Novo fluxo")
    dialog.get_by_role("radio", name="Atendimento inicial").check()
    expect(dialog.get_by_role("img", name="Atendimento inicial")).to_be_visible()
    assert barriers(author) == []
    dialog.get_by_label("Nome", exact=True).fill(name)
    dialog.get_by_role("button", name="Criar fluxo").click()

    expect(card(author, "Como podemos ajudar?")).to_be_visible()
    expect(author.get_by_text(name)).to_be_visible()


def test_a_ready_made_flow_that_names_what_is_missing_asks_first(author: Page) -> None:
    author.get_by_role("button", name="Novo fluxo").click()
    author.get_by_role("radio", name="Qualificação de interessados").check()
    author.get_by_role("button", name="Criar fluxo").click()

    dialog = author.get_by_role("dialog", name="O que Qualificação de interessados usa desta conta")
    expect(dialog.get_by_text("Identificação com aviso de privacidade").first).to_be_visible()
    expect(dialog.get_by_text("que faltam aqui")).to_be_visible()
    dialog.get_by_role("button", name="Voltar").click()
    author.get_by_role("dialog", name="Novo fluxo").get_by_role("button", name="Criar fluxo").click()
    dialog.get_by_role("button", name="Importar").click()

    expect(dialog.get_by_text("Campo interesse")).to_be_visible()
    dialog.get_by_role("link", name="Qualificação de interessados").click()
    expect(card(author, "Pediu preço ou proposta")).to_be_visible()
