"""Nothing is lost: history and undo of the draft, two who write at once, a laptop that is closed in the middle."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, new_flow, pick
from tests.e2e.installation import Installation
from tests.e2e.people import Agent
from tests.e2e.screens import barriers

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def author(installation: Installation, browser: Browser) -> Iterator[Page]:
    context = person(browser)
    page = sign_in(context, installation, installation.login("administrator"))
    new_flow(page, installation.address, f"Rascunho {uuid4().hex[:6]}")
    yield page
    context.close()


def call(page: Page, step: str, name: str) -> None:
    """Give a step a name."""
    card(page, step).click(position={"x": 60, "y": 20})
    page.get_by_role("textbox", name="Nome da etapa").fill(name)


def history(page: Page) -> None:
    page.keyboard.press("Control+k")
    pick(page, "Histórico do rascunho")


def test_a_draft_goes_back_to_how_it_stood_as_one_change(author: Page) -> None:
    call(author, "Gatilho", "Entrada")
    expect(author.get_by_text("Salvo")).to_be_visible()
    author.keyboard.press("Escape")
    history(author)

    pane = author.get_by_role("complementary", name="Histórico do rascunho")
    expect(pane.get_by_text("Marina Couto").first).to_be_visible()
    expect(pane.get_by_text("→ “Entrada”")).to_be_visible()
    assert barriers(author) == []
    pane.get_by_role("button", name="Dar um nome").first.click()
    author.keyboard.type("Com a entrada")
    author.keyboard.press("Enter")
    expect(pane.get_by_text("Com a entrada")).to_be_visible()

    pane.get_by_role("button", name="Voltar a este ponto").last.click()
    expect(card(author, "Entrada")).to_have_count(0)
    author.get_by_role("status").get_by_role("button", name="Desfazer").click()
    expect(card(author, "Entrada")).to_be_visible()


def test_two_who_write_see_what_both_changed_and_nothing_is_lost(author: Page) -> None:
    other = author.context.new_page()
    other.goto(author.url)
    expect(card(other, "Gatilho")).to_be_visible()
    author.bring_to_front()
    call(author, "Gatilho", "Da primeira")
    expect(author.get_by_text("Salvo")).to_be_visible()
    other.bring_to_front()
    other.keyboard.press("Control+k")
    pick(other, "Adicionar Mensagem")

    dialog = other.get_by_role("dialog", name="Este fluxo mudou em outro lugar")
    expect(dialog.get_by_role("region", name="O que você mudou").get_by_text("Nova")).to_be_visible()
    expect(
        dialog.get_by_role("region", name="O que Marina Couto mudou").get_by_text("Da primeira").first
    ).to_be_visible()
    assert barriers(other) == []
    dialog.get_by_role("button", name="Ficar com a minha").click()

    expect(other.get_by_text("Salvo")).to_be_visible()
    expect(card(other, "Enviar")).to_be_visible()
    other.keyboard.press("Control+z")
    expect(card(other, "Da primeira")).to_be_visible()


def test_a_laptop_closed_in_the_middle_of_an_edit_loses_nothing(author: Page) -> None:
    address = author.url
    expect(author.get_by_text("Salvo")).to_be_visible()
    author.context.set_offline(True)
    call(author, "Gatilho", "Escrito sem rede")
    expect(author.get_by_text("Sem conexão")).to_be_visible()
    author.close()

    context = author.context
    context.set_offline(False)
    opened = context.new_page()
    opened.goto(address)
    expect(card(opened, "Escrito sem rede")).to_be_visible()
    expect(opened.get_by_text("Salvo")).to_be_visible()
    opened.reload()
    expect(card(opened, "Escrito sem rede")).to_be_visible()


def undo_all(page: Page) -> int:
    """How many changes there were to take back."""
    button = page.get_by_role("button", name="Desfazer (Ctrl Z)")
    taken = 0
    while button.is_enabled():
        page.keyboard.press("Control+z")
        taken += 1
    return taken


@pytest.mark.timeout(240)
def test_200_mixed_changes_are_taken_back_to_the_byte(installation: Installation, author: Page) -> None:
    api = Agent(installation, installation.login("administrator")).client
    flow = f"/flows/{author.url.rsplit('/', 1)[1]}"
    expect(author.get_by_text("Salvo")).to_be_visible()
    before = json.dumps(api.get(flow).json()["document"])

    call(author, "Gatilho", "Entrada")
    author.keyboard.press("Escape")
    for _ in range(67):
        card(author, "Entrada").click(position={"x": 60, "y": 20})
        author.keyboard.press("Control+d")
        author.keyboard.press("Alt+ArrowDown")
        author.keyboard.press("Delete")
    expect(author.get_by_text("Salvo")).to_be_visible()
    assert json.dumps(api.get(flow).json()["document"]) != before

    assert undo_all(author) >= 200
    expect(card(author, "Gatilho")).to_be_visible()
    expect(author.get_by_text("Salvo")).to_be_visible()
    assert json.dumps(api.get(flow).json()["document"]) == before
