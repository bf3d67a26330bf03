"""What is known of a contact is changed on their page, and seen beside the conversation as it changes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.e2e.screens import barriers

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def admin(installation: Installation, browser: Browser) -> Iterator[Page]:
    context = person(browser)
    yield sign_in(context, installation, installation.login("administrator"))
    context.close()


@pytest.fixture
def waiting(installation: Installation) -> str:
    """The conversation of somebody who waits for people."""
    name = f"Renata {uuid4().hex[:6]}"
    contact = Contact(installation, uuid4().hex)
    contact.write("oi", name=name)
    contact.hears(2)
    contact.write("falar com atendente")
    found = Agent(installation, installation.login("agent", 1)).finds("new", name)
    return str(found["id"])


def test_a_field_and_a_tag_are_seen_in_the_inbox(
    installation: Installation, browser: Browser, admin: Page, waiting: str
) -> None:
    context = person(browser)
    agent = sign_in(context, installation, installation.login("agent", 1))
    agent.goto(f"{installation.address}/inbox/{waiting}?view=new")
    pane = agent.get_by_role("complementary", name="Contato")
    expect(pane.get_by_text("Etiquetas do contato")).to_be_visible()

    admin.goto(f"{installation.address}/inbox/{waiting}?view=new")
    admin.get_by_role("complementary", name="Contato").get_by_role("heading", level=2).get_by_role("link").click()
    admin.get_by_label("Cidade", exact=True).fill("João Pessoa")
    admin.get_by_role("button", name="Salvar").click()
    expect(admin.get_by_text("Contato salvo")).to_be_visible()
    admin.get_by_role("complementary").get_by_label("Etiquetas").click()
    admin.get_by_role("option", name="VIP", exact=True).click()

    expect(pane.get_by_text("João Pessoa")).to_be_visible()
    expect(pane.get_by_text("VIP", exact=True).first).to_be_visible()
    context.close()


def test_a_conversation_is_tagged_where_it_is_held(installation: Installation, admin: Page, waiting: str) -> None:
    admin.goto(f"{installation.address}/inbox/{waiting}?view=new")
    pane = admin.get_by_role("complementary", name="Contato")

    pane.get_by_role("combobox", name="Etiquetas da conversa").click()
    admin.get_by_role("option", name="Cliente", exact=True).click()

    expect(pane.locator(".mantine-Pill-root").filter(has_text="Cliente")).to_be_visible()
    admin.reload()
    expect(pane.locator(".mantine-Pill-root").filter(has_text="Cliente")).to_be_visible()


def test_somebody_new_is_written_down_and_found(installation: Installation, admin: Page) -> None:
    name = f"Otávio {uuid4().hex[:6]}"
    admin.goto(f"{installation.address}/contacts")
    admin.get_by_role("button", name="Novo contato").click()
    dialog = admin.get_by_role("dialog", name="Novo contato")
    dialog.get_by_label("Nome", exact=True).fill(name)
    dialog.get_by_label("E-mail").fill("otavio@")
    dialog.get_by_role("button", name="Criar contato").click()
    expect(dialog.get_by_text("Use um endereço como nome@exemplo.com")).to_be_visible()
    dialog.get_by_label("E-mail").fill("otavio@exemplo.com.br")
    dialog.get_by_role("button", name="Criar contato").click()
    expect(admin.get_by_role("heading", name=name, level=1)).to_be_visible()

    admin.get_by_role("textbox", name="Escrever uma nota").fill("Indicado pela Renata.")
    admin.get_by_role("button", name="Guardar nota").click()
    expect(admin.get_by_text("Indicado pela Renata.")).to_be_visible()
    admin.goto(f"{installation.address}/contacts")
    admin.get_by_label("Buscar por nome, e-mail ou telefone").fill(name)
    expect(admin.get_by_role("row").filter(has_text="otavio@exemplo.com.br")).to_have_count(1)


def test_a_person_is_handed_their_data_and_erased(installation: Installation, admin: Page, waiting: str) -> None:
    admin.goto(f"{installation.address}/inbox/{waiting}?view=new")
    link = admin.get_by_role("complementary", name="Contato").get_by_role("heading", level=2).get_by_role("link")
    name = link.inner_text()
    link.click()
    menu = admin.get_by_role("button", name="Dados da pessoa")
    menu.click()
    with admin.expect_download() as started:
        admin.get_by_role("menuitem", name="Baixar tudo o que se guarda").click()
    assert name in started.value.path().read_text(encoding="utf-8")

    menu.click()
    admin.get_by_role("menuitem", name="Apagar a pessoa").click()
    dialog = admin.get_by_role("dialog", name=f"Apagar {name}?")
    assert barriers(admin) == []
    dialog.get_by_role("button", name="Apagar para sempre").click()

    expect(admin.get_by_role("heading", name="Contatos", level=1)).to_be_visible()
    admin.get_by_label("Buscar por nome, e-mail ou telefone").fill(name)
    expect(admin.get_by_text("Ninguém com estas palavras")).to_be_visible()
